"""The files in `vicidial/`: VICIdial's tables, columns, indexes and stock rows as facts."""

import re
from collections import defaultdict
from pathlib import Path

_FOLDER = Path(__file__).parent / "vicidial"
_ROWS = _FOLDER / "rows"
_ESCAPES = {"t": "\t", "n": "\n", "0": "\0"}


def facts(kind: str) -> list[list[str]]:
    """The lines of `tables`, `columns` or `indexes`, without their header."""
    return _read(_FOLDER / f"{kind}.tsv")[1:]


def facts_by_table(kind: str) -> dict[str, list[list[str]]]:
    """The same lines, by their first word, the table."""
    by_table = defaultdict(list)
    for table, *fact in facts(kind):
        by_table[table].append(fact)
    return dict(by_table)


def stock_tables() -> list[str]:
    """The tables that a fresh installation has rows in."""
    return sorted(path.stem for path in _ROWS.glob("*.tsv"))


def stock_rows(table: str) -> tuple[list[str], list[list[str | None]]]:
    """The columns, and the rows of a fresh installation."""
    columns, *rows = _read(_ROWS / f"{table}.tsv")
    return columns, [[_unescape(text) for text in row] for row in rows]


def _read(path: Path) -> list[list[str]]:
    # Not splitlines(), which also splits at characters that stand inside texts.
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [line.split("\t") for line in lines]


def _unescape(text: str) -> str | None:
    if text == "NULL":
        return None
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text)
