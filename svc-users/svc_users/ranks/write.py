"""Writing the ranks of a user (contract: users.md, "Writing ranks")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dialkit.journal import Journal

from svc_users.ranks import store
from svc_users.ranks.kinds import KINDS, Rank


def ranks_of(fields: Mapping[str, Any]) -> list[Rank]:
    """What the fields of a request say of the campaigns, and of the in-groups."""
    ranks = [
        Rank(
            kind,
            fields.get(kind.rank),
            fields.get(kind.grade),
            fields.get(kind.key) if fields.get(kind.switch, "1") == "1" else None,
        )
        for kind in KINDS
    ]
    return [rank for rank in ranks if rank.values]


async def write(journal: Journal, login: str, ranks: Iterable[Rank]) -> list[tuple[Rank, Journal]]:
    """Write the rows of the ranks, and the live session; each with the journal to log it by."""
    written = [(rank, journal.beside()) for rank in ranks]
    for rank, beside in written:
        await store.write_rows(beside, login, rank)
        await store.change_session(beside, login, rank)
    return written


async def log(login: str, written: Iterable[tuple[Rank, Journal]]) -> None:
    """Log what `write` has written, a row for each kind."""
    for rank, beside in written:
        said = {
            "user": login,
            "rank": rank.rank,
            "grade": rank.grade,
            "rows": await store.count_rows(beside, rank),
            "limit": rank.limit,
        }
        notes = "   ".join(f"{name}: {'' if one is None else one}" for name, one in said.items())
        await beside.log("USERS", "MODIFY", login, "ADMIN API UPDATE USER RANK", notes)
