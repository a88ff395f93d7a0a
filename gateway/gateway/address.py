"""The client's address: as VICIdial's VARCHAR(15) columns hold it, and as it is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from aiohttp import web
from multidict import istr

Network = IPv4Network | IPv6Network
_FORWARDED_FOR = istr("X-Forwarded-For")


class ClientAddresses:
    """Finds out who sent a request; believes what a trusted proxy says of it."""

    def __init__(self, trusted_proxies: Sequence[Network]) -> None:
        self._trusted = trusted_proxies

    def of(self, request: web.Request) -> str:
        """IPv4 as is, IPv4-mapped IPv6 as IPv4, other IPv6 as an empty text."""
        return column_form(self._seen(request))

    def counted(self, request: web.Request) -> str:
        """IPv4 as is, of IPv6 the network that a client has to itself."""
        return counted_form(self._seen(request))

    def _seen(self, request: web.Request) -> str:
        peer = request.remote or ""
        return self._behind_proxies(peer, request) if self._trusted else peer

    def _behind_proxies(self, peer: str, request: web.Request) -> str:
        """The last hop that no trusted proxy vouches for; the first one when all are trusted."""
        client = peer
        for hop in (peer, *_hops(request.headers.getall(_FORWARDED_FOR, []))):
            client = hop
            if not self._is_trusted(hop):
                break
        return client

    def _is_trusted(self, hop: str) -> bool:
        address = parse_address(hop)
        return address is not None and any(address in network for network in self._trusted)


@lru_cache(4096)
def column_form(text: str) -> str:
    """The address as the columns hold it; empty for what is no IPv4 address."""
    address = parse_address(text)
    return str(address) if isinstance(address, IPv4Address) else ""


@lru_cache(4096)
def counted_form(text: str) -> str:
    """The address for which requests are counted; `unknown` for what is none."""
    address = parse_address(text)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address.packed[:8] + bytes(8), 64)))
    return str(address or "unknown")


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, IPv4-mapped IPv6 as IPv4; None for anything else."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def parse_networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks, comma-separated. Raises: ValueError."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def _hops(headers: Sequence[str]) -> Iterator[str]:
    """The hops of `X-Forwarded-For`, the nearest first, without port and brackets."""
    for hop in reversed(",".join(headers).split(",")):
        host = hop.strip()
        if host.startswith("["):
            yield host[1:].partition("]")[0]
        elif host.count(":") == 1:
            yield host.partition(":")[0]
        elif host:
            yield host
