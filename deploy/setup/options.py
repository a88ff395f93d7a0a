"""Options that several commands have in common."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from dialkit.settings import SERVICES

from deploy.setup.errors import CannotSetUp
from deploy.setup.folder import SecretFolder, read_secret
from deploy.setup.layout import DATABASE, LOGINS, REPLICA_LOGIN, ROOT_FILE, Login

_PASSWORD_VARIABLE = "DB_ADMIN_PASSWORD"  # noqa: S105 - a variable's name
_PORTS = range(1, 65536)


class Administrator(NamedTuple):
    """The way to a server with all rights."""

    host: str
    port: int
    user: str
    password: str


def add_folder(parser: argparse.ArgumentParser) -> None:
    """`--folder`."""
    parser.add_argument(
        "--folder",
        type=lambda text: SecretFolder(Path(text)),
        required=True,
        help="the folder of secrets: a folder a program, a file a secret",
    )


def add_server(parser: argparse.ArgumentParser) -> None:
    """The options that say which server, which database, and who makes accounts there."""
    parser.add_argument("--host", help="the database server (default: DB_HOST)")
    parser.add_argument("--port", type=int, help="its port (default: DB_PORT, else 3306)")
    parser.add_argument("--database", help="VICIdial's database (default: DB_NAME, else asterisk)")
    parser.add_argument(
        "--admin-user",
        default="root",
        help="an account that may make accounts and pass its rights on (default: root)",
    )
    parser.add_argument(
        "--admin-password-file",
        type=Path,
        help=f"the file with its password (default: {_PASSWORD_VARIABLE} in the environment,"
        f" else {DATABASE}/{ROOT_FILE} in the folder)",
    )
    parser.add_argument(
        "--account-host",
        default="%",
        help="the hosts that the services come from, as the server sees them (default: %%, any)",
    )
    parser.add_argument(
        "--patience",
        type=float,
        default=120,
        metavar="SECONDS",
        help="how long to wait for a server that does not answer yet (default: 120)",
    )
    parser.set_defaults(replica=False)


def add_replica(parser: argparse.ArgumentParser) -> None:
    """`--replica`."""
    parser.add_argument(
        "--replica",
        action="store_true",
        help="only svc-reports' account on a replica, which may read and no more"
        " (report-db-user, report-db-password; defaults from REPORT_DB_HOST, _PORT, _NAME)",
    )


def add_services(parser: argparse.ArgumentParser) -> None:
    """The services that are meant: all, where none is named."""
    parser.add_argument(
        "services",
        nargs="*",
        type=one_of(SERVICES),
        metavar="SERVICE",
        help=f"only of these (default: {' '.join(SERVICES)})",
    )


def one_of(names: tuple[str, ...]) -> "argparse._ActionType":
    """For arguments that are one of these names; `choices` refuses that there is no argument."""

    def check(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"{text} is none of {', '.join(names)}")
        return text

    return check


def logins(options: argparse.Namespace) -> list[Login]:
    """The logins that the command is about."""
    if options.replica:
        if set(options.services) - {REPLICA_LOGIN.service}:
            raise CannotSetUp(f"Only {REPLICA_LOGIN.service} has an account on a replica")
        return [REPLICA_LOGIN]
    return [login for login in LOGINS if login.service in (options.services or SERVICES)]


def administrator(options: argparse.Namespace) -> Administrator:
    """Who makes accounts, and on which server. Raises: CannotSetUp."""
    host = options.host or os.environ.get("REPORT_DB_HOST" if options.replica else "DB_HOST")
    if not host:
        variable = "REPORT_DB_HOST" if options.replica else "DB_HOST"
        raise CannotSetUp(f"Which server? Name it with --host, or with {variable}")
    return Administrator(host, _port(options), options.admin_user, _password(options, os.environ))


def database(options: argparse.Namespace) -> str:
    """The name of VICIdial's database."""
    return str(options.database or _variable("NAME", options.replica) or "asterisk")


def _port(options: argparse.Namespace) -> int:
    port = options.port or _variable("PORT", options.replica) or 3306
    try:
        number = int(port)
    except ValueError:
        number = 0
    if number not in _PORTS:
        raise CannotSetUp(f"{port} is no port: --port, or DB_PORT")
    return number


def _password(options: argparse.Namespace, environment: Mapping[str, str]) -> str:
    if (path := options.admin_password_file) is not None:
        return read_secret(path)
    if given := environment.get(_PASSWORD_VARIABLE):
        return given
    folder: SecretFolder = options.folder
    if folder.has(DATABASE, ROOT_FILE):
        return folder.read(DATABASE, ROOT_FILE)
    raise CannotSetUp(
        f"No password of {options.admin_user}: name its file with --admin-password-file,"
        f" or set {_PASSWORD_VARIABLE}"
    )


def _variable(name: str, of_replica: bool) -> str | None:
    own = os.environ.get(f"REPORT_DB_{name}") if of_replica else None
    return own or os.environ.get(f"DB_{name}")
