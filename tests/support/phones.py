"""Phones, as tests ask for them, the answers, and all that their changes write."""

from typing import Any

from support.answers import Answer, done, refused, sent
from support.apps import Telephony
from support.builders import make_user_group, read_row
from support.changes import Tables, rows_of
from support.database import TestDatabase
from support.named_locks import PREFIX
from support.system_lists import make_mailbox
from support.telephony import SERVER_IP, make_phone, make_server

PHONES = "/api/v1/phones"
OTHER_IP = "10.0.0.6"
# Of the lock, as the service has it, before a test gives its database's name to it.
LOCK_NAME = f"{PREFIX}:phone-login"
# As support.named_locks knows it then.
LOCK = "phone-login"
# The least that makes a phone.
NEW = {"extension": "8001", "server_ip": SERVER_IP}
KEY = dict(NEW)
PASSWORDS = {"phone_pass": "Phone-Pass_1", "registration_password": "Conf-Secret_2"}

_TABLES = ("phones", "phones_alias", "vicidial_voicemail", "servers", "vicidial_admin_log")


async def add(telephony: Telephony, body: dict[str, Any] = NEW, /, **fields: object) -> Answer:
    """The answer to POST of a phone, `8001` if nothing else is said."""
    return await sent(telephony, "POST", PHONES, body | fields)


async def change(telephony: Telephony, path: str = "8001", /, **fields: object) -> Answer:
    """The answer to PUT of changes of a phone."""
    return await sent(telephony, "PUT", f"{PHONES}/{path}", fields)


async def delete(telephony: Telephony, path: str = "8001", /, **fields: object) -> Answer:
    """The answer to PUT of a phone's deletion."""
    return await change(telephony, path, delete_phone="Y", **fields)


def added(**differing: object) -> Answer:
    """The answer to a new phone whose passwords were sent."""
    data = NEW | {"phone_login": "8001", "dialplan_number": "8001"} | differing
    return done("Phone added successfully", data)


def updated(extension: str = "8001", server_ip: str = SERVER_IP) -> Answer:
    """The answer to a change."""
    return done("Phone updated successfully", {"extension": extension, "server_ip": server_ip})


def deleted(extension: str = "8001", server_ip: str = SERVER_IP) -> Answer:
    """The answer to a deletion."""
    return done("Phone deleted successfully", {"extension": extension, "server_ip": server_ip})


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
    return rows_of(db, _TABLES)
