"""What the driver's errors mean, by number: its classes mix a lost server with wrong SQL."""

from __future__ import annotations

from dialkit.errors import TooSlow, Unavailable


class DuplicateKey(Exception):
    """A unique key is taken."""


class Deadlock(Unavailable):
    """The server chose this transaction to give way."""

    def __init__(self) -> None:
        super().__init__("Database is busy")


class LockNotGranted(Exception):
    """A named lock was not free in time."""


class UnfitValue(Exception):
    """The server refused a value that does not fit its column."""


class UnknownName(Exception):
    """A table or column is not (or no longer) there."""


class ImpossibleTable(Exception):
    """A table's definition that the server refuses: a row too long, values alike, a bad default."""

    @property
    def number(self) -> int:
        """The server's number: which of them it is."""
        return int(self.args[0])


class DuplicateColumn(Exception):
    """The table has a column of that name."""


class ConnectionLost(Unavailable):
    """The connection ended: a statement may or may not have been carried out."""

    def __init__(self) -> None:
        super().__init__("Database not available")


class TableBusy(Unavailable):
    """Others have not left a table or row in time."""

    def __init__(self) -> None:
        super().__init__("Database is busy")


class TableFull(Unavailable):
    """The server has no room for a row: on its disk, or in memory for a MEMORY table."""

    def __init__(self) -> None:
        super().__init__("Database has no room left")


class RightMissing(Unavailable):
    """The database user may not do what the service needs: its rights are to be mended."""

    def __init__(self) -> None:
        super().__init__("Database denies a right that the service needs")


class StatementTooSlow(TooSlow):
    """The server ended a statement at its time limit."""

    def __init__(self) -> None:
        super().__init__("Database took too long")


BAD_DEFAULT, VALUES_ALIKE = 1067, 1291
# A column too long, too many columns, a row too long.
_TOO_LONG = (1074, 1117, 1118)
_LOST = {1053, 1317, 1927, 2006, 2013, 2055}
_REFUSED = {1040, 1044, 1045, 1049, 1129, 1130, 1203, 1226, 1290, 2002, 2003, 2005, 2012,
            3118, 4151}  # fmt: skip
_MEANINGS: dict[int, type[Exception]] = (
    dict.fromkeys(_LOST, ConnectionLost)
    | dict.fromkeys((1969, 3024), StatementTooSlow)
    | {1205: TableBusy}
    | dict.fromkeys((1021, 1114), TableFull)
    | dict.fromkeys((1142, 1143, 1227), RightMissing)
    | dict.fromkeys((1062, 1586), DuplicateKey)
    | dict.fromkeys((1264, 1265, 1292, 1366, 1406), UnfitValue)
    | dict.fromkeys((1054, 1091, 1146), UnknownName)
    | {1060: DuplicateColumn}
    | dict.fromkeys((BAD_DEFAULT, VALUES_ALIKE, *_TOO_LONG), ImpossibleTable)
    # 1467: a deadlock over the next value of an AUTO_INCREMENT column.
    | dict.fromkeys((1213, 1467), Deadlock)
)
_WITH_OWN_TEXT = (
    ConnectionLost,
    Deadlock,
    RightMissing,
    StatementTooSlow,
    TableBusy,
    TableFull,
)


def translated(error: Exception) -> Exception:
    """Our word for the driver's error; itself where nobody foresaw it."""
    number = error.args[0] if error.args else None
    if isinstance(error, OSError):
        return ConnectionLost()
    if number in _REFUSED:
        return Unavailable("Database not available")
    meaning = _MEANINGS.get(number) if isinstance(number, int) else None
    if meaning is None:
        return error
    return meaning() if meaning in _WITH_OWN_TEXT else meaning(*error.args)
