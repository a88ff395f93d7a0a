"""The packet filter as it was: engines leave rules and chains behind when they end."""

import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from pathlib import Path

from support.engines.commands import run
from support.engines.errors import CommandFailed

_ENGINE_CHAINS = ("DOCKER", "NETAVARK")
_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")


@dataclass
class _Table:
    policies: dict[str, str] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)


def keep(saved: Path) -> None:
    """Write down how the filter is now."""
    saved.write_text(run("iptables-save"))


def restore(saved: Path, block: IPv4Network, interfaces: list[str]) -> None:
    """Remove what came since `keep`: what names the block or its interfaces, and empty chains.

    Other engines of the machine keep theirs: their rules name other networks.
    """
    before, now = _parse(saved.read_text()), _parse(run("iptables-save"))
    for name, table in now.items():
        old = before.get(name, _Table())
        for rule in table.rules:
            if rule not in old.rules and _names(rule, block, interfaces):
                _iptables(name, "-D", *shlex.split(rule)[1:])
        _remove_chains(name, set(table.policies) - set(old.policies))
        for chain, policy in old.policies.items():
            if policy != "-" and table.policies.get(chain) != policy:
                _iptables(name, "-P", chain, policy)


def _remove_chains(table: str, new: set[str]) -> None:
    """Remove the engines' new chains; where one serves a network still, only those not in use."""
    rules = _parse(run("iptables-save", "-t", table)).get(table, _Table()).rules
    for kind in _ENGINE_CHAINS:
        ours = {chain for chain in new if chain.startswith(kind)}
        if not any(_belongs(rule, kind) and _serves(rule) for rule in rules):
            for rule in rules:
                if any(f"-j {chain}" in rule for chain in ours):
                    _iptables(table, "-D", *shlex.split(rule)[1:])
            for chain in ours:
                _iptables(table, "-F", chain)
        for chain in ours:
            _iptables(table, "-X", chain)


def _belongs(rule: str, kind: str) -> bool:
    """Whether the rule is in a chain of that engine, or leads to one."""
    return rule.startswith(f"-A {kind}") or f"-j {kind}" in rule


def _serves(rule: str) -> bool:
    """Whether the rule is about a certain network: an address or an interface of it."""
    addresses = [
        found for found in _ADDRESS.findall(rule) if not found.startswith(("127.", "224."))
    ]
    return bool(addresses) or any(option in rule.split() for option in ("-i", "-o"))


def _names(rule: str, block: IPv4Network, interfaces: list[str]) -> bool:
    words = shlex.split(rule)
    return any(word in interfaces for word in words) or any(
        network.subnet_of(block) for word in words for network in _network(word)
    )


def _network(word: str) -> Iterator[IPv4Network]:
    try:
        yield IPv4Network(word.split(":")[0], strict=False)
    except ValueError:
        return


def _parse(saved: str) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    for line in saved.splitlines():
        if line.startswith("*"):
            table = tables.setdefault(line[1:], _Table())
        elif line.startswith(":"):
            chain, policy, *_ = line[1:].split()
            table.policies[chain] = policy
        elif line.startswith("-A"):
            table.rules.append(line)
    return tables


def _iptables(table: str, *arguments: str) -> None:
    # Another engine may be faster, or still use the chain: what is gone or in use is no fault.
    with suppress(CommandFailed):
        run("iptables", "-w", "-t", table, *arguments)
