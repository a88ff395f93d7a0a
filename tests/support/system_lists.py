"""Rows of what administrators keep for the whole system: audio, mailboxes, menus, containers."""

from typing import Any

from support.database import TestDatabase


def make_sound(db: TestDatabase, audio_filename: str = "welcome.wav", **columns: Any) -> None:
    """A file of the audio store."""
    defaults = {
        "audio_format": audio_filename.rpartition(".")[2][:10],
        "audio_filesize": 160044,
        "audio_epoch": 1736350245,
        "audio_length": 10,
        "wav_asterisk_valid": "GOOD",
    }
    db.insert("audio_store_details", audio_filename=audio_filename, **defaults | columns)


def make_music_class(db: TestDatabase, moh_id: str = "hold", **columns: Any) -> None:
    """An active music on hold class without files."""
    defaults = {"moh_name": f"{moh_id} music", "active": "Y"}
    db.insert("vicidial_music_on_hold", moh_id=moh_id, **defaults | columns)


def make_music_file(
    db: TestDatabase, filename: str, moh_id: str = "hold", rank: int | None = None
) -> None:
    """A file of a music on hold class."""
    db.insert("vicidial_music_on_hold_files", filename=filename, moh_id=moh_id, rank=rank)


def make_mailbox(db: TestDatabase, voicemail_id: str = "8100", **columns: Any) -> None:
    """An active voicemail box."""
    defaults = {"fullname": f"Box {voicemail_id}", "email": "", "active": "Y", "pass": "secret3"}
    db.insert("vicidial_voicemail", voicemail_id=voicemail_id, **defaults | columns)


def make_call_menu(db: TestDatabase, menu_id: str = "main_ivr", **columns: Any) -> None:
    """A call menu."""
    defaults = {"menu_name": f"{menu_id} menu", "menu_prompt": "welcome"}
    db.insert("vicidial_call_menu", menu_id=menu_id, **defaults | columns)


def make_container(db: TestDatabase, container_id: str = "TIMEZONES_USA", **columns: Any) -> None:
    """A settings container that holds a password."""
    defaults = {"container_type": "TIMEZONE_LIST", "container_entry": "password=secret4"}
    db.insert("vicidial_settings_containers", container_id=container_id, **defaults | columns)
