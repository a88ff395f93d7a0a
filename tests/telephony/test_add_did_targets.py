"""POST /api/v1/dids: a route has its target, or callers would be dropped.

Each route's needs: svc-telephony/tests/test_did_targets.py.
"""

import pytest
from support.answers import Answer, invalid, named
from support.apps import Telephony
from support.database import TestDatabase
from support.dids import ROUTES, add, did_row, everything, make_things
from support.statements import explained, statements_sent
from support.telephony import make_phone

NO_PHONE = invalid("phone_extension", "Phone not found on this server")


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to."""
    make_things(db)


async def test_a_route_needs_no_more_than_its_target(
    telephony: Telephony, db: TestDatabase
) -> None:
    answers = [
        await add(telephony, did_pattern=f"s{route}".replace("_", ""), did_route=route, **target)
        for route, target in ROUTES.items()
    ]

    assert [status for status, _ in answers] == [200] * 7
    routes = db.rows("SELECT did_route FROM vicidial_inbound_dids ORDER BY did_id")
    assert [route for (route,) in routes] == list(ROUTES)


@pytest.mark.parametrize(
    "target",
    [
        pytest.param({}, id="none"),
        pytest.param({"group": None}, id="null"),
        pytest.param({"group": ""}, id="empty"),
        pytest.param(ROUTES["CALLMENU"], id="another route's"),
    ],
)
async def test_a_route_without_its_target_is_a_400(
    telephony: Telephony, db: TestDatabase, target: dict[str, str | None]
) -> None:
    before = everything(db)

    answer = await add(telephony, did_route="IN_GROUP", **target)

    assert answer == invalid("group", "Needed for did_route IN_GROUP")
    assert everything(db) == before


async def test_a_route_to_a_phone_names_all_that_it_lacks(telephony: Telephony) -> None:
    answer = await add(telephony, did_route="PHONE")

    assert set(named(answer)) == {"phone_extension", "server_ip"}


async def test_without_a_route_calls_hear_that_the_number_is_not_in_service(
    telephony: Telephony, db: TestDatabase
) -> None:
    _, envelope = await add(telephony, group="SALES")

    row = did_row(db, envelope["data"]["did_id"])
    assert (row["did_route"], row["extension"]) == ("EXTEN", "9998811112")


async def test_the_peers_word_for_an_in_group_is_taken(
    telephony: Telephony, db: TestDatabase
) -> None:
    status, envelope = await add(telephony, did_route="INGROUP", group="SALES")
    refusal = await add(telephony, did_pattern="18005550000", did_route="INGROUP")

    assert status == 200
    assert did_row(db, envelope["data"]["did_id"])["did_route"] == "IN_GROUP"
    assert refusal == invalid("group", "Needed for did_route IN_GROUP")


async def to_phone(telephony: Telephony, extension: str, server_ip: str) -> Answer:
    """Add a DID whose calls go to that phone."""
    return await add(
        telephony, did_pattern=f"s{server_ip}", did_route="PHONE", phone_extension=extension,
        server_ip=server_ip,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("extension", "server_ip"),
    [
        pytest.param("8002", "10.0.0.5", id="no such phone"),
        pytest.param("8001", "100.100.100.100", id="phone of another server"),
        pytest.param("9001", "10.0.0.5", id="another server's phone"),
    ],
)
async def test_a_phone_must_be_one_of_the_server(
    telephony: Telephony, db: TestDatabase, extension: str, server_ip: str
) -> None:
    make_phone(db, "9001", "100.100.100.100")
    before = everything(db)

    assert await to_phone(telephony, extension, server_ip) == NO_PHONE
    assert everything(db) == before


async def test_a_phone_of_two_servers_is_found_on_each(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8001", "100.100.100.100")

    for server_ip in ("10.0.0.5", "100.100.100.100"):
        status, envelope = await to_phone(telephony, "8001", server_ip)
        assert status == 200, envelope
        assert did_row(db, envelope["data"]["did_id"])["server_ip"] == server_ip


async def test_a_phone_is_not_looked_up_for_other_routes(
    telephony: Telephony, db: TestDatabase
) -> None:
    status, envelope = await add(telephony, phone_extension="8002", server_ip="10.0.0.5")

    assert status == 200
    assert did_row(db, envelope["data"]["did_id"])["phone"] == "8002"


async def test_a_phone_is_found_by_the_index_of_its_key(
    telephony: Telephony, db: TestDatabase
) -> None:
    for extension in ("8002", "8003"):
        make_phone(db, extension)

    with statements_sent() as statements:
        await to_phone(telephony, "8001", "10.0.0.5")
    (lookup,) = [one for one in statements if "FROM phones" in one.sql]

    (plan,) = explained(db, lookup, "svc-telephony")
    assert (plan["key"], plan["type"]) == ("extenserver", "const")
