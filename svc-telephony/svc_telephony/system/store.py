"""SQL of the system lists.

Reads audio_store_details, vicidial_music_on_hold, vicidial_music_on_hold_files,
vicidial_voicemail, phones, vicidial_call_menu, vicidial_settings_containers.
`active` is Y, N or ALL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_telephony.system.sound_pages import Place
from svc_telephony.system.sounds import Sound

_SORTED_BY = {"date": "COALESCE(audio_epoch, 0)", "size": "COALESCE(audio_filesize, 0)"}


class MusicClass(NamedTuple):
    """A class of music on hold: its columns."""

    moh_id: str
    moh_name: str | None
    random: str | None
    active: str | None
    user_group: str | None


class Mailbox(NamedTuple):
    """A voicemail box of its own (BOX) or a phone's (PHONE), which alone has a phone's key."""

    voicemail_id: str
    fullname: str | None
    email: str | None
    active: str | None
    type: str
    extension: str | None
    server_ip: str | None
    messages: int | None
    old_messages: int | None


class CallMenu(NamedTuple):
    """A call menu: its columns."""

    menu_id: str
    menu_name: str | None
    menu_prompt: str | None
    menu_timeout: int | None
    menu_timeout_prompt: str | None
    menu_invalid_prompt: str | None
    menu_repeat: int | None
    user_group: str | None


class Container(NamedTuple):
    """A settings container: its columns but the text, which holds credentials."""

    container_id: str
    container_notes: str | None
    container_type: str | None
    user_group: str | None
    modify_stamp: str | None


async def list_sounds(
    db: Queries, stage: str, formats: Sequence[str], *, limit: int, after: Place | None
) -> list[Sound]:
    """Files whose names end in one of the formats, in the order of the stage, behind a place.

    By date and size the table is sorted: one row a file.
    """
    value = _SORTED_BY.get(stage)
    behind, params = _behind(after, value)
    named = " OR ".join(["audio_filename LIKE %s"] * len(formats))
    order = f"{value} DESC, audio_filename" if value else "audio_filename"
    # MyISAM, left alone, would read and sort all the names for each page.
    index = "" if value else "FORCE INDEX (audio_filename)"
    rows = await db.fetch_wide(
        _names(Sound._fields),
        f"""
        FROM audio_store_details {index}
        WHERE ({named}) AND {behind}
        ORDER BY {order}
        LIMIT %s
        """,
        *(f"%.{one}" for one in formats),
        *params,
        limit,
    )
    return list(map(Sound._make, rows))


async def list_music_classes(db: Queries, active: str) -> list[MusicClass]:
    """Music on hold classes by id."""
    rows = await db.fetch_wide(
        _names(MusicClass._fields),
        "FROM vicidial_music_on_hold WHERE %s IN ('ALL', active) ORDER BY moh_id",
        active,
    )
    return list(map(MusicClass._make, rows))


async def list_music_files(db: Queries) -> dict[str, list[str]]:
    """The files of all music on hold classes, by the class's id as the class spells it."""
    rows = await db.fetch_all(
        """
        SELECT m.moh_id, f.filename
        FROM vicidial_music_on_hold_files AS f
        JOIN vicidial_music_on_hold AS m ON m.moh_id = f.moh_id
        ORDER BY m.moh_id, f.`rank`, f.filename
        """
    )
    files: defaultdict[str, list[str]] = defaultdict(list)
    for moh_id, filename in rows:
        files[moh_id].append(filename)
    return files


async def list_mailboxes(db: Queries, active: str) -> list[Mailbox]:
    """Voicemail boxes of their own, by id."""
    rows = await db.fetch_wide(
        "voicemail_id, fullname, email, active, 'BOX', NULL, NULL, messages, old_messages",
        "FROM vicidial_voicemail WHERE %s IN ('ALL', active) ORDER BY voicemail_id",
        active,
    )
    return list(map(Mailbox._make, rows))


async def list_phone_mailboxes(db: Queries, active: str) -> list[Mailbox]:
    """Voicemail boxes of phones, by id and phone."""
    rows = await db.fetch_wide(
        "voicemail_id, fullname, email, active, 'PHONE', extension, server_ip, NULL, NULL",
        """
        FROM phones
        WHERE voicemail_id <> '' AND %s IN ('ALL', active)
        ORDER BY voicemail_id, extension, server_ip
        """,
        active,
    )
    return list(map(Mailbox._make, rows))


async def list_call_menus(db: Queries) -> list[CallMenu]:
    """All call menus by id."""
    rows = await db.fetch_wide(_names(CallMenu._fields), "FROM vicidial_call_menu ORDER BY menu_id")
    return list(map(CallMenu._make, rows))


async def list_containers(db: Queries, kind: str | None) -> list[Container]:
    """Settings containers, of a type or all, by id."""
    where, params = ("container_type = %s", [kind]) if kind else ("TRUE", [])
    rows = await db.fetch_wide(
        _names(Container._fields),
        f"FROM vicidial_settings_containers WHERE {where} ORDER BY container_id",
        *params,
    )
    return list(map(Container._make, rows))


def _behind(place: Place | None, value: str | None) -> tuple[str, list[Any]]:
    """The condition of what comes behind a place, ordered by a value downwards or by name alone."""
    if place is None:
        return "TRUE", []
    if value is None:
        return "audio_filename > %s", [place.audio_filename]
    return (
        f"({value} < %s OR ({value} = %s AND audio_filename > %s))",
        [place.value, place.value, place.audio_filename],
    )


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(identifier, columns))
