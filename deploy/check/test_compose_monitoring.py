"""Prometheus finds all processes of all programs, and Grafana shows metrics that there are."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from dialkit.metrics import Metrics
from support.engines.report import Proof

from deploy.check.composing import FOLDER, OWN, mounts, services, variables
from deploy.check.rendering import PROGRAMS

PROMETHEUS = yaml.safe_load((FOLDER / "compose/prometheus.yaml").read_text())
GRAFANA = FOLDER / "compose/grafana"
DASHBOARD: dict[str, Any] = json.loads((GRAFANA / "dashboards/suite.json").read_text())
EXPRESSIONS = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
ALERTS = FOLDER / "monitoring/alerts.yaml"


def test_prometheus_asks_each_program_where_its_metrics_are() -> None:
    jobs = {one["job_name"]: one["dns_sd_configs"] for one in PROMETHEUS["scrape_configs"]}

    assert set(jobs) == set(PROGRAMS)
    for program, (discovery,) in jobs.items():
        port = int(str(variables(services(OWN)[program])["METRICS_PORT"]))
        assert (discovery["names"], discovery["type"], discovery["port"]) == ([program], "A", port)


def test_prometheus_has_the_alert_rules_that_kubernetes_has() -> None:
    assert PROMETHEUS["rule_files"] == ["alerts.yaml"]
    assert (str(ALERTS), "/etc/prometheus/alerts.yaml", False) in mounts(
        services(OWN)["prometheus"]
    )


@pytest.mark.parametrize("name", ["grafana", "prometheus"])
def test_mounted_files_are_there_and_cannot_be_changed(name: str) -> None:
    of_repository = [one for one in mounts(services(OWN)[name]) if one[0].startswith("/")]

    assert len(of_repository) == 2
    for source, _, writable in of_repository:
        assert Path(source).exists()
        assert not writable


def test_promtool_takes_configuration_and_rules(tmp_path: Path, proof: Proof) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        # Debian's package prometheus has it; elsewhere the structure is what can be looked at.
        proof.was_only_checked(
            "Prometheus' configuration and alert rules", because="there is no promtool here"
        )
        assert all(rule["expr"] for group in _groups() for rule in group["rules"])
        return
    shutil.copy(FOLDER / "compose/prometheus.yaml", tmp_path)
    shutil.copy(ALERTS, tmp_path)

    checked = subprocess.run(
        [promtool, "check", "config", tmp_path / "prometheus.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr
    rules = sum(len(group["rules"]) for group in _groups())
    assert f"{rules} rules found" in checked.stdout


def test_grafana_asks_prometheus_and_shows_the_dashboard() -> None:
    (source,) = _provisioned("datasources/prometheus.yaml")["datasources"]
    (provider,) = _provisioned("dashboards/suite.yaml")["providers"]
    targets = {target: Path(origin) for origin, target, _ in mounts(services(OWN)["grafana"])}

    assert source["url"] == "http://prometheus:9090"
    folder = targets[provider["options"]["path"]]
    assert (folder / "suite.json").is_file()
    assert targets["/etc/grafana/provisioning"] == GRAFANA / "provisioning"
    asking = [one for panel in DASHBOARD["panels"] for one in (panel, *panel["targets"])]
    assert {one["datasource"]["uid"] for one in asking} == {source["uid"]}


def test_nobody_can_change_anything_in_grafana() -> None:
    given = variables(services(OWN)["grafana"])

    assert given["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "Viewer"
    assert given["GF_AUTH_DISABLE_LOGIN_FORM"] == "true"
    assert given["GF_AUTH_BASIC_ENABLED"] == "false"
    assert given["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == "true"
    assert not [name for name in given if "PASSWORD" in name]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_panel_asks_for_metrics_and_programs_that_there_are(expression: str) -> None:
    asked = set(re.findall(r"[a-z_]+(?={)", expression))

    assert asked
    assert asked - {"up"} <= _metrics()
    for job in re.findall(r'job="([^"]+)"', expression):
        assert job in PROGRAMS


def test_a_panel_that_asks_for_no_metric_of_ours_would_be_noticed() -> None:
    assert "http_requests_total" in _metrics()
    assert "http_request_total" not in _metrics()


def test_each_panel_has_a_place_of_its_own_and_says_what_it_shows() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (place["x"] + right, place["y"] + down)
            for right in range(place["w"])
            for down in range(place["h"])
        }
        assert not taken & cells
        assert max(right for right, _ in cells) < 24
        assert panel["title"]
        assert panel["description"]
        taken |= cells
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def _groups() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = yaml.safe_load(ALERTS.read_text())["groups"]
    return groups


def _provisioned(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((GRAFANA / "provisioning" / name).read_text())
    return found


def _metrics() -> set[str]:
    """The names of all series that a program may have."""
    suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    return {
        f"{family.name}{suffix}"
        for family in Metrics("svc-leads", {}).registry.collect()
        for suffix in suffixes.get(family.type, ())
    }
