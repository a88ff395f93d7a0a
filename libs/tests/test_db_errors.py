"""What the driver's errors mean."""

import pymysql
import pytest
from dialkit.db_errors import (
    BAD_DEFAULT,
    VALUES_ALIKE,
    ConnectionLost,
    Deadlock,
    DuplicateColumn,
    DuplicateKey,
    ImpossibleTable,
    RightMissing,
    StatementTooSlow,
    TableBusy,
    TableFull,
    UnfitValue,
    UnknownName,
    translated,
)
from dialkit.errors import ApiError, Unavailable

SERVER_SAYS = "what the server says"


@pytest.mark.parametrize(
    ("number", "meaning"),
    [
        pytest.param(1062, DuplicateKey, id="duplicate entry"),
        pytest.param(1586, DuplicateKey, id="duplicate entry, with the key's name"),
        pytest.param(1213, Deadlock, id="deadlock"),
        pytest.param(1467, Deadlock, id="deadlock over an auto-increment value"),
        pytest.param(1264, UnfitValue, id="out of range"),
        pytest.param(1265, UnfitValue, id="data truncated"),
        pytest.param(1292, UnfitValue, id="incorrect date"),
        pytest.param(1366, UnfitValue, id="incorrect string or integer"),
        pytest.param(1406, UnfitValue, id="data too long"),
        pytest.param(1054, UnknownName, id="unknown column"),
        pytest.param(1146, UnknownName, id="no such table"),
        pytest.param(1060, DuplicateColumn, id="column twice"),
        pytest.param(1067, ImpossibleTable, id="invalid default"),
        pytest.param(1074, ImpossibleTable, id="column too long"),
        pytest.param(1117, ImpossibleTable, id="too many columns"),
        pytest.param(1118, ImpossibleTable, id="row too long"),
        pytest.param(1291, ImpossibleTable, id="values alike"),
        pytest.param(1969, StatementTooSlow, id="time limit of MariaDB"),
        pytest.param(3024, StatementTooSlow, id="time limit of MySQL"),
        pytest.param(1053, ConnectionLost, id="server shuts down"),
        pytest.param(1317, ConnectionLost, id="query killed"),
        pytest.param(1927, ConnectionLost, id="connection killed"),
        pytest.param(2006, ConnectionLost, id="server gone away"),
        pytest.param(2013, ConnectionLost, id="lost during query"),
        pytest.param(2055, ConnectionLost, id="lost, with the system's error"),
        pytest.param(1040, Unavailable, id="too many connections"),
        pytest.param(1045, Unavailable, id="access denied"),
        pytest.param(1205, TableBusy, id="lock wait timeout"),
        pytest.param(1114, TableFull, id="no room in memory"),
        pytest.param(1021, TableFull, id="no room on the disk"),
        pytest.param(1142, RightMissing, id="a right on a table that is missing"),
        pytest.param(1143, RightMissing, id="a right on a column that is missing"),
        pytest.param(1290, Unavailable, id="read only"),
        pytest.param(2003, Unavailable, id="cannot connect"),
        pytest.param(4151, Unavailable, id="account locked"),
    ],
)
def test_an_errors_number_tells_its_meaning(number: int, meaning: type[Exception]) -> None:
    found = translated(pymysql.err.OperationalError(number, SERVER_SAYS))

    assert type(found) is meaning
    # Only what never leaves as an answer keeps the server's words.
    assert (SERVER_SAYS in str(found)) is not isinstance(found, ApiError)


@pytest.mark.parametrize("number", [BAD_DEFAULT, VALUES_ALIKE])
def test_a_table_that_cannot_be_tells_why(number: int) -> None:
    found = translated(pymysql.err.OperationalError(number, SERVER_SAYS))

    assert isinstance(found, ImpossibleTable)
    assert found.number == number


@pytest.mark.parametrize("error", [ConnectionResetError(104, "reset"), TimeoutError(), OSError(2)])
def test_an_error_of_the_network_is_a_lost_connection(error: OSError) -> None:
    assert type(translated(error)) is ConnectionLost


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(pymysql.err.ProgrammingError(1064, SERVER_SAYS), id="wrong SQL"),
        pytest.param(pymysql.err.OperationalError(1644, SERVER_SAYS), id="raised by a trigger"),
        pytest.param(pymysql.err.InterfaceError("(0, '')"), id="without a number"),
        pytest.param(pymysql.err.MySQLError(), id="without anything"),
    ],
)
def test_what_nobody_foresaw_stays_what_it_is(error: Exception) -> None:
    assert translated(error) is error
