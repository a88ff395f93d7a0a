"""DIDs and what they refer to, as tests ask for them, and the answers."""

from typing import Any

from support.answers import Answer, done, refused, sent
from support.apps import Telephony
from support.builders import make_in_group, make_user, make_user_group, read_row
from support.changes import Tables, rows_of
from support.database import TestDatabase
from support.telephony import SERVER_IP, make_phone, make_server

DIDS = "/api/v1/dids"
PATTERN = "18005551234"
NEW = {"did_pattern": PATTERN}
# A DID with all fields.
FULL: dict[str, Any] = {
    "did_pattern": "+18005551234",
    "did_description": "Zoë's 100% line; 'A'",
    "did_route": "IN_GROUP",
    "active": "N",
    "record_call": "Y_QUEUESTOP",
    "extension": "8300",
    "group": "SALES",
    "menu_id": "MAINMENU",
    "voicemail_ext": "85026",
    "exten_context": "trunkinbound",
    "phone_extension": "8001",
    "server_ip": SERVER_IP,
    "agent_user": "1001",
    "user_unavailable_action": "PHONE",
    "user_route_settings_ingroup": "SUPPORT",
    "filter_clean_cid_number": "R10",
    "call_handle_method": "CIDLOOKUPRL",
    "agent_search_method": "SO",
    "list_id": 101,
    "entry_list_id": 102,
    "campaign_id": "TESTCAMP",
    "phone_code": "44",
    "admin_user_group": "AGENTS",
}
# Fields are named for their columns, but for these.
COLUMN_OF = {
    "active": "did_active",
    "group": "group_id",
    "phone_extension": "phone",
    "agent_user": "user",
    "admin_user_group": "user_group",
}
FULL_COLUMNS = {COLUMN_OF.get(name, name): value for name, value in FULL.items()}
# What each route needs (contract: "What each route needs, and what else it uses").
ROUTES: dict[str, dict[str, str]] = {
    "EXTEN": {"extension": "8300"},
    "VOICEMAIL": {"voicemail_ext": "85026"},
    "VMAIL_NO_INST": {"voicemail_ext": "85026"},
    "AGENT": {"agent_user": "1001"},
    "PHONE": {"phone_extension": "8001", "server_ip": SERVER_IP},
    "IN_GROUP": {"group": "SALES"},
    "CALLMENU": {"menu_id": "MAINMENU"},
}
# All that the endpoints write, and what they refer to.
_TABLES = (
    "vicidial_inbound_dids", "vicidial_admin_log", "phones", "servers", "vicidial_inbound_groups",
    "vicidial_call_menu", "vicidial_users",
)  # fmt: skip


def make_did(
    db: TestDatabase, did_id: int = 12, did_pattern: str = PATTERN, **columns: Any
) -> None:
    """A DID of long ago whose calls go to the in-group SALES."""
    defaults = {"did_route": "IN_GROUP", "group_id": "SALES", "modify_stamp": "2024-01-01 00:00:00"}
    db.insert("vicidial_inbound_dids", did_id=did_id, did_pattern=did_pattern, **defaults | columns)


def make_two(db: TestDatabase) -> None:
    """What DIDs refer to, and two of them: 11, and 12, which tests are about."""
    make_things(db)
    make_did(db, 11, "18005550000")
    make_did(db)


def make_things(db: TestDatabase) -> None:
    """What DIDs refer to, also by the longest names that there are."""
    for server_ip in (SERVER_IP, "100.100.100.100"):
        make_server(db, server_ip)
    make_phone(db, "8001")
    for group_id in ("SALES", "SUPPORT", "I" * 20):
        make_in_group(db, group_id)
    for menu_id in ("MAINMENU", "M" * 50):
        db.insert("vicidial_call_menu", menu_id=menu_id, menu_name="Menu")
    for user in ("1001", "agent1", "U" * 20):
        make_user(db, user)
    for user_group in ("AGENTS", "G" * 20):
        make_user_group(db, user_group)


def did_row(db: TestDatabase, did_id: int = 12) -> dict[str, Any]:
    """All columns of a DID but the stamp of the last change, which is the database's."""
    row = read_row(db, "vicidial_inbound_dids", did_id=did_id)
    del row["modify_stamp"]
    return row


def patterns(db: TestDatabase) -> list[str]:
    """The DIDs that there are, in the order of their ids."""
    rows = db.rows("SELECT did_pattern FROM vicidial_inbound_dids ORDER BY did_id")
    return [pattern for (pattern,) in rows]


def everything(db: TestDatabase) -> Tables:
    """All rows of what the endpoints write and refer to."""
    return rows_of(db, _TABLES)


async def add(telephony: Telephony, **fields: object) -> Answer:
    """The answer to POST of a DID, `18005551234` if nothing else is said."""
    return await sent(telephony, "POST", DIDS, NEW | fields)


async def change(telephony: Telephony, did_id: object = 12, /, **fields: object) -> Answer:
    """The answer to PUT of changes of a DID."""
    return await sent(telephony, "PUT", f"{DIDS}/{did_id}", fields)


async def copy(telephony: Telephony, *new: str, did_id: object = 12, **fields: object) -> Answer:
    """The answer to POST of copies of a DID to these patterns."""
    given = {"new_did_pattern": list(new)} if new else {}
    return await sent(telephony, "POST", f"{DIDS}/{did_id}/copy", given | fields)


def added(did_id: int, did_pattern: str = PATTERN) -> Answer:
    """The answer to a new DID."""
    return done("DID added successfully", {"did_id": did_id, "did_pattern": did_pattern})


def updated(did_id: int = 12) -> Answer:
    """The answer to a change."""
    return done("DID updated successfully", {"did_id": did_id})


def deleted(did_id: int = 12) -> Answer:
    """The answer to a deletion."""
    return done("DID deleted successfully", {"did_id": did_id})


def copied(*copies: tuple[int, str], skipped: tuple[str, ...] = (), source: int = 12) -> Answer:
    """The answer to copies."""
    data = {
        "new_did_id": copies[0][0],
        "source_did_id": source,
        "copied": [{"did_id": did_id, "did_pattern": pattern} for did_id, pattern in copies],
        "skipped": list(skipped),
    }
    return done("DID copied successfully", data)


NOT_FOUND = refused(404, "DID not found")
TAKEN = refused(409, "DID already exists")
