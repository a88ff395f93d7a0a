"""The columns of `vicidial_inbound_dids`, and the fields of a DID that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The other fields are named as their columns are.
_COLUMN_OF: Mapping[str, str] = {
    "active": "did_active",
    "group": "group_id",
    "phone_extension": "phone",
    "agent_user": "user",
    "admin_user_group": "user_group",
}
# NULL by default, and empty in what VICIdial's pages add.
_EMPTY_IN_NEW = ("did_description", "filter_phone_group_id", "pre_filter_phone_group_id")
# All but `did_id`, `did_pattern`, `modify_stamp`.
COPIED_COLUMNS = (
    "did_description", "did_active", "did_route", "extension", "exten_context", "voicemail_ext",
    "phone", "server_ip", "user", "user_unavailable_action", "user_route_settings_ingroup",
    "group_id", "call_handle_method", "agent_search_method", "list_id", "campaign_id",
    "phone_code", "menu_id", "record_call", "filter_inbound_number", "filter_phone_group_id",
    "filter_url", "filter_action", "filter_extension", "filter_exten_context",
    "filter_voicemail_ext", "filter_phone", "filter_server_ip", "filter_user",
    "filter_user_unavailable_action", "filter_user_route_settings_ingroup", "filter_group_id",
    "filter_call_handle_method", "filter_agent_search_method", "filter_list_id",
    "filter_campaign_id", "filter_phone_code", "filter_menu_id", "filter_clean_cid_number",
    "custom_one", "custom_two", "custom_three", "custom_four", "custom_five", "user_group",
    "filter_dnc_campaign", "filter_url_did_redirect", "no_agent_ingroup_redirect",
    "no_agent_ingroup_id", "no_agent_ingroup_extension", "pre_filter_phone_group_id",
    "pre_filter_extension", "entry_list_id", "filter_entry_list_id", "max_queue_ingroup_calls",
    "max_queue_ingroup_id", "max_queue_ingroup_extension", "did_carrier_description",
    "inbound_route_answer", "pre_filter_recent_call", "pre_filter_recent_extension",
)  # fmt: skip


def column_of(field: str) -> str:
    """The column that holds the field."""
    return _COLUMN_OF.get(field, field)


def given_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the fields that are there."""
    return {column_of(field): value for field, value in fields.items()}


def new_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a new DID that are not left to their defaults."""
    return dict.fromkeys(_EMPTY_IN_NEW, "") | given_columns(fields)
