"""Rows of servers and phones that tests begin with."""

from typing import Any

from support.database import TestDatabase

SERVER_IP = "10.0.0.5"


def make_server(db: TestDatabase, server_ip: str = SERVER_IP, **columns: Any) -> None:
    """A server that works, with Asterisk 13, for which no conf files are to be made anew."""
    defaults = {
        "server_id": f"server{server_ip.rpartition('.')[2]}",
        "active": "Y",
        "active_asterisk_server": "Y",
        "asterisk_version": "13.29.2-vici",
        "generate_vicidial_conf": "Y",
        "rebuild_conf_files": "N",
    }
    db.insert("servers", server_ip=server_ip, **defaults | columns)


def make_phone(
    db: TestDatabase, extension: str = "8001", server_ip: str = SERVER_IP, **columns: Any
) -> None:
    """An active SIP phone whose login, number and mailbox are its extension."""
    defaults = {
        "login": extension,
        "dialplan_number": extension,
        "voicemail_id": extension,
        "pass": "secret1",
        "conf_secret": "secret2",
        "fullname": f"Ext {extension}",
        "protocol": "SIP",
        "active": "Y",
        "template_id": "",
    }
    db.insert("phones", extension=extension, server_ip=server_ip, **defaults | columns)


def to_rebuild(db: TestDatabase) -> list[str]:
    """The servers whose conf files are to be made anew."""
    rows = db.rows(
        "SELECT server_ip FROM servers WHERE rebuild_conf_files = 'Y' ORDER BY server_ip"
    )
    return [server_ip for (server_ip,) in rows]
