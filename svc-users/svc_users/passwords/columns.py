"""The two columns of `vicidial_users` that hold a password."""

from __future__ import annotations

from dialkit.db import Queries
from dialkit.errors import InvalidInput
from dialkit.secret import Secret

from svc_users.passwords.hash_queue import Hasher
from svc_users.passwords.store import PasswordRules, find_rules

_EMPTY = Secret("")


async def checked_rules(db: Queries, field: str, password: Secret) -> PasswordRules:
    """The site's rules, which the password keeps to. Raises: InvalidInput on that field."""
    rules = await find_rules(db)
    if len(password) < rules.least_length:
        raise InvalidInput({field: [f"Shorter than {rules.least_length} characters"]})
    return rules


async def password_columns(
    rules: PasswordRules, hasher: Hasher, password: Secret
) -> dict[str, Secret]:
    """What `pass` and `pass_hash` become by the site's rules; it may take half a minute.

    Raises: HashingNotConfigured, TooSlow.
    """
    if not rules.hash_enabled:
        # An old hash must not come back to life with the setting.
        return {"pass": password, "pass_hash": _EMPTY}
    hashed = await hasher.hash(password, pass_key=rules.pass_key, cost=rules.cost)
    return {"pass": _EMPTY, "pass_hash": hashed}
