"""Changes of a list's fields, one at a time: the column, then the definition, then the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, TypeVar

from dialkit.clock import Moment
from dialkit.custom_fields import FIRST_CUSTOM_LIST, makes_column
from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import DuplicateKey, LockNotGranted, TableBusy, UnknownName
from dialkit.errors import Conflict, InvalidInput, NotFound, TooSlow
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller
from marshmallow import ValidationError

from svc_lists.custom_fields import definition, options, store
from svc_lists.custom_fields.column import Column, column_of, cost, definition_of
from svc_lists.custom_fields.definition import DECIDING
from svc_lists.custom_fields.provide import BEING_CHANGED, provide_column
from svc_lists.custom_fields.store import Field
from svc_lists.custom_fields.structure import CustomTable
from svc_lists.text import check_letters

EXISTS = "Custom field already exists"
MISSING = "Custom field not found"
NOT_ENABLED = "Custom fields are not enabled"
_LOCK_TIMEOUT_S = 10
# Copying a large table takes long; the gateway waits a minute.
_WITHIN_S = 45
T = TypeVar("T")


async def check_possible(db: Queries, list_id: int) -> None:
    """Whether the list may have custom fields at all. Raises: Conflict."""
    if not await store.are_enabled(db):
        raise Conflict(NOT_ENABLED)
    if list_id < FIRST_CUSTOM_LIST:
        raise Conflict("List cannot have custom fields")


@asynccontextmanager
async def alone(
    db: Database, list_id: int, *, timeout_s: float = _LOCK_TIMEOUT_S
) -> AsyncIterator[Connection]:
    """A connection that alone changes the list's fields: a column fits one definition only.

    Raises: Conflict, Unavailable.
    """
    try:
        lock = f"{db.name}.fields.{list_id}"
        async with db.locked_connection(lock, timeout_s=timeout_s, long=True) as connection:
            yield connection
    except LockNotGranted:
        raise Conflict(BEING_CHANGED) from None


class FieldWork:
    """Work on the fields of one list, on a connection of `alone`."""

    def __init__(
        self,
        db: Connection,
        list_id: int,
        caller: Caller,
        now: Moment,
        *,
        until: float | None = None,
    ) -> None:
        self._db = db
        self._list_id = list_id
        self._caller = caller
        self._now = now
        self._until = until or monotonic() + _WITHIN_S

    async def add(self, field: Field, *, rerank: bool = False) -> int:
        """Add a field; its id. Raises: Conflict, InvalidInput."""
        name, before = field["field_name"], self._journal()
        if await store.find_named_field(self._db, self._list_id, name):
            raise Conflict(EXISTS)
        column, table = wanted_column(field), self._table(before)
        if column is None:  # VICIdial's form reads the table all the same
            await table.create()
        else:
            await provide_column(table, name, column, was=None)

        async def work(journal: Journal) -> int:
            try:
                field_id = await store.add_field(journal, self._list_id, with_cost(field))
            except DuplicateKey:
                raise Conflict(EXISTS) from None
            await self._finish(journal, "ADD", field | {"field_id": field_id}, rerank=rerank)
            return field_id

        return await self._in_transaction(work, before)

    async def change(self, field: Field, changes: dict[str, Any], *, rerank: bool = False) -> None:
        """Change a stored field. Raises: Conflict, InvalidInput, NotFound."""
        wanted, before = field | changes, self._journal()
        if DECIDING & changes.keys():
            await check(self._db, self._list_id, wanted, given=changes.keys())
            changes = with_cost(changes, of=wanted)
            column = wanted_column(wanted)
            if column is not None:
                await provide_column(
                    self._table(before),
                    field["field_name"],
                    column,
                    was=_column_so_far(field),
                    fixed=field["field_encrypt"] == "Y",
                )

        async def work(journal: Journal) -> None:
            if not await store.change_field(journal, field["field_id"], changes):
                raise NotFound(MISSING)  # VICIdial's own page was faster
            await self._finish(journal, "MODIFY", wanted, rerank=rerank)

        await self._in_transaction(work, before)

    async def delete(self, field: Field) -> None:
        """Delete a field, then its column with all values. Raises: NotFound."""
        if await self._has_column_to_itself(field):
            journal = self._journal()
            await self._delete_definition(journal, field)
            try:
                with suppress(UnknownName):  # VICIdial's own page was faster
                    await self._table(journal).drop_column(field["field_name"])
            except (TooSlow, TableBusy):  # the field is gone all the same
                await self._finish(journal, "DELETE", field)
                raise
            await self._finish(journal, "DELETE", field)
            return

        async def work(journal: Journal) -> None:
            await self._delete_definition(journal, field)
            await self._finish(journal, "DELETE", field)

        await self._in_transaction(work)

    async def _delete_definition(self, journal: Journal, field: Field) -> None:
        if not await store.delete_field(journal, field["field_id"]):
            raise NotFound(MISSING)  # VICIdial's own page was faster

    async def _has_column_to_itself(self, field: Field) -> bool:
        name = field["field_name"]
        return (
            has_column(field)
            and not await store.has_duplicates(self._db, self._list_id, name)
            and await self._table(self._db).find_column(name) is not None
        )

    async def _finish(
        self, journal: Journal, kind: str, field: Field, *, rerank: bool = False
    ) -> None:
        field_id, name = field["field_id"], field["field_name"]
        if rerank:
            await store.make_room(journal, self._list_id, field_id, field["field_rank"])
        code = f"ADMIN {kind} CUSTOM LIST FIELD"
        await journal.log("CUSTOM_FIELDS", kind, self._list_id, code, f"{field_id} {name}")

    def _table(self, db: Queries) -> CustomTable:
        return CustomTable(db, self._list_id, until=self._until)

    def _journal(self) -> Journal:
        return Journal(self._db, self._caller, self._now)

    async def _in_transaction(
        self, work: Callable[[Journal], Awaitable[T]], before: Journal | None = None
    ) -> T:
        return await journaled(self._db, self._caller, self._now, work, begun=before)


async def check(
    db: Queries, list_id: int, field: Field, *, given: Collection[str] = ("field_options",)
) -> None:
    """Whether type, options, length and default of a field fit together.

    Stored options that the type has no use for are kept, whatever they are. Raises: InvalidInput.
    """
    if field["field_duplicate"] == "Y" and field["field_type"] != "TEXT":
        raise InvalidInput({"field_type": ["Must be TEXT: the form shows the field twice"]})
    wanted = definition_of(field)
    if "field_options" not in given and not options.are_used(wanted.field_type):
        wanted = wanted._replace(options="")
    try:
        definition.check(wanted, list_id)
    except ValidationError as error:
        raise InvalidInput(error.messages_dict) from None
    if options.have_values(wanted.field_type):
        await check_letters(db, field_options="".join(wanted.values))


def has_column(field: Field) -> bool:
    """Whether the form's field has a column of its own."""
    return field["field_duplicate"] != "Y" and makes_column(
        field["field_name"], field["field_type"]
    )


def wanted_column(field: Field) -> Column | None:
    """The field's column, or None. Raises: InvalidInput."""
    if field["field_duplicate"] == "Y":
        return None
    try:
        return column_of(field["field_name"] or "", definition_of(field))
    except ValidationError as error:
        raise InvalidInput(error.messages_dict) from None


def with_cost(columns: dict[str, Any], *, of: Field | None = None) -> dict[str, Any]:
    """The columns with the `field_cost` of the field that they make."""
    return columns | {"field_cost": cost(definition_of(of or columns))}


def _column_so_far(field: Field) -> Column | None:
    """The column of a stored definition; None where VICIdial stored what makes none."""
    try:
        return wanted_column(field)
    except InvalidInput:
        return None
