"""Names of custom fields: the only text of a request that becomes part of a statement."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.apps import Lists
from support.custom_fields import (
    add,
    change,
    columns,
    definition,
    fields_url,
    make_field,
    make_lists,
    names,
    state,
)
from support.database import TestDatabase
from yarl import URL

STANDARD = [
    "vendor_lead_code", "source_id", "list_id", "gmt_offset_now", "called_since_last_reset",
    "phone_code", "phone_number", "title", "first_name", "middle_initial", "last_name",
    "address1", "address2", "address3", "city", "state", "province", "postal_code",
    "country_code", "gender", "date_of_birth", "alt_phone", "email", "security_phrase",
    "comments", "called_count", "last_local_call_time", "rank", "entry_date", "entry_list_id",
    "modify_date",
]  # fmt: skip
RESERVED = [
    # Spread over the appendix; the lead's own that are reserved; words of either server.
    "accessible", "between", "condition", "delayed", "enum", "fulltext", "group", "index", "key",
    "row_number", "sql_tsi_year", "window", "x509", "zerofill", "lead_id", "owner", "status",
    "user", "action", "backup", "cume_dist", "current_role", "do_domain_ids", "lateral",
    "json_table", "offset", "percent_rank", "returning", "soname", "straight_join", "tablespace",
]  # fmt: skip


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


def spellings(word: str) -> Iterator[str]:
    yield from (word, word.upper(), word.title())


@pytest.mark.parametrize("word", RESERVED)
async def test_reserved_words_are_refused_in_any_case(
    lists: Lists, db: TestDatabase, word: str
) -> None:
    before = state(db)

    for name in spellings(word):
        status, answer = await add(lists, field_name=name)
        assert (status, list(answer["details"])) == (400, ["field_name"])

    assert state(db) == before


@pytest.mark.parametrize(
    "name",
    [
        "a", "A", "Z9", "nullable", "yes", "condition_", "selects", "owner_2", "statuses", "users",
        "favorite_Color_9", "x" * 50, "color_DUPLICATE",
        "color_DUPLICATE_", "color_DUPLICATE_1x", "DUPLICATE_001",
    ],
)  # fmt: skip
async def test_other_names_become_columns_as_they_are_spelled(
    lists: Lists, db: TestDatabase, name: str
) -> None:
    await make_field(lists, field_name=name)

    assert (names(db), list(columns(db))) == ([name], [name])


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "1", "1e5", "9lives", "_a", "_utf8", "a-b", "a b", "a.b", "a$b", "a`b", "`a`",
        "a'b", 'a"b', "a\\b", "a;b", "a\n", "a\r", "\ta", "a\x00", "é", "aé", "a\u0660", "\uff41",
        "\U0001f600", "a" * 51, "color_DUPLICATE_1", "color_DUPLICATE_001", "a_DUPLICATE_99999999",
        1, True, ["a"],
    ],
)  # fmt: skip
async def test_what_could_be_no_name_is_refused(
    lists: Lists, db: TestDatabase, name: object
) -> None:
    before = state(db)

    status, answer = await add(lists, field_name=name)

    assert (status, list(answer["details"])) == (400, ["field_name"])
    assert state(db) == before


async def test_standard_names_put_the_leads_own_field_into_the_form(
    lists: Lists, db: TestDatabase
) -> None:
    for name in STANDARD:
        await make_field(lists, field_name=name.upper(), field_default="x")

    assert names(db) == STANDARD
    assert columns(db) == {}
    assert definition(db, "city")["field_cost"] == 153


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param({"field_type": "SELECT", "field_options": "a,b"}, id="SELECT"),
        pytest.param({"field_type": "DATE"}, id="DATE"),
        pytest.param({"field_type": "HIDEBLOB"}, id="HIDEBLOB"),
    ],
)
async def test_a_standard_name_has_no_column_whatever_its_type(
    lists: Lists, db: TestDatabase, kind: dict[str, str]
) -> None:
    field_id = await make_field(lists, field_name="City")
    added = await add(lists, field_name="state", **kind)
    changed = await change(lists, field_id=field_id, **kind)

    assert (added[0], changed[0], columns(db)) == (200, 200, {})
    assert definition(db, "city")["field_type"] == kind["field_type"]


async def test_a_standard_name_is_taken_once_whatever_its_case(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists, field_name="CITY")

    status, _ = await add(lists, field_name="City")

    assert (status, names(db)) == (409, ["city"])


@pytest.fixture
def all_else_untouched(db: TestDatabase) -> Iterator[None]:
    """No other table comes, goes or changes its shape, nor does the neighbour's table its rows."""

    def others() -> tuple[Any, ...]:
        shapes = db.rows(
            "SELECT table_name, column_name, column_type FROM information_schema.columns"
            " WHERE table_schema = DATABASE() AND table_name <> 'custom_101'"
            " ORDER BY table_name, ordinal_position"
        )
        fields = db.rows("SELECT * FROM vicidial_lists_fields WHERE list_id <> 101")
        return shapes, fields, db.rows("SELECT * FROM custom_102"), db.rows("SHOW DATABASES")

    before = others()
    yield
    assert others() == before


ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text("aB9_` '\";-.", max_size=12),
    st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,49}", fullmatch=True),
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(
                ["", " ", "a", "lead_id", "a` INT, DROP COLUMN `lead_id", "custom_102"]
            ),
            st.sampled_from(
                ["", "\n", "`", "%s", "_DUPLICATE_1", "; DROP TABLE custom_102", "\x00"]
            ),
        ),
    ),
)
RELAXED = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SHAPE = (
    "SELECT column_name FROM information_schema.columns"
    " WHERE table_schema = DATABASE() AND table_name = 'custom_101' ORDER BY ordinal_position"
)


@pytest.mark.usefixtures("all_else_untouched")
@RELAXED
@given(name=ANY_TEXT)
async def test_any_text_is_refused_or_makes_a_column_of_exactly_that_name(
    lists: Lists, db: TestDatabase, name: str
) -> None:
    before = [column for (column,) in db.rows(SHAPE)] or ["lead_id"]

    status, answer = await add(lists, field_name=name, field_type="TIME")

    after, spelled = [column for (column,) in db.rows(SHAPE)] or ["lead_id"], name.strip(" ")
    if status == 200:
        made = [] if spelled.lower() in STANDARD else [spelled]
        assert after == before + made
    elif status == 409:
        assert spelled.lower() in [one.lower() for one in [*before, *STANDARD]]
        assert after == before
    else:
        assert (status, list(answer["details"])) == (400, ["field_name"])
        assert after == before


@pytest.mark.usefixtures("all_else_untouched")
@RELAXED
@given(
    list_id=st.one_of(
        st.text(max_size=30),
        st.integers(max_value=10**25).map(str),
        st.sampled_from(["101`", "101;", "custom_102", "102 ", " 102", "0x65", "1e2", "101/.."]),
    ).filter(lambda text: text.lstrip("0") not in {"101", "102"})
)  # fmt: skip
async def test_any_other_list_id_is_a_404(lists: Lists, db: TestDatabase, list_id: str) -> None:
    url = URL(fields_url(quote(list_id, safe="")), encoded=True)

    response = await lists.post(url, json={"field_name": "color", "field_label": "Color"})

    assert response.status == 404
    assert (names(db), columns(db)) == ([], {})
