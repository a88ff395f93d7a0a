"""Cutting a body into its rows as it comes in, whatever its blocks end with.

Each class takes blocks of bytes and gives the bytes of whole rows; None stands for a row that is
too long, whose end is still found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialkit.body import MalformedJson
from dialkit.errors import BadRequest

MAX_ROW = 64 * 1024
_QUOTE, _DELIMITERS = ord('"'), b",]"
_SPACE = re.compile(rb"[ \t\r\n]*")
_STRING_REST = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_WHOLE_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_INNER = re.compile(rb'(?:[^"\[\]{}]++|' + _WHOLE_STRING + rb")*+", re.DOTALL)
_OUTER = re.compile(rb'(?:[^"\[\]{},]++|' + _WHOLE_STRING + rb")*+", re.DOTALL)


class _Pieces:
    """The row that is coming in: its pieces, as long as they are not too many."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._size = 0

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size <= MAX_ROW:
            self._kept.append(piece)
        else:
            self._kept.clear()

    def _taken(self) -> bytes | None:
        row = b"".join(self._kept) if self._size <= MAX_ROW else None
        self._kept.clear()
        self._size = 0
        return row


class Lines(_Pieces):
    """Lines, without their line feeds."""

    def feed(self, block: bytes) -> Iterator[bytes | None]:
        """The rows that this block completes."""
        *ended, rest = block.split(b"\n")
        for piece in ended:
            self._keep(piece)
            if self._goes_on():
                super()._keep(b"\n")
            else:
                yield self._taken()
        self._keep(rest)

    def close(self) -> Iterator[bytes | None]:
        """The last row, where no line feed ends it."""
        if self._size:
            yield self._taken()

    def _goes_on(self) -> bool:
        """Whether the row has a line break in it here, not its end."""
        return False


# Where in a CSV record the bytes so far have led to.
_CELL, _PLAIN, _QUOTED, _AFTER_QUOTE = "at a cell's start", "in a cell", "in quotes", "after quotes"


class CsvRecords(Lines):
    """CSV records (RFC 4180): lines, but for line breaks inside of quotes."""

    def __init__(self, delimiter: str) -> None:
        super().__init__()
        self._delimiter = delimiter.encode()
        self._at = _CELL

    def _goes_on(self) -> bool:
        return self._at is _QUOTED

    def _keep(self, piece: bytes) -> None:
        super()._keep(piece)
        place = 0
        while place < len(piece):
            place = self._step(piece, place)

    def _step(self, piece: bytes, place: int) -> int:
        """Move on to the next place where something changes."""
        if self._at is _PLAIN:
            return self._skip_plain(piece, place)
        if self._at is _QUOTED:
            place = piece.find(b'"', place)
            self._at = _QUOTED if place < 0 else _AFTER_QUOTE
            return place + 1 if place >= 0 else len(piece)
        if piece[place] == _QUOTE:  # it opens the cell, or is the second of a pair
            self._at = _QUOTED
            return place + 1
        self._at = _PLAIN
        return place

    def _skip_plain(self, piece: bytes, place: int) -> int:
        # Most lines have no quotes at all: then only their last byte matters.
        ahead = len(piece) - 1 if piece.find(b'"', place) < 0 else place
        place = piece.find(self._delimiter, ahead) + 1
        if not place:
            return len(piece)
        self._at = _CELL
        return place

    def _taken(self) -> bytes | None:
        self._at = _CELL
        return super()._taken()


class JsonElements(_Pieces):
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
            self._keep(block[place:end])
            if end < len(block):
                yield self._taken()
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
        if byte != ord("["):
            raise BadRequest("Body must be a JSON array")
        self._between = self._before_first
        return True

    def _before_first(self, byte: int) -> bool:
        if byte == ord("]"):
            self._between = self._after_array
            return True
        return self._before_next(byte)

    def _before_next(self, byte: int) -> bool:
        if byte in _DELIMITERS:
            raise MalformedJson("An element is missing")
        return False

    def _after_element(self, byte: int) -> bool:
        if byte not in _DELIMITERS:
            raise MalformedJson("A bracket is missing")
        self._between = self._before_next if byte == ord(",") else self._after_array
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
