"""Networks that clash with nothing on this machine."""

import secrets
import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Network
from pathlib import Path

_PRIVATE = IPv4Network("10.64.0.0/10")
_BLOCK_PREFIX = 19
_ROUTES = Path("/proc/net/route")
_DESTINATION, _MASK = 1, 7


def free_block() -> IPv4Network:
    """8192 private addresses that this machine has no route into."""
    taken = [network for network in _routes() if network.prefixlen > 0]
    while True:
        number = secrets.randbelow(2 ** (_BLOCK_PREFIX - _PRIVATE.prefixlen))
        address = int(_PRIVATE.network_address) + (number << (32 - _BLOCK_PREFIX))
        block = IPv4Network((address, _BLOCK_PREFIX))
        if not any(block.overlaps(network) for network in taken):
            return block


def _routes() -> Iterator[IPv4Network]:
    for line in _ROUTES.read_text().splitlines()[1:]:
        columns = line.split()
        yield IPv4Network(f"{_dotted(columns[_DESTINATION])}/{_dotted(columns[_MASK])}")


def _dotted(number: str) -> str:
    """The kernel prints addresses as the machine's own integers."""
    return socket.inet_ntoa(struct.pack("=I", int(number, 16)))


def default_subnet(block: IPv4Network) -> IPv4Network:
    """The engine's own bridge: the first 256 addresses of its block."""
    return next(block.subnets(new_prefix=24))


def pool(block: IPv4Network) -> IPv4Network:
    """Where the networks that tests make come from: the second half of the block."""
    _, second = block.subnets()
    return second
