"""Which row decides about a time zone, and the offset that it means."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_leads.timezone import offset
from svc_leads.timezone.methods import ALIASES, METHODS, Method, method_of_list
from svc_leads.timezone.offset import PhoneCode, Zone, ZoneKey

JANUARY = datetime(2026, 1, 8, 12, tzinfo=UTC)
JULY = datetime(2026, 7, 8, 12, tzinfo=UTC)


def code(areacode: str, gmt_offset: str = "0", *, state: str = "", country: str = "X") -> PhoneCode:
    return PhoneCode(9, country, areacode, state, "", "", offset.zone(gmt_offset, "N", ""))


def chosen(rows: list[PhoneCode], phone_number: str, state: str = "", country: str = "") -> float:
    place = offset.place_of(ZoneKey("9", phone_number, country, state))
    assert place is not None
    zone = offset.by_area_code(rows, place)
    return zone.standard if zone else -99


@pytest.mark.parametrize(
    ("phone_code", "country"),
    [
        ("1", 1),
        ("44", 44),
        ("01144", 44),
        ("001144", 44),
        ("0044", 44),
        ("0111", 1),
        ("044", 44),
        ("65535", 65535),
        ("65536", None),
        ("9999999999", None),
        ("0", None),
        ("000", None),
        ("", None),
        ("1a", None),
    ],
)
def test_one_leading_international_prefix_is_cut(phone_code: str, country: int | None) -> None:
    assert offset.dial_country(phone_code) == country


@pytest.mark.parametrize(
    ("text", "hours"),
    [("-5", -5.0), ("+5.5", 5.5), ("0", 0.0), ("+5.75", 5.75), ("-3.50", -3.5), (" +1 ", 1.0)],
)
def test_offset_is_a_decimal(text: str, hours: float) -> None:
    assert offset.zone(text, "N", "") == Zone(hours, "")


@pytest.mark.parametrize("text", [None, "", "+", "EST", "nan", "inf", "1e1", "5,5", "--5"])
def test_offset_that_is_not_a_number_is_none(text: str | None) -> None:
    assert offset.zone(text, "Y", "SSM-FSN") is None


@pytest.mark.parametrize(
    ("dst", "dst_range", "july"),
    [
        ("Y", "SSM-FSN", -4.0),
        (None, "SSM-FSN", -4.0),
        ("N", "SSM-FSN", -5.0),
        ("Y", "SSO-SSM", -5.0),
        ("Y", None, -5.0),
    ],
)
def test_an_hour_is_added_in_summer_unless_dst_is_n(
    dst: str | None, dst_range: str | None, july: float
) -> None:
    zone = offset.zone("-5", dst, dst_range)

    assert zone is not None
    assert (zone.at(JANUARY), zone.at(JULY)) == (-5.0, july)


@pytest.mark.parametrize(("dst", "july"), [("Y", -7.0), ("N", -8.0), (None, -8.0)])
def test_nanpa_rows_have_the_american_range(dst: str | None, july: float) -> None:
    zone = offset.nanpa_zone("-8", dst)

    assert zone is not None
    assert zone.at(JULY) == july


def test_summer_time_begins_by_the_standard_time_of_the_place() -> None:
    zone = Zone(-5.0, "SSM-FSN")

    assert zone.at(datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC)) == -5.0
    assert zone.at(datetime(2026, 3, 8, 7, tzinfo=UTC)) == -4.0


def test_area_code_with_most_digits_wins() -> None:
    rows = [code("*", "1"), code("8", "2"), code("889", "3"), code("88", "4")]

    assert chosen(rows, "8891234") == 3
    assert chosen(rows, "8881234") == 4
    assert chosen(rows, "8701234") == 2
    assert chosen(rows, "4701234") == 1


def test_row_of_the_state_wins_among_as_many_digits() -> None:
    rows = [code("4", "1"), code("4S", "2", state="NT"), code("41", "3"), code("41S", "4")]

    assert chosen(rows, "4201234", state="nt") == 2
    assert chosen(rows, "4201234", state="WA") == 1
    assert chosen(rows, "4121234", state="NT") == 3
    assert chosen(rows, "4121234") == 4


def test_row_of_another_state_is_none() -> None:
    assert chosen([code("4S", "2", state="NT")], "412345678", state="WA") == -99


def test_ties_go_to_country_then_state_then_lowest_codes() -> None:
    rows = [
        code("*", "1", state="B", country="GEO"),
        code("*", "2", state="A", country="RUS"),
        code("*", "3", state="A", country="KAZ"),
    ]

    assert chosen(rows, "4121234", country="geo") == 1
    assert chosen(rows, "4121234", state="a", country="XYZ") == 3
    assert chosen(rows, "4121234", state="B") == 1
    assert chosen(rows, "4121234") == 3


def test_row_without_a_usable_offset_does_not_exist() -> None:
    rows = [code("412", "west"), code("41", "2"), code("*", "3")]

    assert chosen(rows, "4121234") == 2
    assert chosen(rows[:1], "4121234") == -99


@pytest.mark.parametrize(
    ("digits", "codes"),
    [("212", ["2", "21", "212", "2S", "21S", "*"]), ("2", ["2", "2S", "*"]), ("", ["*"])],
)
def test_area_codes_to_ask_for(digits: str, codes: list[str]) -> None:
    assert offset.area_codes(digits) == codes


@given(
    areacode=st.from_regex(r"([0-9]{0,3}|[0-9]{1,2}S|\*)\Z", fullmatch=True),
    digits=st.from_regex(r"[0-9]{3}\Z", fullmatch=True),
)
def test_no_other_area_code_is_ever_chosen(areacode: str, digits: str) -> None:
    found = chosen([code(areacode, "7")], digits) == 7

    assert found == (areacode in offset.area_codes(digits))


def test_owner_has_the_first_offset_and_the_greatest_range() -> None:
    rows = [
        code("3", "+8")._replace(dst_range="SSM-FSN"),
        code("1", "none")._replace(dst_range="TSO-LSF"),
        code("2", "+7")._replace(dst_range="LSO-LSM"),
        code("2", "+6", state="AA"),
    ]

    assert offset.by_owner(rows) == Zone(7.0, "SSM-FSN")
    assert offset.by_owner(rows[3:]) == Zone(6.0, "")
    assert offset.by_owner(rows[1:2]) is None
    assert offset.by_owner([]) is None


def test_longest_postal_code_with_a_zone_wins() -> None:
    prefixes = offset.postal_prefixes(ZoneKey("01144", "2079460958", postal_code="sw1a 1aa"))
    zones = {(44, "SW1"): Zone(1.0, ""), (44, "SW1A"): Zone(2.0, ""), (44, "SW1A1A"): None}

    assert prefixes == [
        (44, "SW1A1AA"),
        (44, "SW1A1A"),
        (44, "SW1A1"),
        (44, "SW1A"),
        (44, "SW1"),
    ]
    assert offset.by_postal_code(zones, prefixes) == Zone(2.0, "")
    assert offset.by_postal_code({}, prefixes) is None


@pytest.mark.parametrize(("phone_code", "postal_code"), [("1", ""), ("1", "12"), ("x", "12345")])
def test_postal_code_needs_a_country_and_three_characters(
    phone_code: str, postal_code: str
) -> None:
    assert offset.postal_prefixes(ZoneKey(phone_code, "2125551234", postal_code=postal_code)) == []


def test_nanpa_prefix_is_for_north_america() -> None:
    assert offset.nanpa_prefixes(ZoneKey("0111", "2125551234")) == [("212", "555")]
    assert offset.nanpa_prefixes(ZoneKey("44", "2125551234")) == []


def test_state_of_an_area_code_has_two_characters() -> None:
    rows = [code("614", state="CHIH"), code("614", state="SO"), code("614")]

    assert offset.state_of_area_code(rows) == "SO"
    assert offset.state_of_area_code(rows[:1]) == ""


def test_methods_have_short_names() -> None:
    assert {name: ALIASES[name].value for name in ALIASES} == {
        "AREACODE": "COUNTRY_AND_AREA_CODE",
        "POSTAL": "POSTAL_CODE",
        "NANPA": "NANPA_PREFIX",
        "TZCODE": "OWNER_TIME_ZONE_CODE",
    }
    assert set(ALIASES.values()) == set(METHODS)


@pytest.mark.parametrize("setting", [None, "", "COUNTRY_AND_AREA_CODE"])
def test_list_without_a_method_goes_by_area_code(setting: str | None) -> None:
    assert method_of_list(setting) is Method.COUNTRY_AND_AREA_CODE
