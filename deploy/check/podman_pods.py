"""The suite as podman plays it: the manifests of the overlay `dev` as pods on one network."""

import base64
import json
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support.engines.daemon import wait_until
from support.engines.errors import CommandFailed
from support.engines.podman import Podman

from deploy.check.pods import Manifest, as_pod, pick
from deploy.check.rendering import named
from deploy.check.running import DOUBLED, SERVICES, wait_until_ready
from deploy.setup.__main__ import main as setup

_SETUP_LIMIT_S = 200
# Longer than what a pod may take to end by itself (terminationGracePeriodSeconds).
_END_LIMIT_S = 80


class PodmanPods:
    """Pods of rendered manifests; see `deploy.check.running.Running`."""

    name = "podman kube play"

    def __init__(self, podman: Podman, objects: Sequence[Manifest], secret_files: Path) -> None:
        self._podman = podman
        self._objects = objects
        self._secrets = secret_files
        self._network = f"pods-{secrets.token_hex(4)}"
        self._containers: dict[str, str] = {}
        self._made = 0

    def start(self) -> None:
        """Play the database, fill it, then all programs. Raises: CommandFailed, EngineMissing."""
        self._podman.run("network", "create", self._network)
        self._play("StatefulSet", "database")
        self._fill_database()
        # The gateways last, as with compose: they find all names at their start.
        for programs in (SERVICES, ("gateway",)):
            started = [
                self._play("Deployment", program)
                for program in programs
                for _ in range(2 if program in DOUBLED else 1)
            ]
            for pod in started:
                wait_until_ready(self, pod)

    def stop(self) -> None:
        """Remove all of it."""
        # Together: podman waits seconds for the control group of each.
        with ThreadPoolExecutor() as pool:
            for _ in pool.map(self._remove, self._containers):
                pass
        self._podman.run("volume", "prune", "--force")
        self._podman.run("network", "rm", "--force", self._network)

    def address(self) -> str:
        """That of a gateway: pods publish nothing on this machine."""
        return self.gateways()[0]

    def gateways(self) -> Sequence[str]:
        """By their addresses on the bridge, which this machine reaches."""
        return [f"http://{self._address(pod)}:8080" for pod in self.pods("gateway")]

    def pods(self, program: str) -> Sequence[str]:
        """Those of a program that run."""
        label = f"label=app.kubernetes.io/name={program}"
        printed = self._podman.run(
            "pod", "ps", "--filter", label, "--filter", "status=running", "--format", "{{.Name}}"
        )
        return sorted(printed.split())

    def add(self, program: str) -> str:
        """Play one more of a program."""
        pod = self._play("Deployment", program)
        wait_until_ready(self, pod)
        return pod

    def terminate(self, pod: str) -> int:
        """As the kubelet does, without what its hooks would have waited before."""
        container = self._containers[pod]
        self._podman.run("stop", "--time", str(_END_LIMIT_S), container)
        code = int(self._podman.run("inspect", "--format", "{{.State.ExitCode}}", container))
        self._podman.run("pod", "rm", "--force", pod)
        return code

    def kill(self, pod: str) -> None:
        """End it at once, and let its name be forgotten."""
        self._podman.run("kill", "--signal", "KILL", self._containers[pod])
        self._podman.run("pod", "rm", "--force", pod)

    def inside(self, pod: str, *command: str) -> str:
        """What the command prints inside."""
        return self._podman.run("exec", self._containers[pod], *command)

    def setup(self, command: str, *arguments: str) -> None:
        """Run it on this machine, then let the pods have the secrets, as the kubelet does."""
        options = ["--folder", str(self._secrets)]
        if command not in ("secrets", "token-keys"):
            options += ["--host", self._address(*self.pods("database"))]
        if setup([command, *options, *arguments]):
            raise CommandFailed(f"deploy.setup {command} failed")
        self._share_secrets()

    def secret(self, program: str, name: str) -> str:
        """What the file of that secret holds."""
        return (self._secrets / program / name).read_text()

    def _remove(self, pod: str) -> None:
        self._podman.run("pod", "rm", "--force", "--ignore", "--time", "0", pod)

    def _play(self, kind: str, name: str) -> str:
        """Start a pod of a workload; its name."""
        self._made += 1
        pod = f"{name}-{self._made}"
        workload = named(self._objects, kind, name)
        (container,) = workload["spec"]["template"]["spec"]["containers"]
        self._containers[pod] = f"{pod}-{container['name']}"
        file = self._secrets.parent / f"{pod}.yaml"
        file.write_text(as_pod(workload, pod, [self._renewed(one) for one in self._objects]))
        # The name of the Service; its addresses are those of all that have it.
        self._podman.run("kube", "play", "--network", f"{self._network}:alias={name}", str(file))
        return pod

    def _renewed(self, one: Manifest) -> Manifest:
        """A secret with what its files hold now."""
        files = self._secrets / one["metadata"]["name"]
        if one["kind"] != "Secret" or not files.is_dir():
            return one
        return one | {"data": {key: _encoded(files / key) for key in one["data"]}}

    def _fill_database(self) -> None:
        """Play the Job once, and see that it succeeds."""
        container = self._containers[self._play("Job", "setup")]

        def state() -> dict[str, object]:
            (found,) = json.loads(self._podman.run("inspect", container))
            return dict(found["State"])

        wait_until(
            lambda: state()["Status"] == "exited",
            time_limit_s=_SETUP_LIMIT_S,
            otherwise=lambda: self._podman.run("logs", container),
        )
        if state()["ExitCode"]:
            raise CommandFailed(f"The Job failed:\n{self._podman.run('logs', container)}")

    def _address(self, pod: str) -> str:
        infra = self._podman.run("pod", "inspect", "--format", "{{.InfraContainerID}}", pod).strip()
        (found,) = json.loads(self._podman.run("inspect", infra))
        return str(found["NetworkSettings"]["Networks"][self._network]["IPAddress"])

    def _share_secrets(self) -> None:
        """Write them where the pods have them; a rename, as programs must never see half a file."""
        for program in ("gateway", *SERVICES):
            volume = pick(self._objects, "Secret", program)["metadata"]["name"]
            mounted = self._podman.run("volume", "inspect", "--format", "{{.Mountpoint}}", volume)
            for file in (self._secrets / program).iterdir():
                new = Path(mounted.strip(), f".{file.name}")
                new.write_bytes(file.read_bytes())
                new.chmod(0o644)
                new.rename(new.with_name(file.name))


def _encoded(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()
