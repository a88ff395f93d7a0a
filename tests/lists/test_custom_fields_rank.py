"""Rows of the agent's form: `field_rank` and `field_rerank` of POST and PUT."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_custom_field, make_custom_table
from support.changes import changes, difference
from support.custom_fields import add, change, definition, make_field, make_lists, ranks
from support.database import TestDatabase


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    """List 101 with a table, and list 102 with fields of the ranks 1 and 2."""
    make_lists(db)
    make_custom_table(db, 101)


def make_ranks(db: TestDatabase, **given: int | None) -> None:
    for name, rank in given.items():
        make_custom_field(db, 101, name, field_rank=rank)


CASES: list[Any] = [
    pytest.param({"a": 1, "b": 2, "c": 3, "d": 5}, 2, {"a": 1, "b": 3, "c": 4, "d": 5},
                 id="until a rank is free"),
    pytest.param({"a": 1, "b": 2, "c": 3}, 1, {"a": 2, "b": 3, "c": 4}, id="all of them"),
    pytest.param({"a": 1, "b": 3}, 2, {"a": 1, "b": 3}, id="a rank that is free"),
    pytest.param({"a": 1, "b": 2, "c": 2, "d": 3}, 2, {"a": 1, "b": 3, "c": 3, "d": 4},
                 id="two of one rank"),
    pytest.param({"a": 9999}, 9999, {"a": 10000}, id="beyond what a request can say"),
    pytest.param({"a": 2, "b": None, "c": 0}, 2, {"a": 3, "b": None, "c": 0}, id="odd ranks"),
    pytest.param({}, 5, {}, id="no other field"),
]  # fmt: skip


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize(("given", "rank", "after"), CASES)
async def test_a_new_field_makes_room_for_itself(
    lists: Lists, db: TestDatabase, given: dict[str, int], rank: int, after: dict[str, int]
) -> None:
    make_ranks(db, **given)

    await make_field(lists, field_rank=rank, field_rerank="YES")

    assert ranks(db) == after | {"color": rank}
    assert ranks(db, 102) == {"color": 1, "nick": 2}
    assert len(changes(db)) == 1


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize(("given", "rank", "after"), CASES)
async def test_a_moved_field_makes_room_for_itself(
    lists: Lists, db: TestDatabase, given: dict[str, int], rank: int, after: dict[str, int]
) -> None:
    make_ranks(db, **given, color=77)

    status, _ = await change(lists, field_rank=rank, field_rerank="YES")

    assert (status, ranks(db)) == (200, after | {"color": rank})
    assert ranks(db, 102) == {"color": 1, "nick": 2}
    assert len(changes(db)) == 1


async def test_nothing_but_ranks_changes(lists: Lists, db: TestDatabase) -> None:
    make_ranks(db, a=1)
    db.execute("UPDATE vicidial_lists_fields SET field_help = 'it''s', field_cost = NULL")
    row = definition(db, "a")

    await make_field(lists, field_rank=1, field_rerank="YES")

    assert difference(row, definition(db, "a")) == {"field_rank": 2}


@pytest.mark.parametrize("rerank", [{}, {"field_rerank": "NO"}], ids=["not said", "NO"])
async def test_without_rerank_fields_share_a_rank(
    lists: Lists, db: TestDatabase, rerank: dict[str, str]
) -> None:
    make_ranks(db, a=1, b=2, size=9)

    await make_field(lists, field_rank=1, **rerank)
    await change(lists, field_name="size", field_rank=2, **rerank)

    assert ranks(db) == {"a": 1, "b": 2, "size": 2, "color": 1}


async def test_a_field_that_stays_at_its_rank_moves_those_beside_it(
    lists: Lists, db: TestDatabase
) -> None:
    make_ranks(db, color=1, a=1, b=2)

    await change(lists, field_rank=1, field_rerank="YES")
    await change(lists, field_rank=1, field_rerank="YES")

    assert ranks(db) == {"color": 1, "a": 2, "b": 3}


async def test_the_next_rank_moves_nobody(lists: Lists, db: TestDatabase) -> None:
    make_ranks(db, a=1, b=2)

    await make_field(lists, field_rerank="YES")

    assert ranks(db) == {"a": 1, "b": 2, "color": 3}


async def test_a_refused_field_moves_nobody(lists: Lists, db: TestDatabase) -> None:
    make_ranks(db, a=1, color=2)

    status, _ = await add(lists, field_rank=1, field_rerank="YES")

    assert (status, ranks(db)) == (409, {"a": 1, "color": 2})
