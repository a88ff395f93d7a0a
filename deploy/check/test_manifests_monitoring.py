"""What watches the suite finds all programs, and its rules speak of metrics that there are."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from dialkit.metrics import Metrics
from gateway.routes import ROUTES

from deploy.check.rendering import PROD, PROGRAMS, changed, named, of_kind, rendered
from deploy.check.workloads import label

PLAIN = yaml.safe_load((Path(__file__).parents[1] / "monitoring/alerts.yaml").read_text())
OPERATOR = named(rendered(PROD), "PrometheusRule", "dialer-api")
RULES: list[dict[str, Any]] = [
    rule for group in OPERATOR["spec"]["groups"] for rule in group["rules"]
]
# What Prometheus itself says of a target, and what kube-state-metrics says of a cluster.
_NOT_OURS = re.compile(r"up|kube_[a-z_]+")
_SUFFIXES = {
    "counter": ("_total",),
    "histogram": ("_bucket", "_count", "_sum"),
    "gauge": ("",),
    "info": ("_info",),
}

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])


def test_the_operator_gets_the_rules_of_the_plain_file_and_those_of_a_cluster() -> None:
    groups = OPERATOR["spec"]["groups"]

    assert OPERATOR["apiVersion"] == "monitoring.coreos.com/v1"
    assert set(OPERATOR["spec"]) == {"groups"}
    assert groups[0] == PLAIN["groups"][0]
    assert [group["name"] for group in groups] == ["dialer-api", "dialer-api-kubernetes"]
    assert len(PLAIN["groups"]) == 1


@every_rule
def test_an_alert_says_what_is_wrong_how_bad_and_what_to_do(rule: dict[str, Any]) -> None:
    assert is_helpful(rule)
    assert not is_helpful(changed(rule, "annotations.action", ""))
    assert not is_helpful(changed(rule, "labels.severity", "page"))


def is_helpful(rule: dict[str, Any]) -> bool:
    """Whether it has the shape of an alert, and all texts."""
    return (
        set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        and rule["labels"] in ({"severity": "critical"}, {"severity": "warning"})
        and set(rule["annotations"]) == {"summary", "description", "action"}
        and all(rule["annotations"].values())
        and re.fullmatch("DialerApi[A-Za-z]+", rule["alert"]) is not None
        and re.fullmatch(r"[0-9]+m", rule.get("for", "0m")) is not None
    )


def test_no_alert_has_the_name_of_another() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


@every_rule
def test_an_alert_asks_for_metrics_that_programs_have(rule: dict[str, Any]) -> None:
    asked = set(re.findall(r"[a-z_]+(?={)", rule["expr"]))

    assert asked
    assert {name for name in asked if not _NOT_OURS.fullmatch(name)} <= set(_metrics())


@every_rule
def test_an_alert_sums_up_each_installation_by_itself(rule: dict[str, Any]) -> None:
    assert is_of_one_installation(rule["expr"])


def test_an_alert_that_sums_up_all_installations_would_be_noticed() -> None:
    assert not is_of_one_installation("sum by (job) (up{}) > 1")
    assert not is_of_one_installation("max(up{}) > 1")


def is_of_one_installation(expression: str) -> bool:
    """Whether the namespace is kept wherever series are put together."""
    aggregated = re.findall(r"\b(?:sum|max|min|avg|count)\b\s*(?:by \(([^)]*)\))?", expression)
    return all("namespace" in re.split(r",\s*", labels) for labels in aggregated)


@every_rule
def test_an_alert_asks_for_programs_that_there_are(rule: dict[str, Any]) -> None:
    for match in re.findall(r'job="([^"]+)"', rule["expr"]):
        assert match in PROGRAMS
    for pattern in re.findall(r'job=~"([^"]+)"', rule["expr"]):
        assert all(re.fullmatch(pattern, program) for program in PROGRAMS)


def test_the_alert_for_missing_programs_names_each_of_them() -> None:
    (rule,) = (one for one in RULES if one["alert"] == "DialerApiProgramMissing")

    assert set(re.findall(r'absent\(up{job="([^"]+)"}\)', rule["expr"])) == set(PROGRAMS)


def test_the_alert_for_slow_answers_leaves_out_what_the_gateway_gives_more_time() -> None:
    (rule,) = (one for one in RULES if one["alert"] == "DialerApiSlow")
    patterns = re.findall(r'route!~"([^"]+)"', rule["expr"])

    left_out = {
        route.path
        for route in ROUTES
        if any(re.fullmatch(pattern, route.path) for pattern in patterns)
    }

    assert left_out == {route.path for route in ROUTES if route.slow}


def test_the_monitor_finds_the_metrics_of_all_programs_and_of_nothing_else() -> None:
    monitor = named(rendered(PROD), "ServiceMonitor", "dialer-api")
    spec = monitor["spec"]
    (component,) = spec["selector"]["matchExpressions"]
    found = {
        one["metadata"]["name"]: one["spec"]["ports"]
        for one in of_kind(rendered(PROD), "Service")
        if label(one, "component") in component["values"]
        and label(one, "part-of") == spec["selector"]["matchLabels"]["app.kubernetes.io/part-of"]
    }

    assert monitor["apiVersion"] == "monitoring.coreos.com/v1"
    assert set(spec) == {"jobLabel", "selector", "endpoints"}
    assert component["key"] == "app.kubernetes.io/component"
    assert set(found) == set(PROGRAMS)
    (endpoint,) = spec["endpoints"]
    assert all(endpoint["port"] in {port["name"] for port in ports} for ports in found.values())
    assert endpoint["path"] == "/metrics"


def test_the_label_job_is_the_program_s_name() -> None:
    job_label = named(rendered(PROD), "ServiceMonitor", "dialer-api")["spec"]["jobLabel"]

    for program in PROGRAMS:
        service = named(rendered(PROD), "Service", program)
        assert service["metadata"]["labels"][job_label] == program


def test_the_autoscaler_asks_for_a_metric_that_programs_have() -> None:
    (_, metric) = named(rendered(PROD), "HorizontalPodAutoscaler", "gateway")["spec"]["metrics"]

    assert metric["pods"]["metric"]["name"] in set(_metrics())


def _metrics() -> Iterator[str]:
    """The names of all series that a program may have."""
    for family in Metrics("svc-leads", {}).registry.collect():
        for suffix in _SUFFIXES[family.type]:
            yield f"{family.name}{suffix}"
