"""Changing and deleting a DID (contract: PUT /dids/{did_id})."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db_errors import DuplicateKey
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal

from svc_telephony.dids import store
from svc_telephony.dids.checks import MISSING, TAKEN, checked
from svc_telephony.dids.columns import given_columns
from svc_telephony.dids.store import Did


async def change(journal: Journal, did: Did, fields: Mapping[str, Any]) -> None:
    """Set the fields, and log it. Raises: InvalidInput, Conflict, NotFound."""
    columns = given_columns(await checked(journal, fields, did.target))
    try:
        found = await store.change(journal, did.did_id, columns)
    except DuplicateKey:
        raise Conflict(TAKEN) from None
    await _log(journal, did, found, "MODIFY", "ADMIN API UPDATE DID")


async def delete(journal: Journal, did: Did) -> None:
    """Delete the DID, and log it. Raises: NotFound."""
    found = await store.delete(journal, did.did_id)
    await _log(journal, did, found, "DELETE", "ADMIN API DELETE DID")


async def _log(journal: Journal, did: Did, found: bool, kind: str, code: str) -> None:
    if not found:
        raise NotFound(MISSING)  # another request has deleted it meanwhile
    notes = f"did: {did.did_pattern} did_id: {did.did_id}"
    await journal.log("DIDS", kind, did.did_id, code, notes)
