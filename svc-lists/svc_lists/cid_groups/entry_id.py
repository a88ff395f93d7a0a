"""`{entry_id}`: GROUP, GROUP:AREACODE or GROUP:AREACODE:CID (contract: "CID groups")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit import fields
from dialkit.errors import InvalidInput
from marshmallow import Schema, ValidationError
from marshmallow import fields as ma

ALL = "---ALL---"
_PARTS = ("areacode", "outbound_cid")


class Cid(fields.Phone):
    """A number of 1 to 20 digits, or the wildcard."""

    def __init__(self, **options: Any) -> None:
        super().__init__(1, 20, **options)

    def digits(self, text: str) -> str:
        """The digits of the text; the wildcard as it is."""
        return ALL if text.strip(" ") == ALL else super().digits(text)


class Parts(Schema):
    """What chooses among a group's entries, in the path or beside it."""

    areacode = fields.Pattern(
        f"[0-9A-Za-z]{{1,5}}|{ALL}", why=f"Must be 1 to 5 letters or digits, or {ALL}"
    )
    outbound_cid = Cid()


class EntryId(NamedTuple):
    """Entries of a group; None where nothing is said about area code or number."""

    group: str
    areacode: str | None = None
    outbound_cid: str | None = None

    def __str__(self) -> str:
        return ":".join((self.group, self.areacode or ALL, self.outbound_cid or ALL))

    def completed(self, given: Mapping[str, Any]) -> EntryId:
        """With what body or query say besides. Raises: InvalidInput where they contradict it."""
        ours = {name: value for name, value in self._asdict().items() if value is not None}
        theirs = {name: given[name] for name in _PARTS if name in given}
        contradictions = {
            name: ["Differs from the path"]
            for name, value in theirs.items()
            if ours.get(name, value).lower() != value.lower()
        }
        if contradictions:
            raise InvalidInput(contradictions)
        return EntryId(**theirs | ours)

    def with_areacode(self) -> EntryId:
        """Itself. Raises: InvalidInput where it has no area code, not even the wildcard."""
        if self.areacode is None:
            raise InvalidInput({"areacode": ["Required"]})
        return self


class EntryIdText(ma.Field[EntryId]):
    """An EntryId as a path has it; with any group: what can be none does not exist."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> EntryId:
        group, *parts = fields.as_text(value).split(":")
        if len(parts) > len(_PARTS):
            raise ValidationError("Must be GROUP, GROUP:AREACODE or GROUP:AREACODE:CID")
        return EntryId(group, **Parts().load(dict(zip(_PARTS, parts, strict=False))))
