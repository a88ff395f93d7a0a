"""The columns of `phones` that the fields of a request are kept in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# All others are named for their columns.
_COLUMNS = {
    "phone_login": "login",
    "phone_pass": "pass",
    "registration_password": "conf_secret",
    "phone_full_name": "fullname",
    "admin_user_group": "user_group",
}


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields under the names of their columns."""
    return {_COLUMNS.get(name, name): value for name, value in fields.items()}
