"""Changes of phones in VICIdial's log."""

from __future__ import annotations

from dialkit.journal import Journal

from svc_telephony.phones.store import Phone

_MAX_RECORD_ID = 50


async def log(journal: Journal, phone: Phone, kind: str, code: str) -> None:
    """Write the log row of what was done with a phone."""
    record_id, notes = phone.extension[:_MAX_RECORD_ID], f"phone: {'|'.join(phone)}"
    await journal.log("PHONES", kind, record_id, code, notes)
