"""The examples of logs of calls, through the gateway, on the demo database."""

import aiohttp
import pytest
from support import documented_reports as documented
from support.changes import changes
from support.database import TestDatabase
from support.pages import all_pages
from support.suite import Ask, as_sent, success
from yarl import URL

THAT_DAY = "start_date=2025-01-08&end_date=2025-01-08"
CODE = documented.LOG_ENTRY["entry_id"]
ENTRY = "SELECT status, user_group, comments FROM vicidial_log WHERE uniqueid = '1347566056.399'"
NOTES = "SELECT lead_id, vicidial_id, call_notes FROM vicidial_call_notes WHERE lead_id = 426264"
# Lists of rows that have several pages.
LISTS = [
    pytest.param("/recordings/lookup?", 50, id="recordings"),
    pytest.param("/did-logs/export?start_date={day}", 10, id="DID log"),
    pytest.param("/phone-logs/{phone}?type=ALL", 2, id="phone log"),
    pytest.param("/agent-stats/export?detail=event&start_date={day}", 200, id="agents"),
    pytest.param("/sip/carrier-log?", 200, id="carrier log"),
    pytest.param("/sip/event-log?", 50, id="SIP events"),
]
MOST_ROWS = 1000


@pytest.mark.parametrize(
    "query",
    [
        "lead_id=876409",
        f"agent_user=1000&{THAT_DAY}",
        "uniqueid=1736355590.1234",
        "vicidial_id=1736355590.1234",
        "filename=20250108-120001_5551234567",
        f"extension=8309&{THAT_DAY}",
    ],
)
async def test_recordings(ask: Ask, query: str) -> None:
    answer = await ask("GET", f"/recordings/lookup?{query}")

    assert as_sent(answer) == as_sent(success("Recordings retrieved", [documented.RECORDING]))


async def test_recordings_of_a_call_that_goes_on_come_first(ask: Ask) -> None:
    answer = await ask("GET", "/recordings/lookup")

    assert len(answer["data"]) == 100
    newest = answer["data"][0]
    assert list(newest) == list(documented.RECORDING)
    not_yet = ("end_time", "end_epoch", "location")
    assert {name: newest[name] for name in not_yet} == dict.fromkeys(not_yet)


@pytest.mark.parametrize("query", ["", "&did_pattern=3125551212", "&did_id=42"])
async def test_did_logs(ask: Ask, db: TestDatabase, query: str) -> None:
    # Not a demo row: the next DID that is added to those is 12.
    line = {"did_id": 42, "did_pattern": "3125551212", "did_description": "Main line"}
    db.insert("vicidial_inbound_dids", **line)

    answer = await ask("GET", f"/did-logs/export?{THAT_DAY}{query}")

    assert as_sent(answer) == as_sent(success("DID logs exported", [documented.DID_CALL]))


async def test_did_logs_of_today(ask: Ask) -> None:
    answer = await ask("GET", "/did-logs/export")

    assert [list(row) for row in answer["data"]] == [list(documented.DID_CALL)] * len(
        answer["data"]
    )
    assert {row["did_description"] for row in answer["data"]} <= {"Sales", "Support", "Main number"}


@pytest.mark.parametrize("phone", ["9998887112", "(999)%20888-7112", "5550001111,9998887112"])
async def test_phone_logs(api: aiohttp.ClientSession, phone: str) -> None:
    url = URL(f"/api/v1/phone-logs/{phone}", encoded=True)

    async with api.get(url) as response:
        answer = await response.json()

    expected = success("Phone number history retrieved", [documented.PHONE_CALL])
    assert as_sent(answer) == as_sent(expected)
    assert response.headers["X-Phone-Match"] == "leads"


@pytest.mark.parametrize("call_id", ["M4050908070000012345", "1736355590.1234"])
async def test_one_call(ask: Ask, call_id: str) -> None:
    answer = await ask("GET", f"/calls/{call_id}/info")

    call = documented.CALL | {"call_id": call_id}
    assert as_sent(answer) == as_sent(success("Call information retrieved", call))


async def test_one_call_of_an_in_group(ask: Ask) -> None:
    answer = await ask("GET", "/calls/2000/info")

    call = answer["data"]
    assert list(call) == list(documented.CALL)
    assert (call["call_type"], call["closecallid"], call["queue_seconds"]) == ("INBOUND", 2000, 14)
    assert (call["uniqueid"], call["campaign_id"]) == ("1736355590.1234", "SALES")


async def test_change_a_log_entry(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("PUT", f"/log-entries/{CODE}", json={"status": "SALEX"})

    expected = success("Log entry updated successfully", documented.LOG_ENTRY)
    assert as_sent(answer) == as_sent(expected)
    assert db.rows(ENTRY) == [("SALEX", "AGENTS", "AUTO")]
    assert db.rows(NOTES) == []
    notes = "426264|vicidial_log|SALEX|WN|1347566056.399|2012-09-13 15:54:16|1"
    assert changes(db) == [("LEADS", "MODIFY", "426264", "MODIFY LEAD LOG STATUS", notes)]


async def test_change_all_that_can_be_changed_of_a_log_entry(ask: Ask, db: TestDatabase) -> None:
    body = {"status": "wn", "user_group": "admin", "comments": "Asked for the manager"}

    answer = await ask("PUT", "/log-entries/1347566056.399", json=body | {"group": "testcamp"})

    changed = {"entry_id": "1347566056.399", "status": "WN", "user_group": "ADMIN"}
    expected = success("Log entry updated successfully", documented.LOG_ENTRY | changed)
    assert as_sent(answer) == as_sent(expected)
    assert db.rows(ENTRY) == [("WN", "ADMIN", "AUTO")]
    assert db.rows(NOTES) == [(426264, "1347566056.399", "Asked for the manager")]
    assert len(changes(db)) == 1


@pytest.mark.parametrize(
    "query", ["lead_id=12345", THAT_DAY, "dialstatus=ANSWER&lead_id=12345", f"{THAT_DAY}&limit=1"]
)
async def test_carrier_log(ask: Ask, query: str) -> None:
    answer = await ask("GET", f"/sip/carrier-log?{query}")

    data = {"count": 1, "logs": [documented.CARRIER_CALL]}
    assert as_sent(answer) == as_sent(success("SIP/Carrier logs retrieved successfully", data))


@pytest.mark.parametrize("query", ["caller_code=M1081030000000012345", THAT_DAY])
async def test_sip_events(ask: Ask, query: str) -> None:
    answer = await ask("GET", f"/sip/event-log?{query}")

    data = {"count": 1, "logs": [documented.SIP_EVENT]}
    assert as_sent(answer) == as_sent(success("SIP event logs retrieved successfully", data))


@pytest.mark.parametrize(
    "query", ["server_ip=192.168.1.10", "channel_group=V1081030000000012345&type=client"]
)
async def test_live_channels(ask: Ask, query: str) -> None:
    answer = await ask("GET", f"/sip/live-channels?{query}")

    data = {"count": 1, "channels": [documented.CHANNEL]}
    assert as_sent(answer) == as_sent(success("Live SIP channels retrieved successfully", data))


@pytest.mark.parametrize(("kind", "tables"), [
    ("client", ["live_sip_channels"]),
    ("trunk", ["live_channels"]),
    ("all", ["live_sip_channels", "live_channels"]),
])  # fmt: skip
async def test_all_live_channels(ask: Ask, db: TestDatabase, kind: str, tables: list[str]) -> None:
    answer = await ask("GET", f"/sip/live-channels?type={kind}")

    up = answer["data"]["channels"]
    assert answer["data"]["count"] == len(up) == sum(db.count(table) for table in tables)
    assert {tuple(channel) for channel in up} == {tuple(documented.CHANNEL)}
    assert up == sorted(up, key=lambda channel: channel["server_ip"])


@pytest.mark.parametrize(("path", "limit"), LISTS)
async def test_the_links_of_a_list_lead_to_all_of_its_rows(
    api: aiohttp.ClientSession, db: TestDatabase, path: str, limit: int
) -> None:
    day = db.value("SELECT CURDATE() - INTERVAL 2 DAY")
    phone = db.value(
        "SELECT phone_number FROM vicidial_log GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1"
    )
    path = path.format(day=day, phone=phone)

    pages = await all_pages(api, f"/api/v1{path}&limit={limit}")
    (whole,) = await all_pages(api, f"/api/v1{path}&limit={MOST_ROWS}")

    assert len(pages) > 2
    assert [row for page in pages for row in page] == whole
