"""Make each service's database account, with the rights that it needs and no more.

Names and passwords are those of the folder. Run it at every deployment: an account that is there
gets its password and its rights again. What your VICIdial lacks is left out, and named. Rights
are only added, since programs of an older version may run still; a new account, as
`database-password` makes it, begins with none.
"""

import argparse
from collections.abc import Sequence
from typing import Any

import pymysql

from deploy.db.accounts import (
    Account,
    absent_names,
    count_connections,
    drop_account,
    ensure_account,
    has_account,
)
from deploy.setup.errors import CannotSetUp
from deploy.setup.folder import SecretFolder
from deploy.setup.layout import Login
from deploy.setup.options import (
    add_folder,
    add_replica,
    add_server,
    add_services,
    administrator,
    database,
    logins,
)
from deploy.setup.say import say
from deploy.setup.server import connected


class AccountMaker:
    """Makes the accounts of logins on one server, for one database."""

    def __init__(
        self, connection: "pymysql.Connection[Any]", folder: SecretFolder, database: str, host: str
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._database = database
        self._host = host
        self._absent = absent_names(connection, database)

    def check_tables(self) -> None:
        """Name what the database lacks. Raises: CannotSetUp where it is no VICIdial's."""
        if "vicidial_list" in self._absent:
            raise CannotSetUp(
                f"There are no tables of VICIdial in the database {self._database}:"
                " name the right one with --database"
            )
        if self._absent:
            say(f"No rights on what this database lacks: {', '.join(self._absent)}")

    def make_current(self, login: Login) -> None:
        """The account that the folder names."""
        user = self._folder.read(login.service, login.user_file)
        password = self._folder.read(login.service, login.password_file)
        was_there = self.has(user)
        self.make(login, user, password)
        what = "has its password and rights again" if was_there else "made"
        say(f"{login.service}: {self.account(user)} {what}")

    def make(self, login: Login, user: str, password: str) -> None:
        """An account of that name for the login."""
        account = self.account(user)
        rights = login.rights(self._database, login.service, str(account), absent=self._absent)
        ensure_account(self._connection, account, password, rights)

    def has(self, user: str) -> bool:
        """Whether there is an account of that name."""
        return has_account(self._connection, self.account(user))

    def account(self, user: str) -> Account:
        """The account of that name."""
        return Account(user, self._host)

    def drop_former(self, login: Login) -> str:
        """Drop our accounts that the folder does not name; who is still in use, else nothing."""
        current = self._folder.read(login.service, login.user_file)
        for user in login.names:
            if user == current or not self.has(user):
                continue
            if number := count_connections(self._connection, user):
                return f"{user} ({number} connections)"
            drop_account(self._connection, self.account(user))
            say(f"{login.service}: {self.account(user)} dropped")
        return ""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    add_server(parser)
    add_replica(parser)
    add_services(parser)
    parser.add_argument(
        "--drop-former",
        action="store_true",
        help="also drop the accounts that the folder names no more, after `database-password`;"
        " those that programs are still connected with are kept, and the command fails",
    )


def run(options: argparse.Namespace) -> None:
    """Make the accounts, and drop the former ones if that is wanted."""
    with connected(administrator(options), options.patience, say) as connection:
        maker = make_accounts(connection, options, logins(options))
        if options.drop_former:
            _drop_former(maker, logins(options))


def make_accounts(
    connection: "pymysql.Connection[Any]", options: argparse.Namespace, wanted: Sequence[Login]
) -> AccountMaker:
    """Make the accounts that the folder names. Raises: CannotSetUp."""
    maker = AccountMaker(connection, options.folder, database(options), options.account_host)
    maker.check_tables()
    for login in wanted:
        maker.make_current(login)
    return maker


def _drop_former(maker: AccountMaker, wanted: Sequence[Login]) -> None:
    if in_use := list(filter(None, map(maker.drop_former, wanted))):
        raise CannotSetUp(
            f"Not dropped, since programs still use them: {', '.join(in_use)}."
            " Wait until they have noticed the folder's new files, then repeat this"
        )
