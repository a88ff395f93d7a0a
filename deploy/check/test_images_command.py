"""`make images` tells the engine what each image is, and people what came of it."""

import sys
from pathlib import Path

import pytest

from deploy.check.dockerfile import ROOT
from deploy.images.__main__ import PROGRAMS, main, suite_version

# An engine that writes down what it is asked, and whose images have 1,000,000 bytes a letter. It
# does not have the one that the file `missing` names, until it pulls it: with a file `online`.
ENGINE = """\
#!{python}
import sys
from pathlib import Path
with Path(__file__).with_name("asked").open("a") as asked:
    asked.write(" ".join(sys.argv[1:]) + "\\n")
missing, online = Path(__file__).with_name("missing"), Path(__file__).with_name("online")
if "pull" in sys.argv:
    if not online.exists():
        sys.exit("no route to host")
    missing.unlink()
if "inspect" in sys.argv:
    if missing.exists() and missing.read_text() == sys.argv[-1]:
        sys.exit("no such image")
    print(len(sys.argv[-1]) * 1_000_000)
if "--fail" in sys.argv:
    sys.exit("no space left on device")
"""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in for an engine; its folder is where `asked` appears."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "podman"
    path.write_text(ENGINE.format(python=sys.executable))
    path.chmod(0o755)
    return path


def asked(engine: Path) -> list[str]:
    """The builds that the engine was asked for."""
    lines = engine.with_name("asked").read_text().splitlines()
    return [line for line in lines if line.startswith("build ")]


def test_every_program_s_image_is_built_with_the_suite_s_version(engine: Path) -> None:
    assert main((), {"ENGINE": str(engine)}) == 0

    builds = asked(engine)
    assert len(builds) == len(PROGRAMS)
    for program, build in zip(PROGRAMS, builds, strict=True):
        assert f"--build-arg=PROGRAM={program} " in build
        assert f"--build-arg=VERSION={suite_version()} " in build
        assert f"-t dialer-api/{program}:{suite_version()} ." in build
        assert (ROOT / build.split(" -f ")[1].split()[0]).is_file()


def test_podman_is_told_to_keep_the_health_command_and_docker_needs_not(engine: Path) -> None:
    docker = engine.with_name("docker")
    docker.write_bytes(engine.read_bytes())
    docker.chmod(0o755)

    main(["gateway"], {"ENGINE": str(engine)})
    main(["gateway"], {"ENGINE": str(docker)})

    of_podman, of_docker = asked(engine)
    assert "--format docker" in of_podman
    assert "--format" not in of_docker


def test_registry_tag_base_and_options_are_the_user_s(engine: Path) -> None:
    wanted = {
        "ENGINE": str(engine),
        "REGISTRY": "registry/team/",
        "TAG": "7.8.9",
        "PYTHON_IMAGE": "mirror/python:3.12-slim",
        "BUILD_OPTIONS": "--network host",
    }

    main(["svc-leads"], wanted)

    (build,) = asked(engine)
    assert "--build-arg=PYTHON_IMAGE=mirror/python:3.12-slim" in build
    assert "--network host" in build
    assert build.endswith("-t registry/team/dialer-api/svc-leads:7.8.9 .")


def test_what_an_image_adds_to_its_base_is_told(
    engine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["setup"], {"ENGINE": str(engine), "TAG": "1", "PYTHON_IMAGE": "base"})

    expected = len("dialer-api/setup:1") - len("base")
    assert f"{expected:.1f} MB over its base" in capsys.readouterr().out


def test_a_base_that_the_engine_does_not_have_is_pulled_to_know_its_size(
    engine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.with_name("missing").write_text("base")
    engine.with_name("online").touch()

    assert main(["setup", "gateway"], {"ENGINE": str(engine), "PYTHON_IMAGE": "base"}) == 0

    assert engine.with_name("asked").read_text().splitlines().count("pull base") == 1
    assert capsys.readouterr().out.count("MB over its base") == 2


def test_images_are_built_where_the_base_can_be_neither_inspected_nor_pulled(
    engine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.with_name("missing").write_text("base")

    assert main(["setup"], {"ENGINE": str(engine), "PYTHON_IMAGE": "base"}) == 0

    assert len(asked(engine)) == 1
    assert "size over its base unknown" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("programs", "options", "text"),
    [
        pytest.param(["svc-nothing"], "", "No such program: svc-nothing", id="program"),
        pytest.param(["setup"], "--fail", "no space left on device", id="engine"),
    ],
)
def test_what_goes_wrong_is_told_in_the_engine_s_words(
    engine: Path,
    capsys: pytest.CaptureFixture[str],
    programs: list[str],
    options: str,
    text: str,
) -> None:
    assert main(programs, {"ENGINE": str(engine), "BUILD_OPTIONS": options}) != 0
    assert text in capsys.readouterr().err


def test_no_engine_is_told_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main((), {"ENGINE": "no-such-engine"}) == 1
    assert "No container engine answers: no-such-engine" in capsys.readouterr().err
