"""Labels find what belongs together; programs scale and are replaced without loss."""

import pytest

from deploy.check.rendering import (
    DEV,
    EVERY_VARIANT,
    PROD,
    PROGRAMS,
    Manifest,
    Variant,
    changed,
    name_of,
    named,
    of_kind,
    rendered,
    title,
)
from deploy.check.workloads import Workload, label, port_numbers, workloads
from gateway import __version__

ALL = workloads((DEV, PROD))
PROGRAMS_RUN = [one for one in ALL if one.name in PROGRAMS]
SERVICES = [
    pytest.param(variant, one["metadata"]["name"], id=f"{variant[0]}/{one['metadata']['name']}")
    for variant in (DEV, PROD)
    for one in of_kind(rendered(variant), "Service")
]
_NAME = "app.kubernetes.io/name"

every_workload = pytest.mark.parametrize("workload", ALL, ids=str)
every_program = pytest.mark.parametrize("workload", PROGRAMS_RUN, ids=str)
in_prod = pytest.mark.parametrize("program", PROGRAMS)


@every_workload
def test_a_workload_and_its_pods_are_labelled_alike(workload: Workload) -> None:
    labels = workload.manifest["metadata"]["labels"]

    assert workload.pod["metadata"]["labels"] == labels
    assert label(workload.manifest, "name") == workload.name
    assert label(workload.manifest, "part-of") == "dialer-api"
    assert label(workload.manifest, "component")


@every_program
def test_a_program_says_which_version_it_is(workload: Workload) -> None:
    component = "gateway" if workload.name == "gateway" else "service"

    assert label(workload.manifest, "version") == __version__
    assert label(workload.manifest, "component") == component


@pytest.mark.parametrize("workload", [one for one in ALL if one.manifest["kind"] != "Job"], ids=str)
def test_a_selector_is_the_name_alone_as_it_can_never_be_changed(workload: Workload) -> None:
    assert workload.manifest["spec"]["selector"] == {"matchLabels": {_NAME: workload.name}}


@pytest.mark.parametrize(("variant", "name"), SERVICES)
def test_a_service_leads_to_the_ports_of_the_one_workload_that_it_is_named_for(
    variant: Variant, name: str
) -> None:
    service, pod = named(rendered(variant), "Service", name), Workload(variant, name).pod

    assert leads_to(service, pod)
    assert not leads_to(changed(service, "spec.ports.0.port", 9999), pod)
    assert not leads_to(changed(service, "spec.ports.0.targetPort", "other"), pod)
    assert not leads_to(changed(service, "spec.selector", {_NAME: "other"}), pod)


def leads_to(service: Manifest, pod: Manifest) -> bool:
    """Whether it selects these pods and offers all of their ports, by name and number."""
    spec = service["spec"]
    offered = {port["name"]: port["port"] for port in spec["ports"]}
    return (
        spec["selector"] == {_NAME: label(pod, "name")}
        and all(port["targetPort"] == port["name"] for port in spec["ports"])
        and offered == port_numbers(pod)
    )


@pytest.mark.parametrize("variant", [DEV, PROD], ids=name_of)
def test_services_are_headless_for_those_who_balance_and_the_gateway_is_for_all_others(
    variant: Variant,
) -> None:
    headless = {
        name: named(rendered(variant), "Service", name)["spec"].get("clusterIP") == "None"
        for name in PROGRAMS
    }

    assert headless == {name: name != "gateway" for name in PROGRAMS}


@every_program
def test_an_update_takes_no_pod_away_before_another_is_ready(workload: Workload) -> None:
    assert replaces_without_loss(workload.manifest)
    strategy = "spec.strategy"
    assert not replaces_without_loss(
        changed(workload.manifest, f"{strategy}.rollingUpdate.maxUnavailable", 1)
    )
    assert not replaces_without_loss(changed(workload.manifest, strategy, {"type": "Recreate"}))


def replaces_without_loss(deployment: Manifest) -> bool:
    """Whether one pod more is started first, and watched for a while."""
    spec = deployment["spec"]
    one_more = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
    return bool(
        spec["strategy"] == one_more
        and spec["minReadySeconds"] > 0
        and 2 <= spec["revisionHistoryLimit"] <= 10
    )


@every_program
def test_pods_of_a_program_prefer_different_zones_and_nodes(workload: Workload) -> None:
    spread = workload.pod["spec"]["topologySpreadConstraints"]

    assert [one["topologyKey"] for one in spread] == [
        "topology.kubernetes.io/zone",
        "kubernetes.io/hostname",
    ]
    for one in spread:
        assert one["labelSelector"] == {"matchLabels": {_NAME: workload.name}}
        assert (one["maxSkew"], one["whenUnsatisfiable"]) == (1, "ScheduleAnyway")


@in_prod
def test_a_program_is_scaled_by_its_autoscaler_alone(program: str) -> None:
    scaler = named(rendered(PROD), "HorizontalPodAutoscaler", program)
    deployment = named(rendered(PROD), "Deployment", program)

    assert scaler["spec"]["scaleTargetRef"] == {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "name": program,
    }
    assert "replicas" not in deployment["spec"]
    assert 2 <= scaler["spec"]["minReplicas"] < scaler["spec"]["maxReplicas"] <= 6


@in_prod
def test_scaling_does_not_flap(program: str) -> None:
    scaler = named(rendered(PROD), "HorizontalPodAutoscaler", program)
    behavior = "spec.behavior"

    assert is_calm(scaler)
    assert not is_calm(changed(scaler, f"{behavior}.scaleDown.stabilizationWindowSeconds", 0))
    assert not is_calm(changed(scaler, f"{behavior}.scaleDown.policies.0.value", 4))
    assert not is_calm(changed(scaler, f"{behavior}.scaleUp.stabilizationWindowSeconds", 600))


def is_calm(scaler: Manifest) -> bool:
    """Whether it grows within a minute, and shrinks slowly, pod by pod, after a long look."""
    up, down = (scaler["spec"]["behavior"][way] for way in ("scaleUp", "scaleDown"))
    steps_down = {(one["type"], one["value"]) for one in down["policies"]}
    return (
        0 < up["stabilizationWindowSeconds"] <= 60
        and bool(up["policies"])
        and down["stabilizationWindowSeconds"] >= 300
        and steps_down == {("Pods", 1)}
        and min(one["periodSeconds"] for one in down["policies"]) >= 60
    )


@pytest.mark.parametrize("variant", [one for one in EVERY_VARIANT if one[0] == "prod"], ids=name_of)
def test_all_scale_by_cpu_and_by_requests_where_the_site_has_an_adapter(variant: Variant) -> None:
    expected = [("cpu", "600m")]
    if "in-flight" in variant[1]:
        expected.append(("http_requests_in_flight", "16"))

    for scaler in of_kind(rendered(variant), "HorizontalPodAutoscaler"):
        assert list(map(metric, scaler["spec"]["metrics"])) == expected, title(scaler)


def metric(one: Manifest) -> tuple[str, str]:
    """The name of what is measured, and the average that is aimed at."""
    measured = one["resource"] if one["type"] == "Resource" else one["pods"]
    name = measured["name"] if one["type"] == "Resource" else measured["metric"]["name"]
    assert measured["target"]["type"] == "AverageValue"
    return name, measured["target"]["averageValue"]


@in_prod
def test_a_node_that_is_drained_takes_one_pod_of_a_program_at_a_time(program: str) -> None:
    budget = named(rendered(PROD), "PodDisruptionBudget", program)

    assert budget["spec"] == {
        "maxUnavailable": 1,
        "selector": {"matchLabels": {_NAME: program}},
    }


def test_in_dev_there_is_one_pod_each_and_nothing_that_scales_or_keeps_it() -> None:
    objects = rendered(DEV)

    assert {one["spec"]["replicas"] for one in of_kind(objects, "Deployment")} == {1}
    assert not of_kind(objects, "HorizontalPodAutoscaler", "PodDisruptionBudget", "Ingress")


@pytest.mark.parametrize("variant", [DEV, PROD], ids=name_of)
def test_the_setup_job_ends_keeps_its_words_and_is_gone_before_the_next_release(
    variant: Variant,
) -> None:
    job = named(rendered(variant), "Job", "setup")["spec"]

    assert 0 < job["ttlSecondsAfterFinished"] <= 600
    assert job["activeDeadlineSeconds"] <= 3600
    assert job["backoffLimit"] > 0
    assert job["template"]["spec"]["restartPolicy"] == "Never"
