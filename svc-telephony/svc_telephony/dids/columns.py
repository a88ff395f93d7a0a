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
# A copy has these of its own.
NOT_COPIED_COLUMNS = ("did_id", "did_pattern", "modify_stamp")


def column_of(field: str) -> str:
    """The column that holds the field."""
    return _COLUMN_OF.get(field, field)


def given_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the fields that are there."""
    return {column_of(field): value for field, value in fields.items()}


def new_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a new DID that are not left to their defaults."""
    return dict.fromkeys(_EMPTY_IN_NEW, "") | given_columns(fields)
