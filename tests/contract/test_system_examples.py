"""The examples of audio, mailboxes, in-groups, menus and containers, on the demo database."""

from typing import Any

import aiohttp
from support.database import TestDatabase
from support.suite import Ask, as_sent, success

# GET /system/sounds
SOUND = {
    "audio_filename": "welcome.wav",
    "audio_name": "welcome",
    "audio_format": "wav",
    "audio_filesize": 160044,
    "audio_length": 10,
    "audio_epoch": 1736350245,
    "audio_date": "2025-01-08T15:30:45Z",
    "wav_format_details": "",
    "wav_asterisk_valid": "GOOD",
}
# GET /system/moh
MUSIC: dict[str, Any] = {
    "moh_id": "default",
    "moh_name": "Default Music On Hold",
    "random": "N",
    "active": "Y",
    "user_group": "---ALL---",
    "files": ["conf"],
}
# GET /system/voicemail
BOX: dict[str, Any] = {
    "voicemail_id": "8100",
    "fullname": "Sales box",
    "email": "sales@example.com",
    "active": "Y",
    "type": "BOX",
    "extension": None,
    "server_ip": None,
    "messages": 0,
    "old_messages": 2,
}
BOX_OF_PHONE = {
    "voicemail_id": "8001",
    "fullname": "Ext 8001",
    "email": "",
    "active": "Y",
    "type": "PHONE",
    "extension": "8001",
    "server_ip": "10.0.0.5",
    "messages": None,
    "old_messages": None,
}
# GET /ingroups
IN_GROUP = {
    "group_id": "SUPPORT",
    "group_name": "Support",
    "group_color": "orange",
    "active": "Y",
    "web_form": "",
    "call_time_id": "24hours",
    "queue_priority": 0,
    "group_handling": "PHONE",
    "user_group": "---ALL---",
}
# GET /ingroups/status
IN_GROUP_STATUS = {
    "group_id": "SUPPORT",
    "group_name": "Support",
    "total_calls": 3,
    "calls_waiting": 1,
    "agents_logged_in": 5,
    "agents_ready": 1,
    "agents_waiting": 1,
    "agents_in_calls": 2,
    "agents_paused": 1,
    "agents_in_dispo": 1,
    "agents_in_dial": 0,
}
# GET /callmenus
CALL_MENU = {
    "menu_id": "main_ivr",
    "menu_name": "Main IVR",
    "menu_prompt": "welcome",
    "menu_timeout": 10,
    "menu_timeout_prompt": "NONE",
    "menu_invalid_prompt": "NONE",
    "menu_repeat": 1,
    "user_group": "---ALL---",
}
# GET /containers
CONTAINER = {
    "container_id": "TIMEZONES_USA",
    "container_notes": "USA timezones",
    "container_type": "TIMEZONE_LIST",
    "user_group": "---ALL---",
    "modify_stamp": "2025-01-08T15:30:45Z",
}
ALL_BUSY = dict.fromkeys(("agents_paused", "agents_in_dispo", "agents_in_dial"), 0)


async def test_sounds(ask: Ask) -> None:
    answer = await ask("GET", "/system/sounds")

    names = ["closed.wav", "sales_offer.wav", "welcome.gsm", "welcome.wav"]
    assert answer["message"] == "Sound files retrieved"
    assert as_sent(answer["data"][3]) == as_sent(SOUND)
    assert [one["audio_filename"] for one in answer["data"]] == names
    assert {tuple(one) for one in answer["data"]} == {tuple(SOUND)}


async def test_sounds_of_one_format_by_date(ask: Ask) -> None:
    answer = await ask("GET", "/system/sounds?stage=date&format=wav")

    names = ["sales_offer.wav", "closed.wav", "welcome.wav"]
    assert [one["audio_filename"] for one in answer["data"]] == names


async def test_the_second_page_of_sounds_is_where_the_first_one_says(
    api: aiohttp.ClientSession,
) -> None:
    async with api.get("/api/v1/system/sounds?stage=size&limit=3") as response:
        first, link = await response.json(), response.links["next"]["url"]
    async with api.get(link) as response:
        second, links = await response.json(), response.links

    names = [one["audio_filename"] for one in first["data"]]
    assert names == ["sales_offer.wav", "welcome.wav", "closed.wav"]
    assert [one["audio_filename"] for one in second["data"]] == ["welcome.gsm"]
    assert not links


async def test_music_on_hold(ask: Ask) -> None:
    answer = await ask("GET", "/system/moh")

    name = {"moh_id": "jazz", "moh_name": "Jazz for sales", "random": "Y"}
    jazz = MUSIC | name | {"files": ["autumn_leaves", "blue_bossa"]}
    assert as_sent(answer) == as_sent(success("Music on hold files retrieved", [MUSIC, jazz]))


async def test_music_on_hold_that_is_not_used(ask: Ask) -> None:
    answer = await ask("GET", "/system/moh?active=N")

    assert [one["moh_id"] for one in answer["data"]] == ["winter"]


async def test_mailboxes(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/system/voicemail")

    first, *of_phones = answer["data"]
    (of_phone,) = (one for one in of_phones if one["extension"] == "8001")
    assert answer["message"] == "Voicemail boxes retrieved"
    assert as_sent([first, of_phone]) == as_sent([BOX, BOX_OF_PHONE])
    assert {one["type"] for one in of_phones} == {"PHONE"}
    extensions = db.rows("SELECT extension FROM phones ORDER BY voicemail_id, extension, server_ip")
    assert [(one["extension"],) for one in of_phones] == extensions


async def test_mailboxes_that_are_not_used_and_all(ask: Ask, db: TestDatabase) -> None:
    unused = await ask("GET", "/system/voicemail?active=N")
    every = await ask("GET", "/system/voicemail?active=ALL")

    assert [one["voicemail_id"] for one in unused["data"]] == ["8199"]
    assert len(every["data"]) == db.count("vicidial_voicemail") + db.count("phones")


async def test_in_groups(ask: Ask) -> None:
    answer = await ask("GET", "/ingroups")

    *others, support = answer["data"]
    group_ids = ["AGENTDIRECT", "AGENTDIRECT_CHAT", "SALES"]
    assert answer["message"] == "Inbound groups retrieved"
    assert as_sent(support) == as_sent(IN_GROUP | {"group_name": "Support line"})
    assert [one["group_id"] for one in others] == group_ids
    assert (await ask("GET", "/ingroups?active=N"))["data"] == []


async def test_live_numbers_of_in_groups(ask: Ask) -> None:
    answer = await ask("GET", "/ingroups/status?in_groups=support|sales")

    of_sales = {"total_calls": 2, "calls_waiting": 1, "agents_logged_in": 4, "agents_in_calls": 2}
    of_support = {"total_calls": 0, "calls_waiting": 0, "agents_logged_in": 3, "agents_in_calls": 1}
    ready = {"agents_ready": 2, "agents_waiting": 2}
    sales = {"group_id": "SALES", "group_name": "Sales line"} | of_sales
    groups = [
        IN_GROUP_STATUS | sales | ready | ALL_BUSY,
        IN_GROUP_STATUS | {"group_name": "Support line"} | of_support | ready | ALL_BUSY,
    ]
    assert as_sent(answer) == as_sent(success("Inbound group status retrieved", groups))


async def test_live_numbers_of_all_in_groups(ask: Ask) -> None:
    answer = await ask("GET", "/ingroups/status")

    logged_in = [(one["group_id"], one["agents_logged_in"]) for one in answer["data"]]
    assert logged_in == [("AGENTDIRECT", 0), ("AGENTDIRECT_CHAT", 0), ("SALES", 4), ("SUPPORT", 3)]


async def test_call_menus(ask: Ask) -> None:
    answer = await ask("GET", "/callmenus")

    after_hours = {"menu_id": "after_hours", "menu_name": "After hours", "menu_prompt": "closed"}
    menus = [CALL_MENU | after_hours, CALL_MENU]
    assert as_sent(answer) == as_sent(success("Call menus retrieved", menus))


async def test_containers(ask: Ask) -> None:
    every = await ask("GET", "/containers")
    of_one_type = await ask("GET", "/containers?type=TIMEZONE_LIST")

    assert [one["container_id"] for one in every["data"]] == ["PHONES_NEW", "TIMEZONES_USA"]
    assert as_sent(of_one_type) == as_sent(success("Containers retrieved", [CONTAINER]))
