"""POST /api/v1/dids/{did_id}/copy: what is refused, and adds nothing."""

from typing import Any

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.dids import (
    DIDS,
    NOT_FOUND,
    copied,
    copy,
    everything,
    invalid,
    make_did,
    patterns,
)

SECOND = "18005555678"
PATTERN = "Must be 2 to 50 characters of 0-9 A-Z a-z : + * # . _"


@pytest.fixture(autouse=True)
def did(db: TestDatabase) -> None:
    """A DID."""
    make_did(db)


def of_length(number: int, length: int) -> list[str]:
    """That many patterns of that length."""
    return [f"{place:0{length}}" for place in range(number)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param("", PATTERN, id="empty text"),
        pytest.param([], "May not be empty", id="empty array"),
        pytest.param([""], PATTERN, id="array of an empty text"),
        pytest.param(",", PATTERN, id="comma alone"),
        pytest.param(f"{SECOND},", PATTERN, id="comma at the end"),
        pytest.param(f"{SECOND},,18005559012", PATTERN, id="two commas"),
        pytest.param("1", PATTERN, id="too short"),
        pytest.param([SECOND, "1" * 51], PATTERN, id="too long"),
        pytest.param([SECOND, "1-800"], PATTERN, id="another character"),
        pytest.param([f"{SECOND},18005559012"], PATTERN, id="comma in an array"),
        pytest.param([f"{SECOND}\n"], PATTERN, id="line end"),
        pytest.param(["1😀"], PATTERN, id="beyond the BMP"),
        pytest.param(f"{SECOND}, 18005559012", "May not begin or end with a space", id="space"),
        pytest.param([SECOND, None], "May not be null", id="null in an array"),
        pytest.param([SECOND, 1.5], "Must be a string", id="decimal in an array"),
        pytest.param([[SECOND]], "Must be a string", id="array in an array"),
        pytest.param([SECOND, "18005559012", SECOND], f"Given more than once: {SECOND}",
                     id="twice"),
        pytest.param(of_length(101, 5), "More than 100", id="too many"),
        pytest.param(",".join(of_length(101, 5)), "More than 100", id="too many in a text"),
        pytest.param([*of_length(39, 50), "1" * 11], None, id="2000 in all"),
        pytest.param([*of_length(39, 50), "1" * 12], "Must be 1 to 2000 characters in all",
                     id="2001 in all"),
        pytest.param(12.5, "Must be an array, or one string with commas", id="decimal"),
        pytest.param({"a": 1}, "Must be an array, or one string with commas", id="object"),
        pytest.param(True, "Must be an array, or one string with commas", id="boolean"),
    ],
)  # fmt: skip
async def test_patterns_have_limits(
    telephony: Telephony, db: TestDatabase, given: Any, why: str | None
) -> None:
    before = everything(db)

    status, envelope = await copy(telephony, new_did_pattern=given)

    if why is None:
        assert (status, len(envelope["data"]["copied"])) == (200, 40)
    else:
        assert (status, envelope) == invalid("new_did_pattern", why)
        assert everything(db) == before


async def test_the_longest_and_the_most_patterns_are_copied(
    telephony: Telephony, db: TestDatabase
) -> None:
    longest, most = ["1" * 50, "ab"], of_length(100, 5)

    assert await copy(telephony, *longest) == copied((13, "1" * 50), (14, "ab"))
    status, envelope = await copy(telephony, *most)

    assert (status, len(envelope["data"]["copied"])) == (200, 100)
    assert patterns(db) == ["18005551234", *longest, *most]


@pytest.mark.parametrize("body", [{}, {"new_did_pattern": None}, {"did_description": "New"}],
                         ids=str)  # fmt: skip
async def test_a_copy_needs_patterns(
    telephony: Telephony, db: TestDatabase, body: dict[str, Any]
) -> None:
    before = everything(db)

    assert await copy(telephony, **body) == invalid("new_did_pattern", "Required")
    assert everything(db) == before


async def test_two_names_of_the_patterns_must_agree(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    answer = await copy(telephony, SECOND, new_dids="18005559012")

    why = "Differs from new_did_pattern, which is the same field"
    assert answer == invalid("new_dids", why)
    assert everything(db) == before


@pytest.mark.parametrize("description", ["d" * 51, "a\nb", "a\0b", "a😀b", 1.5, True, ["a"], {}])
async def test_a_bad_description_is_named(
    telephony: Telephony, db: TestDatabase, description: Any
) -> None:
    before = everything(db)

    status, envelope = await copy(telephony, SECOND, did_description=description)

    assert (status, list(envelope["details"])) == (400, ["did_description"])
    assert everything(db) == before


@pytest.mark.parametrize(
    "field",
    ["did_pattern", "new_did_id", "active", "did_route", "group", "source_did", "no_such_field"],
)
async def test_an_unknown_field_is_named(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    before = everything(db)

    assert await copy(telephony, SECOND, **{field: "1"}) == invalid(field, "Unknown field")
    assert everything(db) == before


@pytest.mark.parametrize(
    "did_id", ["0", "4294967296", "9" * 30, "-1", "abc", "12x", "12%20", "1.5"]
)
async def test_an_id_that_is_no_id_is_a_400(
    telephony: Telephony, db: TestDatabase, did_id: str
) -> None:
    before = everything(db)

    status, envelope = await copy(telephony, SECOND, did_id=did_id)

    assert (status, list(envelope["details"])) == (400, ["did_id"])
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
