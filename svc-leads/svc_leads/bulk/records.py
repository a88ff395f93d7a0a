"""Cutting a body into its rows as it comes in, whatever its blocks end with.

Each class takes blocks of bytes and gives the bytes of whole rows; None stands for a row that is
too long, whose end is still found.
"""

from __future__ import annotations

from collections.abc import Iterator

MAX_ROW = 64 * 1024
_QUOTE = ord('"')


class Pieces:
    """The row that is coming in: its pieces, as long as they are not too many."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._size = 0

    def keep(self, piece: bytes) -> None:
        """Add a piece."""
        self._size += len(piece)
        if self._size <= MAX_ROW:
            self._kept.append(piece)
        else:
            self._kept.clear()

    def taken(self) -> bytes | None:
        """The row, which is complete; None when it is too long."""
        row = b"".join(self._kept) if self._size <= MAX_ROW else None
        self._kept.clear()
        self._size = 0
        return row


class Lines(Pieces):
    """Lines, without their line feeds."""

    def feed(self, block: bytes) -> Iterator[bytes | None]:
        """The rows that this block completes."""
        *ended, rest = block.split(b"\n")
        for piece in ended:
            self.keep(piece)
            if self._goes_on():
                super().keep(b"\n")
            else:
                yield self.taken()
        self.keep(rest)

    def close(self) -> Iterator[bytes | None]:
        """The last row, where no line feed ends it."""
        if self._size:
            yield self.taken()

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

    def keep(self, piece: bytes) -> None:
        """Add a piece, and see where in the record it leads to."""
        super().keep(piece)
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

    def taken(self) -> bytes | None:
        """The record; a new one begins."""
        self._at = _CELL
        return super().taken()
