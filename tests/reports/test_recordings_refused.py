"""GET /api/v1/recordings/lookup: what is refused, before anything is read."""

from typing import Any

import pytest
from support.answers import named, sent
from support.apps import Reports
from support.database import TestDatabase
from support.pages import cursor_of
from support.recordings import LOOK_UP, asked, ids, make_recording
from support.statements import statements_sent

WIDE = {"agent_user": "1000", "extension": "8309"}
SELECTIVE = {
    "lead_id": "876409",
    "uniqueid": "1736355590.1234",
    "vicidial_id": "1736355590.1234",
    "filename": "20250108-120001_5551234567",
}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        pytest.param({"agent_user": "1000"}, ["agent_user"], id="an agent"),
        pytest.param({"extension": "8309"}, ["extension"], id="an extension"),
        pytest.param(WIDE, ["agent_user", "extension"], id="both"),
        pytest.param(WIDE | {"lead_id": ""}, ["agent_user", "extension"], id="an empty lead"),
        pytest.param({"format": "csv"}, ["format"], id="csv of everything"),
        pytest.param({"format": "ndjson"}, ["format"], id="ndjson of everything"),
        pytest.param({"format": "csv", "archived": "Y"}, ["format"], id="csv of the archive"),
        pytest.param(
            {"format": "csv", "agent_user": "1000"}, ["agent_user", "format"], id="csv of an agent"
        ),
    ],
)
async def test_what_is_not_selective_needs_a_date_range(
    reports: Reports, query: dict[str, str], fields: list[str]
) -> None:
    with statements_sent() as statements:
        status, envelope = await asked(reports, **query)

    more = f" (and {len(fields) - 1} more)" if len(fields) > 1 else ""
    assert (status, envelope) == (
        400,
        {
            "success": False,
            "error": f"Invalid parameters: {fields[0]}: Needs a date range{more}",
            "details": {field: ["Needs a date range"] for field in fields},
        },
    )
    assert statements == []


@pytest.mark.parametrize("beside", [*SELECTIVE, "date"])
@pytest.mark.parametrize("wide", ["agent_user", "extension", "format"])
async def test_beside_a_range_or_a_key_it_is_taken(
    reports: Reports, db: TestDatabase, wide: str, beside: str
) -> None:
    make_recording(db)
    query = {beside: (SELECTIVE | {"date": "2025-01-08"})[beside]}

    response = await reports.get(
        LOOK_UP.with_query(query | {wide: (WIDE | {"format": "csv"})[wide]})
    )

    assert response.status == 200
    assert "534820" in await response.text()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("lead_id", "0", id="lead zero"),
        pytest.param("lead_id", "4294967296", id="lead too large"),
        pytest.param("lead_id", "-1", id="lead negative"),
        pytest.param("lead_id", "1.5", id="lead with a fraction"),
        pytest.param("lead_id", "x", id="lead of letters"),
        pytest.param("lead_id", "\u0661", id="lead of other digits"),
        pytest.param("agent_user", "x" * 21, id="agent too long"),
        pytest.param("agent_user", " ", id="agent of spaces"),
        pytest.param("agent_user", "\U0001f600", id="agent beyond the BMP"),
        pytest.param("agent_user", "a\nb", id="agent with a line break"),
        pytest.param("uniqueid", "1736355590", id="uniqueid without a dot"),
        pytest.param("uniqueid", "1736355590.", id="uniqueid without an end"),
        pytest.param("uniqueid", ".1234", id="uniqueid without a beginning"),
        pytest.param("uniqueid", "1736355590.12x", id="uniqueid with a letter behind"),
        pytest.param("uniqueid", "a1736355590.12", id="uniqueid with a letter before"),
        pytest.param("uniqueid", "1736355590.1234567890", id="uniqueid too long"),
        pytest.param("uniqueid", "1736355590.12\n", id="uniqueid with a line break"),
        pytest.param("uniqueid", "M1081200010000012345", id="a caller code"),
        pytest.param("uniqueid", "777", id="a closecallid"),
        pytest.param("vicidial_id", "x" * 21, id="id too long"),
        pytest.param("vicidial_id", "\U0001f600", id="id beyond the BMP"),
        pytest.param("filename", "x" * 101, id="file too long"),
        pytest.param("filename", "\t", id="file of a tab"),
        pytest.param("extension", "x" * 101, id="extension too long"),
        pytest.param("limit", "0", id="limit zero"),
        pytest.param("limit", "1001", id="limit too large"),
        pytest.param("limit", "ten", id="limit of letters"),
        pytest.param("format", "xml", id="another format"),
        pytest.param("format", "JSON", id="format in capitals"),
        pytest.param("archived", "y", id="archived in small letters"),
        pytest.param("cursor", "x", id="no cursor"),
        pytest.param("cursor", cursor_of("[]"), id="cursor of nothing"),
        pytest.param("cursor", cursor_of("[0]"), id="cursor of zero"),
        pytest.param("cursor", cursor_of("[4294967296]"), id="cursor too large"),
        pytest.param("cursor", cursor_of("[1.5]"), id="cursor with a fraction"),
        pytest.param("cursor", cursor_of("[true]"), id="cursor of a truth"),
        pytest.param("cursor", cursor_of("[null]"), id="cursor of null"),
        pytest.param("cursor", cursor_of("[1, 2]"), id="cursor of two"),
        pytest.param("cursor", cursor_of('["2025-01-08 12:00:01", "1.2"]'), id="cursor of a log"),
        pytest.param("start_date", "2025-02-30", id="no day"),
        pytest.param("end_date", "yesterday", id="no date"),
    ],
)
async def test_a_bad_value_names_the_parameter(reports: Reports, field: str, value: str) -> None:
    beside = {"date": "2025-01-08"} if field in WIDE else {}

    with statements_sent() as statements:
        answer = await asked(reports, **beside, **{field: value})

    assert named(answer) == [field]
    assert statements == []


@pytest.mark.parametrize(
    ("query", "why"),
    [
        pytest.param({"end_date": "2025-01-08"}, {"start_date": ["Required with end_date"]},
                     id="end alone"),
        pytest.param({"end_date": "2025-01-08", "lead_id": "1"},
                     {"start_date": ["Required with end_date"]}, id="end alone with a lead"),
        pytest.param({"start_date": "2025-01-08", "end_date": "2025-01-07"},
                     {"end_date": ["Before start_date"]}, id="end before start"),
        pytest.param({"start_date": "2024-01-01", "end_date": "2025-01-01"},
                     {"end_date": ["At most 366 days"]}, id="367 days"),
        pytest.param({"start_date": "2024-01-01", "end_date": "2025-01-01", "lead_id": "1"},
                     {"end_date": ["At most 366 days"]}, id="367 days of a lead"),
    ],
)  # fmt: skip
async def test_a_range_that_is_none_is_refused(
    reports: Reports, query: dict[str, str], why: dict[str, list[str]]
) -> None:
    status, envelope = await asked(reports, **query)

    assert (status, envelope["details"]) == (400, why)


@pytest.mark.parametrize("name", [*SELECTIVE, "limit", "start_date"])
async def test_a_parameter_is_given_once(reports: Reports, name: str) -> None:
    url = LOOK_UP.with_query([(name, "1"), (name, "2")])

    assert named(await sent(reports, "GET", url, None)) == [name]


@pytest.mark.parametrize(
    ("column", "field", "value"),
    [
        pytest.param("lead_id", "lead_id", "4294967295", id="lead"),
        pytest.param("user", "agent_user", "x" * 20, id="agent"),
        pytest.param("vicidial_id", "uniqueid", "a-_B-1736355590.1234", id="uniqueid"),
        pytest.param("vicidial_id", "vicidial_id", "x" * 20, id="id"),
        pytest.param("filename", "filename", "\u00e9" * 100, id="file"),
        pytest.param("extension", "extension", "x" * 100, id="extension"),
    ],
)
async def test_the_longest_values_find_their_recordings(
    reports: Reports, db: TestDatabase, column: str, field: str, value: str
) -> None:
    make_recording(db, 1)
    longest: dict[str, Any] = {column: value}
    make_recording(db, 2, **longest)

    assert await ids(reports, **{field: value, "date": "2025-01-08"}) == [2]


async def test_a_year_and_a_day_and_1000_rows_are_allowed(
    reports: Reports, db: TestDatabase
) -> None:
    make_recording(db)

    year = {"start_date": "2024-01-09", "end_date": "2025-01-08"}
    leap = {"start_date": "2024-01-01", "end_date": "2024-12-31"}
    assert await ids(reports, **year, limit=1000) == [534820]
    assert await ids(reports, **leap, limit=1) == []
