"""The contract's examples of time zones, over VICIdial's stock rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_leads.timezone.methods import Method
from svc_leads.timezone.offset import Zone, ZoneKey
from svc_leads.timezone.store import phone_code
from svc_leads.timezone.table import ChunkZones, ZoneTable

from deploy.db.facts import stock_rows

COLUMNS = ("country", "areacode", "state", "tz_code", "GMT_offset", "DST", "DST_range")
BY_AREA_CODE = Method.COUNTRY_AND_AREA_CODE


def stock_table(month: int) -> ZoneTable:
    columns, lines = stock_rows("vicidial_phone_codes")
    named = [dict(zip(columns, line, strict=True)) for line in lines]
    rows = [
        phone_code([int(line["country_code"] or 0), *(line[name] for name in COLUMNS)])
        for line in named
    ]
    return ZoneTable(rows, datetime(2026, month, 8, 17, tzinfo=UTC))


JANUARY, JULY = stock_table(1), stock_table(7)


def offsets(lead: ZoneKey, method: Method = BY_AREA_CODE) -> tuple[float, float]:
    return JANUARY.gmt_offset(lead, method), JULY.gmt_offset(lead, method)


@pytest.mark.parametrize(
    ("phone_code", "phone_number", "state", "expected"),
    [
        pytest.param("1", "2125551234", "", (-5.0, -4.0), id="New York"),
        pytest.param("1", "6025551234", "", (-7.0, -7.0), id="Arizona"),
        pytest.param("1", "5551234567", "NY", (-5.0, -4.0), id="no such area code, state"),
        pytest.param("1", "5551234567", "", (-5.0, -4.0), id="no such area code, no state"),
        pytest.param("1", "5551234567", "CA", (-8.0, -7.0), id="state of another zone"),
        pytest.param("44", "2079460958", "", (0.0, 1.0), id="London"),
        pytest.param("01144", "2079460958", "", (0.0, 1.0), id="London with 011"),
        pytest.param("91", "1140001000", "", (5.5, 5.5), id="India"),
        pytest.param("61", "412345678", "NT", (9.5, 9.5), id="Australian mobile, state"),
        pytest.param("61", "412345678", "", (11.0, 10.0), id="Australian mobile, no state"),
        pytest.param("61", "412345678", "ZZ", (11.0, 10.0), id="Australian mobile, other state"),
        pytest.param("61", "812345678", "", (10.5, 9.5), id="South Australia"),
        pytest.param("61", "891234567", "", (8.0, 8.0), id="DST N with a range"),
        pytest.param("64", "91234567", "", (13.0, 12.0), id="New Zealand"),
        pytest.param("999", "5551234567", "", (0.0, 0.0), id="unknown country"),
        pytest.param("9999999999", "5551234567", "", (0.0, 0.0), id="no country code at all"),
    ],
)
def test_offset_by_country_and_area_code(
    phone_code: str, phone_number: str, state: str, expected: tuple[float, float]
) -> None:
    assert offsets(ZoneKey(phone_code, phone_number, state=state)) == expected


@pytest.mark.parametrize(
    ("country_code", "expected"),
    [("GEO", (4.0, 5.0)), ("rus", (3.0, 4.0)), ("KAZ", (6.0, 6.0)), ("7", (4.0, 5.0))],
)
def test_one_dial_code_of_six_countries(country_code: str, expected: tuple[float, float]) -> None:
    assert offsets(ZoneKey("7", "9012345678", country_code)) == expected


@pytest.mark.parametrize(
    ("phone_code", "owner", "expected"),
    [
        pytest.param("1", "PST", (-8.0, -7.0), id="code of the country"),
        pytest.param("1", "pst", (-8.0, -7.0), id="case"),
        pytest.param("1", "agent1", (-5.0, -4.0), id="no such code: by area code"),
        pytest.param("1", "", (-5.0, -4.0), id="no owner: by area code"),
        pytest.param("44", "PST", (0.0, 1.0), id="code of another country"),
        pytest.param("999", "PST", (0.0, 0.0), id="unknown country"),
    ],
)
def test_offset_by_owner(phone_code: str, owner: str, expected: tuple[float, float]) -> None:
    lead = ZoneKey(phone_code, "2125551234", owner=owner)

    assert offsets(lead, Method.OWNER_TIME_ZONE_CODE) == expected


def test_postal_codes_and_prefixes_of_the_chunk_decide_where_they_fit() -> None:
    chunk = ChunkZones(
        {(1, "90210"): Zone(-8.0, "SSM-FSN")}, {("213", "555"): Zone(-9.0, ""), ("1", "2"): None}
    )
    lead = ZoneKey("1", "2125551234", postal_code="90210-1234")
    other = ZoneKey("1", "2125551234", postal_code="10001")

    assert JULY.gmt_offset(lead, Method.POSTAL_CODE, chunk) == -7.0
    assert JULY.gmt_offset(other, Method.POSTAL_CODE, chunk) == -4.0
    assert JULY.gmt_offset(ZoneKey("1", "2135551234"), Method.NANPA_PREFIX, chunk) == -9.0
    assert JULY.gmt_offset(lead, Method.NANPA_PREFIX, chunk) == -4.0


def test_dial_codes_of_a_country_by_letters() -> None:
    assert JANUARY.dial_codes("GBR") == [44]
    assert JANUARY.dial_codes("nld") == [1, 31]
    assert JANUARY.dial_codes("XXX") == []


def test_state_of_the_area_code() -> None:
    assert JANUARY.state("1", "2125551234") == "NY"
    assert JANUARY.state("0111", "2125551234") == "NY"
    assert JANUARY.state("52", "6141234567") == ""
    assert JANUARY.state("1", "5551234567") == ""
    assert JANUARY.state("9999999999", "2125551234") == ""


def test_area_codes_of_north_america() -> None:
    assert JANUARY.has_us_area_code("212")
    assert not JANUARY.has_us_area_code("555")


@given(
    st.builds(
        ZoneKey,
        st.from_regex(r"(011)?(1|7|44|52|61|[0-9]{1,10})\Z", fullmatch=True),
        st.from_regex(r"[0-9]{6,16}\Z", fullmatch=True),
        st.sampled_from(["", "1", "USA", "RUS"]),
        st.sampled_from(["", "NY", "wa", "ZZ"]),
        st.text(max_size=10),
        st.sampled_from(["", "EST", "agent1"]),
    ),
    st.sampled_from(Method),
)
def test_every_lead_has_an_offset_in_quarter_hours(lead: ZoneKey, method: Method) -> None:
    for hours in offsets(lead, method):
        assert -12 <= hours <= 14
        assert (hours * 4).is_integer()
