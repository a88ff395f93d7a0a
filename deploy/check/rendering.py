"""The manifests as `kubectl kustomize` renders them: overlays, and sites put on top of them."""

import copy
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain, combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from deploy.setup.__main__ import main as setup

Manifest = dict[str, Any]

K8S = Path(__file__).parents[1] / "k8s"
PROGRAMS = ("gateway", "svc-leads", "svc-lists", "svc-users", "svc-telephony", "svc-reports")
OPTIONAL = ("in-flight", "monitoring", "redis", "report-replica")

_KUBECTL = Path(sys.executable).with_name("kubectl")
_REPLICA = ("report-db-user", "report-db-password")
# What a site adds for a component, as the component's first lines say.
_MERGED: dict[str, dict[str, tuple[str, Manifest]]] = {
    "redis": {"configMapGenerator": ("gateway", {"literals": ["RATE_LIMIT=100/second"]})},
    "report-replica": {
        "configMapGenerator": ("svc-reports", {"literals": ["REPORT_DB_HOST=192.0.2.11"]}),
        "secretGenerator": (
            "svc-reports",
            {
                "files": [f"secrets/svc-reports/{name}" for name in _REPLICA],
                "options": {"disableNameSuffixHash": True},
            },
        ),
    },
}

# A place, and the optional components that it takes.
Variant = tuple[str, tuple[str, ...]]
_CHOICES = chain.from_iterable(combinations(OPTIONAL, n) for n in range(len(OPTIONAL) + 1))
EVERY_VARIANT: tuple[Variant, ...] = tuple(product(("dev", "prod"), _CHOICES))
# These two hold all objects that there are.
DEV: Variant = ("dev", ())
PROD: Variant = ("prod", OPTIONAL)


def name_of(variant: Variant) -> str:
    """`prod+redis`."""
    overlay, components = variant
    return "+".join((overlay, *components))


@cache
def rendered(variant: Variant) -> tuple[Manifest, ...]:
    """All objects of an overlay, or of a site that takes components, with fresh secrets."""
    folder = Path(_copy_with_secrets().name)
    return tuple(yaml.load_all(kustomize(_site(folder, variant)), yaml.CSafeLoader))


def kustomize(folder: Path) -> str:
    """YAML of an overlay. Raises: RuntimeError, also for a mere warning."""
    run = subprocess.run(
        [_KUBECTL, "kustomize", folder], capture_output=True, text=True, check=False
    )
    # A warning is about a field that will be gone one day.
    if run.returncode or run.stderr:
        raise RuntimeError(f"kubectl kustomize {folder.name}: {run.stderr}")
    return run.stdout


def secrets_of(overlay: str) -> Path:
    """The folder of the secrets that are rendered; they are another run's next time."""
    return Path(_copy_with_secrets().name, "overlays", overlay, "secrets")


def of_kind(objects: Iterable[Manifest], *kinds: str) -> list[Manifest]:
    """The objects of these kinds."""
    return [one for one in objects if one["kind"] in kinds]


def named(objects: Iterable[Manifest], kind: str, name: str) -> Manifest:
    """The object of that kind and name."""
    (found,) = (one for one in of_kind(objects, kind) if one["metadata"]["name"] == name)
    return found


def title(one: Manifest) -> str:
    """`Deployment/gateway`."""
    return f"{one['kind']}/{one['metadata']['name']}"


def changed(one: Manifest, path: str, value: object) -> Manifest:
    """A copy in which the field at `path` (`spec.ports.0.name`) has another value, or None."""
    copied = copy.deepcopy(one)
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = copied
    for step in way:
        place = place[step]
    place[last] = value
    return copied


@cache
def _copy_with_secrets() -> "TemporaryDirectory[str]":
    """A copy of the manifests, which ends with this process."""
    copied = TemporaryDirectory(prefix="k8s-")
    shutil.copytree(K8S, copied.name, ignore=shutil.ignore_patterns("secrets"), dirs_exist_ok=True)
    for overlay in ("dev", "prod"):
        secrets = Path(copied.name, "overlays", overlay, "secrets")
        if setup(["secrets", "--folder", str(secrets), "--root-password", "--replica"]):
            raise RuntimeError("deploy.setup made no secrets")
    return copied


def _site(folder: Path, variant: Variant) -> Path:
    """The overlay itself, or one on top of it as a site with components writes it."""
    overlay, components = variant
    base = folder / "overlays" / overlay
    if not components:
        return base
    site = folder / "overlays" / name_of(variant)
    site.mkdir()
    shutil.copytree(base / "secrets", site / "secrets")
    kustomization = {
        "namespace": yaml.safe_load((base / "kustomization.yaml").read_text())["namespace"],
        "resources": [f"../{overlay}"],
        "components": [f"../../components/{name}" for name in components],
        **_additions(components),
    }
    (site / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    return site


def _additions(components: Iterable[str]) -> Mapping[str, list[Manifest]]:
    additions: dict[str, list[Manifest]] = {}
    for component in components:
        for generator, (name, what) in _MERGED.get(component, {}).items():
            entry = {"name": name, "behavior": "merge", **what}
            additions.setdefault(generator, []).append(entry)
    return additions
