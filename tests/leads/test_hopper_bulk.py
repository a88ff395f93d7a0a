"""POST /api/v1/campaigns/{campaign_id}/hopper/bulk: who gets in, and how."""

import asyncio
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_lead, make_list, read_row
from support.database import TestDatabase
from support.statements import explained, statements_sent

BULK = "/api/v1/campaigns/TESTCAMP/hopper/bulk"


@pytest.fixture
def testcamp(db: TestDatabase) -> None:
    """Lead 1 in list 101 of TESTCAMP, and nothing that keeps it out."""
    make_campaign(db)
    make_list(db)
    make_lead(db, lead_id=1)


@pytest.mark.usefixtures("testcamp")
async def test_the_documented_answer(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=2)
    db.insert("vicidial_hopper", lead_id=2, campaign_id="OTHER", list_id=5, status="DONE")

    response = await leads.post(BULK, json={"lead_ids": [1, 2, 3]})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Leads inserted to hopper",
        "data": {
            "requested": 3,
            "inserted": 1,
            "not_inserted": [
                {"lead_id": 2, "reason": "in_hopper"},
                {"lead_id": 3, "reason": "lead_not_found"},
            ],
        },
    }


async def test_the_row_is_what_the_dialer_expects(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    make_list(db, 101)
    make_lead(db, lead_id=9, gmt_offset_now=-5, state="NY", vendor_lead_code="V-1")

    await admitted(leads, lead_ids=[9], priority=50)

    row = read_row(db, "vicidial_hopper", lead_id=9)
    assert row.pop("hopper_id") > 0
    assert row.pop("gmt_offset_now") == -5
    assert row == {
        "lead_id": 9, "campaign_id": "TESTCAMP", "status": "READY", "user": "", "list_id": 101,
        "state": "NY", "alt_dial": "NONE", "priority": 50, "source": "P",
        "vendor_lead_code": "V-1",
    }  # fmt: skip


async def test_nulls_of_the_lead_are_empty_in_the_hopper(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    make_list(db)
    make_lead(db, lead_id=1, gmt_offset_now=None, state=None, vendor_lead_code=None)

    await admitted(leads, lead_ids=[1])

    columns = "gmt_offset_now, state, vendor_lead_code, priority"
    assert db.row(f"SELECT {columns} FROM vicidial_hopper") == (0, "", "", 0)


@pytest.mark.usefixtures("testcamp")
async def test_a_repeated_id_goes_in_once_and_is_told(leads: Leads, db: TestDatabase) -> None:
    data = await admitted(leads, lead_ids=[9, 1, 9, 1, 1])

    assert data == {
        "requested": 5,
        "inserted": 1,
        "not_inserted": [
            {"lead_id": 9, "reason": "lead_not_found"},
            {"lead_id": 9, "reason": "repeated"},
            {"lead_id": 1, "reason": "repeated"},
            {"lead_id": 1, "reason": "repeated"},
        ],
    }
    assert db.rows("SELECT lead_id FROM vicidial_hopper") == [(1,)]


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_leads_go_in_in_the_order_of_the_request(leads: Leads, db: TestDatabase) -> None:
    for lead_id in range(2, 40):
        make_lead(db, lead_id=lead_id)
    order = [*range(30, 0, -3), 39, 2]

    await admitted(leads, lead_ids=order)

    in_hopper = db.rows("SELECT lead_id FROM vicidial_hopper ORDER BY hopper_id")
    assert [lead_id for (lead_id,) in in_hopper] == order


@pytest.mark.usefixtures("testcamp")
async def test_more_than_500_go_in_by_chunks(leads: Leads, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_list (lead_id, list_id, phone_number, status)"
        " SELECT seq, 101, 5550000000 + seq, 'NEW' FROM seq_1000_to_1998"
    )
    order = [*range(1998, 999, -1), 1]

    with statements_sent() as statements:
        data = await admitted(leads, lead_ids=order, hopper_status_check="Y")

    assert data == {"requested": 1000, "inserted": 1000, "not_inserted": []}
    in_hopper = db.rows("SELECT lead_id FROM vicidial_hopper ORDER BY hopper_id")
    assert [lead_id for (lead_id,) in in_hopper] == order
    inserts = [one for one in statements if one.sql.lstrip().startswith("INSERT")]
    assert [len(one.params) for one in inserts] == [1001, 1001]
    assert len(statements) <= 2 * 9


@pytest.mark.usefixtures("testcamp")
async def test_the_number_of_statements_does_not_grow_with_the_leads(
    leads: Leads, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'Y', use_campaign_dnc = 'Y'")
    for lead_id in range(2, 60):
        make_lead(db, lead_id=lead_id, phone_number=f"55512345{lead_id}")
    checks = {"hopper_local_call_time_check": "Y", "hopper_status_check": "Y"}

    with statements_sent() as few:
        await admitted(leads, lead_ids=[1, 2], **checks)
    with statements_sent() as many:
        await admitted(leads, lead_ids=list(range(1, 60)), **checks)

    assert len(many) == len(few)
    tables = " ".join(one.sql for one in many)
    assert all(
        tables.count(f"FROM {table} ") + tables.count(f"FROM {table}\n") == 1
        for table in ("vicidial_dnc", "vicidial_campaign_dnc", "vicidial_auto_calls",
                      "vicidial_live_agents", "vicidial_call_times")
    ), tables  # fmt: skip


@pytest.mark.usefixtures("testcamp")
async def test_each_read_uses_its_index(leads: Leads, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_list (phone_number, list_id) SELECT seq, 101 FROM seq_1_to_2000"
    )
    db.execute(
        "INSERT INTO vicidial_live_agents (lead_id, server_ip) SELECT seq, '' FROM seq_1_to_500"
    )
    db.execute(
        "INSERT INTO vicidial_hopper (lead_id, list_id) SELECT seq + 9999, 1 FROM seq_1_to_500"
    )

    with statements_sent() as statements:
        await admitted(leads, lead_ids=[1])

    plans = [line for one in statements for line in explained(db, one) if line["table"]]
    used = {line["table"]: line["key"] for line in plans}
    assert (used["vicidial_list"], used["vicidial_hopper"], used["vicidial_live_agents"]) == (
        "PRIMARY", "lead_id", "vlali",
    )  # fmt: skip


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_of_two_requests_at_once_one_puts_a_lead_in(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=2)

    with db.hold("vicidial_hopper"):
        posts = [
            asyncio.create_task(admitted(leads, lead_ids=ids, hopper_dnc_check="N"))
            for ids in ([1, 2], [2, 1])
        ]
        await db.until_waiting(2)
    answers = [await post for post in posts]

    assert sum(answer["inserted"] for answer in answers) == 2
    reasons = [refused["reason"] for answer in answers for refused in answer["not_inserted"]]
    assert reasons == ["in_hopper", "in_hopper"]
    assert db.rows("SELECT lead_id FROM vicidial_hopper ORDER BY lead_id") == [(1,), (2,)]


@pytest.mark.usefixtures("testcamp")
async def test_a_repeat_finds_them_in_the_hopper(leads: Leads, db: TestDatabase) -> None:
    first = await admitted(leads, lead_ids=[1])
    again = await admitted(leads, lead_ids=[1])

    assert (first["inserted"], again["inserted"]) == (1, 0)
    assert again["not_inserted"] == [{"lead_id": 1, "reason": "in_hopper"}]
    assert db.count("vicidial_hopper") == 1


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize("name", ["priority", "hopper_priority"])
async def test_priority_has_two_names(leads: Leads, db: TestDatabase, name: str) -> None:
    await admitted(leads, lead_ids=[1], **{name: "-99"})

    assert db.value("SELECT priority FROM vicidial_hopper") == -99


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize(
    "form", [{"lead_ids": "1, 2,3", "priority": "5"}, {"lead_ids": "1,2 ,3", "source": ""}]
)
async def test_ids_may_come_as_a_comma_list_of_a_form(
    leads: Leads, db: TestDatabase, form: dict[str, str]
) -> None:
    form = {name: value for name, value in form.items() if value}

    response = await leads.post(BULK, data=form)

    assert (await response.json())["data"]["inserted"] == 1


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({}, "lead_ids", id="nothing"),
        pytest.param({"lead_ids": []}, "lead_ids", id="empty"),
        pytest.param({"lead_ids": ""}, "lead_ids", id="empty text"),
        pytest.param({"lead_ids": list(range(1, 1002))}, "lead_ids", id="1001 ids"),
        pytest.param({"lead_ids": [0]}, "lead_ids", id="zero"),
        pytest.param({"lead_ids": [4294967296]}, "lead_ids", id="too large"),
        pytest.param({"lead_ids": ["x"]}, "lead_ids", id="no number"),
        pytest.param({"lead_ids": [1.5]}, "lead_ids", id="fraction"),
        pytest.param({"lead_ids": [[1]]}, "lead_ids", id="nested"),
        pytest.param({"lead_ids": {"1": 1}}, "lead_ids", id="object"),
        pytest.param({"lead_ids": "1,,2"}, "lead_ids", id="gap in the list"),
        pytest.param({"lead_ids": 1}, "lead_ids", id="one number"),
        pytest.param({"lead_ids": [1], "priority": 100}, "hopper_priority", id="priority"),
        pytest.param({"lead_ids": [1], "priority": 1, "hopper_priority": 2}, "priority",
                     id="two priorities"),
        pytest.param({"lead_ids": [1], "source": "x" * 21}, "source", id="source too long"),
        pytest.param({"lead_ids": [1], "source": "a;b"}, "source", id="source with a semicolon"),
        pytest.param({"lead_ids": [1], "hopper_dnc_check": "AREACODE"}, "hopper_dnc_check",
                     id="no flag"),
        pytest.param({"lead_ids": [1], "add_to_hopper": "Y"}, "add_to_hopper", id="unknown"),
    ],
)  # fmt: skip
async def test_bad_input_is_a_400_that_names_the_field(
    leads: Leads, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    response = await leads.post(BULK, json=body)

    assert response.status == 400
    assert list((await response.json())["details"]) == [field]
    assert db.count("vicidial_hopper") == 0


@pytest.mark.usefixtures("testcamp")
async def test_an_unknown_campaign_is_a_404(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post("/api/v1/campaigns/NOCAMP/hopper/bulk", json={"lead_ids": [1]})

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "Campaign not found"}
    assert db.count("vicidial_hopper") == 0


@pytest.mark.usefixtures("testcamp")
async def test_the_campaign_of_the_path_has_no_case(leads: Leads) -> None:
    response = await leads.post("/api/v1/campaigns/testcamp/hopper/bulk", json={"lead_ids": [1]})

    assert (await response.json())["data"]["inserted"] == 1


@pytest.mark.usefixtures("testcamp")
async def test_source_goes_to_the_api_log_alone(leads: Leads, db: TestDatabase) -> None:
    await admitted(leads, lead_ids=[1], source="crm import")
    await leads.close()

    assert db.value("SELECT source FROM vicidial_hopper") == "P"
    assert db.rows("SELECT function, source, result FROM vicidial_api_log") == [
        ("hopper_bulk_insert", "crm import", "SUCCESS")
    ]


async def admitted(leads: Leads, **body: Any) -> dict[str, Any]:
    """The data of the answer to a request for TESTCAMP."""
    response = await leads.post(BULK, json=body)
    envelope = await response.json()
    assert response.status == 200, envelope
    data: dict[str, Any] = envelope["data"]
    return data
