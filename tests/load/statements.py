"""The statements of the floor: those that the services send, with the driver's parameters."""

from collections.abc import Collection
from typing import Any

from svc_leads.leads.columns import LEAD_COLUMNS as LEAD_COLUMNS
from svc_leads.leads.columns import SELECTED, new_lead_columns
from svc_leads.leads.store import PLACE_COLUMNS
from svc_leads.search.store import COLUMNS
from svc_lists.campaigns import store as campaigns
from svc_lists.lists.columns import SHOWN_COLUMNS as SHOWN_COLUMNS

FOUND_COLUMNS = COLUMNS.split(", ")
CAMPAIGN_COLUMNS, COLUMNS_WITH_LISTS = campaigns.COLUMNS, campaigns.COLUMNS_WITH_LISTS
LEAD = f"SELECT {SELECTED} FROM vicidial_list WHERE lead_id = %s"
PLACE = f"SELECT {', '.join(PLACE_COLUMNS)} FROM vicidial_list WHERE lead_id = %s"
NUMBERS = """
    SELECT phone_number FROM vicidial_list FORCE INDEX (phone_number)
    WHERE phone_number LIKE %s ORDER BY phone_number LIMIT 101
"""
FOUND = f"""
    SELECT {COLUMNS} FROM vicidial_list FORCE INDEX (phone_number)
    WHERE phone_number LIKE %s AND phone_number <= %s ORDER BY phone_number, lead_id DESC LIMIT 101
"""
LIST = """
    SELECT l.list_id, l.active, l.expiration_date, l.local_call_time, l.time_zone_setting,
        c.campaign_id, c.local_call_time, c.dial_statuses,
        c.use_internal_dnc, c.use_campaign_dnc, c.use_other_campaign_dnc
    FROM vicidial_lists AS l LEFT JOIN vicidial_campaigns AS c ON c.campaign_id = l.campaign_id
    WHERE l.list_id IN (%s)
"""
PHONE_CODES = """
    SELECT country_code, country, areacode, state, tz_code, DST_range, GMT_offset, DST
    FROM vicidial_phone_codes
    WHERE country_code = 1 AND areacode IN (%s, %s, %s, %s, %s, %s)
"""
NEW_LEAD: dict[str, Any] = new_lead_columns(
    {"phone_code": "1", "country_code": "1", "gmt_offset_now": -5.0},
    tag="bench",
    now="2026-01-01 00:00:00",
)

DNC = "INSERT INTO vicidial_dnc (phone_number) VALUES (%s)"
DNC_LOG = """
    INSERT INTO vicidial_dnc_log (phone_number, campaign_id, action, action_date, user)
    VALUES (%s, '-SYSINT-', 'add', '2026-01-01 00:00:00', 'bench')
"""
ADMIN_LOG = """
    INSERT INTO vicidial_admin_log (event_date, user, ip_address, event_section, event_type,
        record_id, event_code, event_sql, event_notes)
    VALUES ('2026-01-01 00:00:00', 'bench', '127.0.0.1', 'LISTS', 'ADD', %s,
        'ADMIN API ADD DNC NUMBER', '', '')
"""
CAMPAIGNS = f"""
    SELECT {", ".join(CAMPAIGN_COLUMNS)} FROM vicidial_campaigns ORDER BY campaign_id LIMIT 1001
"""
LIST_ROW = f"SELECT {', '.join(SHOWN_COLUMNS)} FROM vicidial_lists WHERE list_id = %s"
LIST_COUNT = "SELECT COUNT(*) FROM vicidial_list WHERE list_id = %s"
CAMPAIGNS_WITH_LISTS = f"""
    SELECT {", ".join(COLUMNS_WITH_LISTS)} FROM vicidial_campaigns ORDER BY campaign_id
"""
LISTS_OF_CAMPAIGNS = """
    SELECT campaign_id, list_id, list_name, active, list_description
    FROM vicidial_lists
    WHERE campaign_id IN %s
    ORDER BY list_id
"""
LEAD_COUNTS = """
    SELECT list_id, COUNT(*)
    FROM vicidial_list FORCE INDEX (list_id)
    WHERE list_id IN %s
    GROUP BY list_id
"""


def among(statement: str, values: Collection[Any]) -> str:
    """A statement with `IN %s`, with a mark for each of the values."""
    return statement.replace("IN %s", f"IN ({', '.join(['%s'] * len(values))})")


def area_codes(number: str) -> tuple[str, ...]:
    """The area codes that a number may have."""
    return (number[:1], number[:2], number[:3], f"{number[:1]}S", f"{number[:2]}S", "*")


def insert(columns: Collection[str]) -> str:
    """An INSERT of one lead."""
    return insert_rows(columns, 1)


def insert_rows(columns: Collection[str], rows: int) -> str:
    """An INSERT of many leads."""
    names = ", ".join(f"`{column}`" for column in columns)
    place = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO vicidial_list ({names}) VALUES {', '.join([place] * rows)}"


def update(change: Collection[str], leads: int) -> str:
    """An UPDATE of leads."""
    changes = ", ".join(f"`{column}` = %s" for column in change)
    places = ", ".join(["%s"] * leads)
    return f"UPDATE vicidial_list SET {changes} WHERE lead_id IN ({places})"
