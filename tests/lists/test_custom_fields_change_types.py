"""PUT of custom fields whose column changes: no stored value is lost (contract: "Data fit")."""

from datetime import date, timedelta
from typing import Any

import pytest
from support.apps import Lists
from support.changes import changes
from support.custom_fields import change, columns, make_field, make_lists, state
from support.database import TestDatabase

UNFIT = (409, {"success": False, "error": "Existing values do not fit the new definition"})
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


def kind(field_type: str, options: str = "", **fields: Any) -> dict[str, Any]:
    given = {"field_type": field_type} | ({"field_options": options} if options else {})
    return given | {f"field_{name}": value for name, value in fields.items()}


def text(limit: int = 50) -> dict[str, Any]:
    return kind("TEXT", max=limit)


def case(
    old: dict[str, Any], values: list[Any], new: dict[str, Any], column: str | None, id: str,  # noqa: A002 - as pytest.param
    *, after: list[Any] | None = None,
) -> Any:  # fmt: skip
    """Where no column is given, the change is refused."""
    if column is None:
        return pytest.param(old, values, new, id=id)
    return pytest.param(old, values, new, column, values if after is None else after, id=id)


DAY, NOON = date(2025, 1, 8), timedelta(hours=12)
FITTING: list[Any] = [
    case(text(), ["red", "", None], text(3), "varchar(3)", "shorter text"),
    case(text(3), ["ééé"], text(4), "varchar(4)", "longer text"),
    case(text(), ["ééé"], text(3), "varchar(3)", "characters, not bytes"),
    case(text(), ["red", "", None], kind("AREA"), "text", "TEXT to AREA"),
    case(text(), ["réd", None], kind("HIDEBLOB"), "blob", "TEXT to HIDEBLOB",
         after=["réd".encode(), None]),
    case(text(), ["red", "", None], kind("SELECT", "blue,red"), "enum('blue','red')",
         "TEXT to SELECT", after=["red", None, None]),
    case(text(), ["red", ""], kind("SOURCESELECT", "source=>city\nvalue=>x\noption=>red|Red"),
         "enum('red')", "TEXT to SOURCESELECT", after=["red", None]),
    case(text(), ["", None], kind("DATE"), "date", "TEXT to DATE", after=[None, None]),
    case(text(), ["", None], kind("TIME"), "time", "TEXT to TIME", after=[None, None]),
    case(text(), ["red,blue", ""], kind("MULTI", "blue,red"), "varchar(12)", "TEXT to MULTI"),
    case(kind("AREA"), ["red", "", None], text(3), "varchar(3)", "AREA to TEXT"),
    case(kind("AREA"), ["", None], kind("DATE"), "date", "AREA to DATE", after=[None, None]),
    case(kind("AREA"), ["red", ""], kind("RADIO", "red"), "enum('red')", "AREA to RADIO",
         after=["red", None]),
    case(kind("AREA"), ["x" * 9000], kind("HIDEBLOB"), "blob", "AREA to HIDEBLOB",
         after=[b"x" * 9000]),
    case(kind("HIDEBLOB"), ["réd".encode(), b"", None], kind("AREA"), "text", "HIDEBLOB to AREA",
         after=["réd", "", None]),
    case(kind("HIDEBLOB"), ["réd".encode(), None], text(3), "varchar(3)", "HIDEBLOB to TEXT",
         after=["réd", None]),
    case(kind("SELECT", "a,b"), ["a", "b", None], kind("SELECT", "b,c,a"), "enum('b','c','a')",
         "values in another order, and one more"),
    case(kind("SELECT", "a,b,c"), ["a", None], kind("SELECT", "a,c"), "enum('a','c')",
         "an unused value removed"),
    case(kind("SELECT", "a,b"), ["a", "b"], text(1), "varchar(1)", "SELECT to TEXT"),
    case(kind("RADIO", "a,b"), ["a", None], kind("CHECKBOX", "a,b"), "varchar(7)",
         "RADIO to CHECKBOX"),
    case(kind("RADIO", "a,b"), ["b", None], kind("AREA"), "text", "RADIO to AREA"),
    case(kind("RADIO", "a,b"), [None, None], kind("DATE"), "date", "RADIO to DATE"),
    case(kind("MULTI", "a,b,c"), ["a,b", ""], kind("MULTI", "a"), "varchar(3)",
         "fewer options, room enough"),
    case(kind("MULTI", "a,b"), ["a", "b", ""], kind("SELECT", "a,b"), "enum('a','b')",
         "MULTI to SELECT", after=["a", "b", None]),
    case(kind("DATE"), [DAY, None], text(10), "varchar(10)", "DATE to TEXT",
         after=["2025-01-08", None]),
    case(kind("DATE"), [DAY, None], kind("AREA"), "text", "DATE to AREA",
         after=["2025-01-08", None]),
    case(kind("DATE"), [None], kind("TIME"), "time", "DATE to TIME"),
    case(kind("DATE"), [None], kind("SELECT", "a,b"), "enum('a','b')", "DATE to SELECT"),
    case(kind("TIME"), [NOON, None], kind("HIDEBLOB"), "blob", "TIME to HIDEBLOB",
         after=[b"12:00:00", None]),
    case(kind("TIME"), [NOON, None], text(8), "varchar(8)", "TIME to TEXT",
         after=["12:00:00", None]),
    case(kind("DATE"), [DAY, None], kind("DATE", default=7), "date", "DATE stays DATE"),
    case(kind("TIME"), [NOON, None], kind("TIME", default=7), "time", "TIME stays TIME"),
]  # fmt: skip
UNFITTING: list[Any] = [
    case(text(), ["red", "blue"], text(3), None, "shorter than a text"),
    case(text(), ["éééé"], text(3), None, "shorter than characters beyond ASCII"),
    case(text(), ["red", "green"], kind("SELECT", "blue,red"), None, "no option"),
    case(text(), ["é"], kind("SELECT", "e,f"), None, "equal to the collation only"),
    case(text(), ["ß"], kind("SELECT", "s,t"), None, "equal to another collation only"),
    case(text(), ["2025-01-08"], kind("DATE"), None, "TEXT to DATE"),
    case(text(), ["12:00:00"], kind("TIME"), None, "TEXT to TIME"),
    case(text(), ["0"], kind("DATE"), None, "a zero"),
    case(text(), ["a,bb"], kind("MULTI", "a"), None, "too long for the options"),
    case(kind("AREA"), ["x" * 51], text(), None, "AREA to TEXT"),
    case(kind("AREA"), ["x"], kind("RADIO", "a"), None, "AREA to RADIO"),
    case(kind("HIDEBLOB"), [b"x" * 51], text(), None, "HIDEBLOB to TEXT"),
    case(kind("HIDEBLOB"), [b"\xff"], kind("AREA"), None, "HIDEBLOB that is no text"),
    case(kind("HIDEBLOB"), [b"\xff"], kind("RADIO", "?,x"), None, "HIDEBLOB that is no option"),
    case(kind("SELECT", "a,b,c"), ["a", "b"], kind("SELECT", "a,c"), None, "a used value removed"),
    case(kind("SELECT", "a,bb"), ["a", "bb"], text(1), None, "SELECT to shorter TEXT"),
    case(kind("RADIO", "a,b"), ["a"], kind("DATE"), None, "RADIO to DATE"),
    case(kind("MULTI", "a,b"), ["a,b"], kind("SELECT", "a,b"), None, "two of many for one"),
    case(kind("DATE"), [DAY], text(9), None, "DATE to shorter TEXT"),
    case(kind("DATE"), [DAY], kind("TIME"), None, "DATE to TIME"),
    case(kind("TIME"), [NOON], kind("DATE"), None, "TIME to DATE"),
    case(kind("TIME"), [timedelta(0)], kind("DATE"), None, "midnight to DATE"),
    case(kind("DATE"), [DAY], kind("SELECT", "a"), None, "DATE to SELECT"),
]


def fill(db: TestDatabase, values: list[Any]) -> None:
    for lead_id, value in enumerate(values, 1):
        db.insert("custom_101", lead_id=lead_id, color=value, beside="stays")


@ENGINES
@pytest.mark.parametrize(("old", "values", "new", "column", "after"), FITTING)
async def test_values_that_fit_stay(
    lists: Lists, db: TestDatabase, old: dict[str, Any], values: list[Any], new: dict[str, Any],
    column: str, after: list[Any],
) -> None:  # fmt: skip
    await make_field(lists, **old)
    await make_field(lists, field_name="beside", field_max=9)
    fill(db, values)

    status, answer = await change(lists, **new)

    assert (status, answer["success"]) == (200, True)
    assert columns(db) == {
        "color": (column, None, "YES"),
        "beside": ("varchar(9)", None, "YES"),
    }
    found = db.rows("SELECT color, beside FROM custom_101 ORDER BY lead_id")
    # An ENUM may hold '' or NULL where there was ''.
    stored = [None if column.startswith("enum") and color == "" else color for color, _ in found]
    assert stored == after
    assert [beside for _, beside in found] == ["stays"] * len(values)


@ENGINES
@pytest.mark.parametrize(("old", "values", "new"), UNFITTING)
async def test_values_that_do_not_fit_stop_the_change(
    lists: Lists, db: TestDatabase, old: dict[str, Any], values: list[Any], new: dict[str, Any]
) -> None:
    await make_field(lists, **old)
    await make_field(lists, field_name="beside", field_max=9)
    fill(db, [None, *values])
    before, logged = state(db), changes(db)

    answer = await change(lists, field_label="New", **new)

    assert answer == UNFIT
    assert (state(db), changes(db)) == (before, logged)


@ENGINES
async def test_a_value_that_stands_in_the_way_can_be_taken_away(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    await make_field(lists, field_name="beside")
    fill(db, ["red", "green"])

    refused = await change(lists, field_type="SELECT", field_options="red,blue")
    db.execute("UPDATE custom_101 SET color = '' WHERE color = 'green'")
    taken = await change(lists, field_type="SELECT", field_options="red,blue")

    assert (refused, taken[0]) == (UNFIT, 200)


async def test_an_enum_that_holds_nothing_stays_so(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists, field_type="SELECT", field_options="red,blue")
    await make_field(lists, field_name="beside")
    db.execute("SET SESSION sql_mode = ''")
    try:
        fill(db, ["", "red"])  # as VICIdial, whose sessions are not strict, stores an empty choice
    finally:
        db.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")

    fewer = await change(lists, field_options="red,green")
    as_text = await change(lists, field_type="TEXT", field_max=3)

    assert (fewer[0], as_text[0]) == (200, 200)
    found = db.rows("SELECT color FROM custom_101 ORDER BY lead_id")
    assert [color or "" for (color,) in found] == ["", "red"]


async def test_a_date_of_zeros_is_a_value(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists, field_type="DATE")
    db.execute("INSERT INTO custom_101 VALUES (1, '0000-00-00')")
    before = state(db)

    assert await change(lists, field_type="TIME") == UNFIT
    assert state(db) == before

    status, _ = await change(lists, field_type="TEXT")
    assert (status, db.value("SELECT color FROM custom_101")) == (200, "0000-00-00")


async def test_many_rows_are_looked_at_and_kept(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists)
    db.execute("INSERT INTO custom_101 SELECT seq, IF(seq = 60000, 'long', 'red')"
               " FROM seq_1_to_60000")  # fmt: skip

    refused = await change(lists, field_max=3)
    db.execute("DELETE FROM custom_101 WHERE color = 'long'")
    taken = await change(lists, field_max=3)

    assert (refused, taken[0]) == (UNFIT, 200)
    assert db.row("SELECT COUNT(*), MIN(color), MAX(color) FROM custom_101") == (
        59_999,
        "red",
        "red",
    )
