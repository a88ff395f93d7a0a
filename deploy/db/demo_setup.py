"""Demo campaigns, lists, users, phones and the custom fields of list 101."""

from datetime import datetime
from typing import Any

Rows = list[dict[str, Any]]

CUSTOM_LIST = 101
SERVER_IP = "10.0.0.10"

_PERMISSIONS = (
    "modify_users",
    "modify_campaigns",
    "modify_lists",
    "modify_leads",
    "load_leads",
    "view_reports",
    "custom_fields_modify",
    "vdc_agent_api_access",
)


def setup_rows(now: datetime) -> dict[str, Rows]:
    """The rows by table; `now` is local time."""
    return {
        "vicidial_campaigns": _campaigns(now),
        "vicidial_lists": _lists(now),
        "vicidial_user_groups": [
            {
                "user_group": "AGENTS",
                "group_name": "Demo agents",
                "allowed_campaigns": " TESTCAMP NEWCAMP - -",
            }
        ],
        "vicidial_users": [
            _user("6666", "Demo Administrator", level=9, group="ADMIN", permission="1"),
            _user("agent1", "Demo Agent", level=1, group="AGENTS", permission="0"),
        ],
        "servers": [
            {
                "server_id": "DEMO",
                "server_description": "Demo dialer",
                "server_ip": SERVER_IP,
                "active": "Y",
                "asterisk_version": "16.30.0",
            }
        ],
        "phones": [_phone("gs101", "101"), _phone("gs102", "102")],
        "vicidial_inbound_groups": [_in_group("SALES", "Sales"), _in_group("SUPPORT", "Support")],
        "vicidial_lists_fields": _custom_fields(),
        "vicidial_dnc": [{"phone_number": "5550001111"}, {"phone_number": "900XXXXXXX"}],
        "vicidial_campaign_dnc": [{"phone_number": "5550002222", "campaign_id": "TESTCAMP"}],
    }


def custom_table(engine: str) -> str:
    """The CREATE TABLE for the values of the custom fields."""
    return f"""
        CREATE TABLE custom_{CUSTOM_LIST} (
          lead_id INT(9) UNSIGNED NOT NULL PRIMARY KEY,
          favorite_color VARCHAR(50) DEFAULT NULL,
          customer_type ENUM('Residential','Commercial','Government') DEFAULT 'Residential'
        ) ENGINE={engine}
    """


def _campaigns(now: datetime) -> Rows:
    common = {
        "active": "Y",
        "dial_status_a": "NEW",
        "dial_statuses": " NEW NA B -",
        "lead_order": "DOWN",
        "dial_method": "RATIO",
        "auto_dial_level": "1",
        "allow_closers": "Y",
        "local_call_time": "24hours",
        "campaign_changedate": now,
    }
    return [
        {
            "campaign_id": "TESTCAMP",
            "campaign_name": "Test campaign",
            "use_internal_dnc": "Y",
            "use_campaign_dnc": "Y",
        }
        | common,
        {
            "campaign_id": "NEWCAMP",
            "campaign_name": "New campaign",
            "use_internal_dnc": "Y",
            "use_campaign_dnc": "N",
        }
        | common,
    ]


def _lists(now: datetime) -> Rows:
    return [
        {
            "list_id": list_id,
            "list_name": name,
            "campaign_id": campaign_id,
            "active": active,
            "list_changedate": now,
        }
        for list_id, name, campaign_id, active in (
            (CUSTOM_LIST, "Test list", "TESTCAMP", "Y"),
            (102, "Test list, inactive", "TESTCAMP", "N"),
            (201, "New list", "NEWCAMP", "Y"),
        )
    ]


def _user(user: str, name: str, *, level: int, group: str, permission: str) -> dict[str, Any]:
    return {
        "user": user,
        "pass": f"demo{user}",
        "full_name": name,
        "user_level": level,
        "user_group": group,
        "active": "Y",
    } | dict.fromkeys(_PERMISSIONS, permission)


def _phone(login: str, extension: str) -> dict[str, Any]:
    return {
        "extension": login,
        "dialplan_number": extension,
        "voicemail_id": extension,
        "server_ip": SERVER_IP,
        "login": login,
        "pass": f"demo{login}",
        "status": "ACTIVE",
        "active": "Y",
        "phone_type": "softphone",
        "fullname": f"Demo phone {extension}",
        "outbound_cid": "2125550100",
        "template_id": "",
    }


def _in_group(group_id: str, name: str) -> dict[str, Any]:
    return {"group_id": group_id, "group_name": name, "group_color": "white", "active": "Y"}


def _custom_fields() -> Rows:
    # VICIdial's names: field_label is the column, field_name the text that is shown.
    common = {"list_id": CUSTOM_LIST, "field_size": 20, "field_max": 50, "field_order": 1}
    types = ("Residential", "Commercial", "Government")
    return [
        {
            "field_label": "favorite_color",
            "field_name": "Favorite color",
            "field_rank": 1,
            "field_type": "TEXT",
            "field_options": "",
            "field_default": "NULL",
            "field_cost": 153,
        }
        | common,
        {
            "field_label": "customer_type",
            "field_name": "Customer type",
            "field_rank": 2,
            "field_type": "SELECT",
            "field_options": "\n".join(f"{kind},{kind}" for kind in types),
            "field_default": types[0],
            "field_cost": 117,
        }
        | common,
    ]
