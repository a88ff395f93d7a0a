"""PUT /api/v1/dids/{did_id}: what is refused, and changes nothing.

All bad values and ids: svc-telephony/tests/test_did_fields.py.
"""

import pytest
from support.answers import invalid, named, refused
from support.apps import Telephony
from support.database import TestDatabase
from support.did_fields import BAD, FIELDS, MISSING, UNKNOWN_FIELDS
from support.dids import (
    DIDS,
    NOT_FOUND,
    TAKEN,
    change,
    everything,
    make_did,
    make_things,
)


@pytest.fixture(autouse=True)
def dids(db: TestDatabase) -> None:
    """What DIDs refer to, a DID, and another."""
    make_things(db)
    make_did(db, 11, "18005550abc")
    make_did(db)


@pytest.mark.parametrize(("field", "value"), [*BAD.items(), ("delete_did", "y")])
async def test_a_bad_value_names_the_field_and_writes_nothing(
    telephony: Telephony, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    answer = await change(telephony, **{"call_handle_method": "ANI", field: value})

    assert named(answer) == [field]
    assert everything(db) == before


async def test_no_field_can_be_null(telephony: Telephony, db: TestDatabase) -> None:
    fields = (*FIELDS, "delete_did")
    before = everything(db)

    status, envelope = await change(telephony, **dict.fromkeys(fields))

    assert (status, envelope["details"]) == (400, {name: ["May not be null"] for name in fields})
    assert everything(db) == before


async def test_unknown_fields_are_named(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    answer = await change(telephony, active="N", **dict.fromkeys(UNKNOWN_FIELDS, "1"))

    assert set(named(answer)) == set(UNKNOWN_FIELDS)
    assert everything(db) == before


async def test_two_names_of_a_field_must_agree(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    answer = await change(telephony, group="SALES", group_id="SUPPORT")

    assert answer == invalid("group_id", "Differs from group, which is the same field")
    assert everything(db) == before


@pytest.mark.parametrize("body", [{}, {"delete_did": "N"}, {"user": "7777"}], ids=str)
async def test_a_change_of_nothing_is_a_400(
    telephony: Telephony, db: TestDatabase, body: dict[str, str]
) -> None:
    before = everything(db)

    assert await change(telephony, **body) == refused(400, "No updates defined")
    assert everything(db) == before


@pytest.mark.parametrize("did_id", ["0", "4294967296", "abc", "12%0A", "%D9%A1%D9%A2"])
async def test_an_id_that_is_no_id_is_a_400(
    telephony: Telephony, db: TestDatabase, did_id: str
) -> None:
    before = everything(db)

    assert named(await change(telephony, did_id, active="N")) == ["did_id"]
    assert everything(db) == before


@pytest.mark.parametrize("did_id", ["1", "4294967295", "120"])
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
    before = everything(db)

    answer = await change(telephony, **{name: value for name, (value, _) in MISSING.items()})

    assert set(named(answer)) == set(MISSING)
    assert everything(db) == before


@pytest.mark.parametrize("method", ["get", "delete", "post"])
async def test_there_is_no_other_method(telephony: Telephony, method: str) -> None:
    response = await telephony.request(method, f"{DIDS}/12")

    assert (response.status, response.headers["Allow"]) == (405, "PUT")
