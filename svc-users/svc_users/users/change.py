"""Changing a user (contract: PUT /users/{user_id})."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import InvalidInput, NotFound
from dialkit.journal import Journal, journaled
from dialkit.references import settled
from dialkit.tokens import Caller

from svc_users.passwords.columns import checked_rules, password_columns
from svc_users.passwords.hash_queue import Hasher
from svc_users.ranks import store as rank_store
from svc_users.ranks import write as ranks
from svc_users.ranks.kinds import Rank
from svc_users.users import store
from svc_users.users.checks import all_checked
from svc_users.users.columns import given_columns
from svc_users.users.existing import MISSING
from svc_users.users.fields import THINGS


async def checked(
    db: Database, hasher: Hasher, fields: dict[str, Any]
) -> tuple[dict[str, Any], list[Rank]]:
    """The columns and the ranks that the fields set.

    Raises: InvalidInput, HashingNotConfigured, TooSlow.
    """
    password = fields.pop("pass", None)
    checks: list[Awaitable[Any]] = [settled(db, fields, THINGS), _check_phone_login(db, fields)]
    if password is not None:
        checks.append(checked_rules(db, "pass", password))
    spelled, _, *rules = await all_checked(*checks)
    columns = given_columns(spelled)
    if password is not None:
        columns |= await password_columns(rules[0], hasher, password)
    return columns, ranks.ranks_of(spelled)


async def change(
    db: Database, login: str, columns: Mapping[str, Any], given: Sequence[Rank], caller: Caller,
    now: Moment,
) -> None:  # fmt: skip
    """Set the columns and the ranks, and log it. Raises: NotFound."""

    async def work(journal: Journal) -> None:
        if columns and not await store.change_user(journal, login, columns):
            raise NotFound(MISSING)  # deleted meanwhile
        written = await ranks.write(journal, login, given)
        if given and not await store.is_user(journal, login):
            await rank_store.delete_campaign_ranks(journal, login)
            await rank_store.delete_in_group_ranks(journal, login)
            raise NotFound(MISSING)  # deleted meanwhile: there are no ranks of nobody
        if columns:
            await journal.log("USERS", "MODIFY", login, "ADMIN API UPDATE USER", f"user: {login}")
        await ranks.log(login, written)

    await journaled(db, caller, now, work)


async def _check_phone_login(db: Queries, fields: Mapping[str, Any]) -> None:
    """Refuse the login of a phone that is not there. Raises: InvalidInput."""
    phone_login = fields.get("phone_login")
    if phone_login and not await store.is_phone_login(db, phone_login):
        raise InvalidInput({"phone_login": ["Phone not found"]})
