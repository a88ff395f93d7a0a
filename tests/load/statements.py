"""The statements of the floor: those that the services send, with the driver's parameters."""

from collections.abc import Collection
from typing import Any

from svc_leads.leads.columns import LEAD_COLUMNS as LEAD_COLUMNS
from svc_leads.leads.columns import SELECTED, new_lead_columns
from svc_leads.leads.store import PLACE_COLUMNS
from svc_leads.search.store import COLUMNS
from svc_lists.campaigns import store as campaigns
from svc_lists.lists.columns import SHOWN_COLUMNS as SHOWN_COLUMNS
from svc_users.live.rows import Agent
from svc_users.users import columns as users

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

AGENT_COLUMNS, USER_COLUMNS = Agent._fields, users.SHOWN_COLUMNS
_OF_USER = ("user", "full_name", "user_group", "user_level")
AGENTS = f"""
    SELECT {", ".join(f"{'u' if one in _OF_USER else 'l'}.{one}" for one in AGENT_COLUMNS)}
    FROM vicidial_live_agents AS l JOIN vicidial_users AS u ON u.user = l.user
    ORDER BY l.user, l.live_agent_id
"""
PAUSE_CODES = """
    SELECT agent_log_id, user, sub_status FROM vicidial_agent_log WHERE agent_log_id IN %s
"""
PARKED = "SELECT channel_group FROM parked_channels"
CALLS = """
    SELECT callerid, uniqueid, channel, phone_number FROM vicidial_auto_calls
    WHERE callerid IN %s ORDER BY auto_call_id DESC
"""
SHARED_LEADS = """
    SELECT lead_id FROM vicidial_live_agents
    WHERE lead_id IN %s AND status = 'INCALL' GROUP BY lead_id HAVING COUNT(*) > 1
"""
LEADS_OF_AGENTS = """
    SELECT lead_id, vendor_lead_code, phone_number FROM vicidial_list WHERE lead_id IN %s
"""
USER = f"SELECT {', '.join(USER_COLUMNS)} FROM vicidial_users WHERE user = %s"
USER_GROUP = "SELECT user_group FROM vicidial_user_groups WHERE user_group = %s"
PASSWORD_RULES = """
    SELECT pass_hash_enabled, pass_key, pass_cost, require_password_length FROM system_settings
"""
LOGIN = "SELECT user FROM vicidial_users WHERE user = %s"
LOCK, UNLOCK = "SELECT GET_LOCK(%s, 5)", "SELECT RELEASE_LOCK(%s)"
NEW_USER = users.new_columns({}) | {"pass": "", "pass_hash": ""}

IN_GROUPS = "SELECT group_id, group_name FROM vicidial_inbound_groups WHERE active = 'Y'"
CALLS_OF_IN_GROUPS = """
    SELECT campaign_id, COUNT(*), SUM(status = 'LIVE') FROM vicidial_auto_calls
    WHERE campaign_id IN %s GROUP BY campaign_id
"""
AGENTS_OF_IN_GROUPS = """
    SELECT g.group_id, a.user, a.status, a.lead_id, a.comments, a.last_update_time, c.uniqueid,
        c.channel
    FROM vicidial_live_inbound_agents AS g
    JOIN vicidial_live_agents AS a ON a.user = g.user
    LEFT JOIN vicidial_auto_calls AS c ON c.callerid = a.callerid
    WHERE g.group_id IN %s
"""
NEW_DID: dict[str, Any] = {
    "did_description": "",
    "did_route": "EXTEN",
    "did_active": "Y",
    "record_call": "N",
    "extension": "9998811112",
    "exten_context": "default",
    "group_id": None,
    "menu_id": "",
    "voicemail_ext": None,
    "phone": None,
    "server_ip": None,
    "user": None,
    "user_unavailable_action": "VOICEMAIL",
    "user_route_settings_ingroup": "AGENTDIRECT",
    "filter_clean_cid_number": "",
    "call_handle_method": "CID",
    "agent_search_method": "LB",
    "list_id": 999,
    "entry_list_id": 0,
    "campaign_id": None,
    "phone_code": "1",
    "user_group": "---ALL---",
    "filter_phone_group_id": "",
    "pre_filter_phone_group_id": "",
}
CAMPAIGN_TO_DIAL = """
    SELECT c.campaign_id, c.campaign_name, c.active, c.dial_prefix, c.campaign_cid, c.dial_timeout,
        c.omit_phone_code, c.campaign_vdad_exten, c.manual_dial_list_id, c.cid_group_id,
        c.cid_group_id_two, c.use_custom_cid, l.campaign_cid_override, l.cid_group_id, l.dial_prefix
    FROM vicidial_campaigns AS c
    LEFT JOIN vicidial_lists AS l ON l.list_id = c.manual_dial_list_id
    WHERE c.campaign_id = %s
"""
SERVER = """
    SELECT server_id, server_ip, asterisk_version, routing_prefix, ext_context,
        answer_transfer_agent
    FROM servers WHERE active = 'Y' AND active_asterisk_server = 'Y' ORDER BY server_id LIMIT 1
"""


def test_call(code: str, lead_id: int, number: str) -> dict[str, dict[str, Any]]:
    """The rows of a test call, by table, in the order of writing."""
    now, server_ip, channel = "2026-01-01 00:00:00", "10.0.0.10", f"Local/91{number}@default"
    call = {"caller_code": code, "call_date": now}
    return {
        "vicidial_dial_log": call
        | {"lead_id": lead_id, "server_ip": server_ip, "extension": "8368", "channel": channel,
           "context": "default", "timeout": 60000, "outbound_cid": code},
        "vicidial_dial_cid_log": call
        | {"call_type": "MANUAL", "call_alt": "MAIN", "outbound_cid": "",
           "outbound_cid_type": "CAMPAIGN_TEST"},
        "vicidial_user_dial_log": call | {"user": "bench", "call_type": "M", "notes": "bench"},
        "user_call_log": {
            "user": "bench", "call_date": now, "call_type": "API", "server_ip": server_ip,
            "phone_number": number, "number_dialed": number, "lead_id": lead_id, "callerid": "",
        },
        "vicidial_auto_calls": {
            "server_ip": server_ip, "campaign_id": "BENCH", "status": "SENT", "lead_id": lead_id,
            "callerid": code, "phone_code": "1", "phone_number": number, "call_time": now,
            "call_type": "OUT", "alt_dial": "MAIN", "queue_priority": 99,
        },
        "vicidial_manager": {
            "uniqueid": "", "entry_date": now, "status": "NEW", "response": "N",
            "server_ip": server_ip, "channel": "", "action": "Originate", "callerid": code,
            "cmd_line_b": "Exten: 8368", "cmd_line_c": "Context: default",
            "cmd_line_d": f"Channel: {channel}", "cmd_line_e": "Priority: 1",
            "cmd_line_f": f"Callerid: {code}", "cmd_line_g": "Timeout: 60000",
            "cmd_line_h": "", "cmd_line_i": "", "cmd_line_j": "",
            "cmd_line_k": f"VDACnote: BENCH|{lead_id}|1|{number}|OUT|MAIN|99",
        },
    }  # fmt: skip


def among(statement: str, values: Collection[Any]) -> str:
    """A statement with `IN %s`, with a mark for each of the values."""
    return statement.replace("IN %s", f"IN ({', '.join(['%s'] * len(values))})")


def area_codes(number: str) -> tuple[str, ...]:
    """The area codes that a number may have."""
    return (number[:1], number[:2], number[:3], f"{number[:1]}S", f"{number[:2]}S", "*")


def insert(columns: Collection[str], table: str = "vicidial_list") -> str:
    """An INSERT of one row."""
    return insert_rows(columns, 1, table)


def insert_rows(columns: Collection[str], rows: int, table: str = "vicidial_list") -> str:
    """An INSERT of many rows."""
    names = ", ".join(f"`{column}`" for column in columns)
    place = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([place] * rows)}"


def update(change: Collection[str], leads: int) -> str:
    """An UPDATE of leads."""
    changes = ", ".join(f"`{column}` = %s" for column in change)
    places = ", ".join(["%s"] * leads)
    return f"UPDATE vicidial_list SET {changes} WHERE lead_id IN ({places})"
