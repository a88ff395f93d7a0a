"""GET /api/v1/system/sounds, page by page."""

from itertools import chain

import pytest
from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.statements import explained, statements_sent
from support.system_lists import make_sound
from yarl import URL

SOUNDS = "/api/v1/system/sounds"
STAGES = pytest.mark.parametrize("stage", ["name", "date", "size"])


def next_url(link: str) -> URL:
    return URL(link.removeprefix("<").removesuffix('>; rel="next"'), encoded=True)


async def pages(telephony: Telephony, **query: str) -> list[list[str]]:
    """The file names of each page, up to the last one."""
    url, found = URL(SOUNDS).with_query(query), []
    while True:
        response = await telephony.get(url)
        assert response.status == 200
        found.append([one["audio_filename"] for one in (await response.json())["data"]])
        if "Link" not in response.headers:
            return found
        url = next_url(response.headers["Link"])


async def cursor(telephony: Telephony, stage: str) -> str:
    """The cursor behind the first file."""
    response = await telephony.get(SOUNDS, params={"stage": stage, "limit": "1"})
    return next_url(response.headers["Link"]).query["cursor"]


@ENGINES
@STAGES
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 12])
async def test_every_file_comes_once_though_others_have_its_value(
    telephony: Telephony, db: TestDatabase, engine: str, stage: str, limit: int
) -> None:
    values = [None, 0, 50, 50, 50, 2**64 - 1, 2**64 - 1, None, 0, 7, 50, 1]
    for number, value in enumerate(values):
        name = f"{'aB'[number % 2]}{number}.wav"
        make_sound(db, name, audio_epoch=value, audio_filesize=value)
    make_sound(db, "other.mp3", audio_epoch=50, audio_filesize=50)
    (at_once,) = await pages(telephony, stage=stage, limit="10000")

    found = await pages(telephony, stage=stage, limit=str(limit))

    assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)
    assert [*chain(*found)] == at_once
    assert len(set(at_once)) == len(at_once) == len(values)


@STAGES
async def test_files_of_any_name_have_a_next_page(
    telephony: Telephony, db: TestDatabase, stage: str
) -> None:
    odd = ["a&b=1", 'q"uo\'te', "back\\slash", "100%s", "%", "_", "plus+", "#?/", "a b", " a",
           "tab\there", "line\nbreak", "x\0y", "\x1f", "\x7f", "Zoë", "ß", "日本", "\u2028",
           "\ufffd", "a;b", "a,b", "x" * 246, "\x01" * 246, "日" * 246, "{}", "[]", ""]  # fmt: skip
    for name in odd:
        db.execute(
            "INSERT IGNORE INTO audio_store_details (audio_filename) VALUES (%s)", f"{name}.wav"
        )
    stored = {name for (name,) in db.rows("SELECT audio_filename FROM audio_store_details")}

    found = await pages(telephony, stage=stage, limit="1")

    assert sorted(chain(*found)) == sorted(stored)
    assert len(stored) >= 20  # some are one name for the unique index


async def test_a_link_keeps_the_other_parameters(telephony: Telephony, db: TestDatabase) -> None:
    for name in ("a.wav", "b.gsm", "c.wav"):
        make_sound(db, name)

    response = await telephony.get(SOUNDS, params={"format": "wav", "stage": "size", "limit": "1"})

    url = next_url(response.headers["Link"])
    assert url.path == SOUNDS
    assert list(url.query) == ["format", "stage", "limit", "cursor"]
    assert url.with_query({**url.query, "cursor": "x"}).query_string == (
        "format=wav&stage=size&limit=1&cursor=x"
    )


@pytest.mark.parametrize("stage", ["name", "date", "size"])
@pytest.mark.parametrize("other", ["name", "date", "size"])
async def test_a_cursor_is_one_of_its_stage(
    telephony: Telephony, db: TestDatabase, stage: str, other: str
) -> None:
    for name in ("a.wav", "b.wav"):
        make_sound(db, name)

    response = await telephony.get(
        SOUNDS, params={"stage": stage, "cursor": await cursor(telephony, other)}
    )

    answer = await response.json()
    if stage == other:
        assert [one["audio_filename"] for one in answer["data"]] == ["b.wav"]
    else:
        assert response.status == 400
        assert answer["details"] == {"cursor": [f"Not a cursor of stage {stage}"]}


async def test_a_page_goes_on_where_its_file_was_though_that_is_gone(
    telephony: Telephony, db: TestDatabase
) -> None:
    for name in ("a.wav", "b.wav", "c.wav"):
        make_sound(db, name)
    after = await cursor(telephony, "date")
    db.execute("DELETE FROM audio_store_details WHERE audio_filename = 'a.wav'")

    found = await pages(telephony, stage="date", cursor=after)

    assert found == [["b.wav", "c.wav"]]


@pytest.fixture
def many(db: TestDatabase) -> None:
    """Five thousand files."""
    db.execute(
        "INSERT INTO audio_store_details (audio_filename, audio_epoch)"
        " SELECT CONCAT(LPAD(seq, 5, '0'), '.wav'), seq FROM seq_1_to_5000"
    )


@pytest.mark.usefixtures("many")
@ENGINES
async def test_names_come_from_their_index_and_need_no_sorting(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    with statements_sent() as statements:
        found = await pages(telephony)

    assert len(statements) == len(found) == 5
    for statement in statements:
        (plan,) = explained(db, statement, "svc-telephony")
        assert (plan["table"], plan["key"]) == ("audio_store_details", "audio_filename")
        assert "filesort" not in plan["Extra"]
