"""`python -m deploy.local` (`make run`): the whole suite on this machine, until Ctrl-C."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dialkit.settings import DatabaseSettings, read_settings

from deploy.local.console import Console
from deploy.local.database import existing_databases, private_databases, private_replica
from deploy.local.errors import CannotStart
from deploy.local.folder import claimed, kept_api_key
from deploy.local.ports import check_api_address
from deploy.local.programs import REPORTS, SERVICES, plan_programs, stop_leftover_programs
from deploy.local.settings import LauncherSettings, launcher_settings
from deploy.local.suite import run_suite
from deploy.local.welcome import welcome

_FOLDER = Path(__file__).parents[2] / ".local"


def main() -> int:
    """Run the suite; the exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    folder = _folder()
    settings = read_settings("make run", lambda env: launcher_settings(env, folder))
    try:
        with claimed(folder):
            _run(replace(settings, api_key=settings.api_key or kept_api_key(folder)))
    except CannotStart as error:
        print(f"make run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _folder() -> Path:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, default=_FOLDER, help="where database and key are kept"
    )
    return Path(parser.parse_args().folder).absolute()


def _run(settings: LauncherSettings) -> None:
    begun = time.monotonic()
    stop_leftover_programs(settings.folder)
    check_api_address(settings.api_host, settings.api_port)
    console = Console(("gateway", *SERVICES))
    with _databases(settings, console) as databases, _replica(settings, console) as replica:
        programs = plan_programs(settings, databases, replica)

        def announce() -> None:
            console.show(
                welcome(
                    programs[0].url,
                    settings.api_key,
                    seconds=time.monotonic() - begun,
                    demo=settings.database is None,
                    replica=replica is not None,
                )
            )

        asyncio.run(run_suite(programs, console, announce))


@contextmanager
def _databases(
    settings: LauncherSettings, console: Console
) -> Iterator[Mapping[str, DatabaseSettings]]:
    if settings.database is not None:
        yield existing_databases(settings.database, SERVICES)
        return
    folder = settings.folder / "db"
    with private_databases(folder, settings.timezone, SERVICES, console.say) as databases:
        yield databases


@contextmanager
def _replica(settings: LauncherSettings, console: Console) -> Iterator[DatabaseSettings | None]:
    if not settings.report_replica:
        yield None
        return
    folder = settings.folder / "report-db"
    with private_replica(folder, settings.timezone, REPORTS, console.say) as replica:
        yield replica


if __name__ == "__main__":
    sys.exit(main())
