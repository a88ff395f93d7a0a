"""`python -m deploy.setup`: secrets, database accounts, and the embedded database."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from deploy.db.command_line import CannotBuild
from deploy.setup import (
    database_password,
    embedded_database,
    make_accounts,
    make_secrets,
    print_grants,
    token_keys,
)
from deploy.setup.errors import CannotSetUp


class Command(Protocol):
    """A module that is one command; its docstring is the command's help."""

    __doc__: str | None

    def add_options(self, parser: argparse.ArgumentParser, /) -> None:
        """Tell the parser what the command takes."""

    def run(self, options: argparse.Namespace, /) -> None:
        """Do the work. Raises: CannotSetUp, CannotBuild."""


_COMMANDS: Mapping[str, Command] = {
    "secrets": make_secrets,
    "token-keys": token_keys,
    "accounts": make_accounts,
    "database-password": database_password,
    "database": embedded_database,
    "grants": print_grants,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (CannotSetUp, CannotBuild) as error:
        print(f"deploy.setup {options.command}: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.setup", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in _COMMANDS.items():
        text = command.__doc__ or ""
        own = commands.add_parser(
            name,
            help=text.partition("\n")[0],
            description=text,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_options(own)
        own.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
