"""POST /api/v1/dids/{did_id}/copy: steps that fail, and requests that meet."""

import asyncio
from contextlib import closing

import pytest
from support.answers import refused
from support.apps import Start, Telephony
from support.changes import changes, paused
from support.database import ENGINES, TestDatabase
from support.dids import NOT_FOUND, PATTERN, TAKEN, copied, copy, did_row, make_did, patterns
from support.named_locks import asked_for, free, held_by_another, without_patience
from support.statements import statements_sent

SECOND, THIRD, FOURTH = "18005555678", "18005559012", "18005553456"


@pytest.fixture(autouse=True)
def did(db: TestDatabase) -> None:
    """A DID."""
    make_did(db)


def delete_source(db: TestDatabase) -> None:
    """What an administrator does."""
    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        cursor.execute("DELETE FROM vicidial_inbound_dids WHERE did_id = 12")


@ENGINES
async def test_a_repeat_finishes_what_was_half_copied(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_inbound_dids", where=f"NEW.did_pattern = '{THIRD}'")
    broken, _ = await copy(telephony, SECOND, THIRD, FOURTH)
    found, logged = patterns(db), changes(db)
    db.mend_writes("vicidial_inbound_dids")

    status, envelope = await copy(telephony, SECOND, THIRD, FOURTH)

    kept = engine == "MyISAM"
    assert (broken, logged) == (500, [])
    assert found == ([PATTERN, SECOND] if kept else [PATTERN])
    assert (status, envelope["data"]["skipped"]) == (200, [SECOND] if kept else [])
    assert patterns(db) == [PATTERN, SECOND, THIRD, FOURTH]
    assert len(changes(db)) == 1


@ENGINES
async def test_copies_stay_though_their_log_row_is_lost(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await copy(telephony, SECOND, THIRD)
    found = patterns(db)
    db.mend_writes("vicidial_admin_log")

    status, envelope = await copy(telephony, SECOND, THIRD)

    kept = engine == "MyISAM"
    assert (broken, found) == (500, [PATTERN, SECOND, THIRD] if kept else [PATTERN])
    assert (status, envelope) == TAKEN if kept else status == 200
    assert patterns(db) == [PATTERN, SECOND, THIRD]
    assert len(changes(db)) == (0 if kept else 1)


@ENGINES
async def test_a_source_that_is_just_going_is_a_404(telephony: Telephony, db: TestDatabase) -> None:
    async with paused(db, "vicidial_inbound_dids", "BEFORE DELETE"):
        deletion = asyncio.create_task(asyncio.to_thread(delete_source, db))
        await db.until_waiting(1)
        request = asyncio.create_task(copy(telephony, SECOND))
        await db.until_waiting(2)
    await deletion

    assert await request == NOT_FOUND
    assert (patterns(db), changes(db)) == ([], [])


async def test_copies_that_a_source_leaves_behind_are_logged(
    telephony: Telephony, db: TestDatabase
) -> None:
    async with paused(db, "vicidial_inbound_dids", "BEFORE INSERT"):
        request = asyncio.create_task(copy(telephony, SECOND, THIRD))
        await db.until_waiting(1)
        deletion = asyncio.create_task(asyncio.to_thread(delete_source, db))
        await db.until_waiting(2)  # before the second copy
    await deletion

    assert await request == NOT_FOUND
    assert patterns(db) == [SECOND]
    assert changes(db) == [
        ("DIDS", "COPY", "13", "ADMIN API COPY DIDS",
         f"DID Source: {PATTERN} Inserts: 1 Insert Errors: 0\n{SECOND}: did_id 13")
    ]  # fmt: skip


@ENGINES
async def test_two_copies_to_the_same_patterns_share_them(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    new = [f"1900555{place:04}" for place in range(20)]
    with db.hold("vicidial_inbound_dids"):
        both = [
            asyncio.create_task(copy(one, *order))
            for one, order in zip(instances, (new, new[::-1]), strict=True)
        ]
        await db.until_waiting(2)

    answers = await asyncio.gather(*both)

    done = [envelope["data"]["copied"] for status, envelope in answers if status == 200]
    made = [one["did_pattern"] for copies in done for one in copies]
    assert {status for status, _ in answers} <= {200, 409}
    assert sorted(made) == new
    assert sorted(patterns(db)) == sorted([PATTERN, *new])
    assert len(changes(db)) == len(done)


@ENGINES
async def test_copies_of_two_sources_to_the_same_patterns_share_them(
    start_telephony: Start, db: TestDatabase
) -> None:
    make_did(db, 11, "18005550000", group_id="SUPPORT")
    instances = [await start_telephony() for _ in range(2)]
    new = [f"1900555{place:04}" for place in range(20)]

    answers = await asyncio.gather(
        copy(instances[0], *new), copy(instances[1], *new[::-1], did_id=11)
    )

    group = {12: "SALES", 11: "SUPPORT"}
    done = [envelope["data"] for status, envelope in answers if status == 200]
    made = {one["did_id"]: group[data["source_did_id"]] for data in done for one in data["copied"]}
    assert len(made) == 20
    assert {did_id: did_row(db, did_id)["group_id"] for did_id in made} == made
    assert len(changes(db)) == len(done)


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_copies_of_two_sources_never_wait_for_one_another(
    start_telephony: Start, db: TestDatabase
) -> None:
    make_did(db, 11, "18005550000", group_id="SUPPORT")
    instances = [await start_telephony() for _ in range(2)]
    new = [f"1900555{place:04}" for place in range(100)]

    for _ in range(5):
        answers = await asyncio.gather(
            copy(instances[0], *new), copy(instances[1], *new, did_id=11)
        )

        assert {status for status, _ in answers} <= {200, 409}
        assert sorted(patterns(db)) == ["18005550000", PATTERN, *new]
        db.execute("DELETE FROM vicidial_inbound_dids WHERE did_id > 12")


@ENGINES
async def test_while_others_copy_nothing_is_written(
    telephony: Telephony, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_patience(monkeypatch)

    with held_by_another(db, "copy-dids"):
        answer = await copy(telephony, SECOND)

    assert answer == refused(409, "DIDs are being copied")
    assert (patterns(db), changes(db)) == ([PATTERN], [])
    assert free(db, "copy-dids")


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_others_copy_only_after_the_commit(telephony: Telephony, db: TestDatabase) -> None:
    with statements_sent() as statements:
        await copy(telephony, SECOND)

    assert asked_for(db, statements) == [("copy-dids", 5)]
    words = [one.sql.split("(")[0] for one in statements]
    assert words[-2:] == ["COMMIT", "SELECT RELEASE_LOCK"]


@ENGINES
async def test_the_lock_is_free_after_every_answer(telephony: Telephony, db: TestDatabase) -> None:
    db.fail_writes("vicidial_inbound_dids")
    found = [((await copy(telephony, SECOND))[0], free(db, "copy-dids"))]
    db.mend_writes("vicidial_inbound_dids")
    for did_id in (12, 12, 13_000):
        status, _ = await copy(telephony, SECOND, did_id=did_id)
        found.append((status, free(db, "copy-dids")))

    assert found == [(500, True), (200, True), (409, True), (404, True)]


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_pattern_that_is_just_being_taken_is_skipped(
    telephony: Telephony, db: TestDatabase
) -> None:
    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        page.begin()
        cursor.execute(
            "INSERT INTO vicidial_inbound_dids (did_id, did_pattern) VALUES (13, %s)", (SECOND,)
        )
        request = asyncio.create_task(copy(telephony, SECOND, THIRD))
        await db.until_waiting(1)
        page.commit()

    status, envelope = await request
    (made,) = envelope["data"]["copied"]
    assert (status, envelope) == copied((made["did_id"], THIRD), skipped=(SECOND,))[:2]
    assert (did_row(db, 13)["group_id"], did_row(db, made["did_id"])["group_id"]) == (None, "SALES")
