"""POST /api/v1/campaigns/{campaign_id}/hopper/bulk: who gets in, and why not."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, read_row
from support.database import TestDatabase
from support.statements import explained, statements_sent

BULK = "/api/v1/campaigns/TESTCAMP/hopper/bulk"
Change = Callable[[TestDatabase], Any]


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


REASONS: list[Any] = [
    pytest.param(lambda db: db.execute("DELETE FROM vicidial_list"), {}, "lead_not_found",
                 id="no lead"),
    pytest.param(lambda db: db.execute("DELETE FROM vicidial_lists"), {}, "no_campaign",
                 id="no list"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET campaign_id = 'GONE'"), {},
                 "no_campaign", id="no campaign"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET campaign_id = NULL"), {},
                 "no_campaign", id="campaign NULL"),
    pytest.param(lambda db: (make_campaign(db, "NEWCAMP"),
                             db.execute("UPDATE vicidial_lists SET campaign_id = 'NEWCAMP'")), {},
                 "other_campaign", id="other campaign"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET active = 'N'"), {},
                 "list_inactive", id="list inactive"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET active = NULL"), {},
                 "list_inactive", id="list neither"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET expiration_date = '2025-07-07'"),
                 {}, "list_inactive", id="list expired yesterday"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_list SET status = 'SALE'"),
                 {"hopper_status_check": "Y"}, "status", id="status"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_list SET status = '-'"),
                 {"hopper_status_check": "Y"}, "status", id="status that is the end sign"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_list SET status = NULL"),
                 {"hopper_status_check": "Y"}, "status", id="status NULL"),
    pytest.param(lambda db: (db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'Y'"),
                             db.insert("vicidial_dnc", phone_number="5551234567")), {}, "dnc",
                 id="internal DNC"),
    pytest.param(lambda db: (
                     db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'AREACODE'"),
                     db.insert("vicidial_dnc", phone_number="555XXXXXXX")), {}, "dnc",
                 id="internal DNC by area code"),
    pytest.param(lambda db: (db.execute("UPDATE vicidial_campaigns SET use_campaign_dnc = 'Y'"),
                             db.insert("vicidial_campaign_dnc", phone_number="5551234567",
                                       campaign_id="TESTCAMP")), {}, "dnc", id="campaign DNC"),
    pytest.param(lambda db: (db.execute("UPDATE vicidial_campaigns SET use_campaign_dnc = 'Y',"
                                        " use_other_campaign_dnc = 'OTHER'"),
                             db.insert("vicidial_campaign_dnc", phone_number="5551234567",
                                       campaign_id="OTHER")), {}, "dnc", id="other campaign's DNC"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET local_call_time = '5pm-9pm'"),
                 {"hopper_local_call_time_check": "Y"}, "local_time", id="list's call time"),
    pytest.param(
        lambda db: db.execute("UPDATE vicidial_campaigns SET local_call_time = '5pm-9pm'"),
        {"hopper_local_call_time_check": "Y"}, "local_time", id="campaign's call time"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET local_call_time = 'gone'"),
                 {"hopper_local_call_time_check": "Y"}, "local_time", id="no such call time"),
    pytest.param(lambda db: db.insert("vicidial_auto_calls", lead_id=1, server_ip=""), {},
                 "in_call", id="call under way"),
    pytest.param(lambda db: db.insert("vicidial_live_agents", lead_id=1, server_ip=""), {},
                 "in_call", id="agent talks to it"),
    pytest.param(lambda db: db.insert("vicidial_hopper", lead_id=1, list_id=1, status="DNC"), {},
                 "in_hopper", id="in hopper, any status"),
]  # fmt: skip


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize(("change", "options", "reason"), REASONS)
async def test_a_lead_does_not_get_in_when(
    start_leads: Start, db: TestDatabase, change: Change, options: dict[str, str], reason: str
) -> None:
    leads = await start_leads(clock=clock_at("2025-07-08T15:30:00"))
    change(db)
    before = db.rows("SELECT * FROM vicidial_hopper")

    data = await admitted(leads, lead_ids=[1], **options)

    assert data == {
        "requested": 1, "inserted": 0, "not_inserted": [{"lead_id": 1, "reason": reason}],
    }  # fmt: skip
    assert db.rows("SELECT * FROM vicidial_hopper") == before


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize(
    ("sql", "options"),
    [
        pytest.param("UPDATE vicidial_list SET status = 'SALE'", {}, id="status not checked"),
        pytest.param(
            "UPDATE vicidial_list SET status = 'na'",
            {"hopper_status_check": "Y"},
            id="status without case",
        ),
        pytest.param(
            "UPDATE vicidial_campaigns SET use_internal_dnc = 'Y'",
            {"hopper_dnc_check": "N"},
            id="DNC not checked",
        ),
        pytest.param(
            "UPDATE vicidial_campaigns SET use_internal_dnc = 'N', use_campaign_dnc = 'N'",
            {},
            id="campaign without DNC rules",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = '5pm-9pm'", {}, id="hours not checked"
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = '9am-5pm'",
            {"hopper_local_call_time_check": "Y"},
            id="within hours",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = 'CAMPAIGN'",
            {"hopper_local_call_time_check": "Y"},
            id="the campaign's hours, any case",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = ''",
            {"hopper_local_call_time_check": "Y"},
            id="the campaign's hours when empty",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET expiration_date = '2025-07-08'", {}, id="expires today"
        ),
        pytest.param("UPDATE vicidial_lists SET expiration_date = NULL", {}, id="never expires"),
        pytest.param("UPDATE vicidial_campaigns SET active = 'N'", {}, id="campaign inactive"),
    ],
)
async def test_a_lead_gets_in_though(
    start_leads: Start, db: TestDatabase, sql: str, options: dict[str, str]
) -> None:
    leads = await start_leads(clock=clock_at("2025-07-08T15:30:00"))
    db.insert("vicidial_dnc", phone_number="5551234567")
    db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'N'")
    db.execute(sql)

    assert await admitted(leads, lead_ids=[1], **options) == {
        "requested": 1, "inserted": 1, "not_inserted": [],
    }  # fmt: skip


@pytest.mark.usefixtures("testcamp")
async def test_the_first_reason_counts(leads: Leads, db: TestDatabase) -> None:
    # The reasons in the contract's order, each removed in turn.
    db.insert("vicidial_hopper", lead_id=1, list_id=1)
    db.insert("vicidial_auto_calls", lead_id=1, server_ip="")
    db.insert("vicidial_dnc", phone_number="5551234567")
    make_campaign(db, "NEWCAMP")
    db.execute("UPDATE vicidial_list SET status = 'SALE'")
    db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'Y', local_call_time = 'none'")
    db.execute("UPDATE vicidial_lists SET active = 'N', campaign_id = 'NEWCAMP'")
    options = {"hopper_status_check": "Y", "hopper_local_call_time_check": "Y"}

    found = []
    for mend in (
        "UPDATE vicidial_lists SET campaign_id = 'TESTCAMP'",
        "UPDATE vicidial_lists SET active = 'Y'",
        "UPDATE vicidial_list SET status = 'NEW'",
        "DELETE FROM vicidial_dnc",
        "UPDATE vicidial_campaigns SET local_call_time = '24hours'",
        "DELETE FROM vicidial_auto_calls",
        "DELETE FROM vicidial_hopper",
    ):
        found += (await admitted(leads, lead_ids=[1], **options))["not_inserted"]
        db.execute(mend)

    assert [refused["reason"] for refused in found] == [
        "other_campaign", "list_inactive", "status", "dnc", "local_time", "in_call", "in_hopper",
    ]  # fmt: skip
    assert (await admitted(leads, lead_ids=[1], **options))["inserted"] == 1


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
    db.execute("INSERT INTO vicidial_list (phone_number, list_id) SELECT seq, 101 FROM seq_1_to_2000")
    db.execute("INSERT INTO vicidial_live_agents (lead_id, server_ip) SELECT seq, '' FROM seq_1_to_500")
    db.execute("INSERT INTO vicidial_hopper (lead_id, list_id) SELECT seq + 9999, 1 FROM seq_1_to_500")

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
