"""Exactly the ways of the contract are open, and the Ingress treats requests as the suite does."""

from ipaddress import ip_address, ip_network
from itertools import product

import pytest
from gateway.forward import MAX_IMPORT

from deploy.check.network import Peer, is_open
from deploy.check.rendering import (
    DEV,
    PROD,
    PROGRAMS,
    Manifest,
    Variant,
    changed,
    name_of,
    named,
    of_kind,
    rendered,
)
from deploy.check.workloads import Workload, workloads

SERVICES = PROGRAMS[1:]
# The contract's internal endpoints: who calls whom.
CALLS = {
    ("svc-lists", "svc-leads"),
    ("svc-telephony", "svc-leads"),
    ("svc-leads", "svc-reports"),
}
PORTS = (53, 3306, 6379, 8080, 8081, 9090)
_NAMESPACE = "kubernetes.io/metadata.name"
OUTSIDE = (
    *(Peer(name, namespace={_NAMESPACE: name}) for name in ("ingress-nginx", "monitoring")),
    Peer("kube-system", namespace={_NAMESPACE: "kube-system"}),
    Peer("other namespace", namespace={_NAMESPACE: "default"}),
    Peer("dialer", address="192.0.2.10"),
    Peer("replica", address="192.0.2.11"),
    Peer("internet", address="198.51.100.7"),
)
_OF_BOTH = {
    ("ingress-nginx", "gateway", 8080),
    *(("monitoring", program, 9090) for program in PROGRAMS),
    *(("gateway", service, 8081) for service in SERVICES),
    *((caller, service, 8081) for caller, service in CALLS),
}
_OPEN = {
    DEV: {*_OF_BOTH, *((name, "database", 3306) for name in (*SERVICES, "setup"))},
    PROD: {
        *_OF_BOTH,
        *((name, "dialer", 3306) for name in (*SERVICES, "setup")),
        ("svc-reports", "replica", 3306),
        ("gateway", "redis", 6379),
    },
}

both_places = pytest.mark.parametrize("variant", [DEV, PROD], ids=name_of)


@both_places
def test_only_the_ways_of_the_contract_are_open(variant: Variant) -> None:
    names = {(pod.name, "kube-system", 53) for pod in _pods(variant)}

    assert open_ways(variant, _policies(variant)) == _OPEN[variant] | names


@both_places
def test_without_the_default_all_of_it_would_be_open_to_pods_that_no_policy_names(
    variant: Variant,
) -> None:
    without = [one for one in _policies(variant) if one["metadata"]["name"] != "default-deny"]

    assert ("other namespace", "setup", 8081) in open_ways(variant, without)


def test_a_policy_that_lets_anybody_in_would_be_noticed() -> None:
    index, services = next(
        (i, one) for i, one in enumerate(_policies(PROD)) if one["metadata"]["name"] == "services"
    )
    policies = _policies(PROD)
    policies[index] = changed(services, "spec.ingress.0.from", [{"namespaceSelector": {}}])

    new = open_ways(PROD, policies) - open_ways(PROD, _policies(PROD))

    assert ("other namespace", "svc-users", 8081) in new
    assert {port for _, _, port in new} == {8081}


@both_places
def test_policies_close_both_directions_for_every_pod(variant: Variant) -> None:
    default = named(rendered(variant), "NetworkPolicy", "default-deny")["spec"]

    assert default == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


@both_places
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_is_told_where_those_are_that_it_calls_and_no_others(
    variant: Variant, program: str
) -> None:
    variables = Workload(variant, program).variables
    called = [
        service for service in SERVICES if program == "gateway" or (program, service) in CALLS
    ]

    told = {name: value for name, value in variables.items() if name.endswith("_URL")}

    assert told == {
        f"{service.upper().replace('-', '_')}_URL": f"http://{service}:8081" for service in called
    }


def test_the_way_out_of_the_cluster_leads_to_the_databases_that_programs_are_told() -> None:
    reports = Workload(PROD, "svc-reports").variables

    for policy, variable in (("to-database", "DB_HOST"), ("to-report-database", "REPORT_DB_HOST")):
        (rule,) = named(rendered(PROD), "NetworkPolicy", policy)["spec"]["egress"]
        (peer,) = rule["to"]
        assert ip_address(reports[variable]) in ip_network(peer["ipBlock"]["cidr"])
    assert reports["DB_PORT"] == "3306"


def test_in_dev_programs_find_the_embedded_database_by_its_service() -> None:
    database = named(rendered(DEV), "Service", "database")["spec"]["ports"]
    told = {
        (variables["DB_HOST"], int(variables["DB_PORT"]), variables["TIMEZONE"])
        for variables in (Workload(DEV, name).variables for name in (*SERVICES, "setup"))
    }

    zone = Workload(DEV, "database").variables["TZ"]

    assert told == {("database", database[0]["port"], zone)}


def test_the_ingress_leads_to_the_gateway_over_tls() -> None:
    ingress = named(rendered(PROD), "Ingress", "gateway")["spec"]
    (rule,), (tls,) = ingress["rules"], ingress["tls"]
    (path,) = rule["http"]["paths"]

    assert path["backend"] == {"service": {"name": "gateway", "port": {"name": "http"}}}
    assert (path["path"], path["pathType"]) == ("/", "Prefix")
    assert tls["hosts"] == [rule["host"]]
    assert tls["secretName"]
    assert ingress["ingressClassName"]


def test_the_ingress_lets_the_largest_import_through_and_keeps_none_of_it() -> None:
    says = _annotations()

    assert says["proxy-body-size"] == f"{MAX_IMPORT // 1024**3}g"
    assert says["proxy-request-buffering"] == says["proxy-buffering"] == "off"


def test_the_ingress_has_more_patience_than_the_gateway_has_with_reports() -> None:
    report_s = int(Workload(PROD, "gateway").variables["REPORT_SECONDS"])

    assert int(_annotations()["proxy-read-timeout"]) > max(60, report_s + 5)
    assert int(_annotations()["proxy-send-timeout"]) > max(60, report_s + 5)


def test_the_ingress_sends_nothing_twice_and_keeps_no_key_in_a_log() -> None:
    assert _annotations()["proxy-next-upstream"] == "off"
    assert _annotations()["enable-access-log"] == "false"


def test_the_gateway_believes_the_ingress_who_the_client_is() -> None:
    assert ip_network(Workload(PROD, "gateway").variables["TRUSTED_PROXIES"])


def open_ways(variant: Variant, policies: list[Manifest]) -> set[tuple[str, str, int]]:
    """All connections that these policies let through: from, to, port."""
    pods = _pods(variant)
    pairs = [(a, b) for a, b in product((*pods, *OUTSIDE), repeat=2) if a.is_ours or b.is_ours]
    return {
        (source.name, target.name, port)
        for (source, target), port in product(pairs, PORTS)
        if source is not target and is_open(policies, source, target, port)
    }


def _pods(variant: Variant) -> list[Peer]:
    return [Peer(one.name, one.pod["metadata"]["labels"]) for one in workloads([variant])]


def _policies(variant: Variant) -> list[Manifest]:
    return of_kind(rendered(variant), "NetworkPolicy")


def _annotations() -> dict[str, str]:
    prefix = "nginx.ingress.kubernetes.io/"
    found: dict[str, str] = named(rendered(PROD), "Ingress", "gateway")["metadata"]["annotations"]
    return {key.removeprefix(prefix): value for key, value in found.items()}
