"""Rendered manifests as podman can play them: workloads as pods, secrets as config maps.

`podman kube play` 4.3 knows no StatefulSet, Job, projected volume or working Secret; what is in the
pod template - commands, variables, security context, limits, mounts - stays as it is rendered; not
ports, which it would take from the machine, and probes, which it would run with curl.
"""

import base64
import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml

Manifest = dict[str, Any]

WORKLOADS = ("Deployment", "StatefulSet", "Job")


def pick(objects: Iterable[Manifest], kind: str, name: str) -> Manifest:
    """The object of that kind whose name is that, or begins with it before a hash."""
    return next(
        one
        for one in objects
        if one["kind"] == kind
        and (one["metadata"]["name"] == name or one["metadata"]["name"].startswith(f"{name}-"))
    )


def as_pod(workload: Manifest, name: str, objects: Sequence[Manifest]) -> str:
    """YAML of the workload's pod under that name, with the config maps that it needs."""
    template = _template(workload)
    spec = template["spec"]
    spec["volumes"] = list(_volumes(spec))
    for container in (*spec.get("initContainers", ()), *spec["containers"]):
        container["volumeMounts"] = list(_mounts(container, workload))
        for unused in ("ports", "livenessProbe", "readinessProbe", "startupProbe"):
            container.pop(unused, None)
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": template["metadata"].get("labels", {})},
        "spec": spec,
    }
    needed = {_config_map_name(volume) for volume in spec["volumes"]} | set(_environment(spec))
    maps = [one for one in map(as_config_map, objects) if one is not None]
    return yaml.safe_dump_all([*(one for one in maps if _name(one) in needed), pod])


def as_config_map(one: Manifest) -> Manifest | None:
    """A config map as it is, a secret as a config map of its decoded values; None for the rest."""
    if one["kind"] == "ConfigMap":
        return one
    if one["kind"] != "Secret":
        return None
    data = {
        key: base64.b64decode(value).decode() for key, value in (one.get("data") or {}).items()
    } | one.get("stringData", {})
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": _name(one)},
        "data": data,
    }


def _template(workload: Manifest) -> Manifest:
    template: Manifest = copy.deepcopy(workload["spec"]["template"])
    claims = workload["spec"].get("volumeClaimTemplates", ())
    volumes = template["spec"].setdefault("volumes", [])
    volumes.extend({"name": _name(claim), "emptyDir": {}} for claim in claims)
    return template


def _volumes(spec: Manifest) -> Iterator[Manifest]:
    """The volumes, secrets as config maps; each source of a projected one by itself."""
    for volume in spec["volumes"]:
        if "projected" in volume:
            for source in volume["projected"]["sources"]:
                yield _map_volume(f"{volume['name']}-{_source_name(source)}", _source_name(source))
        elif "secret" in volume:
            yield _map_volume(volume["name"], volume["secret"]["secretName"])
        else:
            yield volume


def _mounts(container: Manifest, workload: Manifest) -> Iterator[Manifest]:
    """The mounts; one of a projected volume becomes one for each folder in it."""
    projected = {
        volume["name"]: volume["projected"]["sources"]
        for volume in workload["spec"]["template"]["spec"].get("volumes", ())
        if "projected" in volume
    }
    for mount in container.get("volumeMounts", ()):
        if mount["name"] not in projected:
            yield mount
            continue
        for source in projected[mount["name"]]:
            (folder,) = {item["path"].rpartition("/")[0] for item in _source(source)["items"]}
            yield {
                "name": f"{mount['name']}-{_source_name(source)}",
                "mountPath": f"{mount['mountPath']}/{folder}",
                "readOnly": True,
            }


def _map_volume(name: str, config_map: str) -> Manifest:
    return {"name": name, "configMap": {"name": config_map}}


def _source(source: Manifest) -> Manifest:
    found: Manifest = source.get("secret") or source["configMap"]
    return found


def _source_name(source: Manifest) -> str:
    return str(_source(source)["name"])


def _config_map_name(volume: Manifest) -> str | None:
    return volume["configMap"]["name"] if "configMap" in volume else None


def _environment(spec: Manifest) -> Iterator[str]:
    """Names of the config maps that variables come from."""
    for container in spec["containers"]:
        for source in container.get("envFrom", ()):
            yield source["configMapRef"]["name"]
        for variable in container.get("env", ()):
            reference = variable.get("valueFrom", {}).get("configMapKeyRef")
            if reference:
                yield reference["name"]


def _name(one: Manifest) -> str:
    return str(one["metadata"]["name"])
