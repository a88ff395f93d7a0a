"""POST /api/v1/dids: a route has its target, or callers would be dropped."""

from itertools import permutations

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.dids import ROUTES, add, did_row, everything, invalid, make_things
from support.statements import explained, statements_sent
from support.telephony import make_phone

ROUTE_AND_FIELD = [(route, field) for route, needs in ROUTES.items() for field in needs]
# A new DID has an extension.
NEEDED = [(route, field) for route, field in ROUTE_AND_FIELD if route != "EXTEN"]
NO_PHONE = invalid("phone_extension", "Phone not found on this server")


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to."""
    make_things(db)


@pytest.mark.parametrize("route", ROUTES)
async def test_a_route_needs_no_more_than_its_target(
    telephony: Telephony, db: TestDatabase, route: str
) -> None:
    status, envelope = await add(telephony, did_route=route, **ROUTES[route])

    assert status == 200, envelope
    assert did_row(db, envelope["data"]["did_id"])["did_route"] == route


@pytest.mark.parametrize("given", ["left out", "empty"])
@pytest.mark.parametrize(("route", "field"), NEEDED)
async def test_a_route_without_its_target_is_a_400(
    telephony: Telephony, db: TestDatabase, route: str, field: str, given: str
) -> None:
    needs: dict[str, object] = {**ROUTES[route], field: None if given == "left out" else ""}
    before = everything(db)

    answer = await add(telephony, did_route=route, **needs)

    assert answer == invalid(field, f"Needed for did_route {route}")
    assert everything(db) == before


@pytest.mark.parametrize(
    ("route", "other"), [pair for pair in permutations(ROUTES, 2) if pair[0] != "EXTEN"]
)
async def test_the_target_of_another_route_does_not_do(
    telephony: Telephony, db: TestDatabase, route: str, other: str
) -> None:
    status, envelope = await add(telephony, did_route=route, **ROUTES[other])

    if ROUTES[route] == ROUTES[other]:
        assert status == 200
    else:
        assert (status, set(envelope["details"])) == (400, set(ROUTES[route]))
        assert db.count("vicidial_inbound_dids") == 0


async def test_a_route_to_a_phone_names_all_that_it_lacks(telephony: Telephony) -> None:
    status, envelope = await add(telephony, did_route="PHONE")

    assert (status, set(envelope["details"])) == (400, {"phone_extension", "server_ip"})


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

    answer = await add(telephony, did_route="PHONE", phone_extension=extension, server_ip=server_ip)

    assert answer == NO_PHONE
    assert everything(db) == before


async def test_a_phone_of_two_servers_is_found_on_each(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8001", "100.100.100.100")

    for server_ip in ("10.0.0.5", "100.100.100.100"):
        status, envelope = await add(
            telephony, did_pattern=f"s{server_ip}", did_route="PHONE", phone="8001",
            server_ip=server_ip,
        )  # fmt: skip
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
        await add(telephony, did_route="PHONE", **ROUTES["PHONE"])
    (lookup,) = [one for one in statements if "FROM phones" in one.sql]

    (plan,) = explained(db, lookup, "svc-telephony")
    assert (plan["key"], plan["type"]) == ("extenserver", "const")
