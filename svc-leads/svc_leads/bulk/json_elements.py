"""Cutting a JSON array into its elements as it comes in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialkit.body import MalformedJson
from dialkit.errors import BadRequest

from svc_leads.bulk.records import Pieces

_QUOTE, _COMMA, _OPENS, _ENDS = ord('"'), ord(","), ord("["), ord("]")
_SPACE = re.compile(rb"[ \t\r\n]*")
_STRING_REST = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_WHOLE_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_INNER = re.compile(rb'(?:[^"\[\]{}]++|' + _WHOLE_STRING + rb")*+", re.DOTALL)
_OUTER = re.compile(rb'(?:[^"\[\]{},]++|' + _WHOLE_STRING + rb")*+", re.DOTALL)


class JsonElements(Pieces):
    """The elements of a JSON array.

    Raises MalformedJson where the array itself is damaged: nothing after that can be read.
    """

    def __init__(self) -> None:
        super().__init__()
        self._between = self._before_array
        self._inside = self._in_string = self._escaped = False
        self._depth = 0

    def feed(self, block: bytes) -> Iterator[bytes | None]:
        """The rows that this block completes."""
        place = 0
        while place < len(block):
            if not self._inside:
                place = self._skip_to_element(block, place)
                continue
            end = self._end_of_element(block, place)
            self.keep(block[place:end])
            if end < len(block):
                yield self.taken()
                self._inside = False
                self._between = self._after_element
            place = end

    def close(self) -> Iterator[bytes | None]:
        """Nothing: the array is at its end, or damaged."""
        if self._between not in {self._before_array, self._after_array} or self._inside:
            raise MalformedJson("The array has no end")
        yield from ()

    def _skip_to_element(self, block: bytes, place: int) -> int:
        place = _skip(_SPACE, block, place)
        if place == len(block):
            return place
        self._inside = not self._between(block[place])
        return place if self._inside else place + 1

    # What may stand outside of elements; True when the byte is no element's first.

    def _before_array(self, byte: int) -> bool:
        if byte != _OPENS:
            raise BadRequest("Body must be a JSON array")
        self._between = self._before_first
        return True

    def _before_first(self, byte: int) -> bool:
        if byte == _ENDS:
            self._between = self._after_array
            return True
        return self._before_next(byte)

    def _before_next(self, byte: int) -> bool:
        if byte in (_COMMA, _ENDS):
            raise MalformedJson("An element is missing")
        return False

    def _after_element(self, byte: int) -> bool:
        if byte not in (_COMMA, _ENDS):
            raise MalformedJson("A bracket is missing")
        self._between = self._before_next if byte == _COMMA else self._after_array
        return True

    def _after_array(self, byte: int) -> bool:
        raise MalformedJson("Something follows the array")

    def _end_of_element(self, block: bytes, place: int) -> int:
        """Where the delimiter after the element stands, or the block's end."""
        while place < len(block):
            if self._in_string:
                place = self._skip_string(block, place)
                continue
            place = _skip(_INNER if self._depth else _OUTER, block, place)
            if place == len(block) or self._is_end(block[place]):
                return place
            place += 1
        return place

    def _is_end(self, byte: int) -> bool:
        if byte == _QUOTE:
            self._in_string = True
        elif byte in b"[{":
            self._depth += 1
        elif byte in b"]}" and self._depth:
            self._depth -= 1
        else:
            return True
        return False

    def _skip_string(self, block: bytes, place: int) -> int:
        if self._escaped:
            self._escaped = False
            return place + 1
        place = _skip(_STRING_REST, block, place)
        if place < len(block):
            # A quote ends the string; else it is a backslash that is the block's last byte.
            self._in_string = block[place] != _QUOTE
            self._escaped = self._in_string
        return place + 1


def _skip(what: re.Pattern[bytes], block: bytes, place: int) -> int:
    match = what.match(block, place)
    return match.end() if match else place
