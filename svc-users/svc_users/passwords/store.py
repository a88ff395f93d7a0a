"""SQL of the rules for passwords.

Reads system_settings.
"""

from __future__ import annotations

from typing import NamedTuple

from dialkit.db import Queries
from dialkit.secret import Secret


class PasswordRules(NamedTuple):
    """How the site stores passwords, and how long they must be; `pass_key` is its salt."""

    hash_enabled: bool
    pass_key: Secret
    cost: int
    least_length: int


async def find_rules(db: Queries) -> PasswordRules:
    """The rules as they are now; what is NULL counts as VICIdial's scripts take it: empty, 0."""
    row = await db.fetch_one(
        """
        SELECT pass_hash_enabled, pass_key, pass_cost, require_password_length
        FROM system_settings
        """
    )
    enabled, pass_key, cost, least_length = row or (None, None, None, None)
    return PasswordRules(enabled == "1", Secret(pass_key or ""), cost or 0, least_length or 0)
