"""What is dialled, and where an answered call goes (contract: POST /test-call/send, 3 to 6, 9)."""

from __future__ import annotations

import re

from dialkit.clock import Moment

from svc_telephony.test_calls.rows import Campaign, Server

_STANDARD_EXTENSION = "8368"
_STANDARD_CONTEXT = "default"
_STANDARD_PREFIX = "9"
_STANDARD_TIMEOUT_S = 60
_PREFIXED_FROM = 12
_LEADING_NUMBER = re.compile(r"[0-9]{1,9}")


def extension(asked: str, campaign: Campaign, server: Server) -> str:
    """Where an answered call goes."""
    number = _first_filled(
        asked,
        campaign.campaign_vdad_exten,
        server.answer_transfer_agent,
        _STANDARD_EXTENSION,
    )
    return _routing_prefix(server) + number


def context(server: Server) -> str:
    """The part of the dial plan that places calls."""
    return _first_filled(server.ext_context, _STANDARD_CONTEXT)


def dial_string(campaign: Campaign, phone_code: str, phone_number: str) -> str:
    """The digits that are dialled."""
    prefix = _first_filled(campaign.list_dial_prefix, campaign.dial_prefix, _STANDARD_PREFIX)
    return "".join(
        (
            "" if "x" in prefix.lower() else prefix,
            "" if campaign.omit_phone_code == "Y" else phone_code,
            phone_number,
        )
    )


def timeout_ms(campaign: Campaign) -> int:
    """How long it rings."""
    seconds = campaign.dial_timeout or 0
    return 1000 * (seconds if seconds > 4 else _STANDARD_TIMEOUT_S)


def caller_code(lead_id: int, now: Moment) -> str:
    """The 20 characters that find a call again; the last ten are its lead."""
    time = f"{now.local:%m%d%H%M%S}"
    return f"V{time[-9:]}{lead_id:010}"


def _routing_prefix(server: Server) -> str:
    version = _LEADING_NUMBER.match(server.asterisk_version or "")
    if version is None or int(version.group()) < _PREFIXED_FROM:
        return ""
    return server.routing_prefix


def _first_filled(*texts: str) -> str:
    """The first text that is not blank."""
    return next(filter(None, map(str.strip, texts)), "")
