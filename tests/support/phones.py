"""Phones, as tests ask for them, the answers, and all that their changes write."""

from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_user_group, read_row
from support.database import TestDatabase
from support.system_lists import make_mailbox
from support.telephony import SERVER_IP, make_phone, make_server
from svc_telephony import locks

PHONES = "/api/v1/phones"
OTHER_IP = "10.0.0.6"
# Of the lock, as the service has it, before a test gives its database's name to it.
LOCK_NAME = f"{locks.PREFIX}:phone-login"
# As support.named_locks knows it then.
LOCK = "phone-login"
# The least that makes a phone.
NEW = {"extension": "8001", "server_ip": SERVER_IP}
KEY = dict(NEW)
PASSWORDS = {"phone_pass": "Phone-Pass_1", "registration_password": "Conf-Secret_2"}
Answer = tuple[int, Any]
Tables = dict[str, list[tuple[Any, ...]]]

_TABLES = ("phones", "phones_alias", "vicidial_voicemail", "servers", "vicidial_admin_log")


async def add(telephony: Telephony, body: dict[str, Any] = NEW, /, **fields: object) -> Answer:
    """POST a phone, `8001` if nothing else is said: the status, and the envelope."""
    response = await telephony.post(PHONES, json=body | fields)
    return response.status, await response.json()


async def change(telephony: Telephony, path: str = "8001", /, **fields: object) -> Answer:
    """PUT changes of a phone: the status, and the envelope."""
    response = await telephony.put(f"{PHONES}/{path}", json=fields)
    return response.status, await response.json()


async def delete(telephony: Telephony, path: str = "8001", /, **fields: object) -> Answer:
    """PUT the deletion of a phone: the status, and the envelope."""
    return await change(telephony, path, delete_phone="Y", **fields)


def added(**differing: object) -> Answer:
    """The answer to a new phone whose passwords were sent."""
    data = NEW | {"phone_login": "8001", "dialplan_number": "8001"} | differing
    return 200, {"success": True, "message": "Phone added successfully", "data": data}


def updated(extension: str = "8001", server_ip: str = SERVER_IP) -> Answer:
    """The answer to a change."""
    return _done("Phone updated successfully", extension, server_ip)


def deleted(extension: str = "8001", server_ip: str = SERVER_IP) -> Answer:
    """The answer to a deletion."""
    return _done("Phone deleted successfully", extension, server_ip)


def refused(status: int, error: str) -> Answer:
    """An answer that says no more than why."""
    return status, {"success": False, "error": error}


NOT_FOUND = refused(404, "Phone not found")
ON_SERVER = refused(409, "Phone already exists on this server")
LOGIN_TAKEN = refused(409, "Phone login already exists")
ALIAS_TAKEN = refused(409, "Phone login already exists as a phone alias")
MAILBOX_TAKEN = refused(409, "Voicemail ID already exists")
BUSY = refused(409, "Phone is being changed by another request")


def make_things(db: TestDatabase) -> None:
    """What phones refer to, and what is in their way: 10.0.0.5 and .6, TEMPLATE1, NIGHT, ..."""
    make_server(db)
    make_server(db, OTHER_IP)
    for template_id in ("TEMPLATE1", "T" * 15):
        db.insert("vicidial_conf_templates", template_id=template_id, template_name="SIP phones")
    for user_group in ("NIGHT", "G" * 20):
        make_user_group(db, user_group)
    db.insert("phones_alias", alias_id="alias1", logins_list="8801,8802")
    make_mailbox(db, "9001")


def make_full_phone(db: TestDatabase, extension: str = "8001", **columns: Any) -> None:
    """A phone that has something in every column that can be changed."""
    filled: dict[str, Any] = {
        "local_gmt": "-6.00", "outbound_cid": "3125551212", "status": "ACTIVE",
        "phone_context": "trunkinbound", "email": "desk@example.com", "user_group": "NIGHT",
        "is_webphone": "Y", "webphone_auto_answer": "N", "use_external_server_ip": "Y",
        "on_hook_agent": "Y", "template_id": "TEMPLATE1", "outbound_alt_cid": "3125551213",
        "phone_ring_timeout": 45, "delete_vm_after_email": "Y", "phone_type": "Desk phone",
        "company": "ACME", "phone_ip": "192.0.2.20", "computer_ip": "192.0.2.21",
        "voicemail_timezone": "central", "install_directory": "/opt/phone",
    }  # fmt: skip
    make_phone(db, extension, **filled | columns)


def without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the service not wait for the lock."""
    monkeypatch.setattr(locks, "_TIMEOUT_S", 0)


def phone_row(
    db: TestDatabase, extension: str = "8001", server_ip: str = SERVER_IP
) -> dict[str, Any]:
    """All columns of a phone."""
    return read_row(db, "phones", extension=extension, server_ip=server_ip)


def phones(db: TestDatabase) -> list[tuple[str, str, str]]:
    """The phones that there are: extension, server, login."""
    return db.rows("SELECT extension, server_ip, login FROM phones ORDER BY extension, server_ip")


def everything(db: TestDatabase) -> Tables:
    """All rows of all tables that phones are written to, and of those that they are checked by."""
    return {table: db.rows(f"SELECT * FROM {table}") for table in _TABLES}


def written_since(db: TestDatabase, before: Tables) -> set[str]:
    """The tables that are no longer as `everything` was."""
    return {table for table, rows in everything(db).items() if rows != before[table]}


def _done(message: str, extension: str, server_ip: str) -> Answer:
    data = {"extension": extension, "server_ip": server_ip}
    return 200, {"success": True, "message": message, "data": data}
