"""Which of an owner's entries a statement is about, and their order."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """An entry's place among its owner's; a missing number counts as an empty one."""

    areacode: str
    outbound_cid: str


class Span(NamedTuple):
    """An area code's entries, or a number's; those between two places."""

    owner_id: str
    areacode: str | None = None
    outbound_cid: str | None = None
    after: Key | None = None
    upto: Key | None = None

    def where(self) -> tuple[str, list[str]]:
        """The condition and its values; the index campareacode has all three columns."""
        conditions, params = ["campaign_id = %s"], [self.owner_id]
        if self.areacode is not None:
            conditions.append("areacode = %s")
            params.append(self.areacode)
        if self.outbound_cid is not None:
            conditions.append("outbound_cid = %s")
            params.append(self.outbound_cid)
        if self.after is not None:
            conditions.append("(areacode > %s OR (areacode = %s AND outbound_cid > %s))")
            params += [self.after.areacode, *self.after]
        if self.upto is not None:
            conditions.append(
                "(areacode < %s OR (areacode = %s"
                " AND (outbound_cid <= %s OR outbound_cid IS NULL)))"
            )
            params += [self.upto.areacode, *self.upto]
        return " AND ".join(conditions), params

    def order(self) -> str:
        """The columns to sort by: with one that is fixed the server would leave the index."""
        fixed = {"areacode": self.areacode, "outbound_cid": self.outbound_cid}
        return ", ".join(column for column in fixed if fixed[column] is None) or "areacode"
