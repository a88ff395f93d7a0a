"""Files of the audio store, as the database has them and as they are shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

FORMATS = ("wav", "gsm")
_MAX_EPOCH = 253_402_300_799  # the end of the year 9999


class Sound(NamedTuple):
    """A file: its columns in audio_store_details. The name ends in a dot and three letters."""

    audio_filename: str
    audio_format: str | None
    audio_filesize: int | None
    audio_length: int | None
    audio_epoch: int | None
    wav_format_details: str | None
    wav_asterisk_valid: str | None


def shown(sound: Sound) -> dict[str, Any]:
    """The file as an answer has it."""
    return {
        "audio_filename": sound.audio_filename,
        "audio_name": sound.audio_filename.rpartition(".")[0],
        "audio_format": sound.audio_format,
        "audio_filesize": sound.audio_filesize,
        "audio_length": sound.audio_length,
        "audio_epoch": sound.audio_epoch,
        "audio_date": _date_of(sound.audio_epoch),
        "wav_format_details": sound.wav_format_details,
        "wav_asterisk_valid": sound.wav_asterisk_valid,
    }


def _date_of(epoch: int | None) -> str | None:
    """The epoch as RFC 3339 in UTC; None for none, and for what no calendar has."""
    if not epoch or epoch > _MAX_EPOCH:
        return None
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
