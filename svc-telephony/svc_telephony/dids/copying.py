"""Copying a DID to other patterns (contract: POST /dids/{did_id}/copy)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialkit.db_errors import DuplicateKey
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal

from svc_telephony.dids import store
from svc_telephony.dids.checks import MISSING, TAKEN
from svc_telephony.dids.store import Did

# The `did_id` of each pattern's copy; None where another DID has the pattern.
Outcome = dict[str, int | None]


async def copy(
    journal: Journal, source: Did, patterns: Sequence[str], given: Mapping[str, Any]
) -> Outcome:
    """Copy the DID to each pattern that is free, but with the given columns, and log it.

    Raises: Conflict where none is free, NotFound.
    """
    outcome = await _copy_each(journal, source, patterns, given)
    copied = [did_id for did_id in outcome.values() if did_id is not None]
    if copied:
        notes = _notes(source, outcome, len(copied))
        await journal.log("DIDS", "COPY", copied[0], "ADMIN API COPY DIDS", notes)
    if len(outcome) < len(patterns):
        raise NotFound(MISSING)  # deleted meanwhile
    if not copied:
        raise Conflict(TAKEN)
    return outcome


async def _copy_each(
    journal: Journal, source: Did, patterns: Sequence[str], given: Mapping[str, Any]
) -> Outcome:
    """What became of the patterns, up to where there is no source any more."""
    columns = await store.list_copied_columns(journal)
    outcome: Outcome = {}
    for pattern in patterns:
        new = {"did_pattern": pattern, **given}
        try:
            did_id = await store.copy(journal, source.did_id, new, columns)
        except DuplicateKey:
            outcome[pattern] = None
            continue
        if did_id is None:
            break
        outcome[pattern] = did_id
    return outcome


def _notes(source: Did, outcome: Outcome, copied: int) -> str:
    """A line with the sums, and one for each pattern."""
    lines = [
        f"DID Source: {source.did_pattern} Inserts: {copied} Insert Errors: {len(outcome) - copied}"
    ]
    for pattern, did_id in outcome.items():
        lines.append(f"{pattern}: " + ("exists" if did_id is None else f"did_id {did_id}"))
    return "\n".join(lines)
