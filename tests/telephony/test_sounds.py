"""GET /api/v1/system/sounds: the files of the audio store."""

from typing import Any

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.live_answers import shown
from support.system_lists import make_sound

SOUNDS = "/api/v1/system/sounds"


async def names(telephony: Telephony, **query: str) -> list[str]:
    return [one["audio_filename"] for one in await shown(telephony, SOUNDS, **query)]


@pytest.mark.parametrize("stage", ["name", "date", "size"])
async def test_columns_without_a_value_are_null(
    telephony: Telephony, db: TestDatabase, stage: str
) -> None:
    columns = ("audio_format", "audio_filesize", "audio_length", "audio_epoch",
               "wav_format_details", "wav_asterisk_valid")  # fmt: skip
    make_sound(db, "odd.wav", **dict.fromkeys(columns))

    (sound,) = await shown(telephony, SOUNDS, stage=stage)

    assert sound == {
        "audio_filename": "odd.wav", "audio_name": "odd", "audio_date": None,
    } | dict.fromkeys(columns)  # fmt: skip


@pytest.mark.parametrize(
    ("epoch", "date"),
    [
        pytest.param(0, None, id="none"),
        pytest.param(1, "1970-01-01T00:00:01Z", id="first"),
        pytest.param(1752003045, "2025-07-08T19:30:45Z", id="summer"),
        pytest.param(253402300799, "9999-12-31T23:59:59Z", id="last of the calendar"),
        pytest.param(253402300800, None, id="behind the calendar"),
        pytest.param(2**64 - 1, None, id="highest"),
    ],
)
async def test_the_date_is_that_of_the_epoch(
    telephony: Telephony, db: TestDatabase, epoch: int, date: str | None
) -> None:
    make_sound(db, audio_epoch=epoch)

    (sound,) = await shown(telephony, SOUNDS)

    assert (sound["audio_epoch"], sound["audio_date"]) == (epoch, date)


async def test_numbers_may_be_as_high_as_their_columns(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_sound(db, audio_filesize=2**64 - 1, audio_length=2**32 - 1, wav_asterisk_valid="BAD")

    (sound,) = await shown(telephony, SOUNDS, stage="size")

    assert (sound["audio_filesize"], sound["audio_length"]) == (2**64 - 1, 2**32 - 1)
    assert sound["wav_asterisk_valid"] == "BAD"


async def test_the_name_is_that_of_the_file_without_its_ending(
    telephony: Telephony, db: TestDatabase
) -> None:
    for filename in ("a.b.wav", "c.wav.gsm", "D.WAV", ".gsm"):
        make_sound(db, filename)

    sounds = await shown(telephony, SOUNDS)

    found = {sound["audio_filename"]: sound["audio_name"] for sound in sounds}
    assert found == {".gsm": "", "a.b.wav": "a.b", "c.wav.gsm": "c.wav", "D.WAV": "D"}


async def test_the_format_is_what_the_column_says(telephony: Telephony, db: TestDatabase) -> None:
    make_sound(db, "a.wav", audio_format="unknown")
    make_sound(db, "b.gsm", audio_format="wav")

    sounds = await shown(telephony, SOUNDS, format="wav")

    assert [(one["audio_filename"], one["audio_format"]) for one in sounds] == [
        ("a.wav", "unknown")
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["a.wav", "b.gsm", "c.WAV", "d.wav"], id="both"),
        pytest.param({"format": ""}, ["a.wav", "b.gsm", "c.WAV", "d.wav"], id="empty"),
        pytest.param({"format": "wav"}, ["a.wav", "c.WAV", "d.wav"], id="wav"),
        pytest.param({"format": "gsm"}, ["b.gsm"], id="gsm"),
    ],
)
async def test_files_are_chosen_by_their_ending(
    telephony: Telephony, db: TestDatabase, query: dict[str, str], found: list[str]
) -> None:
    for filename in ("d.wav", "c.WAV", "b.gsm", "a.wav"):
        make_sound(db, filename)
    for filename in ("e.mp3", "wav", "gsm", "e wav", "e.wav.sln", "e.wav.", "e.wave", "e.ulaw"):
        make_sound(db, filename, audio_format="wav")

    assert await names(telephony, **query) == found


@pytest.mark.parametrize(
    ("query", "order"),
    [
        pytest.param({}, "aBcd", id="by name if nothing else is said"),
        pytest.param({"stage": "name"}, "aBcd", id="by name"),
        pytest.param({"stage": "date"}, "Bcad", id="latest first"),
        pytest.param({"stage": "size"}, "dBca", id="largest first"),
    ],
)
async def test_files_come_in_the_order_of_the_stage(
    telephony: Telephony, db: TestDatabase, query: dict[str, str], order: str
) -> None:
    for name, epoch, size in (("d", None, 900), ("c", 50, 500), ("B", 50, 500), ("a", 7, None)):
        make_sound(db, f"{name}.wav", audio_epoch=epoch, audio_filesize=size)

    assert await names(telephony, **query) == [f"{name}.wav" for name in order]


@pytest.mark.parametrize(
    ("query", "number"),
    [({}, 1000), ({"limit": "1"}, 1), ({"limit": "10000"}, 10_000), ({"limit": ""}, 1000)],
)
async def test_a_page_has_as_many_files_as_the_limit_says(
    telephony: Telephony, db: TestDatabase, query: dict[str, str], number: int
) -> None:
    db.execute(
        "INSERT INTO audio_store_details (audio_filename)"
        " SELECT CONCAT(seq, '.wav') FROM seq_1_to_10001"
    )

    response = await telephony.get(SOUNDS, params=query)

    assert len((await response.json())["data"]) == number
    assert "Link" in response.headers


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"stage": "NAME"}, "stage", id="stage in capitals"),
        pytest.param({"stage": "rank"}, "stage", id="unknown stage"),
        pytest.param({"format": "mp3"}, "format", id="unknown format"),
        pytest.param({"format": ".wav"}, "format", id="format with a dot"),
        pytest.param({"limit": "0"}, "limit", id="no row"),
        pytest.param({"limit": "10001"}, "limit", id="too many rows"),
        pytest.param({"limit": "ten"}, "limit", id="limit in words"),
        pytest.param({"cursor": "!"}, "cursor", id="no cursor"),
        pytest.param({"cursor": "A" * 3001}, "cursor", id="long cursor"),
    ],
)
async def test_a_query_that_is_refused(
    telephony: Telephony, query: dict[str, str], field: str
) -> None:
    response = await telephony.get(SOUNDS, params=query)

    answer: dict[str, Any] = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])


async def test_what_is_no_parameter_is_ignored(telephony: Telephony, db: TestDatabase) -> None:
    make_sound(db)

    assert await names(telephony, active="N", user="6666") == ["welcome.wav"]
