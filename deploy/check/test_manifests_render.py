"""Every overlay, with every choice of components, is what Kubernetes 1.25 to 1.37 takes."""

import json
from collections import Counter
from functools import cache

import kubernetes_validate
import pytest

from deploy.check.rendering import (
    DEV,
    EVERY_VARIANT,
    PROD,
    Manifest,
    Variant,
    changed,
    name_of,
    named,
    of_kind,
    rendered,
    title,
)

OLDEST_AND_NEWEST = ("1.25", "1.37")
# Of the Prometheus operator: test_manifests_monitoring.py knows their shape.
WITHOUT_SCHEMA = ("ServiceMonitor", "PrometheusRule")


@pytest.mark.parametrize("variant", EVERY_VARIANT, ids=name_of)
@pytest.mark.parametrize("version", OLDEST_AND_NEWEST)
def test_every_object_is_one_of_this_kubernetes_and_has_no_field_beyond(
    version: str, variant: Variant
) -> None:
    complaints = {title(one): complaint(version, json.dumps(one)) for one in rendered(variant)}

    assert {name: text for name, text in complaints.items() if text} == {}


@pytest.mark.parametrize("version", OLDEST_AND_NEWEST)
def test_a_field_that_kubernetes_does_not_know_would_be_noticed(version: str) -> None:
    gateway = named(rendered(PROD), "Deployment", "gateway")
    misspelled = changed(gateway, "spec.template.spec.enableServiceLink", False)

    assert "enableServiceLink" in complaint(version, json.dumps(misspelled))


@pytest.mark.parametrize("variant", EVERY_VARIANT, ids=name_of)
def test_no_object_is_there_twice_and_none_has_a_template_s_name(variant: Variant) -> None:
    titles = Counter(map(title, rendered(variant)))

    assert set(titles.values()) == {1}
    assert not [name for name in titles if name.endswith("/program")]


@pytest.mark.parametrize("variant", EVERY_VARIANT, ids=name_of)
def test_all_objects_are_in_the_one_namespace(variant: Variant) -> None:
    (namespace,) = of_kind(rendered(variant), "Namespace")
    others = [one for one in rendered(variant) if one is not namespace]

    places = {one["metadata"]["namespace"] for one in others}

    assert places == {namespace["metadata"]["name"]}


@pytest.mark.parametrize("variant", [DEV, PROD], ids=name_of)
def test_config_maps_have_a_hash_and_roll_their_pods_but_secrets_have_none(
    variant: Variant,
) -> None:
    objects = rendered(variant)
    maps = {one["metadata"]["name"] for one in of_kind(objects, "ConfigMap")}
    secrets = {one["metadata"]["name"] for one in of_kind(objects, "Secret")}

    assert {name.rpartition("-")[0] for name in maps} == secrets - {"database"} | {"setup"}
    assert "svc-leads" in secrets


@cache
def complaint(version: str, text: str) -> str:
    """What the schema says against an object; nothing where it fits."""
    one: Manifest = json.loads(text)
    if one["kind"] in WITHOUT_SCHEMA:
        return ""
    try:
        kubernetes_validate.validate(one, version, strict=True)
    except kubernetes_validate.ValidationError as error:
        return f"{'.'.join(map(str, error.path))}: {error.message}"
    return ""
