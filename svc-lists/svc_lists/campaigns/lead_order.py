"""The orders in which a campaign dials its leads, in VICIdial's words."""

from __future__ import annotations

from typing import Any

from dialkit import fields

_BY = "PHONE|LAST NAME|COUNT|LAST CALL TIME|RANK|OWNER|TIMEZONE"


class LeadOrder(fields.Pattern):
    """`DOWN`, `UP LAST NAME`, `RANDOM 2nd NEW`: by what, and whether each nth lead is a new one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            rf"(?:RANDOM|(?:UP|DOWN)(?: (?:{_BY}))?)(?: (?:2nd|3rd|4th|5th|6th) NEW)?",
            why=(
                f"Must be RANDOM, UP, DOWN, or UP or DOWN with one of: {_BY.replace('|', ', ')};"
                " each also with 2nd, 3rd, 4th, 5th or 6th NEW behind it"
            ),
            **options,
        )
