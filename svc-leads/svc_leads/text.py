"""What text a lead may carry (contract: leads.md, "Text").

VICIdial pastes lead columns into shell commands, SQL and HTML without escaping: these are rules of
safety. A stored `;` or `$(` can run as a command on the dialer when a call URL carries the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from dialkit import fields
from marshmallow.fields import Field

LINE_BREAK = "!N"
_ALIEN = rf"[^{fields.PRINTABLE}]"
_DANGEROUS = r'["\\;|<>`]|\$(?![0-9 ])'
_NOT_TEXT = re.compile(rf"{_ALIEN}|{_DANGEROUS}")
_NOT_CODE = re.compile(rf"{_ALIEN}|{_DANGEROUS}|['$]")
_ANY_BREAK = re.compile(r"\r\n|\r|\n")


@runtime_checkable
class Cleanable(Protocol):
    """A field whose characters `clean_text` may remove."""

    def cleaned(self, value: Any) -> Any:
        """The value without what is not allowed; what is no text is left as it is."""


class LeadText(fields.Text):
    """TEXT: printable, and nothing that a shell, SQL or HTML could take for its own."""

    refused = _NOT_TEXT

    def cleaned(self, value: Any) -> Any:
        """The value without what is not allowed (`clean_text`), as VICIdial does silently."""
        if not isinstance(value, str):
            return value
        text, before = self.refused.sub("", value.strip(" ")).strip(" "), None
        while text != before:  # what is cut off can leave a `$` at the end
            text, before = self.refused.sub("", text).strip(" "), text
        return text


class Code(LeadText):
    """CODE: TEXT without `'` and `$`."""

    refused = _NOT_CODE


class Note(LeadText):
    """NOTE: TEXT and line breaks, which are stored as VICIdial's `!N`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        text = _ANY_BREAK.sub(LINE_BREAK, fields.as_text(value).strip(" "))
        return self.sized(self.allowed(text))

    def cleaned(self, value: Any) -> Any:
        """The value without what is not allowed, line breaks kept."""
        if not isinstance(value, str):
            return value
        return super().cleaned(_ANY_BREAK.sub(LINE_BREAK, value))


class Status(fields.Status):
    """A status; `CALLBACK`, which does not fit the column, is VICIdial's `CALLBK`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        return super()._deserialize("CALLBK" if value == "CALLBACK" else value, attr, data)


def clean(data: Mapping[str, Any], declared: Mapping[str, Field[Any]]) -> dict[str, Any]:
    """The fields with their texts cleaned."""
    return {
        name: field.cleaned(value) if isinstance(field := declared.get(name), Cleanable) else value
        for name, value in data.items()
    }


def shown_note(stored: str | None) -> str | None:
    """A stored note with real line breaks."""
    return stored.replace(LINE_BREAK, "\n") if stored else stored
