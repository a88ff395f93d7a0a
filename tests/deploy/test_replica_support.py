"""The replica that other tests trust: a server of its own, stopped and started by tests."""

import pymysql
import pytest
from pymysql.constants import CR
from support.database import TestDatabase
from support.replica import Replica


def test_a_replica_has_its_own_server_and_rows(db: TestDatabase, replica: Replica) -> None:
    replica.insert("vicidial_dnc", phone_number="5551234567")

    assert replica.port != db.port
    assert (replica.count("vicidial_dnc"), db.count("vicidial_dnc")) == (1, 0)
    assert replica.count("vicidial_statuses") == db.count("vicidial_statuses") == 50


def test_a_stopped_replica_takes_no_connection_and_comes_back_with_its_rows(
    replica: Replica,
) -> None:
    replica.insert("vicidial_dnc", phone_number="5551234567")

    replica.stop()
    with pytest.raises(pymysql.err.OperationalError) as refused:
        replica.connect_as("svc-reports")
    replica.start()

    assert refused.value.args[0] == CR.CR_CONN_HOST_ERROR
    assert replica.count("vicidial_dnc") == 1
    replica.connect_as("svc-reports").close()


@pytest.mark.parametrize("left_stopped", [False, True])
def test_empty_brings_the_stock_rows_back_after_a_restart(
    replica: Replica, left_stopped: bool
) -> None:
    replica.insert("vicidial_dnc", phone_number="5551234567")
    replica.fail_writes("vicidial_statuses")
    replica.execute("DELETE FROM vicidial_statuses")
    replica.stop()
    if not left_stopped:
        replica.start()
        replica.insert("vicidial_dnc", phone_number="5551234568")

    replica.empty()

    assert (replica.count("vicidial_dnc"), replica.count("vicidial_statuses")) == (0, 50)


def test_empty_notices_what_comes_after_a_restart(replica: Replica) -> None:
    replica.stop()
    replica.empty()
    replica.insert("vicidial_dnc", phone_number="5551234567")

    replica.empty()

    assert replica.count("vicidial_dnc") == 0
