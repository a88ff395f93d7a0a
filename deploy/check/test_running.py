"""The suite as it runs in containers: what it answers, and what goes on while parts of it end."""

import asyncio
import json
import re

import pytest
from support.engines.report import Proof
from support.launcher import ROOT, fetched

from deploy.check.clients import CLIENTS, calling
from deploy.check.running import SERVICES, Running

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^curl (?:.*\\\n)*.*$", re.MULTILINE)

# What a process may do and see, from inside.
_CONFINED = """
import json, os
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
def write(path):
    try:
        open(path, "w").close()
    except OSError as error:
        return error.strerror
    return "written"
print(json.dumps({
    "user": [os.getuid(), os.getgid()],
    "capabilities": int(status["CapEff"], 16) | int(status["CapBnd"], 16),
    "no_new_privileges": status["NoNewPrivs"].strip(),
    "seccomp": status["Seccomp"].strip(),
    "root": write("/opt/suite/new"),
    "secrets": write("/run/secrets/suite/new"),
}))
"""
_ANSWERED = """
from urllib.request import urlopen
for line in urlopen("http://127.0.0.1:9090/metrics").read().decode().splitlines():
    if line.startswith("http_requests_total{") and "/leads/" in line:
        print(line.rsplit(" ", 1)[1])
"""


def test_every_command_of_the_readme_answers_success(running: Running, proof: Proof) -> None:
    address, api_key = running.address(), running.secret("gateway", "api-key")
    commands = [command.replace("\\\n", " ") for command in COMMAND.findall(README)]

    answers = [
        fetched(command.replace("http://127.0.0.1:8080", address).replace("$API_KEY", api_key))
        for command in commands
    ]

    assert [body for kind, body in answers if kind == "application/json"] == [
        body
        for kind, body in answers
        if kind == "application/json" and json.loads(body)["success"] is True
    ]
    proof.has_run(f"{running.name}: the {len(commands)} commands of the README")


@pytest.mark.parametrize("program", ["gateway", *SERVICES])
def test_a_program_may_do_nothing_but_its_work(running: Running, program: str) -> None:
    pod = running.pods(program)[0]

    assert json.loads(running.inside(pod, "python", "-c", _CONFINED)) == {
        "user": [65532, 65532],
        "capabilities": 0,
        "no_new_privileges": "1",
        "seccomp": "2",
        "root": "Read-only file system",
        "secrets": "Read-only file system",
    }


@pytest.mark.parametrize("program", ["gateway", "svc-leads"])
async def test_a_program_that_is_told_to_end_fails_no_request(
    running: Running, proof: Proof, program: str
) -> None:
    pod, _ = running.pods(program)

    async with calling(running.gateways(), running.secret("gateway", "api-key")) as answers:
        await answers.more(200)
        code = await asyncio.to_thread(running.terminate, pod)
        await answers.more(200)
    await asyncio.to_thread(running.add, program)

    assert answers.bad == []
    assert code == 0
    proof.has_run(
        f"{running.name}: SIGTERM to a {program} under {CLIENTS} clients,"
        f" {answers.good.total()} calls, none failed"
    )


async def test_a_service_that_is_killed_and_replaced_fails_no_read(
    running: Running, proof: Proof
) -> None:
    pod, _ = running.pods("svc-leads")

    async with calling(running.gateways(), running.secret("gateway", "api-key")) as answers:
        await answers.more(200)
        await asyncio.to_thread(running.kill, pod)
        new = await asyncio.to_thread(running.add, "svc-leads")
        while not await asyncio.to_thread(running.inside, new, "python", "-c", _ANSWERED):
            await answers.more(200)

    assert answers.failed("GET") == []
    # What was sent to a pod that died may have been obeyed: it is not sent again.
    assert len(answers.failed("PUT")) <= CLIENTS
    proof.has_run(
        f"{running.name}: svc-leads killed and replaced under {CLIENTS} clients,"
        f" {answers.good.total()} calls, GET failed 0, PUT failed {len(answers.failed('PUT'))}"
    )
