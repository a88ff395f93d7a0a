"""The few headers that pass: everything else stays on its side of the gateway."""

from __future__ import annotations

from collections.abc import Mapping, Set

from aiohttp import hdrs
from multidict import CIMultiDict, CIMultiDictProxy

_TO_SERVICE = (hdrs.CONTENT_TYPE, hdrs.CONTENT_ENCODING, hdrs.ACCEPT)
_TO_CLIENT = frozenset(
    {
        "allow",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-type",
        "etag",
        "last-modified",
        "link",
        "location",
        "retry-after",
        "vary",
        "x-accel-buffering",
        "x-phone-match",
    }
)
_NOTHING: Set[str] = frozenset()


def request_headers(
    given: Mapping[str, str], authorization: str, request_id: str
) -> CIMultiDict[str]:
    """What a service gets to see of a client's headers, and the gateway's own."""
    headers = CIMultiDict({hdrs.AUTHORIZATION: authorization, "X-Request-ID": request_id})
    hop_by_hop = _named_in_connection(given)
    for name in _TO_SERVICE:
        value = given.get(name)
        if value is not None and name.lower() not in hop_by_hop:
            headers[name] = value
    return headers


def answer_headers(given: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    """What a client gets to see of a service's headers."""
    hop_by_hop = _named_in_connection(given)
    headers: CIMultiDict[str] = CIMultiDict()
    for name, value in given.items():
        key = name.lower()
        if key in _TO_CLIENT and key not in hop_by_hop:
            headers.add(name, value)
    return headers


def _named_in_connection(headers: Mapping[str, str]) -> Set[str]:
    """The headers that `Connection` declares to be meant for one hop only."""
    named = headers.get(hdrs.CONNECTION)
    return {name.strip().lower() for name in named.split(",")} if named else _NOTHING
