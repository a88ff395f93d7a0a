"""Demo users, phones, in-groups and the dialer."""

from typing import Any

Rows = list[dict[str, Any]]

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


def setup_rows() -> dict[str, Rows]:
    """The rows by table."""
    return {
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
    }


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
