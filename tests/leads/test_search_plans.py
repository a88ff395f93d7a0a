"""GET /api/v1/leads/search: which index each search goes through, of the statements as sent."""

from typing import Any

import pytest
from support.apps import Leads
from support.database import TestDatabase
from support.statements import Statement, explained, rows_read, statements_sent

SEARCH = "/api/v1/leads/search"
LEADS = 12_000


@pytest.fixture
def many(db: TestDatabase) -> None:
    """12,000 leads: list 101 with 11,000 of status NEW, list 102 with the rest of status NA."""
    db.execute(
        "INSERT INTO vicidial_list (lead_id, list_id, status, phone_number, first_name, email)"
        " SELECT seq, IF(seq <= 11000, 101, 102), IF(seq <= 11000, 'NEW', 'NA'),"
        " 5550000000 + seq * 7919 % 12000, CONCAT('Name', seq), CONCAT(seq, '@example.com')"
        f" FROM seq_1_to_{LEADS}"
    )
    db.execute("ANALYZE TABLE vicidial_list")


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize(
    ("query", "indexes"),
    [
        pytest.param({"phone_number": "5"}, ["phone_number"] * 2, id="number"),
        pytest.param(
            {"phone_number": "555", "status": "NEW", "first_name": "x"},
            ["phone_number"],  # nothing found: no second statement
            id="number with others",
        ),
        pytest.param({"phone_number": "5", "list_id": 101}, ["list_phone"] * 2, id="number, list"),
        pytest.param(
            {"phone_number": "5", "list_id": 101, "status": "NEW"}, ["list_phone"] * 2, id="three"
        ),
        pytest.param({"list_id": 101}, ["list_phone"] * 2, id="list"),
        pytest.param({"list_id": 101, "first_name": "9"}, ["list_phone"] * 2, id="list, name"),
        pytest.param({"list_id": 102, "status": "NA"}, ["list_status"] * 2, id="list, status: few"),
        pytest.param(
            {"list_id": 101, "status": "NEW"},
            ["list_status", "list_phone", "list_phone"],
            id="list, status: many",
        ),
        pytest.param({"status": "NA"}, ["status"] * 2, id="status: few"),
        pytest.param({"status": "NEW"}, ["status", "PRIMARY"], id="status: many"),
        pytest.param({"status": "NA", "email": "1"}, ["status"] * 2, id="status, email: few"),
        pytest.param({"status": "NEW", "email": "1"}, ["status", None], id="status, email: many"),
        pytest.param({"last_name": "x"}, [None], id="name"),
        pytest.param({}, ["PRIMARY"], id="nothing"),
        pytest.param({"after": "6000"}, ["PRIMARY"], id="nothing, next page"),
        pytest.param(
            {"after": "5550006000:9", "phone_number": "5"}, ["phone_number"] * 2, id="number, next"
        ),
        pytest.param(
            {"after": "5550006000:9", "list_id": 101}, ["list_phone"] * 2, id="list, next page"
        ),
    ],
)
async def test_each_search_takes_the_index_of_the_contract(
    leads: Leads, db: TestDatabase, query: dict[str, Any], indexes: list[str | None]
) -> None:
    plans = [explained(db, statement) for statement in await sent(leads, query)]

    assert [lead_table(plan)["key"] for plan in plans] == indexes


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", [{}, {"phone_number": "5"}, {"list_id": 101}, {"status": "NEW"}])
async def test_a_page_reads_few_rows_of_a_large_table(
    leads: Leads, db: TestDatabase, query: dict[str, Any]
) -> None:
    statements = await sent(leads, {**query, "limit": "10"})

    read = sum(rows_read(db, statement) for statement in statements)
    # The count reads 10,001 entries of the index into a table of its own, and that again; backwards
    # from the newest lead come 1,000 of another status first.
    of_status = 2 * 10_001 + 1000 if "status" in query else 0
    assert read <= of_status + 100


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "query",
    [{"first_name": "Name1"}, {"first_name": "x", "after": "11999"},
     {"first_name": "x", "status": "NEW"}],
)  # fmt: skip
async def test_newest_leads_of_a_name_are_sorted_and_not_read_backwards(
    leads: Leads, db: TestDatabase, query: dict[str, Any]
) -> None:
    statements = await sent(leads, query)

    (plan,) = explained(db, statements[-1])
    assert (plan["type"], "Using filesort" in plan["Extra"]) == ("ALL", True)


@pytest.mark.usefixtures("many")
async def test_counting_leads_of_a_status_reads_the_index_alone(
    leads: Leads, db: TestDatabase
) -> None:
    for query in ({"status": "NEW"}, {"status": "NEW", "list_id": 101}):
        count, *_ = await sent(leads, query)

        assert "Using index" in lead_table(explained(db, count))["Extra"]


@pytest.mark.parametrize(("matching", "key"), [(10_000, "status"), (10_001, "PRIMARY")])
async def test_few_of_a_status_are_10000(
    leads: Leads, db: TestDatabase, matching: int, key: str
) -> None:
    db.execute(
        "INSERT INTO vicidial_list (phone_number, status)"
        f" SELECT 5550000000 + seq, IF(seq <= {matching}, 'NEW', 'NA') FROM seq_1_to_{LEADS}"
    )

    statements = await sent(leads, {"status": "NEW"})

    assert lead_table(explained(db, statements[-1]))["key"] == key


async def test_every_statement_of_a_search_is_limited(leads: Leads, db: TestDatabase) -> None:
    db.insert("vicidial_list", list_id=101, status="NEW", phone_number="5551234567")

    for query in ({}, {"phone_number": "5"}, {"list_id": 101, "status": "NEW"}, {"email": "x"}):
        for statement in await sent(leads, query):
            assert statement.sql.startswith("/*M!100101 SET STATEMENT max_statement_time = 2 FOR")


async def sent(leads: Leads, query: dict[str, Any]) -> list[Statement]:
    """The statements of a search."""
    with statements_sent() as statements:
        response = await leads.get(SEARCH, params=query)
    assert response.status == 200
    return statements


def lead_table(plan: list[dict[str, Any]]) -> dict[str, Any]:
    """The line of the plan that is about leads."""
    (line,) = [line for line in plan if line["table"] == "vicidial_list"]
    return line
