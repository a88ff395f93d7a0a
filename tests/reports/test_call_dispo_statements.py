"""GET /api/v1/call-stats/dispo: what it refuses, and how the database is asked."""

import pytest
from support.answers import asked, invalid, named, refused, told
from support.apps import Reports, Start
from support.archives import NO_ARCHIVE, without
from support.builders import make_campaign
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import BAD_QUERIES, DAY, DISPO
from support.database import ENGINES, TestDatabase
from support.did_logs import make_did_call
from support.dids import make_did
from support.replica import Replica
from support.statements import explained, of_windows, statements_sent

SERVICE = "svc-reports"
LOGS = ("vicidial_log", "vicidial_closer_log", "vicidial_did_log")
LISTS = {"campaigns": 8, "ingroups": 20, "did_ids": 9, "did_patterns": 50, "dids": 50,
         "statuses": 6, "categories": 20, "users": 20, "user_groups": 20}  # fmt: skip
FIELD = {"dids": "did_patterns"}


def fill_day(db: TestDatabase) -> None:
    """Calls at both ends of the day: so each of its hours is a window."""
    for number, time in enumerate(("2025-01-08 00:00:00", "2025-01-08 23:59:59")):
        make_outbound_call(db, uniqueid=f"1.{number}", call_date=time)
        make_inbound_call(db, closecallid=number + 1, call_date=time)
        make_did_call(db, did_id="12", call_date=time)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        *BAD_QUERIES,
        pytest.param({"did_ids": "1,x"}, "did_ids", id="a DID's number with letters"),
        pytest.param({"dids": "A", "did_patterns": "B"}, "dids", id="two names of patterns"),
        pytest.param({"ingroups": "A", "did_ids": "1"}, "ingroups", id="in-groups and DIDs"),
        pytest.param({"ingroups": "A", "dids": "1"}, "ingroups", id="in-groups and patterns"),
        pytest.param(
            {"ingroups": "---ALL---", "did_patterns": "ALLDIDS"}, "ingroups", id="all of both"
        ),
        pytest.param({"users": ","}, "users", id="no user"),
        pytest.param({"categories": "A\U0001f600"}, "categories", id="an emoji in a category"),
        pytest.param({"status_breakdown": "2"}, "status_breakdown", id="neither on nor off"),
        pytest.param({"show_percentages": "yes"}, "show_percentages", id="a word for on"),
        pytest.param({"user_breakdown": "true"}, "user_breakdown", id="another word for on"),
        pytest.param(
            {"format": "csv", "user_breakdown": "Y"}, "user_breakdown", id="users with csv"
        ),
    ],
)
async def test_what_it_refuses_names_the_field(
    reports: Reports, query: dict[str, str], field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, DISPO, query)

    assert named(answer) == [field]
    assert statements == []


@pytest.mark.parametrize(("name", "limit"), LISTS.items())
async def test_ids_are_as_long_as_their_columns_and_500_at_most(
    reports: Reports, name: str, limit: int
) -> None:
    field = FIELD.get(name, name)

    assert (await asked(reports, DISPO, {name: f"1,{'2' * limit}"}))[0] == 200
    assert named(await asked(reports, DISPO, {name: f"1,{'2' * (limit + 1)}"})) == [field]
    assert (await asked(reports, DISPO, {name: ",".join(map(str, range(500)))}))[0] == 200
    assert named(await asked(reports, DISPO, {name: ",".join(map(str, range(501)))})) == [field]


@pytest.mark.parametrize("name", LISTS)
async def test_lists_may_be_repeated_parameters(reports: Reports, name: str) -> None:
    status, envelope = await asked(reports, DISPO, [(name, "1"), (name, "2"), (name, "3,4")])

    assert status == 200, envelope


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"campaign_id": "A", "campaigns": "A"},
         invalid("campaigns", "Not together with campaign_id")),
        ({"ingroups": "A", "did_ids": "1"}, invalid("ingroups", "Not together with DIDs")),
        ({"format": "csv", "user_breakdown": "1"},
         invalid("user_breakdown", "Not with format=csv")),
    ],
)  # fmt: skip
async def test_what_does_not_go_together_says_so(
    reports: Reports, query: dict[str, str], answer: object
) -> None:
    assert await asked(reports, DISPO, query) == answer


@pytest.mark.parametrize("users", ["0", "1"])
async def test_each_window_is_one_statement_a_log(
    reports: Reports, db: TestDatabase, users: str
) -> None:
    make_did(db)
    fill_day(db)

    with statements_sent() as inbound:
        await told(reports, DISPO, **DAY, campaigns="A", ingroups="B", user_breakdown=users)
    with statements_sent() as dids:
        await told(reports, DISPO, **DAY, did_ids="12", user_breakdown=users)

    assert [len(of_windows(inbound, log)) for log in LOGS] == [24, 24, 0]
    # Beside these: the ends of both logs; campaigns and in-groups.
    assert len(inbound) == 48 + 2 + 2
    assert [len(of_windows(dids, log)) for log in LOGS] == [0, 0, 24]
    # Beside these: the ends of the log; the pattern of the DID; what became of the calls of two
    # windows.
    assert len(dids) == 24 + 1 + 1 + 2


@ENGINES
@pytest.mark.usefixtures("engine")
async def test_a_window_is_read_by_its_dates(reports: Reports, db: TestDatabase) -> None:
    for log, columns, values in (
        ("vicidial_log", "uniqueid, lead_id, campaign_id, status, user", "seq, 1, 'A', 'S', 'U'"),
        ("vicidial_closer_log", "closecallid, lead_id, campaign_id, status, user",
         "seq, 1, 'A', 'S', 'U'"),
        ("vicidial_did_log", "uniqueid, channel, server_ip, did_id, extension",
         "seq, '', '', '12', '555'"),
    ):  # fmt: skip
        db.execute(
            f"INSERT INTO {log} ({columns}, call_date)"
            f" SELECT {values}, '2025-01-01' + INTERVAL seq * 300 SECOND FROM seq_1_to_5000"
        )
        db.rows(f"ANALYZE TABLE {log}")

    with statements_sent() as statements:
        await told(
            reports, DISPO, **DAY, campaigns="A", ingroups="A", statuses="S", users="U",
            user_breakdown="1",
        )  # fmt: skip
        await told(reports, DISPO, **DAY, did_ids="12")

    for log in LOGS:
        plans = [
            plan for one in of_windows(statements, log) for plan in explained(db, one, SERVICE)
        ]
        assert {plan["key"] for plan in plans} <= {"call_date", "date_user"}
        assert {plan["type"] for plan in plans} == {"range"}


async def test_dids_are_found_by_their_patterns(reports: Reports, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_inbound_dids (did_id, did_pattern)"
        " SELECT seq, CONCAT('P', seq) FROM seq_1_to_1000"
    )

    with statements_sent() as statements:
        await told(reports, DISPO, **DAY, did_patterns="P5,P6")

    by_pattern, *_ = [one for one in statements if "did_pattern IN" in one.sql]
    by_id, *_ = [one for one in statements if "did_id IN (" in one.sql and "call" not in one.sql]
    assert [plan["key"] for plan in explained(db, by_pattern, SERVICE)] == ["did_pattern"]
    assert [plan["key"] for plan in explained(db, by_id, SERVICE)] == ["PRIMARY"]


async def test_ids_of_dids_are_compared_as_the_texts_that_the_log_has(
    reports: Reports, db: TestDatabase
) -> None:
    make_did(db)
    make_did_call(db)

    with statements_sent() as statements:
        await told(reports, DISPO, **DAY, did_patterns="18005551234")

    assert {one.params[-1] for one in of_windows(statements, "vicidial_did_log")} == {"12"}


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize(
    ("log", "query"),
    [
        ("vicidial_log", {}),
        ("vicidial_closer_log", {"ingroups": "SALES"}),
        ("vicidial_did_log", {"did_ids": "12"}),
    ],
)
async def test_a_database_without_the_archive_is_a_409(
    reports: Reports, db: TestDatabase, log: str, query: dict[str, str], kind: str
) -> None:
    with without(db, f"{log}_archive"):
        answer = await asked(reports, DISPO, query | {"archived": "Y", "format": kind})

    assert answer == NO_ARCHIVE


async def test_it_is_read_on_the_report_database(
    start_reports: Start, db: TestDatabase, replica: Replica
) -> None:
    reports = await start_reports(replica=replica)
    make_campaign(db)
    make_outbound_call(db)
    make_inbound_call(replica)

    found = await told(reports, DISPO, **DAY, campaigns="---ALL---", ingroups="---ALL---")

    assert [group["group_id"] for group in found["groups"]] == ["SALES"]


@pytest.mark.parametrize("kind", ["csv", "json"])
async def test_a_report_that_takes_too_long_is_a_504(
    start_reports: Start, db: TestDatabase, kind: str
) -> None:
    reports = await start_reports(report_s=1)
    await told(reports, DISPO, **DAY)

    with db.hold("vicidial_log"):
        answer = await asked(reports, DISPO, DAY | {"format": kind})

    assert answer == refused(504, "Report took too long")


async def test_the_call_is_logged_by_vicidial_s_name(reports: Reports, db: TestDatabase) -> None:
    await told(reports, DISPO, **DAY)
    await reports.close()

    assert db.rows("SELECT function, user FROM vicidial_api_log") == [("call_dispo_report", "6666")]
