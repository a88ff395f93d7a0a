"""The documented answers of svc-users: their keys in their order."""

from typing import Any

# GET /users/{user_id}/details
USER: dict[str, Any] = {
    "user_id": 57,
    "user": "agent1",
    "full_name": "John Smith",
    "user_level": 1,
    "user_group": "AGENTS",
    "active": "Y",
    "phone_login": "101",
    "email": "john@example.com",
    "voicemail_id": "",
    "hotkeys_active": "0",
    "agent_choose_ingroups": "1",
    "agent_choose_blended": "1",
    "closer_default_blended": "0",
    "wrapup_seconds_override": -1,
    "in_groups": ["SALES", "SUPPORT"],
    "custom_one": "",
    "custom_two": "",
    "custom_three": "",
    "custom_four": "",
    "custom_five": "",
    "force_change_password": "N",
    "failed_login_count": 0,
    "last_login_date": "2025-01-08T15:30:00Z",
}
# GET /users/logged-in
LOGGED_IN: dict[str, Any] = {
    "user": "6666",
    "full_name": "Admin",
    "user_group": "ADMIN",
    "user_level": 9,
    "campaign_id": "TESTCAMP",
    "session_id": "8600051",
    "server_ip": "10.0.0.5",
    "extension": "SIP/101",
    "status": "INCALL",
    "lead_id": 1079409,
    "callerid": "M2260919190001079409",
    "calls_today": 1,
    "last_update_time": "2025-01-08T15:30:00Z",
}
WITH_SUB_STATUS = LOGGED_IN | {"pause_code": "LOGIN", "sub_status": "DEAD"}
# GET /agents/status
STATUS: dict[str, Any] = {
    "user": "6666",
    "full_name": "Admin",
    "user_group": "ADMIN",
    "user_level": 9,
    "campaign_id": "TESTCAMP",
    "status": "INCALL",
    "real_time_sub_status": "PARK",
    "pause_code": "LOGIN",
    "callerid": "M4181606420000000104",
    "lead_id": 104,
    "phone_number": "3125551212",
    "vendor_lead_code": "123457",
    "calls_today": 1,
    "session_id": "8600051",
    "server_ip": "10.0.0.5",
    "extension": "SIP/101",
    "last_call_time": "2025-01-08T15:28:10Z",
    "last_state_change": "2025-01-08T15:28:10Z",
    "in_groups": ["SALES"],
    "outbound_autodial": "Y",
    "manager_ingroup_set": "N",
    "manager_user": "",
    "on_hook_agent": "N",
}
WITH_IP = STATUS | {"computer_ip": "192.168.1.205"}
# GET /agents/6666/ingroup-info
IN_GROUP: dict[str, Any] = {
    "group_id": "SALES",
    "group_name": "Sales line",
    "active": "Y",
    "user": "6666",
    "group_rank": 3,
    "group_weight": 3,
    "group_grade": 5,
    "group_web_vars": "",
    "calls_today": 4,
    "daily_limit": -1,
    "user_default": "Y",
    "allowed": "Y",
    "selected": "Y",
    "campaign_id": "TESTCAMP",
    "outbound_autodial": "Y",
    "manager_ingroup_set": "N",
    "manager_user": "",
}
# GET /agents/6666/campaigns
CAMPAIGN: dict[str, Any] = {
    "campaign_id": "TESTCAMP",
    "campaign_name": "Test Campaign",
    "campaign_rank": 0,
    "campaign_weight": 0,
    "campaign_grade": 1,
    "calls_today": 12,
    "in_groups": ["AGENTDIRECT", "SALES", "SUPPORT"],
}
