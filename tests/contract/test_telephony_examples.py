"""The examples of phones, aliases, DIDs and servers, through the gateway, on the demo database."""

import re
from typing import Any

import pytest
from support.changes import changes
from support.database import TestDatabase
from support.suite import Ask, as_sent, success
from support.telephony import SERVER_IP, to_rebuild

OTHER_SERVER_IP = "10.0.0.6"
PHONE = {"extension": "8001", "server_ip": SERVER_IP}
# POST /phones
NEW_PHONE = {
    **PHONE,
    "phone_login": "8001",
    "dialplan_number": "8001",
    "registration_password": "kT2v...",
    "phone_pass": "Zq81...",
}
PHONES = (
    "SELECT extension, server_ip, login, dialplan_number, voicemail_id, fullname, protocol,"
    " local_gmt, outbound_cid, active, status, template_id, user_group"
    " FROM phones WHERE extension = '8001'"
)
PASSWORDS = "SELECT conf_secret, pass FROM phones WHERE extension = '8001'"
PHONE_ALIAS = {"alias_id": "xyz100", "alias_name": "XYZ testing", "phone_logins": "100a,100b"}
PHONE_ALIASES = "SELECT alias_id, alias_name, logins_list, user_group FROM phones_alias"
DIDS = (
    "SELECT did_id, did_pattern, did_description, did_route, group_id, menu_id, record_call"
    " FROM vicidial_inbound_dids"
)
TOLL_FREE = "18005551234"
GROUP_ALIAS = {
    "group_alias_id": "7275551212",
    "group_alias_name": "7275551212",
    "caller_id_number": "7275551212",
}


async def test_add_a_phone(ask: Ask, db: TestDatabase) -> None:
    await ask("PUT", "/phones/8001", json={"delete_phone": "Y"})
    settle_servers(db)

    answer = await ask("POST", "/phones", json=PHONE)

    generated = {name: answer["data"][name] for name in ("registration_password", "phone_pass")}
    data = NEW_PHONE | generated
    assert as_sent(answer) == as_sent(success("Phone added successfully", data))
    assert db.row(PASSWORDS) == tuple(generated.values())
    assert all(re.fullmatch("[0-9A-Za-z]{20}", password) for password in generated.values())
    names = dict.fromkeys(("login", "dialplan_number", "voicemail_id", "fullname"), "8001")
    defaults = ("SIP", "-5.00", "", "Y", "ACTIVE", "", "---ALL---")
    assert db.rows(PHONES) == [(*PHONE.values(), *names.values(), *defaults)]
    assert changes(db)[-1] == phone_change("ADD", "ADMIN API ADD PHONE")
    assert to_rebuild(db) == [SERVER_IP]


async def test_add_a_phone_with_passwords_of_ones_own(ask: Ask, db: TestDatabase) -> None:
    passwords = {"conf_secret": "First-Secret-1", "pass": "Second-Secret-2"}
    body = {"extension": "8003", "server_ip": OTHER_SERVER_IP, "fullname": "Ext 8003"}

    answer = await ask("POST", "/phones", json=body | passwords)

    shown = {"server_ip": OTHER_SERVER_IP, "phone_login": "8003", "dialplan_number": "8003"}
    assert answer == success("Phone added successfully", {"extension": "8003"} | shown)
    stored = db.row("SELECT conf_secret, pass, fullname FROM phones WHERE extension = '8003'")
    assert stored == (*passwords.values(), "Ext 8003")
    # Mailboxes of all phones are on the voicemail server.
    assert to_rebuild(db) == [SERVER_IP, OTHER_SERVER_IP]


async def test_change_a_phone(ask: Ask, db: TestDatabase) -> None:
    before, secrets = db.row(PHONES), db.row(PASSWORDS)

    answer = await ask("PUT", "/phones/8001", json={"outbound_cid": "7275551212"})

    assert as_sent(answer) == as_sent(success("Phone updated successfully", PHONE))
    assert db.rows(PHONES) == [(*before[:8], "7275551212", *before[9:])]
    assert db.row(PASSWORDS) == secrets
    assert changes(db) == [phone_change("MODIFY", "ADMIN API UPDATE PHONE")]
    assert to_rebuild(db) == [SERVER_IP]


async def test_delete_a_phone(ask: Ask, db: TestDatabase) -> None:
    phones = db.count("phones")

    answer = await ask("PUT", f"/phones/8001?server_ip={SERVER_IP}", json={"delete_phone": "Y"})

    assert as_sent(answer) == as_sent(success("Phone deleted successfully", PHONE))
    assert (db.rows(PHONES), db.count("phones")) == ([], phones - 1)
    assert changes(db) == [phone_change("DELETE", "ADMIN API DELETE PHONE")]


@pytest.mark.parametrize("logins", ["100a,100b", ["100a", "100b"]], ids=["text", "array"])
async def test_add_a_phone_alias(ask: Ask, db: TestDatabase, logins: Any) -> None:
    answer = await ask("POST", "/phone-aliases", json=PHONE_ALIAS | {"phone_logins": logins})

    assert as_sent(answer) == as_sent(success("Phone alias added successfully", PHONE_ALIAS))
    stored = ("xyz100", "XYZ testing", "100a,100b", "---ALL---")
    assert db.rows(f"{PHONE_ALIASES} WHERE alias_id = 'xyz100'") == [stored]
    code = "ADMIN API ADD PHONE ALIAS"
    assert changes(db) == [("PHONEALIASES", "ADD", "xyz100", code, "phones: 100a,100b")]


async def test_change_and_delete_a_phone_alias(ask: Ask, db: TestDatabase) -> None:
    await ask("POST", "/phone-aliases", json=PHONE_ALIAS)

    changed = await ask("PUT", "/phone-aliases/xyz100", json={"logins_list": "100b"})
    after_change = db.rows(f"{PHONE_ALIASES} WHERE alias_id = 'xyz100'")
    deleted = await ask("PUT", "/phone-aliases/xyz100", json={"delete_alias": "Y"})

    assert changed == success("Phone alias updated successfully", {"alias_id": "xyz100"})
    assert after_change == [("xyz100", "XYZ testing", "100b", "---ALL---")]
    assert deleted == success("Phone alias deleted successfully", {"alias_id": "xyz100"})
    assert [row[0] for row in db.rows(PHONE_ALIASES)] == ["frontdesk"]


async def test_add_a_did(ask: Ask, db: TestDatabase) -> None:
    body = {"did_pattern": TOLL_FREE, "did_route": "INGROUP", "group": "support"}

    answer = await ask("POST", "/dids", json=body | {"did_description": "Toll free"})

    data = {"did_id": 12, "did_pattern": TOLL_FREE}
    assert as_sent(answer) == as_sent(success("DID added successfully", data))
    stored = (12, TOLL_FREE, "Toll free", "IN_GROUP", "SUPPORT", "", "N")
    assert db.rows(f"{DIDS} WHERE did_id = 12") == [stored]
    notes = f"did: {TOLL_FREE} did_id: 12 inserted: 1"
    assert changes(db) == [("DIDS", "ADD", "12", "ADMIN API ADD DID", notes)]


async def test_change_and_delete_a_did(ask: Ask, db: TestDatabase) -> None:
    await ask("POST", "/dids", json={"did_pattern": TOLL_FREE})
    others = db.rows(f"{DIDS} WHERE did_id <> 12 ORDER BY did_id")

    body = {"did_route": "CALLMENU", "call_menu": "MAIN_IVR", "record_call": "Y"}
    changed = await ask("PUT", "/dids/12", json=body)
    after_change = db.rows(f"{DIDS} WHERE did_id = 12")
    deleted = await ask("PUT", "/dids/12", json={"delete_did": "Y"})

    assert changed == success("DID updated successfully", {"did_id": 12})
    assert after_change == [(12, TOLL_FREE, "", "CALLMENU", None, "main_ivr", "Y")]
    assert deleted == success("DID deleted successfully", {"did_id": 12})
    assert db.rows(f"{DIDS} ORDER BY did_id") == others


async def test_copy_a_did(ask: Ask, db: TestDatabase) -> None:
    new = {"did_pattern": TOLL_FREE, "did_route": "IN_GROUP", "group": "SUPPORT"}
    await ask("POST", "/dids", json=new | {"did_description": "Toll free"})

    answer = await ask("POST", "/dids/12/copy", json={"new_did_pattern": "18005555678"})

    data = {
        "new_did_id": 13,
        "source_did_id": 12,
        "copied": [{"did_id": 13, "did_pattern": "18005555678"}],
        "skipped": [],
    }
    assert as_sent(answer) == as_sent(success("DID copied successfully", data))
    copy = (13, "18005555678", "Toll free", "IN_GROUP", "SUPPORT", "", "N")
    assert db.rows(f"{DIDS} WHERE did_id = 13") == [copy]
    *logged, notes = changes(db)[-1]
    assert logged == ["DIDS", "COPY", "13", "ADMIN API COPY DIDS"]
    assert notes.startswith(f"DID Source: {TOLL_FREE} Inserts: 1 Insert Errors: 0")


async def test_a_copy_of_a_did_skips_patterns_that_are_taken(ask: Ask, db: TestDatabase) -> None:
    dids = db.count("vicidial_inbound_dids")

    answer = await ask("POST", "/dids/5/copy", json={"new_dids": ["default", "18005555678"]})

    data = {"new_did_id": 12, "source_did_id": 5, "skipped": ["default"]}
    assert answer["data"] == data | {"copied": [{"did_id": 12, "did_pattern": "18005555678"}]}
    assert db.count("vicidial_inbound_dids") == dids + 1


async def test_refresh_a_server(ask: Ask, db: TestDatabase) -> None:
    before = db.value("SELECT reload_timestamp FROM system_settings")

    answer = await ask("POST", "/system/refresh", json={"server_ip": SERVER_IP})

    data = {
        "server_ip": SERVER_IP,
        "status": "refresh_requested",
        "count": 1,
        "servers": [SERVER_IP],
    }
    assert as_sent(answer) == as_sent(success("Server refresh triggered", data))
    assert to_rebuild(db) == [SERVER_IP]
    assert db.value("SELECT reload_timestamp FROM system_settings") != before
    notes = "servers: 1"
    assert changes(db) == [("SERVERS", "OTHER", "refresh", "ADMIN API SERVERS REFRESH", notes)]


@pytest.mark.parametrize("options", [{}, {"json": {"stage": "REFRESH"}}], ids=["empty", "stage"])
async def test_refresh_all_servers(ask: Ask, db: TestDatabase, options: dict[str, Any]) -> None:
    answer = await ask("POST", "/system/refresh", **options)

    servers = [SERVER_IP, OTHER_SERVER_IP]
    data = {"server_ip": None, "status": "refresh_requested", "count": 2, "servers": servers}
    assert answer == success("Server refresh triggered", data)
    assert to_rebuild(db) == servers


async def test_add_a_group_alias(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("POST", "/group-aliases", json={"caller_id_number": "(727) 555-1212"})

    assert as_sent(answer) == as_sent(success("Group alias added successfully", GROUP_ALIAS))
    stored = (*GROUP_ALIAS.values(), "", "Y", "---ALL---")
    assert db.rows("SELECT * FROM groups_alias") == [stored]
    code = "ADMIN API ADD GROUP ALIAS"
    assert changes(db) == [("GROUPALIASES", "ADD", "7275551212", code, "")]


def phone_change(kind: str, code: str) -> tuple[str, ...]:
    """The row of the admin log about the phone."""
    return ("PHONES", kind, "8001", code, f"phone: 8001|{SERVER_IP}")


def settle_servers(db: TestDatabase) -> None:
    """As after the next minute: the servers have made their files anew."""
    db.execute("UPDATE servers SET rebuild_conf_files = 'N'")
