"""PUT /api/v1/phones/{phone_id}: which phone is meant."""

from typing import Any
from urllib.parse import quote

import pytest
from support.answers import Answer, sent
from support.apps import Telephony
from support.database import TestDatabase
from support.phones import (
    NOT_FOUND,
    OTHER_IP,
    PHONES,
    change,
    deleted,
    everything,
    make_things,
    phone_row,
    updated,
)
from support.statements import explained, statements_sent
from support.telephony import SERVER_IP, make_phone, to_rebuild
from yarl import URL


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """8001 on one server, 8002 on two."""
    make_things(db)
    make_phone(db)
    make_phone(db, "8002")
    make_phone(db, "8002", OTHER_IP, login="8002b")


def ring_times(db: TestDatabase) -> dict[tuple[str, str], int]:
    """The phones whose time to ring is not the default."""
    rows = db.rows("SELECT extension, server_ip, phone_ring_timeout FROM phones")
    return {(extension, server): seconds for extension, server, seconds in rows if seconds != 60}


async def put(telephony: Telephony, path: str, query: str = "", **fields: object) -> Answer:
    """PUT with the path as it stands, percent-encoded."""
    return await sent(telephony, "PUT", URL(f"{PHONES}/{path}{query}", encoded=True), fields)


@pytest.mark.parametrize("server_ip", [SERVER_IP, OTHER_IP])
async def test_the_server_may_come_in_query_or_body_or_both(
    telephony: Telephony, db: TestDatabase, server_ip: str
) -> None:
    query = f"?server_ip={server_ip}"

    answers = [
        await put(telephony, "8002", query, phone_ring_timeout=20),
        await put(telephony, "8002", server_ip=server_ip, phone_ring_timeout=21),
        await put(telephony, "8002", query, server_ip=server_ip, phone_ring_timeout=22),
        await put(telephony, "8002", query, extension="8002", phone_ring_timeout=23),
    ]

    assert answers == [updated("8002", server_ip)] * 4
    assert ring_times(db) == {("8002", server_ip): 23}
    assert to_rebuild(db) == [server_ip]


async def test_the_only_phone_of_an_extension_needs_no_server(
    telephony: Telephony, db: TestDatabase
) -> None:
    answers = [
        await put(telephony, "8001", phone_ring_timeout=20),
        await put(telephony, "8001", "?server_ip=", phone_ring_timeout=21),
    ]

    assert answers == [updated()] * 2
    assert ring_times(db) == {("8001", SERVER_IP): 21}


@pytest.mark.parametrize("fields", [{"active": "N"}, {"delete_phone": "Y"}])
async def test_of_several_phones_the_server_is_needed(
    telephony: Telephony, db: TestDatabase, fields: dict[str, str]
) -> None:
    before = everything(db)

    status, answer = await change(telephony, "8002", **fields)

    assert status == 400
    assert answer["details"] == {
        "server_ip": [f"Required: the extension is on {SERVER_IP}, {OTHER_IP}"]
    }
    assert everything(db) == before


@pytest.mark.parametrize("fields", [{"active": "N"}, {"delete_phone": "Y"}])
@pytest.mark.parametrize(
    ("query", "body", "named"),
    [
        pytest.param(f"?server_ip={SERVER_IP}", {"server_ip": OTHER_IP}, "server_ip",
                     id="two servers"),
        pytest.param("?server_ip=10.9.9.9", {}, "server_ip", id="unknown server"),
        pytest.param("", {"server_ip": "10.9.9.9"}, "server_ip", id="unknown server in the body"),
        pytest.param("?server_ip=---ALL---", {}, "server_ip", id="all servers"),
        pytest.param(f"?server_ip={'1' * 16}", {}, "server_ip", id="server too long"),
        pytest.param(f"?server_ip={SERVER_IP}&server_ip={OTHER_IP}", {}, "server_ip",
                     id="server twice"),
        pytest.param("", {"extension": "8001"}, "extension", id="another extension"),
    ],
)  # fmt: skip
async def test_what_contradicts_itself_or_names_no_server_is_a_400(
    telephony: Telephony, db: TestDatabase, query: str, body: dict[str, Any], named: str,
    fields: dict[str, str],
) -> None:  # fmt: skip
    before = everything(db)

    status, answer = await put(telephony, "8002", query, **body, **fields)

    assert (status, list(answer["details"])) == (400, [named])
    assert everything(db) == before


@pytest.mark.parametrize(
    ("path", "query"),
    [
        pytest.param("8009", "", id="unknown"),
        pytest.param("8001", f"?server_ip={OTHER_IP}", id="on another server"),
        pytest.param("x" * 100, "", id="100 characters"),
        pytest.param("x" * 101, "", id="too long"),
        pytest.param("x" * 3000, "", id="far too long"),
        pytest.param("8001%00", "", id="NUL"),
        pytest.param("8001%0A", "", id="line break"),
        pytest.param("8001%0D%0A", "", id="line breaks"),
        pytest.param("%F0%9F%98%80", "", id="emoji"),
        pytest.param("8001%FF", "", id="no UTF-8"),
        pytest.param("8001%3B", "", id="semicolon"),
        pytest.param("%25", "", id="percent"),
        pytest.param("8001'%20OR%20'1'='1", "", id="SQL"),
    ],
)
@pytest.mark.parametrize("fields", [{"active": "N"}, {"delete_phone": "Y"}])
async def test_a_path_that_names_no_phone_is_a_404(
    telephony: Telephony, db: TestDatabase, path: str, query: str, fields: dict[str, str]
) -> None:
    before = db.rows("SELECT * FROM phones")

    assert await put(telephony, path, query, **fields) == NOT_FOUND

    assert db.rows("SELECT * FROM phones") == before


@pytest.mark.parametrize(
    "extension",
    ["5", "Zap/25-1", "a b", "a;b,c", "100%", "a?b#c", "a+b", "Zoë", "中文", "'", "x" * 100],
)
async def test_an_extension_is_any_text(
    telephony: Telephony, db: TestDatabase, extension: str
) -> None:
    make_phone(db, extension, login="odd", dialplan_number="1", voicemail_id="1", fullname="")
    path = quote(extension, safe="")

    changed = await put(telephony, path, phone_ring_timeout=20)
    found = ring_times(db)
    gone = await put(telephony, path, delete_phone="Y")

    assert (changed, gone) == (updated(extension), deleted(extension))
    assert found == {(extension, SERVER_IP): 20}
    assert db.count("phones") == 3


@pytest.mark.parametrize(
    ("extension", "spelled"),
    [("Zap/25-1", "zap/25-1"), ("a,b;[c]", "a,b;[c]"), ("Zoë", "Zoë"), ("x" * 100, "x" * 100)],
)
async def test_an_extension_may_be_named_in_the_body_too(
    telephony: Telephony, db: TestDatabase, extension: str, spelled: str
) -> None:
    make_phone(db, extension, login="odd", dialplan_number="1", voicemail_id="1", fullname="")
    path = quote(extension, safe="")

    changed = await put(telephony, path, extension=spelled, phone_ring_timeout=20)
    gone = await put(telephony, path, extension=spelled, delete_phone="Y")

    assert (changed, gone) == (updated(extension), deleted(extension))


async def test_the_key_is_spelled_as_the_database_does(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "Desk-1", dialplan_number="1", voicemail_id="1")

    assert await put(telephony, "dESK-1", active="N") == updated("Desk-1")

    assert phone_row(db, "Desk-1")["active"] == "N"
    assert db.value("SELECT event_notes FROM vicidial_admin_log") == f"phone: Desk-1|{SERVER_IP}"


async def test_a_phone_of_a_server_that_is_gone_is_found_without_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8003", "10.9.9.9")

    answers = [
        await change(telephony, "8003", active="N"),
        await change(telephony, "8003", delete_phone="Y"),
    ]

    assert answers == [updated("8003", "10.9.9.9"), deleted("8003", "10.9.9.9")]
    assert to_rebuild(db) == []


async def test_a_phone_of_no_server_is_nobodys(telephony: Telephony, db: TestDatabase) -> None:
    db.insert("phones", extension="8003", server_ip=None, template_id="")
    db.insert("phones", extension="8001", server_ip=None, template_id="")

    answers = [await change(telephony, extension, active="N") for extension in ("8003", "8001")]

    assert answers == [NOT_FOUND, updated()]


@pytest.mark.parametrize("query", ["", f"?server_ip={SERVER_IP}"])
async def test_the_phone_is_found_by_its_index(
    telephony: Telephony, db: TestDatabase, query: str
) -> None:
    for number in range(200):
        make_phone(db, f"9{number:03}")

    with statements_sent() as statements:
        await put(telephony, "8001", query, active="N")

    (find,) = [one for one in statements if "FROM phones" in one.sql]
    (plan,) = explained(db, find, "svc-telephony")
    assert (plan["table"], plan["key"]) == ("phones", "extenserver")
    assert int(plan["rows"]) <= 2
