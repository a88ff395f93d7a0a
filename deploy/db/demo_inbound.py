"""Demo inbound calls: DIDs, in-groups, and menus, sounds, music on hold, voicemail."""

from typing import Any

from deploy.db.demo_phones import SERVER_IP
from deploy.db.demo_rows import Row, Rows

_EXAMPLE_EPOCH = 1736350245
# The contract's example is added next.
_NEXT_DID_ID = 12


def inbound_rows() -> dict[str, Rows]:
    """The rows by table."""
    return {
        "vicidial_inbound_dids": _dids(),
        "vicidial_inbound_groups": [
            _in_group("SALES", "Sales line", "white"),
            _in_group("SUPPORT", "Support line", "orange"),
        ],
        "vicidial_call_menu": [
            _call_menu("after_hours", "After hours", "closed"),
            _call_menu("main_ivr", "Main IVR", "welcome"),
        ],
        "audio_store_details": [
            _sound("welcome.wav", 160_044, seconds=10),
            _sound("welcome.gsm", 16_500, seconds=10, valid="NA"),
            _sound("closed.wav", 112_044, seconds=7, days_later=1),
            _sound("sales_offer.wav", 5_292_044, seconds=30, days_later=2, valid="BAD"),
            # Prompts have no other formats.
            _sound("sales_offer.mp3", 480_000, seconds=30, days_later=2, valid="NA"),
        ],
        # VICIdial brings the class `default`.
        "vicidial_music_on_hold": [
            _music("jazz", "Jazz for sales", random="Y", active="Y"),
            _music("winter", "Winter season", random="N", active="N"),
        ],
        "vicidial_music_on_hold_files": [
            {"moh_id": "jazz", "filename": "blue_bossa", "rank": 2},
            {"moh_id": "jazz", "filename": "autumn_leaves", "rank": 1},
            {"moh_id": "winter", "filename": "sleigh_ride", "rank": 1},
        ],
        "vicidial_voicemail": [
            _mailbox("8100", "Sales box", "sales@example.com", old_messages=2),
            _mailbox("8199", "Box of the last season", "", active="N"),
        ],
    }


def did_of(**target: str) -> tuple[int, str]:
    """The DID that leads there, `group_id="SALES"`, and its number."""
    return next(
        (did["did_id"], did["did_pattern"]) for did in _dids() if did.items() >= target.items()
    )


def _dids() -> Rows:
    """One of each route, and of each in-group."""
    dids = [
        _did("default", "Calls to any other number", "EXTEN"),
        _did("18005550141", "Sales", "IN_GROUP", group_id="SALES"),
        _did("18005550142", "Support", "IN_GROUP", group_id="SUPPORT"),
        _did("18005550143", "Main number", "CALLMENU", menu_id="main_ivr"),
        _did("18005550144", "Sales box", "VOICEMAIL", voicemail_ext="8100"),
        _did("18005550145", "Complaints", "VMAIL_NO_INST", voicemail_ext="8100"),
        _did("18005550146", "John Smith", "AGENT", user="agent1"),
        _did("18005550147", "Reception", "PHONE", phone="8001", server_ip=SERVER_IP),
    ]
    return [{"did_id": did_id} | did for did_id, did in enumerate(dids, _NEXT_DID_ID - len(dids))]


def _did(pattern: str, description: str, route: str, **target: str) -> Row:
    common: dict[str, Any] = {
        "did_pattern": pattern,
        "did_description": description,
        "did_route": route,
        "filter_phone_group_id": "",
        "pre_filter_phone_group_id": "",
        "menu_id": "",
    }
    targets = ("group_id", "voicemail_ext", "user", "phone", "server_ip")
    return common | dict.fromkeys(targets) | target


def _in_group(group_id: str, name: str, color: str) -> Row:
    return {
        "group_id": group_id,
        "group_name": name,
        "group_color": color,
        "active": "Y",
        "web_form_address": "",
    }


def _call_menu(menu_id: str, name: str, prompt: str) -> Row:
    return {"menu_id": menu_id, "menu_name": name, "menu_prompt": prompt, "menu_repeat": 1}


def _sound(
    filename: str, size: int, *, seconds: int, days_later: int = 0, valid: str = "GOOD"
) -> Row:
    return {
        "audio_filename": filename,
        "audio_format": filename.rpartition(".")[2],
        "audio_filesize": size,
        "audio_epoch": _EXAMPLE_EPOCH + days_later * 86_400,
        "audio_length": seconds,
        "wav_asterisk_valid": valid,
    }


def _music(moh_id: str, name: str, *, random: str, active: str) -> Row:
    return {"moh_id": moh_id, "moh_name": name, "random": random, "active": active}


def _mailbox(
    voicemail_id: str, name: str, email: str, *, active: str = "Y", old_messages: int = 0
) -> Row:
    return {
        "voicemail_id": voicemail_id,
        "fullname": name,
        "email": email,
        "active": active,
        "pass": f"demo{voicemail_id}",
        "old_messages": old_messages,
    }
