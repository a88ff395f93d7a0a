"""PUT /api/v1/dids/{did_id}: what is refused, and changes nothing."""

from typing import Any

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.did_fields import (
    ALIASES,
    BAD_VALUES,
    CAN_BE_EMPTY,
    FIELDS,
    UNKNOWN_FIELDS,
    bad,
)
from support.dids import (
    DIDS,
    NOT_FOUND,
    TAKEN,
    change,
    everything,
    invalid,
    make_did,
    make_things,
    refused,
)

NO_FLAGS: list[Any] = ["", "y", "X", "1", 1.5, True, ["Y"], {}]
BAD_IN_CHANGES = [
    *(bad(field, None) for field in (*FIELDS, "delete_did")),
    *(bad("delete_did", value) for value in NO_FLAGS),
]
OUT_OF_RANGE = ["0", "4294967296", "18005551234000", "99999999999999999999", "9" * 30, "-1", "-",
                "abc", "1.5", "12x", "0x12", "%D9%A1%D9%A2", "12%20", "%2012", "12%0A", "12'--",
                "+12", "default"]  # fmt: skip


@pytest.fixture(autouse=True)
def dids(db: TestDatabase) -> None:
    """What DIDs refer to, a DID, and another."""
    make_things(db)
    make_did(db, 11, "18005550abc")
    make_did(db)


@pytest.mark.parametrize(("field", "value"), [*BAD_IN_CHANGES, *BAD_VALUES])
async def test_a_bad_value_names_the_field_and_writes_nothing(
    telephony: Telephony, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    status, envelope = await change(telephony, **{"call_handle_method": "ANI", field: value})

    assert (status, list(envelope["details"])) == (400, [field])
    assert envelope["error"].startswith(f"Invalid parameters: {field}: ")
    assert everything(db) == before


@pytest.mark.parametrize("field", UNKNOWN_FIELDS)
async def test_an_unknown_field_is_named(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    before = everything(db)

    assert await change(telephony, active="N", **{field: "1"}) == invalid(field, "Unknown field")
    assert everything(db) == before


@pytest.mark.parametrize(("field", "alias"), ALIASES.items())
async def test_two_names_of_a_field_must_agree(
    telephony: Telephony, db: TestDatabase, field: str, alias: str
) -> None:
    before = everything(db)

    answer = await change(telephony, **{field: "A", alias: "B"})

    assert answer == invalid(alias, f"Differs from {field}, which is the same field")
    assert everything(db) == before


@pytest.mark.parametrize("field", sorted(set(FIELDS) - set(CAN_BE_EMPTY)))
async def test_other_fields_cannot_be_emptied(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    before = everything(db)

    status, envelope = await change(telephony, **{field: ""})

    assert (status, list(envelope["details"])) == (400, [field])
    assert everything(db) == before


@pytest.mark.parametrize("body", [{}, {"delete_did": "N"}, {"user": "7777"}], ids=str)
async def test_a_change_of_nothing_is_a_400(
    telephony: Telephony, db: TestDatabase, body: dict[str, str]
) -> None:
    before = everything(db)

    assert await change(telephony, **body) == refused(400, "No updates defined")
    assert everything(db) == before


@pytest.mark.parametrize("did_id", OUT_OF_RANGE)
async def test_an_id_that_is_no_id_is_a_400(
    telephony: Telephony, db: TestDatabase, did_id: str
) -> None:
    before = everything(db)

    status, envelope = await change(telephony, did_id, active="N")

    assert (status, list(envelope["details"])) == (400, ["did_id"])
    assert everything(db) == before


@pytest.mark.parametrize("did_id", ["1", "4294967295", "10", "120"])
@pytest.mark.parametrize("body", [{"active": "N"}, {"group": "NOGROUP"}, {"did_route": "AGENT"}],
                         ids=str)  # fmt: skip
async def test_an_unknown_did_is_a_404(
    telephony: Telephony, db: TestDatabase, did_id: str, body: dict[str, str]
) -> None:
    before = everything(db)

    assert await change(telephony, did_id, **body) == NOT_FOUND
    assert everything(db) == before


async def test_the_largest_id_is_one(telephony: Telephony, db: TestDatabase) -> None:
    make_did(db, 2**32 - 1, "18005559999")

    status, envelope = await change(telephony, 2**32 - 1, active="N")

    assert (status, envelope["data"]) == (200, {"did_id": 4294967295})


@pytest.mark.parametrize("pattern", ["18005550abc", "18005550ABC"])
async def test_a_pattern_that_another_did_has_is_a_409(
    telephony: Telephony, db: TestDatabase, pattern: str
) -> None:
    before = everything(db)

    assert await change(telephony, did_pattern=pattern, active="N") == TAKEN
    assert everything(db) == before


async def test_what_is_wrong_is_told_before_what_is_taken(telephony: Telephony) -> None:
    answer = await change(telephony, did_pattern="18005550abc", group="NOGROUP")

    assert answer == invalid("group", "In-group not found")


async def test_all_that_does_not_exist_is_named(telephony: Telephony, db: TestDatabase) -> None:
    missing = {"group": "NONE", "menu_id": "NONE", "server_ip": "10.0.0.6", "agent_user": "nobody",
               "user_route_settings_ingroup": "NONE", "admin_user_group": "NONE"}  # fmt: skip
    before = everything(db)

    status, envelope = await change(telephony, **missing)

    assert (status, set(envelope["details"])) == (400, set(missing))
    assert everything(db) == before


@pytest.mark.parametrize("method", ["get", "delete", "post"])
async def test_there_is_no_other_method(telephony: Telephony, method: str) -> None:
    response = await telephony.request(method, f"{DIDS}/12")

    assert (response.status, response.headers["Allow"]) == (405, "PUT")
