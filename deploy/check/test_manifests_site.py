"""A site that is written as deploy/README.md shows it is complete, and reaches its replica."""

import re
import shutil
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml

from deploy.check.dockerfile import ROOT
from deploy.check.rendering import K8S, Manifest, kustomize, named
from deploy.check.workloads import contents

README = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
_COMMANDED = re.compile(
    r"^ *\.venv/bin/python -m deploy\.setup (secrets --folder \S+/prod/.*)$", re.MULTILINE
)
_SHOWN = re.compile(r"^```yaml\n(namespace: .*?)^```$", re.MULTILINE | re.DOTALL)
_REPLICA_FILE = re.compile(r"^  # (- secrets/svc-reports/report-.*)$", re.MULTILINE)
_REPLICA_KEYS = {"report-db-user", "report-db-password"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    """What the README's site renders to, after the README's commands."""
    copied = tmp_path_factory.mktemp("copied")
    k8s = copied / "deploy/k8s"
    shutil.copytree(K8S, k8s, ignore=shutil.ignore_patterns("secrets"))
    for command in _COMMANDED.findall(README):
        make_secrets(copied, command)
    (k8s / "overlays/prod/secrets/database").mkdir(exist_ok=True)
    (k8s / "overlays/prod/secrets/database/root-password").write_text("of an administrator")
    of_prod = k8s / "overlays/prod/kustomization.yaml"
    of_prod.write_text(_REPLICA_FILE.sub(r"  \1", of_prod.read_text()))
    (shown,) = _SHOWN.findall(README)
    (k8s / "overlays/site").mkdir()
    (k8s / "overlays/site/kustomization.yaml").write_text(shown)
    return list(yaml.load_all(kustomize(k8s / "overlays/site"), yaml.CSafeLoader))


def make_secrets(folder: Path, command: str) -> None:
    """Run a line of the README there."""
    subprocess.run(
        [sys.executable, "-m", "deploy.setup", *command.split()],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
    )


def test_the_readme_names_the_command_with_and_without_a_replica() -> None:
    assert [command.endswith(" --replica") for command in _COMMANDED.findall(README)] == [
        False,
        True,
    ]


def test_the_way_to_the_replica_is_open_at_the_address_that_reports_are_told(
    site: list[Manifest],
) -> None:
    (told,) = (
        one["data"]["REPORT_DB_HOST"]
        for one in site
        if one["kind"] == "ConfigMap" and "REPORT_DB_HOST" in one["data"]
    )
    (rule,) = named(site, "NetworkPolicy", "to-report-database")["spec"]["egress"]
    (peer,) = rule["to"]

    assert ip_address(told) in ip_network(peer["ipBlock"]["cidr"])


def test_reports_have_the_account_of_the_replica_and_all_that_prod_gives_them(
    site: list[Manifest],
) -> None:
    secret = named(site, "Secret", "svc-reports")

    assert contents(secret).keys() == _REPLICA_KEYS | {"token-keys", "db-user", "db-password"}
    assert all(contents(secret).values())


def test_programs_share_the_token_keys_that_prod_has(site: list[Manifest]) -> None:
    keys = {
        contents(one)["token-keys"]
        for one in site
        if one["kind"] == "Secret" and "token-keys" in one["data"]
    }

    assert len(keys) == 1
