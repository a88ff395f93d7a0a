"""The forms of a call's ID, and the kinds of calls (contract: reports.md, calls/{call_id}/info)."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from svc_reports.values import MAX_ID

INBOUND = "INBOUND"
_AUTO, _MANUAL, _OTHER = "OUTBOUND_AUTO", "OUTBOUND_MANUAL", "OUTBOUND_OTHER"
# `VH` stands before `V`: the first that fits decides.
_BY_PREFIX = (
    (("Y", "J", "LP", "VH"), INBOUND),
    (("V",), _AUTO),
    (("M",), _MANUAL),
)

_CLOSECALLID = re.compile(r"[0-9]{1,10}\Z")
_UNIQUEID = re.compile(r"([-_0-9A-Za-z]+-)?[0-9]+\.[0-9]+\Z")
_UNIQUEID_LIMIT = 20
_CALLER_CODE = re.compile(r"[A-Za-z][0-9A-Za-z_]{15,29}\Z")


class IdKind(Enum):
    """What an ID is of: a row of the in-group log, Asterisk's channel, or the dialer's call."""

    CLOSECALLID = auto()
    UNIQUEID = auto()
    CALLER_CODE = auto()


class CallId(NamedTuple):
    """An ID without spaces."""

    kind: IdKind
    text: str


def read_call_id(given: str) -> CallId | None:
    """The ID that a request gives, by its form; None for a text of no form."""
    text = given.replace(" ", "")
    if _CLOSECALLID.match(text) and int(text) <= MAX_ID:
        return CallId(IdKind.CLOSECALLID, text)
    if _UNIQUEID.match(text) and len(text) <= _UNIQUEID_LIMIT:
        return CallId(IdKind.UNIQUEID, text)
    if _CALLER_CODE.match(text):
        return CallId(IdKind.CALLER_CODE, text)
    return None


def type_of_code(caller_code: str) -> str:
    """The kind of call that the dialer gives such codes to."""
    code = caller_code.upper()
    return next((kind for prefixes, kind in _BY_PREFIX if code.startswith(prefixes)), _OTHER)


def is_inbound(caller_code: str) -> bool:
    """Whether calls with such codes are looked for in the in-groups' log first."""
    return type_of_code(caller_code) == INBOUND


def type_of_outbound(caller_code: str | None, comments: str | None) -> str:
    """The kind of a call of the outbound log, by its last code and the dialer's marker."""
    kind = type_of_code(caller_code) if caller_code else INBOUND
    if kind != INBOUND:
        return kind
    # No code, or that of the in-group which the call was transferred to.
    return _MANUAL if (comments or "").upper() == "MANUAL" else _AUTO
