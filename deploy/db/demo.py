"""Demo rows: the contract's examples work on them."""

from datetime import datetime, timedelta
from typing import Any

import pymysql

from deploy.db.demo_example_logs import example_log_lead, example_log_rows
from deploy.db.demo_inbound import inbound_rows
from deploy.db.demo_leads import EXAMPLE_LEAD, archived_lead, make_leads
from deploy.db.demo_lists import CUSTOM_LIST, custom_table, list_rows
from deploy.db.demo_logged_calls import leads_after, present_calls
from deploy.db.demo_logs import ARCHIVED, agent_log_rows, call_log_rows
from deploy.db.demo_phones import SERVER_IP, change_settings, phone_rows
from deploy.db.demo_rows import Row, Rows
from deploy.db.demo_sessions import leads_in_calls, session_rows
from deploy.db.demo_shifts import past_shifts
from deploy.db.demo_sip import carrier_rows, channel_rows, sip_event_rows
from deploy.db.demo_test_call import test_call_lead, test_call_rows
from deploy.db.demo_users import user_rows
from deploy.db.sql import identifier, insert_rows

# Of a call that is just going on, for GET /ccc/lead-info/{caller code}.
CALLER_CODE = "V1081030000000012345"

_EXAMPLE_HOPPER_ID = 1677922
_HOPPER_LEADS = 20
_COLORS = ("blue", "green", "red")


def fill_demo_rows(connection: "pymysql.Connection[Any]", now: datetime) -> None:
    """Add campaigns, lists, leads, agents at work, logs; `now` is in the server's time zone."""
    now = now.replace(microsecond=0)
    leads = leads_in_calls(make_leads(now), now)
    shifts = past_shifts(leads, now)
    leads = leads_after(leads, shifts.calls, now)
    present = list(present_calls(leads, now))
    calls = [*shifts.calls, *present]
    with connection.cursor() as cursor:
        _make_tables(cursor)
        change_settings(cursor)
    rows = {
        **phone_rows(),
        **inbound_rows(),
        **test_call_rows(),
        **user_rows(now),
        **list_rows(now),
        **session_rows(leads, now),
        "vicidial_list": [*leads, test_call_lead(now), example_log_lead(now)],
        "vicidial_list_archive": [archived_lead(now)],
        "vicidial_callbacks": _callbacks(leads, now),
        "vicidial_hopper": _hopper(leads),
        f"custom_{CUSTOM_LIST}": _custom_values(leads),
        "vicidial_log_extended": [_live_call(now)],
    }
    logs = {
        **call_log_rows(calls),
        **agent_log_rows(shifts.records),
        **carrier_rows(calls),
        **sip_event_rows(calls, now),
        **channel_rows(present, now),
    }
    for some in (rows, example_log_rows(), logs):
        for table, table_rows in some.items():
            insert_rows(connection, table, table_rows)
    with connection.cursor() as cursor:
        _archive_logs(cursor, now)
    connection.commit()


def _make_tables(cursor: pymysql.cursors.Cursor) -> None:
    cursor.execute(
        """
        SELECT engine FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = 'vicidial_list'
        """
    )
    (engine,) = cursor.fetchone() or ("MyISAM",)
    cursor.execute(custom_table(engine))
    cursor.execute("CREATE TABLE vicidial_list_archive LIKE vicidial_list")
    # As administrators make it: an archived lead keeps the id it had.
    cursor.execute("ALTER TABLE vicidial_list_archive MODIFY lead_id INT(9) UNSIGNED NOT NULL")


def _archive_logs(cursor: pymysql.cursors.Cursor, now: datetime) -> None:
    """What the archiver did last night; of the days before it leaves the rows where they are."""
    for table, time_column in ARCHIVED.items():
        cursor.execute(
            f"INSERT INTO {identifier(f'{table}_archive')} SELECT * FROM {identifier(table)}"  # noqa: S608
            f" WHERE {identifier(time_column)} < %s",
            (now.date(),),
        )


def _callbacks(leads: Rows, now: datetime) -> Rows:
    """The example's callback, and one for each lead that waits for one."""
    day = timedelta(days=1)
    waiting = [
        _callback(lead, lead["last_local_call_time"], now + day, "ACTIVE")
        if lead["status"] == "CBHOLD"
        else _callback(lead, lead["last_local_call_time"], now - day / 24, "LIVE")
        for lead in leads
        if lead["status"] in {"CBHOLD", "CALLBK"}
    ]
    example = next(lead for lead in leads if lead["lead_id"] == EXAMPLE_LEAD)
    entered = example["entry_date"].replace(minute=0)
    first = _callback(example, entered, entered + timedelta(hours=5), "ACTIVE")
    return [
        first | {"user": "agent1", "comments": "Customer requested 3pm callback"},
        *waiting,
    ]


def _callback(lead: Row, entered: datetime, due: datetime, status: str) -> Row:
    return {
        "lead_id": lead["lead_id"],
        "list_id": lead["list_id"],
        "campaign_id": "NEWCAMP" if lead["list_id"] == 201 else "TESTCAMP",
        "status": status,
        "entry_time": entered,
        "modify_date": entered,
        "callback_time": due,
        "user": "",
        "user_group": "",
        "recipient": "ANYONE",
        "comments": "",
    }


def _hopper(leads: Rows) -> Rows:
    """Leads of TESTCAMP that are dialed next, the example first."""
    new = [lead for lead in leads if (lead["list_id"], lead["status"]) == (101, "NEW")]
    new.sort(key=lambda lead: lead["lead_id"] != EXAMPLE_LEAD)
    return [
        {
            "hopper_id": _EXAMPLE_HOPPER_ID + place,
            "lead_id": lead["lead_id"],
            "campaign_id": "TESTCAMP",
            "status": "READY",
            "user": "",
            "list_id": lead["list_id"],
            "gmt_offset_now": lead["gmt_offset_now"],
            "state": lead["state"],
            "source": "S",
            "vendor_lead_code": lead["vendor_lead_code"],
        }
        for place, lead in enumerate(new[:_HOPPER_LEADS])
    ]


def _custom_values(leads: Rows) -> Rows:
    mine = [lead["lead_id"] for lead in leads if lead["list_id"] == CUSTOM_LIST]
    return [
        {"lead_id": lead_id, "favorite_color": _COLORS[place % len(_COLORS)]}
        for place, lead_id in enumerate([EXAMPLE_LEAD, *mine[3:60]])
    ]


def _live_call(now: datetime) -> Row:
    return {
        "uniqueid": "1736350200.12345",
        "server_ip": SERVER_IP,
        "call_date": now,
        "lead_id": EXAMPLE_LEAD,
        "caller_code": CALLER_CODE,
    }
