"""The suite's images on engines that speak Docker's API, by Docker's own SDK."""

from support.engines.podman import Podman
from support.engines.engine import Engine


def test_x(dockerd_with_suite: Engine, podman_with_suite: Podman) -> None:
    print(podman_with_suite.run("images"))
    print(dockerd_with_suite.client.images.list())
