"""The fields of a list, and the columns of `vicidial_lists` that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Clock, Moment, date_from_sql
from dialkit.db import Row

NEVER = "2099-12-31"
CAMPAIGNS_CALL_TIME = "campaign"

_COLUMNS = {
    "list_name": "list_name",
    "campaign_id": "campaign_id",
    "active": "active",
    "list_description": "list_description",
    "script": "agent_script_override",
    "web_form": "web_form_address",
    "web_form_address_two": "web_form_address_two",
    "web_form_address_three": "web_form_address_three",
    "outbound_cid": "campaign_cid_override",
    "am_message": "am_message_exten_override",
    "drop_inbound_group": "drop_inbound_group_override",
    "reset_time": "reset_time",
    "expiration_date": "expiration_date",
    "tz_method": "time_zone_setting",
    "local_call_time": "local_call_time",
    "xferconf_one": "xferconf_a_number",
    "xferconf_two": "xferconf_b_number",
    "xferconf_three": "xferconf_c_number",
    "xferconf_four": "xferconf_d_number",
    "xferconf_five": "xferconf_e_number",
    "na_call_url": "na_call_url",
}
_SHOWN = {
    "list_id": "list_id",
    **_COLUMNS,
    "list_changedate": "list_changedate",
    "list_lastcalldate": "list_lastcalldate",
    "resets_today": "resets_today",
    "daily_reset_limit": "daily_reset_limit",
}
SHOWN_COLUMNS = tuple(_SHOWN.values())
_WITHOUT_A_WORD = dict.fromkeys(_COLUMNS, "") | {
    "expiration_date": NEVER,
    "tz_method": "COUNTRY_AND_AREA_CODE",
    "local_call_time": CAMPAIGNS_CALL_TIME,
}


def new_columns(fields: Mapping[str, Any], now: Moment) -> dict[str, Any]:
    """The columns of a new list; those of absent fields are empty, or VICIdial's default."""
    return given_columns({**_WITHOUT_A_WORD, **fields}) | {"list_changedate": now.sql}


def given_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the fields that are there."""
    return {column: fields[name] for name, column in _COLUMNS.items() if name in fields}


def list_object(row: Row, clock: Clock) -> dict[str, Any]:
    """A row of `SHOWN_COLUMNS` as the API shows it."""
    shown = dict(zip(_SHOWN, row, strict=True))
    return shown | {
        "expiration_date": date_from_sql(shown["expiration_date"]),
        "list_changedate": clock.from_sql(shown["list_changedate"]),
        "list_lastcalldate": clock.from_sql(shown["list_lastcalldate"]),
    }
