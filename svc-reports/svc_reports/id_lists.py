"""Lists of IDs in queries (contract: reports.md, C7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dialkit import fields
from dialkit.collation import folded
from dialkit.db import Queries
from dialkit.errors import InvalidInput
from dialkit.references import Reference, find
from marshmallow import ValidationError
from marshmallow.fields import Field

from svc_reports.references import Thing

_MOST = 500
_DASH = "-"
# What an unset list says in VICIdial, for whichever kind.
_ALL = {
    "---ALL---", "ALLCAMPAIGNS", "ALLGROUPS", "ALLSTATUSES", "ALLCATEGORIES", "ALLUSERS",
    "ALLDIDS", "ALLPATTERNS",
}  # fmt: skip


class Kind(NamedTuple):
    """What IDs are of: the field of one, and where those that exist stand."""

    one: Field[str]
    places: tuple[Reference, ...] = ()


CAMPAIGNS = Kind(fields.Text(8, least=1), (Thing.CAMPAIGN,))
IN_GROUPS = Kind(fields.Text(20, least=1), (Thing.IN_GROUP,))
STATUSES = Kind(fields.Text(6, least=1), (Thing.STATUS, Thing.CAMPAIGN_STATUS))
CATEGORIES = Kind(fields.Text(20, least=1), (Thing.CATEGORY, Thing.CAMPAIGN_CATEGORY))
USERS = Kind(fields.Text(20, least=1), (Thing.USER,))
USER_GROUPS = Kind(fields.Text(20, least=1), (Thing.USER_GROUP,))
# No digits with a dash between them are the number of a DID.
DID_IDS = Kind(fields.Pattern(r"[0-9]{1,9}", why="Must be 1 to 9 digits"))
DID_PATTERNS = Kind(fields.Text(50, least=1), (Thing.DID_PATTERN,))


class DashList(NamedTuple):
    """A value that is an ID, where one like it exists, or else a list of IDs."""

    text: str
    kind: Kind

    def divided(self) -> list[str] | None:
        """The IDs between the dashes. Raises: ValidationError."""
        return _checked(self.text.split(_DASH), self.kind.one)


class IdList(Field[Any]):
    """IDs of a kind with commas between them, or in VICIdial's way with dashes.

    Loads as a list of IDs, as None for all of them, or as what `settled` makes one of these.
    """

    def __init__(self, kind: Kind, **options: Any) -> None:
        super().__init__(**options)
        self._kind = kind

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> Any:
        text = fields.as_text(value).strip(" ")
        if "," in text or _DASH not in text or _means_all(text):
            return _checked(text.split(","), self._kind.one)
        dashes = DashList(text, self._kind)
        return dashes if _may_exist(dashes) else dashes.divided()


async def settled(db: Queries, query: Mapping[str, Any]) -> dict[str, Any]:
    """The query with its dash lists divided, those that are no ID. Raises: InvalidInput."""
    dashed = {name: value for name, value in query.items() if isinstance(value, DashList)}
    there = await find(
        db,
        {
            f"{name} {reference.table}": (reference, value.text)
            for name, value in dashed.items()
            for reference in value.kind.places
        },
    )
    exist = {place.split(" ")[0] for place in there}
    lists: dict[str, Any] = {name: [dashed[name].text] for name in exist}
    refused = dict[str, Any]()
    for name in dashed.keys() - exist:
        try:
            lists[name] = dashed[name].divided()
        except ValidationError as error:
            refused[name] = error.messages
    if refused:
        raise InvalidInput(refused)
    return {**query, **lists}


def _means_all(text: str) -> bool:
    return text.upper() in _ALL


def _may_exist(dashes: DashList) -> bool:
    """Whether the text as a whole can be an ID of its kind."""
    try:
        dashes.kind.one.deserialize(dashes.text)
    except ValidationError:
        return False
    return bool(dashes.kind.places)


def _checked(pieces: Iterable[str], one: Field[str]) -> list[str] | None:
    """The IDs, each once; None where a word for all is among them. Raises: ValidationError."""
    texts = [text for piece in pieces if (text := piece.strip(" "))]
    if any(map(_means_all, texts)):
        return None
    if not texts:
        raise ValidationError("May not be empty")
    if len(texts) > _MOST:
        raise ValidationError(f"At most {_MOST}")
    ids = dict[str, str]()
    for text in texts:
        ids.setdefault(folded(text), _id(text, one))
    return list(ids.values())


def _id(text: str, one: Field[str]) -> str:
    """One ID. Raises: ValidationError that tells which."""
    try:
        return str(one.deserialize(text))
    except ValidationError as refused:
        raise ValidationError(f"{text!r:.60}: {refused.messages[0]}") from None
