"""A private MariaDB server: own folder, socket and port, gone when the one who started it is."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import pymysql

from deploy.local.errors import CannotStart
from deploy.local.find_server import ServerPrograms, find_programs
from deploy.local.ports import free_port
from deploy.local.processes import dies_with_parent, stop_leftover

_START_LIMIT_S = 60
_STOP_LIMIT_S = 30
_POLL_S = 0.03
_SOCKET_PATH_LIMIT = 100
_SHOWN_LINES = 15

# Run before the first connection is let in: only root of the socket is left.
_ONLY_SOCKET_ROOT = (
    "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');\n"
    "FLUSH PRIVILEGES;\n"
)
# The server refuses to run as root unless told.
_RUN_AS = ("--user=root",) if os.geteuid() == 0 else ()
_OPTIONS = (
    "--bind-address=127.0.0.1",
    "--skip-log-bin",
    "--skip-name-resolve",
    "--max-connections=400",
    "--performance-schema=OFF",
    "--key-buffer-size=64M",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=32M",
    "--innodb-flush-log-at-trx-commit=2",
)


class PrivateServer:
    """A MariaDB server in `folder`; root comes in over the socket only, without a password."""

    def __init__(self, folder: Path, *, timezone: str, port: int | None = None) -> None:
        self.folder = folder.absolute()
        self.timezone = timezone
        self.port = port or free_port()
        self.socket = self.folder / "mariadb.sock"
        self._short_folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Make the data folder if need be, start the server and wait until it answers."""
        programs = find_programs()
        if programs is None:
            raise CannotStart("No MariaDB server found; python -m deploy.local.ensure_server helps")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        stop_leftover(self._pid_file, self._mark, patience_s=_STOP_LIMIT_S)
        self._temporary.mkdir(exist_ok=True)
        if not self._data.exists():
            self._make_data_folder(programs)
        self._place_socket()
        self._init_file.write_text(_ONLY_SOCKET_ROOT)
        self._log.unlink(missing_ok=True)
        try:
            self._process = self._launch(programs)
            self._wait_until_it_answers(self._process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server: politely, then not."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._short_folder is not None:
            shutil.rmtree(self._short_folder, ignore_errors=True)
            self._short_folder = None

    def connect(self, **options: Any) -> "pymysql.Connection[Any]":
        """A connection of the administrator, committing by itself."""
        return pymysql.connect(
            unix_socket=str(self.socket), user="root", autocommit=True, **options
        )

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _temporary(self) -> Path:
        """Its own: a server that starts removes all temporary tables of the folder it is given."""
        return self.folder / "tmp"

    @property
    def _pid_file(self) -> Path:
        return self.folder / "mariadb.pid"

    @property
    def _init_file(self) -> Path:
        return self.folder / "init.sql"

    @property
    def _log(self) -> Path:
        return self.folder / "mariadb.log"

    @property
    def _mark(self) -> str:
        """What the command line of no other server holds."""
        return f"--datadir={self._data} "

    def _make_data_folder(self, programs: ServerPrograms) -> None:
        # Renamed when complete, so that an interrupted start leaves nothing half made.
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        made = subprocess.run(
            [
                programs.install_db,
                "--no-defaults",
                f"--datadir={unfinished}",
                f"--tmpdir={self._temporary}",
                *_RUN_AS,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve",
                "--innodb-log-file-size=32M",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if made.returncode:
            # The cause comes first, advice after it.
            said = "\n".join(made.stdout.splitlines()[:_SHOWN_LINES])
            raise CannotStart(f"mariadb-install-db failed:\n{said}")
        unfinished.rename(self._data)

    def _place_socket(self) -> None:
        """Keep the socket's path below the system's limit of about 107 bytes."""
        if len(os.fsencode(self.folder / "mariadb.sock")) > _SOCKET_PATH_LIMIT:
            self._short_folder = Path(tempfile.mkdtemp(prefix="mariadb-", dir="/tmp"))
            self.socket = self._short_folder / "mariadb.sock"
        self.socket.unlink(missing_ok=True)

    def _launch(self, programs: ServerPrograms) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                programs.server,
                "--no-defaults",
                *_RUN_AS,
                f"--datadir={self._data}",
                f"--tmpdir={self._temporary}",
                f"--socket={self.socket}",
                f"--port={self.port}",
                f"--pid-file={self._pid_file}",
                f"--init-file={self._init_file}",
                f"--log-error={self._log}",
                *_OPTIONS,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_with_timezone(os.environ, self.timezone),
            # Away from the terminal's Ctrl-C: the launcher says when to end.
            process_group=0,
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_LIMIT_S
        while time.monotonic() < deadline:
            if _exited_within(process, _POLL_S):
                raise CannotStart(f"mariadbd ended while it started:\n{self._log_tail()}")
            if self._answers():
                return
        raise CannotStart(f"mariadbd gave no answer in {_START_LIMIT_S} s:\n{self._log_tail()}")

    def _answers(self) -> bool:
        # Knocked first: the driver would leave the socket of a refused attempt open.
        with socket.socket(socket.AF_UNIX) as knock:
            if knock.connect_ex(str(self.socket)):
                return False
        try:
            self.connect().close()
        except pymysql.err.OperationalError:
            return False
        return True

    def _log_tail(self) -> str:
        return _last_lines(self._log.read_text(errors="replace") if self._log.exists() else "")


def _exited_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _with_timezone(environment: Mapping[str, str], timezone: str) -> dict[str, str]:
    """The environment with TZ; where the system lacks that zone, with Python's zone files."""
    changed = {**environment, "TZ": timezone}
    if not Path("/usr/share/zoneinfo", timezone).exists():
        changed["TZDIR"] = str(files("tzdata") / "zoneinfo")
    return changed


def _last_lines(text: str) -> str:
    return "\n".join(text.splitlines()[-_SHOWN_LINES:])
