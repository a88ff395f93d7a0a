"""The images as an engine has built them: small, alike but for a program's own files, labelled."""

from typing import Any

import pytest
from docker.models.images import Image
from support.engines.bases import PYTHON
from support.engines.engine import Engine
from support.engines.report import Proof
from support.engines.suite_images import image_of

from deploy.images.__main__ import PROGRAMS, suite_version

_LIMIT = 130_000_000
_LABEL = "org.opencontainers.image"
# What programs depend on, and dialkit.
_SHARED_LAYERS = 2

every_program = pytest.mark.parametrize("program", PROGRAMS)


@pytest.fixture(scope="module")
def images(dockerd_with_suite: Engine) -> dict[str, Image]:
    """Those of all programs, and their base."""
    names = {program: image_of(program) for program in PROGRAMS} | {"base": PYTHON}
    return {key: dockerd_with_suite.client.images.get(name) for key, name in names.items()}


def test_an_image_adds_less_than_130_mb_to_its_base(images: dict[str, Image], proof: Proof) -> None:
    added = {
        program: images[program].attrs["Size"] - images["base"].attrs["Size"]
        for program in PROGRAMS
    }

    assert all(0 < size < _LIMIT for size in added.values()), added
    told = ", ".join(f"{program} {size / 1e6:.1f}" for program, size in added.items())
    proof.has_run(f"dockerd: images, MB over their base: {told}")


@every_program
def test_an_image_begins_with_its_base_and_what_all_share(
    images: dict[str, Image], program: str
) -> None:
    base, first, own = map(layers, (images["base"], images[PROGRAMS[0]], images[program]))
    shared = len(base) + _SHARED_LAYERS

    assert own[: len(base)] == base
    assert own[:shared] == first[:shared]
    # The working folder, if it is one, and the program's files.
    assert len(own) <= shared + 2


def layers(image: Image) -> list[str]:
    """The digests of an image's layers, the lowest first."""
    return list(image.attrs["RootFS"]["Layers"])


@every_program
def test_an_image_runs_its_program_as_nobody_and_without_a_shell(
    images: dict[str, Image], program: str
) -> None:
    config: dict[str, Any] = images[program].attrs["Config"]
    module = "deploy.setup" if program == "setup" else program.replace("-", "_")

    assert config["User"] == "65532:65532"
    assert config["Entrypoint"] == ["python", "-m", "dialkit"]
    assert f"PROGRAM={module}" in config["Env"]
    assert config["StopSignal"] == "SIGTERM"
    assert config["Healthcheck"]["Test"] == (
        ["NONE"] if program == "setup" else ["CMD", "python", "-m", "dialkit.healthcheck"]
    )


@every_program
def test_an_image_says_what_it_is_and_what_it_was_built_from(
    images: dict[str, Image], program: str
) -> None:
    labels = images[program].labels

    assert labels[f"{_LABEL}.title"] == f"dialer-api/{program}"
    assert labels[f"{_LABEL}.version"] == suite_version()
    assert labels[f"{_LABEL}.description"]
    assert labels[f"{_LABEL}.revision"]
