"""Which number a test call shows."""

from typing import Any

import pytest
from support.rules_of_test_calls import CAMPAIGN as ANY_CAMPAIGN
from svc_telephony.test_calls.caller_ids import (
    FIRST,
    LIST,
    OWN,
    SECOND,
    area_codes,
    groups,
    shown_number,
)

CAMPAIGN = ANY_CAMPAIGN._replace(
    campaign_cid="6666666",
    cid_group_id="G2",
    cid_group_id_two="G3",
    use_custom_cid="AREACODE",
    list_cid_override="2222222",
    list_cid_group_id="G1",
)
ENTRIES = {LIST: "1111111", FIRST: "3333333", SECOND: "4444444", OWN: "5555555"}


def test_groups_are_those_of_list_and_campaign_and_the_campaign_itself() -> None:
    assert groups(CAMPAIGN) == {LIST: "G1", FIRST: "G2", SECOND: "G3", OWN: "TESTCAMP"}


@pytest.mark.parametrize("none", ["", " ", None, "---DISABLED---"])
def test_what_is_blank_or_disabled_is_no_group(none: str | None) -> None:
    campaign = CAMPAIGN._replace(
        list_cid_group_id=none, cid_group_id=none, cid_group_id_two=none, use_custom_cid="Y"
    )

    assert groups(campaign) == {}


@pytest.mark.parametrize("use", ["Y", "N", "USER_CUSTOM_1", None])
def test_only_areacode_makes_the_campaign_a_group(use: str | None) -> None:
    assert OWN not in groups(CAMPAIGN._replace(use_custom_cid=use))


ORDER: list[tuple[str, dict[str, Any], str]] = [
    ("1111111", {}, LIST),
    ("2222222", {"list_cid_override": ""}, ""),
    ("3333333", {}, FIRST),
    ("4444444", {}, SECOND),
    ("5555555", {}, OWN),
    ("6666666", {"campaign_cid": ""}, ""),
]


def test_numbers_come_in_the_dialers_order() -> None:
    campaign, entries = CAMPAIGN, dict(ENTRIES)

    for number, cleared, source in ORDER:
        assert shown_number(campaign, entries) == number
        campaign = campaign._replace(**cleared)
        entries.pop(source, None)

    assert shown_number(campaign, entries) == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [("123456", "6666666"), ("1234567", "1234567"), ("+1 (555) 987", "1555987"),
     ("1-2-3-4-5-6", "6666666"), ("", "6666666")],
)  # fmt: skip
def test_of_an_entry_only_the_digits_count(number: str, shown: str) -> None:
    campaign = CAMPAIGN._replace(list_cid_override="")

    assert shown_number(campaign, {LIST: number}) == shown


@pytest.mark.parametrize(
    ("override", "shown"),
    [("222222", "6666666"), ("", "6666666"), ("       ", "6666666"), (" 2222222 ", "2222222")],
)
def test_an_override_is_long_enough_without_its_blanks(override: str, shown: str) -> None:
    assert shown_number(CAMPAIGN._replace(list_cid_override=override), {}) == shown


def test_no_number_is_long_enough() -> None:
    campaign = CAMPAIGN._replace(list_cid_override="0", campaign_cid="")

    assert shown_number(campaign, {}) == ""


def test_an_area_code_has_two_to_five_digits() -> None:
    assert area_codes("5551234567") == ["55", "555", "5551", "55512"]
