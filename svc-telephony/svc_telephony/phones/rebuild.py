"""What follows a change of a phone: its log row, then the flag (contract: "Rebuild").

Writes servers; reads system_settings.
"""

from __future__ import annotations

from dialkit.db import Queries
from dialkit.journal import Journal

from svc_telephony.phones.store import Phone


async def rebuild(db: Queries, server_ip: str) -> None:
    """Let the server, and the one with the mailboxes, make their conf files anew.

    A server lowers its flag before it reads the tables: so this is always the last write.
    """
    sql = """
        UPDATE servers SET rebuild_conf_files = 'Y'
        WHERE generate_vicidial_conf = 'Y' AND active_asterisk_server = 'Y'
            AND server_ip IN (
                %s, (SELECT active_voicemail_server FROM system_settings LIMIT 1)
            )
    """
    await db.execute(sql, server_ip)


async def log_and_rebuild(journal: Journal, phone: Phone, kind: str, code: str) -> None:
    """Write the log row of what was done with a phone; then as `rebuild`."""
    await journal.log("PHONES", kind, phone.extension, code, f"phone: {'|'.join(phone)}")
    await rebuild(journal, phone.server_ip)
