"""`make run`: the real launcher with its own MariaDB, on a free port and in a folder of its own."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import pymysql
import pytest
from pymysql.constants import ER
from support.launcher import alive, answer_of, command, launched

from deploy.local.mariadb import PrivateServer


def existing(user: str, password: str, port: int) -> dict[str, str]:
    access = {"DB_USER": user, "DB_PASSWORD": password, "DB_NAME": "dialer"}
    return {"DB_HOST": "127.0.0.1", "DB_PORT": str(port), **access}


def test_the_printed_commands_work_and_ctrl_c_leaves_no_process(tmp_path: Path) -> None:
    with launched(tmp_path) as launcher:
        added, lead, found = map(answer_of, launcher.commands())
        processes = launcher.started()
        modules = {process.cmdline()[-1] for process in processes}
        code = launcher.end(signal.SIGINT)

    assert (added["success"], added["data"]["phone_number"]) == (True, "5552340001")
    assert (lead["success"], lead["data"]["lead_id"]) == (True, 12345)
    assert 12345 in [row["lead_id"] for row in found["data"]]
    assert code == 0
    services = {"svc_leads", "svc_lists", "svc_users", "svc_telephony", "svc_reports"}
    assert modules >= {"gateway", *services}
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
        began = next(line for line in printed if line.startswith("svc-leads "))
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
