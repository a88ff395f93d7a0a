"""The Dockerfile keeps its promises; each rule has seen a Dockerfile that breaks it."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from dialkit.settings import SERVICES

import gateway
from deploy.check.dockerfile import (
    DOCKERFILE,
    ROOT,
    Instruction,
    environment,
    instructions,
    is_admitted,
    stages,
    whole,
)
from deploy.images.__main__ import PROGRAMS, suite_version
from deploy.setup.layout import DATABASE
from deploy.setup.layout import PROGRAMS as WITH_SECRETS

TEXT = DOCKERFILE.read_text(encoding="utf-8")
IGNORE = (ROOT / ".dockerignore").read_text(encoding="utf-8")
HADOLINT = Path(sys.executable).with_name("hadolint")
NOBODY = "65532:65532"
NEWER_THAN_DOCKER_20 = r"--mount|--link|--chmod|--network|--security|--start-interval|<<"

every_program = pytest.mark.parametrize("program", PROGRAMS)


def test_there_is_an_image_for_the_gateway_each_service_and_setup() -> None:
    assert ("gateway", *SERVICES, "setup") == PROGRAMS
    assert set(PROGRAMS) <= set(stages(TEXT))
    assert stages(TEXT)[""].base == "${PROGRAM}"


def test_all_packages_carry_the_suite_s_version() -> None:
    versions = {
        tomllib.loads((ROOT / folder / "pyproject.toml").read_text())["project"]["version"]
        for folder in ("libs", "gateway", *SERVICES)
    }

    assert versions == {suite_version()} == {gateway.__version__}


def test_hadolint_has_nothing_to_say() -> None:
    checked = subprocess.run(
        [HADOLINT, "--no-color", DOCKERFILE], capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_it_builds_without_buildkit() -> None:
    assert needs_no_buildkit(TEXT)
    assert not needs_no_buildkit(f"# syntax=docker/dockerfile:1\n{TEXT}")
    assert not needs_no_buildkit(TEXT.replace("RUN set", "RUN --mount=type=cache,target=/x set", 1))


def needs_no_buildkit(text: str) -> bool:
    """Whether podman 4.3 and dockerd 20.10 understand it."""
    newer = [one for one in instructions(text) if re.search(NEWER_THAN_DOCKER_20, one.text)]
    return not newer and "syntax=" not in text.replace(" ", "").lower()


def test_what_comes_from_outside_is_checked_by_its_hash() -> None:
    assert is_checked_by_hash(TEXT)
    assert not is_checked_by_hash(TEXT.replace("--require-hashes ", ""))
    assert not is_checked_by_hash(TEXT.replace("--no-deps --no-index --target", "--target"))
    assert not is_checked_by_hash(f"{TEXT}\nADD https://example.org/tool /tool")
    assert not is_checked_by_hash(f"{TEXT}\nRUN apt-get install curl")


def is_checked_by_hash(text: str) -> bool:
    """Whether only pip fetches anything, with hashes; and from the lock file only."""
    if any(one.keyword == "ADD" or re.search(r"apt|curl|wget", one.text) for one in commands(text)):
        return False
    calls = [
        call
        for one in commands(text)
        for call in re.split(r";|&&", one.text)
        if re.search(r"pip (install|wheel|download)", call)
    ]
    of_lock = [call for call in calls if "--require-hashes -r image.lock" in call]
    return len(of_lock) == 1 and all(
        "--no-deps" in call and "--no-index" in call for call in calls if call not in of_lock
    )


def commands(text: str) -> list[Instruction]:
    """What is run or fetched."""
    return [one for one in instructions(text) if one.keyword in ("RUN", "ADD")]


def test_dependencies_come_before_code() -> None:
    assert comes_before_code(TEXT)
    assert not comes_before_code(TEXT.replace("COPY requirements/image.lock .", "COPY . ."))
    assert not comes_before_code(
        TEXT.replace("--from=dependencies /layer/ /", "--from=programs . /")
    )


def comes_before_code(text: str) -> bool:
    """Whether a change of code leaves the layer of dependencies, and its making, as they are."""
    by_name = stages(text)
    made_of = [one.text for one in by_name["dependencies"].instructions if one.keyword == "COPY"]
    layers = [one.text for one in by_name["runtime"].instructions if one.keyword == "COPY"]
    return made_of == ["requirements/image.lock ."] and layers[0] == "--from=dependencies /layer/ /"


@every_program
def test_a_program_s_image_holds_its_own_layer_and_runs_its_module(program: str) -> None:
    layer = program.replace("-", "_")
    copied = [one.text for one in stages(TEXT)[program].instructions if one.keyword == "COPY"]
    module = environment(TEXT, program)["PROGRAM"]

    assert copied == [f"--from=programs /layers/{layer}/ /"]
    assert module == ("deploy.setup" if program == "setup" else layer)
    assert find_spec(f"{module}.__main__")


@every_program
def test_nothing_is_run_in_an_image_so_that_it_holds_files_only(program: str) -> None:
    used = [*whole(TEXT, program), *stages(TEXT)[""].instructions]

    assert not [one for one in used if one.keyword in ("RUN", "SHELL", "ADD", "VOLUME")]


@every_program
def test_an_image_s_program_is_a_nobody_that_gets_its_signals(program: str) -> None:
    assert is_modest(TEXT, program)
    assert not is_modest(TEXT.replace(f"USER {NOBODY}", "USER nobody"), program)
    assert not is_modest(TEXT.replace(f"USER {NOBODY}", "USER 0:0"), program)
    assert not is_modest(TEXT.replace('["python", "-m", "dialkit"]', "python -m dialkit"), program)
    assert not is_modest(TEXT.replace("STOPSIGNAL SIGTERM", "STOPSIGNAL SIGKILL"), program)


def is_modest(text: str, program: str) -> bool:
    """Whether it runs as a user by number, in exec form, and is ended by SIGTERM."""
    said = {one.keyword: one.text for one in whole(text, program)}
    users = [one.text for one in whole(text, program) if one.keyword == "USER"]
    return (
        users == [NOBODY]
        and said["ENTRYPOINT"] == '["python", "-m", "dialkit"]'
        and said["STOPSIGNAL"] == "SIGTERM"
        and said["WORKDIR"].startswith("/")
        and "CMD" not in said
    )


@every_program
def test_an_image_asks_its_program_for_its_health_without_a_shell(program: str) -> None:
    (*_, health) = (one.text for one in whole(TEXT, program) if one.keyword == "HEALTHCHECK")

    if program == "setup":
        assert health == "NONE"
    else:
        assert json.loads(health.partition(" CMD ")[2]) == ["python", "-m", "dialkit.healthcheck"]
        assert find_spec("dialkit.healthcheck")


@every_program
def test_an_image_s_environment_suits_a_read_only_container(program: str) -> None:
    variables = environment(TEXT, program)

    assert variables["PYTHONUNBUFFERED"] == variables["PYTHONDONTWRITEBYTECODE"] == "1"
    assert variables["LOG_FORMAT"] == "json"
    assert not [name for name in variables if re.search("KEY|PASSWORD|SECRET|TOKEN", name)]


@every_program
def test_an_image_listens_everywhere_on_the_ports_that_it_names(program: str) -> None:
    variables = environment(TEXT, program)
    ports = {
        port for one in whole(TEXT, program) if one.keyword == "EXPOSE" for port in one.text.split()
    }

    if program == "setup":
        assert not ports
    elif program == "gateway":
        assert (variables["API_HOST"], variables["API_PORT"]) == ("0.0.0.0", "8080")
        assert ports == {"8080", "9090"}
    else:
        assert (variables["HOST"], variables["PORT"]) == ("0.0.0.0", "8081")
        assert ports == {"8081", "9090"}


@every_program
def test_an_image_says_what_it_is(program: str) -> None:
    used = [*whole(TEXT, program), *stages(TEXT)[""].instructions]
    labels = dict(
        pair
        for one in used
        if one.keyword == "LABEL"
        for pair in re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]+)"', one.text)
    )

    assert labels["title"] == f"dialer-api/{program}"
    assert labels["version"] == "${VERSION}"
    assert labels["revision"] == "${REVISION}"
    assert set(labels) == {"title", "description", "version", "revision"}


def test_setup_s_image_has_a_folder_for_the_secrets_of_each_program() -> None:
    (text,) = (one.text for one in instructions(TEXT) if "/setup/secrets/" in one.text)
    (names,) = re.findall(r"for program in ([-a-z ]+);", text)

    assert set(names.split()) == {*WITH_SECRETS, DATABASE}


def test_a_build_reads_the_programs_and_their_lock_file_and_nothing_else() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    files = [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]

    assert {name for name in files if is_admitted(name, IGNORE)} == set(filter(is_needed, files))
    assert not is_admitted("deploy/k8s/overlays/prod/secrets/gateway/api-key", IGNORE)
    assert not is_admitted(".git/config", IGNORE)
    assert not is_admitted("libs/dialkit/__pycache__/db.cpython-311.pyc", IGNORE)


def is_needed(name: str) -> bool:
    """Whether an image is made of it."""
    folders = ("libs/dialkit", "gateway/gateway", "deploy/db", "deploy/setup")
    packages = [f"{service}/{service.replace('-', '_')}" for service in SERVICES]
    return name in ("requirements/image.lock", "deploy/__init__.py") or (
        name.startswith(tuple(f"{folder}/" for folder in (*folders, *packages)))
        or name in [f"{folder}/pyproject.toml" for folder in ("libs", "gateway", *SERVICES)]
    )
