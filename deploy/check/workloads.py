"""What runs, of rendered manifests: pods, their containers, variables and secrets."""

import base64
from collections.abc import Iterable
from typing import NamedTuple

from deploy.check.rendering import Manifest, Variant, named, of_kind, rendered

KINDS = ("Deployment", "StatefulSet", "Job")


class Workload(NamedTuple):
    """A Deployment, StatefulSet or Job among all objects of a variant."""

    variant: Variant
    name: str

    def __str__(self) -> str:
        """`prod/svc-leads`."""
        return f"{self.variant[0]}/{self.name}"

    @property
    def objects(self) -> tuple[Manifest, ...]:
        """All objects beside it."""
        return rendered(self.variant)

    @property
    def manifest(self) -> Manifest:
        """The object itself."""
        (found,) = (
            one for one in of_kind(self.objects, *KINDS) if one["metadata"]["name"] == self.name
        )
        return found

    @property
    def pod(self) -> Manifest:
        """Its pod's template."""
        template: Manifest = self.manifest["spec"]["template"]
        return template

    @property
    def container(self) -> Manifest:
        """Its one container."""
        (container,) = containers(self.pod)
        return container

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its container: from its ConfigMap, and its own."""
        found: dict[str, str] = {}
        for source in self.container.get("envFrom", ()):
            found |= named(self.objects, "ConfigMap", source["configMapRef"]["name"])["data"]
        own = {one["name"]: one["value"] for one in self.container.get("env", ())}
        return found | own


def workloads(variants: Iterable[Variant]) -> list[Workload]:
    """All that runs in these variants."""
    return [
        Workload(variant, one["metadata"]["name"])
        for variant in variants
        for one in of_kind(rendered(variant), *KINDS)
    ]


def containers(pod: Manifest) -> list[Manifest]:
    """The containers of a pod or template, those that run before it included."""
    spec = pod["spec"]
    return [*spec.get("initContainers", ()), *spec["containers"]]


def port_numbers(pod: Manifest) -> dict[str, int]:
    """The ports of a pod's containers, by name."""
    return {
        port["name"]: port["containerPort"]
        for container in containers(pod)
        for port in container.get("ports", ())
    }


def contents(secret: Manifest) -> dict[str, str]:
    """The decoded values of a Secret, by key."""
    return {key: base64.b64decode(value).decode() for key, value in secret["data"].items()}


def label(one: Manifest, key: str) -> str:
    """A label of the set that Kubernetes recommends; empty without it."""
    return str(one["metadata"].get("labels", {}).get(f"app.kubernetes.io/{key}", ""))
