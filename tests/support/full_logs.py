"""A database with logs of realistic size and their archives, and what requests can ask of it."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from support.database import TestDatabase

from deploy.db.generate_logs import generate_logs
from deploy.db.logs.sizes import SMALL

UNTIL = datetime.fromisoformat("2025-07-08T15:30:00")

_SIZES = replace(SMALL, recordings=30_000, leads=12_000)
_ONLY_ARCHIVED_BEFORE = "2025-04-20"
_DATES = {
    "vicidial_log": "call_date",
    "vicidial_closer_log": "call_date",
    "vicidial_agent_log": "event_time",
    "recording_log": "start_time",
    "vicidial_did_log": "call_date",
    "vicidial_log_extended": "call_date",
    "vicidial_dial_log": "call_date",
    "vicidial_inbound_caller_codes": "call_date",
    "vicidial_call_notes": "call_date",
    "vicidial_carrier_log": "call_date",
}
_IDS = {
    "outbound": "SELECT uniqueid FROM vicidial_log WHERE status = 'SALE'",
    "inbound": "SELECT uniqueid FROM vicidial_closer_log WHERE status = 'SALE'",
    "transferred": "SELECT uniqueid FROM vicidial_closer_log WHERE xfercallid > 0",
    "closecallid": "SELECT closecallid FROM vicidial_closer_log",
    "old_outbound": "SELECT MIN(uniqueid) FROM vicidial_log_archive",
    "old_closecallid": "SELECT MIN(closecallid) FROM vicidial_closer_log_archive",
    "V": "SELECT caller_code FROM vicidial_log_extended WHERE caller_code LIKE 'V%%'",
    "M": "SELECT caller_code FROM vicidial_log_extended WHERE caller_code LIKE 'M%%'",
    "Y": "SELECT caller_code FROM vicidial_inbound_caller_codes WHERE caller_code LIKE 'Y%%'",
    "J": "SELECT caller_code FROM vicidial_inbound_caller_codes WHERE caller_code LIKE 'J%%'",
    # Overwritten when the call was transferred: only the dial log has it still.
    "dialed": "SELECT d.caller_code FROM vicidial_dial_log AS d JOIN vicidial_log_extended AS e"
    " ON e.uniqueid = d.uniqueid AND e.caller_code <> d.caller_code",
    "old_V": "SELECT caller_code FROM vicidial_log_extended_archive"
    f" WHERE caller_code LIKE 'V%%' AND call_date < '{_ONLY_ARCHIVED_BEFORE}'",
    "lead_id": "SELECT lead_id FROM recording_log",
    "phone": "SELECT phone_number FROM vicidial_log",
    "caller": "SELECT phone_number FROM vicidial_closer_log",
    "filename": "SELECT filename FROM recording_log",
    "vicidial_id": "SELECT vicidial_id FROM recording_log",
    "sip_caller": "SELECT caller_code FROM vicidial_sip_event_log",
    "sip_uniqueid": "SELECT uniqueid FROM vicidial_sip_event_log",
    "sip_call_id": "SELECT sip_call_id FROM vicidial_sip_event_log",
}


def fill_logs(db: TestDatabase) -> None:
    """Fill the logs; the archives hold all of it, and alone what is old."""
    with closing(db.server.connect(database=db.name)) as connection:
        generate_logs(connection, _SIZES, UNTIL)
    for table, date in _DATES.items():
        db.execute(f"INSERT INTO {table}_archive SELECT * FROM {table}")
        db.execute(f"DELETE FROM {table} WHERE {date} < '{_ONLY_ARCHIVED_BEFORE}'")
    _fill_sip_archives(db)
    archives = [f"{table}_archive" for table in _DATES]
    db.execute(f"ANALYZE TABLE {', '.join((*_DATES, *archives))}")


def ids_to_ask_for(db: TestDatabase) -> dict[str, str]:
    """Ids, codes and numbers of calls that there are, by what they are."""
    return {name: str(db.rows(f"{sql} LIMIT 1")[0][0]) for name, sql in _IDS.items()}


def _fill_sip_archives(db: TestDatabase) -> None:
    """Of each of the seven days before today, as VICIdial rolls them."""
    for days in range(1, 8):
        wday = (UNTIL - timedelta(days=days)).isoweekday() % 7
        db.execute(
            f"INSERT INTO vicidial_sip_event_log_{wday} SELECT sip_event_id, caller_code, channel,"
            f" server_ip, uniqueid, sip_call_id, event_date - INTERVAL {days} DAY, sip_event"
            " FROM vicidial_sip_event_log"
        )
        db.execute(
            "INSERT INTO vicidial_sip_event_archive_details"
            f" SELECT {wday}, MIN(event_date), MAX(event_date), COUNT(*)"
            f" FROM vicidial_sip_event_log_{wday}"
        )
