"""NetworkPolicies as a cluster reads them: which ways they leave open, and which they close."""

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import ip_address, ip_network
from types import MappingProxyType
from typing import NamedTuple

from deploy.check.rendering import Manifest

Labels = Mapping[str, str]


class Peer(NamedTuple):
    """One end of a connection: a pod of ours or of another namespace, or an address outside."""

    name: str
    labels: Labels = MappingProxyType({})
    # Labels of its namespace where that is another one.
    namespace: Labels | None = None
    address: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether it is a pod in the namespace of the policies."""
        return self.namespace is None and not self.address


def is_open(policies: Sequence[Manifest], source: Peer, target: Peer, port: int) -> bool:
    """Whether `source` may connect to `target`: both ends of the way must be open."""
    return _lets(policies, source, target, "egress", port) and _lets(
        policies, target, source, "ingress", port
    )


def _lets(policies: Iterable[Manifest], own: Peer, other: Peer, way: str, port: int) -> bool:
    """What no policy selects is free; what one selects may only what some policy allows."""
    if not own.is_ours:
        return True
    specs = [
        policy["spec"]
        for policy in policies
        if way.capitalize() in policy["spec"]["policyTypes"]
        and _selects(policy["spec"]["podSelector"], own.labels)
    ]
    rules = [rule for spec in specs for rule in spec.get(way, ())]
    side = "to" if way == "egress" else "from"
    return not specs or any(
        _has_port(rule, port) and any(_is(peer, other) for peer in rule[side]) for rule in rules
    )


def _has_port(rule: Manifest, port: int) -> bool:
    return any(one["protocol"] == "TCP" and one["port"] == port for one in rule["ports"])


def _is(peer: Manifest, other: Peer) -> bool:
    if "ipBlock" in peer:
        network = ip_network(peer["ipBlock"]["cidr"])
        return bool(other.address) and ip_address(other.address) in network
    if "namespaceSelector" in peer:
        return (
            other.namespace is not None
            and _selects(peer["namespaceSelector"], other.namespace)
            and _selects(peer.get("podSelector", {}), other.labels)
        )
    return other.is_ours and _selects(peer["podSelector"], other.labels)


def _selects(selector: Manifest, labels: Labels) -> bool:
    matched = all(labels.get(key) == value for key, value in _pairs(selector))
    return matched and all(_fits(one, labels) for one in selector.get("matchExpressions", ()))


def _pairs(selector: Manifest) -> Iterable[tuple[str, str]]:
    pairs: dict[str, str] = selector.get("matchLabels", {})
    return pairs.items()


def _fits(expression: Manifest, labels: Labels) -> bool:
    """Raises: ValueError for an operator that our policies do not use."""
    if expression["operator"] != "In":
        raise ValueError(expression["operator"])
    return labels.get(expression["key"]) in expression["values"]
