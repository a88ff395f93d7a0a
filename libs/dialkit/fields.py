"""The contract's kinds of values as marshmallow fields, each with its limit as argument.

A field does all of its checks in `_deserialize`, so that a bulk import can use it cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing, pre_load

from dialkit.body import without_nulls
from dialkit.secret import Secret

fields.Field.default_error_messages.update({"required": "Required", "null": "May not be null"})

# The Basic Multilingual Plane without controls (those of text direction too), line separators,
# surrogates and non-characters.
PRINTABLE = "\x20-\x7e\xa0-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
_DIGITS = re.compile(r"-?[0-9]{1,20}\Z")
_ONLY_DIGITS = re.compile(r"[0-9]*\Z")
_BETWEEN_NAMES = re.compile("[|,]")
_PHONE_PUNCTUATION = str.maketrans("", "", " ()-.+")
MAX_LIST_ID = 2**63 - 1
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_DATE_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T+]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?"
    r"(Z|[-+ ][0-9]{2}:[0-9]{2})?\Z",
    re.IGNORECASE,
)


class Fields(Schema):
    """Fields of a request; `aliases` are second names: `{"security_phrase": "security"}`.

    Parameters of a query that are `repeatable` are read as one text, with commas between them.
    """

    aliases: ClassVar[Mapping[str, str]] = {}
    repeatable: ClassVar[Collection[str]] = ()
    nulls_are_absent: ClassVar[bool] = False
    error_messages = {"unknown": "Unknown field"}  # noqa: RUF012 - marshmallow's own interface

    def keeps_user(self, given: Mapping[str, Any]) -> bool:
        """Whether `user` in a body like that is a field of its own, and not the request's tag."""
        return "user" in self.fields

    @pre_load
    def settle_names(self, data: Mapping[str, Any], **_: object) -> Mapping[str, Any]:
        """Give each field its first name, and drop nulls where they count as absent."""
        if self.nulls_are_absent:
            data = without_nulls(data)
        return one_name_each(data, self.aliases)


class Body(Fields):
    """Fields of a body: an unknown one is an error."""

    class Meta:
        """Unknown fields are refused by name."""

        unknown = RAISE


class NoFields(Body):
    """An empty body."""


class NewBody(Body):
    """Fields of something new: a null counts as absent."""

    nulls_are_absent = True


class Query(Fields):
    """Parameters of a query string: unknown ones are ignored."""

    class Meta:
        """Unknown parameters are ignored."""

        unknown = EXCLUDE


class Narrowed(NamedTuple):
    """A schema of the fields that a request has, and the values of those that it has not."""

    schema: Schema
    defaults: dict[str, Any]


@lru_cache(1024)
def narrowed(schema: Schema, given: frozenset[str]) -> Narrowed:
    """The schema without the fields that a request leaves out, but the required ones.

    marshmallow visits every field of a schema at each load; callers send the same few again and
    again.
    """
    aliases = schema.aliases if isinstance(schema, Fields) else {}
    names = given | {aliases[name] for name in given & aliases.keys()}
    needed = [name for name, field in schema.fields.items() if name in names or field.required]
    defaults = {
        name: field.load_default
        for name, field in schema.fields.items()
        if name not in needed and field.load_default is not missing
    }
    return Narrowed(type(schema)(only=needed), defaults)


def one_name_each(data: Mapping[str, Any], aliases: Mapping[str, str]) -> Mapping[str, Any]:
    """The fields under their first names. Raises: ValidationError where two names disagree."""
    used = [alias for alias in aliases if alias in data]
    if not used:
        return data
    named = dict(data)
    for alias in used:
        value, name = named.pop(alias), aliases[alias]
        if named.setdefault(name, value) != value:
            raise ValidationError({alias: [f"Differs from {name}, which is the same field"]})
    return named


def unprintable_or(characters: str) -> re.Pattern[str]:
    """Finds what is not printable, and each of the characters."""
    also = f"|[{re.escape(characters)}]" if characters else ""
    return re.compile(f"[^{PRINTABLE}]{also}")


class Text(fields.Field[str]):
    """Printable text of at most `limit` characters, outer spaces cut off."""

    refused: ClassVar[re.Pattern[str]] = unprintable_or("")

    def __init__(self, limit: int, *, least: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.limit = limit
        self.least = least

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        return self.sized(self.allowed(as_text(value).strip(" ")))

    def allowed(self, text: str) -> str:
        """The text, if all its characters are allowed."""
        found = self.refused.search(text)
        if found:
            raise ValidationError(not_allowed(found.group()))
        return text

    def sized(self, text: str) -> str:
        """The text, if it has an allowed length."""
        if len(text) > self.limit:
            raise ValidationError(f"Longer than {self.limit} characters")
        if len(text) < self.least:
            raise ValidationError("May not be empty" if not text else f"Shorter than {self.least}")
        return text


class Pattern(fields.Field[str]):
    """Text that matches a pattern as a whole; `why` tells what it must be."""

    def __init__(self, pattern: str, *, why: str, **options: Any) -> None:
        super().__init__(**options)
        self._matches = re.compile(rf"(?:{pattern})\Z").match
        self._why = why

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        text = as_text(value).strip(" ")
        if not self._matches(text):
            raise ValidationError(self._why)
        return text


class Status(Pattern):
    """The status of a lead."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            r"[-_0-9A-Za-z]{1,6}", why="Must be 1 to 6 characters of A-Z a-z 0-9 - _", **options
        )


class Password(fields.Field[Secret]):
    """A password that can be typed in; no error tells anything of it but which rule it breaks."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        # VICIdial's login pages drop all other characters from what is typed.
        self._matches = re.compile(rf"[-_0-9A-Za-z]{{{least},{most}}}\Z").match
        self._why = f"Must be {least} to {most} characters of A-Z a-z 0-9 - _"

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> Secret:
        text = as_text(value)
        if not self._matches(text):
            raise ValidationError(self._why)
        return Secret(text)


class Phone(fields.Field[str]):
    """A phone number of `least` to `most` digits; ` ( ) - . +` are dropped."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        return self.digits(as_text(value))

    def digits(self, text: str) -> str:
        """The digits of the text, if there are as many as there must be."""
        digits = without_punctuation(text)
        if not self.least <= len(digits) <= self.most or not _ONLY_DIGITS.match(digits):
            raise ValidationError(f"Must be {self.least} to {self.most} digits")
        return digits


class Integer(fields.Field[int]):
    """A whole number, also as digits in a string."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self._least, self._most = least, most

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> int:
        if isinstance(value, str) and _DIGITS.match(value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValidationError("Must be a whole number")
        if not self._least <= value <= self._most:
            raise ValidationError(f"Must be {self._least} to {self._most}")
        return value


class Choice(fields.Field[str]):
    """One of a few words; `also` gives other spellings of them."""

    def __init__(
        self, words: Collection[str], *, also: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self._meaning = {word: word for word in words} | dict(also or {})
        self._why = f"Must be one of: {', '.join(words)}"

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        try:
            return self._meaning[value]
        except (KeyError, TypeError):
            raise ValidationError(self._why) from None


class Flag(Choice):
    """VICIdial's `Y` and `N`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(("Y", "N"), **options)


class NameFilter(fields.Field[list[str]]):
    """Names in a query string, with `|` or `,` between them.

    At most `limit`, each as the field `one` says if it is given, in at most `most` characters.
    """

    def __init__(
        self,
        one: fields.Field[str] | None = None,
        *,
        limit: int | None = None,
        most: int,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._text = Text(most)
        self._one, self._limit = one or self._text, limit

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[str]:
        text = self._text.deserialize(value)
        names = [name for name in map(str.strip, _BETWEEN_NAMES.split(text)) if name]
        if self._limit is not None and len(names) > self._limit:
            raise ValidationError(f"More than {self._limit} names")
        return [str(self._one.deserialize(name)) for name in names]


class Date(fields.Field[date]):
    """A date, `YYYY-MM-DD`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> date:
        return parse_date(as_text(value).strip(" "))


class LocalDateTime(fields.Field[datetime]):
    """A date-time in any spelling of the contract; without offset it is in `TIMEZONE`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> datetime:
        return parse_datetime(as_text(value).strip(" "))


def as_text(value: Any) -> str:
    """Text, or a whole number as text. Raises: ValidationError."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValidationError("Must be a string")


def without_punctuation(text: str) -> str:
    """A phone number without ` ( ) - . +`."""
    return text.translate(_PHONE_PUNCTUATION)


def parse_date(text: str) -> date:
    """A date from 1000 to 9999, as the column's type has them. Raises: ValidationError."""
    try:
        if _DATE.match(text) and text >= "1000":
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValidationError("Must be a date, YYYY-MM-DD")


def parse_datetime(text: str) -> datetime:
    """A date-time, with its offset where it has one. Raises: ValidationError."""
    match = _DATE_TIME.match(text)
    if match and "1000" < text < "9999-12-30":
        day, time, offset = match.groups(default="")
        offset = offset.upper().replace("Z", "+00:00").replace(" ", "+")
        try:
            return datetime.fromisoformat(f"{day} {time}{offset}")
        except ValueError:
            pass
    raise ValidationError("Must be a date-time, YYYY-MM-DD HH:MM:SS or RFC 3339")


def not_allowed(character: str) -> str:
    """Why a character is refused, in a form that can be shown."""
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"Character not allowed: {shown}"
