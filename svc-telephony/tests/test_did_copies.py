"""What copies of a DID take (contract: POST /dids/{did_id}/copy)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from dialkit.errors import InvalidInput
from dialkit.http import load
from svc_telephony.dids.schemas import DidCopies

SCHEMA = DidCopies()
FIRST, SECOND = "18005555678", "18005559012"
PATTERN = "Must be 2 to 50 characters of 0-9 A-Z a-z : + * # . _"
NO_LIST = "Must be an array, or one string with commas"


def of_length(number: int, length: int) -> list[str]:
    """That many patterns of that length."""
    return [f"{place:0{length}}" for place in range(number)]


def wrong(**fields: Any) -> Mapping[str, Any]:
    """What is wrong with the fields, and why."""
    with pytest.raises(InvalidInput) as refused:
        load(SCHEMA, fields)
    return refused.value.details or {}


@pytest.mark.parametrize(
    ("given", "patterns"),
    [
        pytest.param([FIRST, SECOND], [FIRST, SECOND], id="array"),
        pytest.param(f"{SECOND},{FIRST}", [SECOND, FIRST], id="text"),
        pytest.param([int(FIRST)], [FIRST], id="number in an array"),
        pytest.param(int(FIRST), [FIRST], id="number"),
        pytest.param(["ab", "1" * 50], ["ab", "1" * 50], id="shortest and longest"),
        pytest.param(of_length(100, 5), of_length(100, 5), id="100"),
        pytest.param([*of_length(39, 50), "1" * 11], [*of_length(39, 50), "1" * 11],
                     id="2000 in all"),
    ],
)  # fmt: skip
def test_patterns_are_kept_in_their_order(given: Any, patterns: list[str]) -> None:
    assert load(SCHEMA, {"new_did_pattern": given}) == {"new_did_pattern": patterns}
    assert load(SCHEMA, {"new_dids": given}) == {"new_did_pattern": patterns}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param("", f"'': {PATTERN}", id="empty text"),
        pytest.param([], "May not be empty", id="empty array"),
        pytest.param([""], f"'': {PATTERN}", id="array of an empty text"),
        pytest.param(",", f"'': {PATTERN}", id="comma alone"),
        pytest.param(f"{FIRST},", f"'': {PATTERN}", id="comma at the end"),
        pytest.param(f"{FIRST},,{SECOND}", f"'': {PATTERN}", id="two commas"),
        pytest.param("1", f"'1': {PATTERN}", id="too short"),
        pytest.param([FIRST, "1" * 51], f"'{'1' * 51}': {PATTERN}", id="too long"),
        pytest.param([FIRST, "1-800"], f"'1-800': {PATTERN}", id="another character"),
        pytest.param(["11,22"], f"'11,22': {PATTERN}", id="comma in an array"),
        pytest.param([f"{FIRST}\n"], f"'{FIRST}\\n': {PATTERN}", id="line end"),
        pytest.param(["1😀"], f"'1😀': {PATTERN}", id="beyond the BMP"),
        pytest.param("11, 22", "' 22': May not begin or end with a space", id="space"),
        pytest.param([FIRST, None], "None: May not be null", id="null in an array"),
        pytest.param([FIRST, 1.5], "1.5: Must be a string", id="decimal in an array"),
        pytest.param([[FIRST]], f"['{FIRST}']: Must be a string", id="array in an array"),
        pytest.param([FIRST, SECOND, FIRST], f"Given more than once: {FIRST}", id="twice"),
        pytest.param(["1800abc", "1800ABC"], "Given more than once: 1800abc", id="equal by case"),
        pytest.param("abc,1800,ABC", "Given more than once: abc", id="equal by case in a text"),
        pytest.param(of_length(101, 5), "More than 100", id="too many"),
        pytest.param(",".join(of_length(101, 5)), "More than 100", id="too many in a text"),
        pytest.param([*of_length(39, 50), "1" * 12], "Must be 1 to 2000 characters in all",
                     id="2001 in all"),
        pytest.param(12.5, NO_LIST, id="decimal"),
        pytest.param({"a": 1}, NO_LIST, id="object"),
        pytest.param(True, NO_LIST, id="boolean"),
    ],
)  # fmt: skip
def test_patterns_have_limits(given: Any, why: str) -> None:
    assert wrong(new_did_pattern=given) == {"new_did_pattern": [why]}


@pytest.mark.parametrize("fields", [{}, {"new_did_pattern": None}, {"did_description": "New"}],
                         ids=str)  # fmt: skip
def test_there_must_be_patterns(fields: dict[str, Any]) -> None:
    assert wrong(**fields) == {"new_did_pattern": ["Required"]}


def test_two_names_of_the_patterns_must_agree() -> None:
    why = "Differs from new_did_pattern, which is the same field"

    assert wrong(new_did_pattern=[FIRST], new_dids=SECOND) == {"new_dids": [why]}


@pytest.mark.parametrize("description", ["d" * 51, "a\nb", "a\0b", "a😀b", 1.5, True, ["a"], {}])
def test_a_description_has_limits(description: Any) -> None:
    assert list(wrong(new_did_pattern=FIRST, did_description=description)) == ["did_description"]


def test_unknown_fields_are_named() -> None:
    unknown = ("did_pattern", "new_did_id", "active", "did_route", "group", "source_did")

    found = wrong(new_did_pattern=FIRST, **dict.fromkeys(unknown, "1"))

    assert found == {name: ["Unknown field"] for name in unknown}
