"""POST /api/v1/leads: the indexes that the duplicate check goes through, as it is sent."""

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_list
from support.database import TestDatabase
from support.statements import explained, statements_sent

NEW = {
    "list_id": 101,
    "phone_number": "5550000007",
    "alt_phone": "5559999999",
    "title": "Dr",
    "first_name": "Ann",
    "last_name": "Lee",
}


@pytest.fixture
def many(db: TestDatabase) -> None:
    """12,000 leads in the lists 101 and 102 of TESTCAMP, three of each number."""
    make_campaign(db)
    make_list(db, 101)
    make_list(db, 102)
    db.execute(
        "INSERT INTO vicidial_list (list_id, phone_number, first_name, entry_date)"
        " SELECT 101 + seq % 2, 5550000000 + seq % 4000, CONCAT('Name', seq), NOW()"
        " FROM seq_1_to_12000"
    )
    db.execute("ANALYZE TABLE vicidial_list")


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize("days", ["", "30DAY"])
@pytest.mark.parametrize(
    ("mode", "body"),
    [
        ("DUPLIST", {"phone_number": "5551230000"}),
        ("DUPCAMP", {"phone_number": "5551230000"}),
        ("DUPSYS", {"phone_number": "5551230000"}),
        ("DUPNAMEPHONELIST", {}),
        ("DUPNAMEPHONECAMP", {}),
        ("DUPNAMEPHONESYS", {}),
    ],
)
async def test_families_with_an_index_read_a_few_rows(
    leads: Leads, db: TestDatabase, engine: str, mode: str, days: str, body: dict[str, str]
) -> None:
    with statements_sent() as sent:
        response = await leads.post(
            "/api/v1/leads", json=NEW | body | {"duplicate_check": mode + days}
        )

    (check,) = [each for each in sent if "FROM vicidial_list " in each.sql]
    (plan,) = explained(db, check)
    assert response.status == 200
    assert plan["key"] in {"phone_number", "phone_list", "list_phone"}
    assert int(plan["rows"]) < 100


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("mode", ["DUPPHONEALTLIST", "DUPTITLEALTPHONECAMP"])
async def test_families_without_an_index_are_bounded_by_the_lists(
    leads: Leads, db: TestDatabase, mode: str
) -> None:
    with statements_sent() as sent:
        await leads.post("/api/v1/leads", json=NEW | {"duplicate_check": mode})

    check = next(each for each in sent if "alt_phone = %s" in each.sql)
    assert "list_id IN" in check.sql
    assert "max_statement_time = 2" in check.sql
    assert "MAX_EXECUTION_TIME(2000)" in check.sql
