"""POST /api/v1/dids/{did_id}/copy: what is refused, and adds nothing.

All bad patterns: svc-telephony/tests/test_did_copies.py.
"""

from typing import Any

import pytest
from support.answers import invalid, named
from support.apps import Telephony
from support.database import TestDatabase
from support.dids import DIDS, NOT_FOUND, copied, copy, everything, make_did, patterns

SECOND = "18005555678"


@pytest.fixture(autouse=True)
def did(db: TestDatabase) -> None:
    """A DID."""
    make_did(db)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param({}, "new_did_pattern", id="no patterns"),
        pytest.param({"new_did_pattern": [SECOND, "1-800"]}, "new_did_pattern", id="bad pattern"),
        pytest.param({"new_did_pattern": ["1a", "1A"]}, "new_did_pattern", id="equal by case"),
        pytest.param({"new_did_pattern": [SECOND], "new_dids": "18005559012"}, "new_dids",
                     id="two names, two values"),
        pytest.param({"new_dids": SECOND, "did_description": "d" * 51}, "did_description",
                     id="long description"),
        pytest.param({"new_dids": SECOND, "did_route": "EXTEN"}, "did_route", id="another field"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_named(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], field: str
) -> None:
    before = everything(db)

    assert named(await copy(telephony, **fields)) == [field]
    assert everything(db) == before


async def test_patterns_that_differ_in_case_are_one_pattern(
    telephony: Telephony, db: TestDatabase
) -> None:
    answer = await copy(telephony, "1800abc", SECOND, "1800ABC")

    assert answer == invalid("new_did_pattern", "Given more than once: 1800abc")
    assert patterns(db) == ["18005551234"]


async def test_the_longest_and_the_most_patterns_are_copied(
    telephony: Telephony, db: TestDatabase
) -> None:
    longest, most = ["1" * 50, "ab"], [f"{place:05}" for place in range(100)]

    assert await copy(telephony, *longest) == copied((13, "1" * 50), (14, "ab"))
    status, envelope = await copy(telephony, *most)

    assert (status, len(envelope["data"]["copied"])) == (200, 100)
    assert patterns(db) == ["18005551234", *longest, *most]


@pytest.mark.parametrize("did_id", ["0", "4294967296", "abc", "12%0A"])
async def test_an_id_that_is_no_id_is_a_400(
    telephony: Telephony, db: TestDatabase, did_id: str
) -> None:
    before = everything(db)

    assert named(await copy(telephony, SECOND, did_id=did_id)) == ["did_id"]
    assert everything(db) == before


@pytest.mark.parametrize("did_id", ["1", "13", "4294967295"])
@pytest.mark.parametrize("new", [[SECOND], ["18005551234"]], ids=["free", "taken"])
async def test_an_unknown_source_is_a_404(
    telephony: Telephony, db: TestDatabase, did_id: str, new: list[str]
) -> None:
    before = everything(db)

    assert await copy(telephony, *new, did_id=did_id) == NOT_FOUND
    assert everything(db) == before


async def test_there_is_no_other_method(telephony: Telephony) -> None:
    response = await telephony.put(f"{DIDS}/12/copy", json={"new_dids": SECOND})

    assert (response.status, response.headers["Allow"]) == (405, "POST")
