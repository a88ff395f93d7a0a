"""`make run`: the real launcher with its own MariaDB, on a free port and in a folder of its own."""

import argparse
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pymysql
import pytest
from pymysql.constants import ER

from deploy.local.mariadb import PrivateServer
from deploy.local.ports import free_port

ROOT = Path(__file__).parents[2]
SETTINGS = ("API_", "DB_", "SVC_", "TIMEZONE", "LOG_", "WORKERS")
END_LIMIT_S = 20


class Launcher:
    """A running launcher: what it printed, and the processes that it started."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.printed: list[str] = []

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line.rstrip("\n"))
            # The empty line after the commands is the welcome's last.
            if not line.strip() and self.commands():
                return
        raise AssertionError("\n".join(self.printed))

    def commands(self) -> list[str]:
        return [line for line in self.printed if line.startswith("  curl ")]

    def line(self, start: str) -> str:
        return next(line for line in self.printed if line.startswith(start))

    def started(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: int) -> int:
        """Send the signal as a terminal does, to the launcher's whole group; the exit code."""
        os.killpg(self.process.pid, number)
        self.process.communicate(timeout=END_LIMIT_S)
        return self.process.returncode


def command(folder: Path, **variables: str) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    return {
        "args": [sys.executable, "-m", "deploy.local", "--folder", str(folder)],
        "cwd": ROOT,
        "env": {**kept, "API_PORT": str(free_port()), **variables},
        "text": True,
    }


@contextmanager
def launched(folder: Path, **variables: str) -> Iterator[Launcher]:
    with subprocess.Popen(
        **command(folder, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        launcher = Launcher(process)
        try:
            launcher.wait_until_ready()
            yield launcher
        finally:
            if process.poll() is None:
                process.terminate()


def existing(user: str, password: str, port: int) -> dict[str, str]:
    access = {"DB_USER": user, "DB_PASSWORD": password, "DB_NAME": "dialer"}
    return {"DB_HOST": "127.0.0.1", "DB_PORT": str(port), **access}


def answer_of(curl: str) -> dict[str, Any]:
    """What a printed command gets: parsed as a shell would, since not every machine has curl."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-H", action="append", dest="headers")
    parser.add_argument("-d", dest="body")
    parser.add_argument("url")
    asked = parser.parse_args([word for word in shlex.split(curl)[1:] if word != "-sS"])
    request = urllib.request.Request(
        asked.url,
        data=asked.body.encode() if asked.body else None,
        headers=dict(header.split(": ", 1) for header in asked.headers),
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after a while."""
    deadline = time.monotonic() + END_LIMIT_S
    while (left := [process for process in processes if runs(process)]) and (
        time.monotonic() < deadline
    ):
        # In short bites: where nobody fetches orphans, a whole wait would see them to its end.
        psutil.wait_procs(left, timeout=0.05)
    return left


def runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_the_printed_commands_work_and_ctrl_c_leaves_no_process(tmp_path: Path) -> None:
    with launched(tmp_path) as launcher:
        added, lead, found = map(answer_of, launcher.commands())
        processes = launcher.started()
        code = launcher.end(signal.SIGINT)

    assert (added["success"], added["data"]["phone_number"]) == (True, "5552340001")
    assert (lead["success"], lead["data"]["lead_id"]) == (True, 12345)
    assert 12345 in [row["lead_id"] for row in found["data"]]
    assert code == 0
    assert len(processes) >= 3
    assert alive(processes) == []


def test_after_a_kill_nothing_is_left_and_the_next_start_works_with_the_same_data(
    tmp_path: Path,
) -> None:
    with launched(tmp_path) as launcher:
        added = answer_of(launcher.commands()[0])
        key = launcher.line("API key: ")
        processes = launcher.started()
        launcher.end(signal.SIGKILL)
    left = alive(processes)

    with launched(tmp_path) as again:
        search = again.commands()[2].replace("5551234567", "5552340001")
        found = answer_of(search)["data"]
        code = again.end(signal.SIGTERM)

    assert left == []
    assert [row["lead_id"] for row in found] == [added["data"]["lead_id"]]
    assert again.line("API key: ") == key
    assert code == 0


def test_a_program_that_dies_is_started_again(tmp_path: Path) -> None:
    with launched(tmp_path) as launcher:
        assert launcher.process.stdout is not None
        victim = int((tmp_path / "svc-leads.pid").read_text())
        os.kill(victim, signal.SIGKILL)
        printed = iter(launcher.process.stdout)
        told = next(line for line in printed if "ended by itself" in line)
        began = next(line for line in printed if line.startswith("svc-leads | "))
        code = launcher.end(signal.SIGINT)

    assert "svc-leads" in told
    assert "SIGKILL" in told
    assert began
    assert code == 0


def test_a_taken_port_ends_the_start_with_a_line_that_names_the_variable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = subprocess.run(
            **command(tmp_path, API_PORT=port), capture_output=True, timeout=20, check=False
        )

    assert ended.returncode == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "API_PORT" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (tmp_path / "db").exists()


def test_a_second_launcher_in_the_same_folder_says_so(tmp_path: Path) -> None:
    with launched(tmp_path, API_KEY="secret") as launcher:
        second = subprocess.run(**command(tmp_path), capture_output=True, timeout=20, check=False)
        launcher.end(signal.SIGINT)

    assert launcher.line("API key: ") == "API key: secret"
    assert second.returncode == 1
    assert "runs already" in second.stderr


def test_an_existing_database_is_used_and_nothing_is_created_in_it(tmp_path: Path) -> None:
    with (
        PrivateServer(tmp_path / "theirs", timezone="America/New_York") as server,
        server.connect() as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("CREATE DATABASE dialer")
        cursor.execute("GRANT ALL ON dialer.* TO suite@'%' IDENTIFIED BY 'theirs'")
        with launched(tmp_path / "ours", **existing("suite", "theirs", server.port)) as launcher:
            version = answer_of(launcher.commands()[0])
            code = launcher.end(signal.SIGINT)
        tables = cursor.execute("SHOW TABLES FROM dialer")

    assert version["success"]
    assert tables == 0
    assert code == 0
    assert not (tmp_path / "ours" / "db").exists()


def test_root_of_the_private_server_comes_in_by_its_socket_only(tmp_path: Path) -> None:
    with PrivateServer(tmp_path, timezone="America/New_York") as server:
        server.connect().close()
        with pytest.raises(pymysql.err.OperationalError) as refused:
            pymysql.connect(host="127.0.0.1", port=server.port, user="root")

    assert refused.value.args[0] == ER.HOST_NOT_PRIVILEGED
    assert tmp_path.stat().st_mode & 0o077 == 0
