"""Child processes that do not outlive the one who started them, and what an earlier run left."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_POLL_S = 0.05


def dies_with_parent(signal_number: int) -> Callable[[], None] | None:
    """For `preexec_fn`: Linux sends the child this signal when its parent ends, even by kill -9."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def bind_to_parent() -> None:
        prctl(_PR_SET_PDEATHSIG, signal_number)
        # The parent may have ended before the line above.
        if os.getppid() != parent:
            os._exit(1)

    return bind_to_parent


def stop_leftover(pid_file: Path, mark: str, *, patience_s: float) -> None:
    """Stop the process that an earlier run left, if its command line still holds `mark`."""
    pid = _read_pid(pid_file)
    if pid is not None:
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            if mark not in _command_line(pid):
                break
            _signal(pid, signal_number)
            _wait_until_gone(pid, mark, patience_s)
    pid_file.unlink(missing_ok=True)


def _read_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text())
    except (FileNotFoundError, ValueError):
        return None


def _command_line(pid: int) -> str:
    """The arguments of a process; empty when it is gone or a zombie."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    listing = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listing.stdout


def _signal(pid: int, signal_number: int) -> None:
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return


def _wait_until_gone(pid: int, mark: str, patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    while mark in _command_line(pid) and time.monotonic() < deadline:
        time.sleep(_POLL_S)
