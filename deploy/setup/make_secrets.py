"""Make the files of secrets that are missing; those that are there stay as they are.

The gateway's API key is taken from API_KEY where that is set and the file is missing.
All programs get the same token keys, the services each its own database user and password.
"""

import argparse
import os
import secrets
from collections.abc import Callable, Sequence

from deploy.setup.errors import CannotSetUp
from deploy.setup.folder import SecretFolder
from deploy.setup.layout import (
    API_KEY_FILE,
    DATABASE,
    GATEWAY,
    KEYS_FILE,
    LOGINS,
    PROGRAMS,
    REPLICA_LOGIN,
    ROOT_FILE,
    Login,
)
from deploy.setup.options import add_folder, one_of
from deploy.setup.say import say

_Maker = Callable[[], str]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    parser.add_argument(
        "--root-password",
        action="store_true",
        help=f"also {DATABASE}/{ROOT_FILE}, for the embedded database",
    )
    parser.add_argument(
        "--replica",
        action="store_true",
        help="also svc-reports' account on a replica: report-db-user, report-db-password",
    )
    parser.add_argument(
        "programs",
        nargs="*",
        type=one_of(PROGRAMS),
        metavar="PROGRAM",
        help=f"only of these (default: {' '.join(PROGRAMS)})",
    )


def run(options: argparse.Namespace) -> None:
    """Make what is missing, and say what that was."""
    folder: SecretFolder = options.folder
    programs = options.programs or PROGRAMS
    wanted = _of_programs(folder, programs)
    if options.replica:
        wanted |= _of_login(REPLICA_LOGIN)
    if options.root_password:
        wanted[DATABASE, ROOT_FILE] = _password
    made = _make_missing(folder, wanted)
    for program in dict.fromkeys(program for program, _ in made):
        names = ", ".join(name for of, name in made if of == program)
        say(f"{program}: made {names}")
    if not made:
        say(f"Nothing was missing in {folder.path}")
    if GATEWAY in programs:
        _say_where_the_key_is(folder)


def _make_missing(
    folder: SecretFolder, wanted: dict[tuple[str, str], _Maker]
) -> list[tuple[str, str]]:
    made = []
    for (program, name), make in wanted.items():
        if folder.has(program, name):
            folder.read(program, name)  # Raises where it is empty.
        else:
            folder.write(program, name, make())
            made.append((program, name))
    return made


def _of_programs(folder: SecretFolder, programs: Sequence[str]) -> dict[tuple[str, str], _Maker]:
    wanted: dict[tuple[str, str], _Maker] = {}
    for program in programs:
        if program == GATEWAY:
            wanted[program, API_KEY_FILE] = _api_key
        wanted[program, KEYS_FILE] = lambda: _token_keys(folder)
        for login in LOGINS:
            if login.service == program:
                wanted |= _of_login(login)
    return wanted


def _of_login(login: Login) -> dict[tuple[str, str], _Maker]:
    return {
        (login.service, login.user_file): lambda: login.names[0],
        (login.service, login.password_file): _password,
    }


def _api_key() -> str:
    given = os.environ.get("API_KEY", "")
    if given != given.strip():
        raise CannotSetUp("API_KEY must not begin or end with a space")
    return given or secrets.token_hex(20)


def _password() -> str:
    return secrets.token_hex(24)


def _token_keys(folder: SecretFolder) -> str:
    """Those of the other programs; new ones where no program has any."""
    there = {
        folder.read(program, KEYS_FILE) for program in PROGRAMS if folder.has(program, KEYS_FILE)
    }
    if len(there) > 1:
        raise CannotSetUp(
            f"The programs in {folder.path} do not have the same {KEYS_FILE}: repeat the last step"
            " of `python -m deploy.setup token-keys` first, so that a new file can be like them"
        )
    return there.pop() if there else f"k1:{secrets.token_hex(32)}"


def _say_where_the_key_is(folder: SecretFolder) -> None:
    say(f"The API key is in {folder.path / GATEWAY / API_KEY_FILE}")
    given = os.environ.get("API_KEY")
    if given and given != folder.read(GATEWAY, API_KEY_FILE):
        say("API_KEY is another one and was not taken: remove the file to have it made from it")
