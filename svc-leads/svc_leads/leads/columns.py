"""The way between a request's fields, the columns of `vicidial_list`, and the Lead object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dialkit.clock import Clock, date_from_sql

from svc_leads.leads.fields import LeadFields
from svc_leads.text import shown_note

# The keys of the Lead object, in its order.
LEAD_KEYS = (
    "lead_id", "list_id", "phone_number", "first_name", "last_name", "middle_initial", "address1",
    "address2", "address3", "city", "state", "province", "postal_code", "country_code", "gender",
    "date_of_birth", "alt_phone", "email", "security", "comments", "status", "entry_date",
    "modify_date", "called_count", "rank", "owner", "phone_code", "title", "vendor_lead_code",
    "source_id", "user", "gmt_offset_now", "called_since_last_reset", "last_local_call_time",
    "entry_list_id",
)  # fmt: skip
_OTHER_NAMES = {"security": "security_phrase", "user_field": "user"}
LEAD_COLUMNS = tuple(_OTHER_NAMES.get(key, key) for key in LEAD_KEYS)
SELECTED = ", ".join(f"`{column}`" for column in LEAD_COLUMNS)
_REQUEST_COLUMNS = {name: _OTHER_NAMES.get(name, name) for name in LeadFields().fields}
NO_DATE = "0000-00-00"

# What a new lead has where the request says nothing; the rest depends on the request.
_DEFAULTS = dict.fromkeys(
    ("first_name", "last_name", "middle_initial", "address1", "address2", "address3", "city",
     "province", "state", "postal_code", "alt_phone", "email", "security_phrase", "comments",
     "owner", "title", "vendor_lead_code", "source_id"),
    "",
) | {
    "gender": "U",
    "date_of_birth": NO_DATE,
    "status": "NEW",
    "rank": 0,
    "called_count": 0,
    "entry_list_id": 0,
    "called_since_last_reset": "N",
}  # fmt: skip


def request_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a request's lead fields set."""
    columns = {column: fields[name] for name, column in _REQUEST_COLUMNS.items() if name in fields}
    if "date_of_birth" in columns:
        birth: date | None = columns["date_of_birth"]
        columns["date_of_birth"] = birth.isoformat() if birth else NO_DATE
    return columns


def new_lead_columns(fields: Mapping[str, Any], *, tag: str, now: str) -> dict[str, Any]:
    """All columns of a new lead, but `lead_id` and `modify_date`, which the server sets."""
    return (
        _DEFAULTS
        | {"user": tag, "entry_date": now, "last_local_call_time": now}
        | request_columns(fields)
    )


def column_of(key: str) -> str | None:
    """The column behind a key of the Lead object (or `security_phrase`), or None."""
    column = _OTHER_NAMES.get(key, key)
    return column if column in LEAD_COLUMNS and key != "user_field" else None


def lead_object(row: Sequence[Any], clock: Clock) -> dict[str, Any]:
    """The Lead object of a row of LEAD_COLUMNS."""
    lead = dict(zip(LEAD_KEYS, row, strict=True))
    for key, show in _shown(clock):
        lead[key] = show(lead[key])
    return lead


def shown_value(column: str, value: Any, clock: Clock) -> Any:
    """One column's value as it leaves."""
    return dict(_shown(clock)).get(column, _as_it_is)(value)


def _shown(clock: Clock) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return (
        ("entry_date", clock.from_sql),
        ("modify_date", clock.from_sql),
        ("last_local_call_time", clock.from_sql),
        ("date_of_birth", date_from_sql),
        ("comments", shown_note),
    )


def _as_it_is(value: Any) -> Any:
    return value
