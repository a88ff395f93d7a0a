"""Archives that a database does not have, or that its administrator could not grant."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from support.apps import Reports
from support.archives import NO_ARCHIVE, without
from support.call_logs import make_outbound_call
from support.database import TestDatabase
from support.did_logs import make_did_call

DAY = {"start_date": "2025-01-08", "end_date": "2025-01-08"}


@contextmanager
def not_granted(db: TestDatabase, table: str) -> Iterator[None]:
    """The table is not there, nor the right to it, which cannot be given where it is not."""
    user, _ = db.account("svc-reports")
    db.execute(f"REVOKE SELECT ON `{db.name}`.{table} FROM `{user}`@'%'")
    try:
        with without(db, table):
            yield
    finally:
        db.execute(f"GRANT SELECT ON `{db.name}`.{table} TO `{user}`@'%'")


@pytest.mark.parametrize("kind", ["json", "csv"])
@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("did-logs/export", "vicidial_did_log_archive"),
        ("agent-stats/export", "vicidial_agent_log_archive"),
        ("call-stats/dispo", "vicidial_log_archive"),
    ],
)
async def test_an_archive_without_a_right_to_it_is_not_there(
    reports: Reports, db: TestDatabase, path: str, table: str, kind: str
) -> None:
    with not_granted(db, table):
        response = await reports.get(
            f"/api/v1/{path}", params=DAY | {"archived": "Y", "format": kind}
        )
        answer = response.status, await response.json()

    assert answer == NO_ARCHIVE


async def test_look_ups_find_nothing_in_such_an_archive(reports: Reports, db: TestDatabase) -> None:
    make_did_call(db)
    make_outbound_call(db, uniqueid="1.1")

    with (
        not_granted(db, "vicidial_closer_log_archive"),
        not_granted(db, "vicidial_log_extended_archive"),
    ):
        calls = await reports.get("/api/v1/did-logs/export", params=DAY)
        call = await reports.get("/api/v1/calls/1.1/info")
        rows, info = await calls.json(), await call.json()

    assert [row["length_in_sec"] for row in rows["data"]] == [0]
    assert (call.status, info["data"]["caller_code"]) == (200, None)
