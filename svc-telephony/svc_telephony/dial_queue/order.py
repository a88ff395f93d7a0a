"""A call on its way into the dial queue, and what is taken back where it does not get there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog
from dialkit.clock import Moment
from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import ConnectionLost

from svc_telephony.dial_queue import store
from svc_telephony.dial_queue.store import Call

log = structlog.get_logger("dial_queue")

T = TypeVar("T")
# Removes the rows of a caller code from one table.
TakeBack = Callable[[Queries, str], Awaitable[None]]


class Order:
    """How far a call has come: under which code rows may have to go back; whether it may ring."""

    def __init__(self) -> None:
        self.code = ""
        self.may_ring = False

    async def send(self, db: Queries, now: Moment, call: Call, lines: Sequence[str]) -> int:
        """Place the call; its `man_id`."""
        self.may_ring = True
        return await store.place(db, now, call, lines)


async def carry_out(
    db: Database,
    held: Queries,
    work: Callable[[Connection, Order], Awaitable[T]],
    take_backs: Sequence[TakeBack],
) -> T:
    """Run `work`, which writes a call's rows and sends it, in one transaction on `held`.

    What the `take_backs` remove goes back where it fails (on `db`, as `held` may be lost), and
    before it runs again after a deadlock: tables without transactions keep it. Not where the
    connection is lost while the call is sent: perhaps it rings.
    """
    order = Order()

    async def anew(connection: Connection) -> T:
        if order.code:
            for take_back in take_backs:
                await take_back(connection, order.code)
        order.code, order.may_ring = "", False
        return await work(connection, order)

    try:
        return await held.in_transaction(anew)
    except Exception as error:
        if order.code and not (order.may_ring and isinstance(error, ConnectionLost)):
            await _take_back(db, order.code, take_backs)
        raise


async def _take_back(db: Queries, code: str, take_backs: Sequence[TakeBack]) -> None:
    for take_back in take_backs:
        try:
            await take_back(db, code)
        except Exception:  # the error to tell is the one that led here
            log.exception(
                "a row of a call that was not placed could not be removed", caller_code=code
            )
