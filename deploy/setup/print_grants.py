"""Print the SQL with which a DBA makes the accounts by hand (`make grants`).

It is what `accounts` does, for MariaDB 10.2, MySQL 5.7 and newer. Its passwords are placeholders,
each made at random, so that an account whose one was forgotten lets nobody in.
"""

import argparse
import secrets
from collections.abc import Iterator

from deploy.db.accounts import Account
from deploy.db.grants import sql_line
from deploy.setup.layout import LOGINS, REPLICA_LOGIN, Login
from deploy.setup.options import add_replica
from deploy.setup.say import say

_HEAD = """\
-- Database accounts of the suite's services, each with the rights that it needs and no more.
-- Replace every 'replace-me-...' with the text of {folder_hint}.
-- A table that your VICIdial lacks is refused: let the client go on (mysql --force).
-- On MySQL 8 write IDENTIFIED WITH mysql_native_password BY: the services log in without TLS."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--database", default="asterisk", help="VICIdial's (default: asterisk)")
    parser.add_argument(
        "--account-host", default="%", help="the hosts that the services come from (default: %%)"
    )
    add_replica(parser)


def run(options: argparse.Namespace) -> None:
    """Print the statements."""
    logins = (REPLICA_LOGIN,) if options.replica else LOGINS
    hint = f"<service>/{logins[0].password_file} in the folder of secrets"
    say(
        _HEAD.format(folder_hint=hint),
        *(
            line
            for login in logins
            for line in _lines(login, options.database, options.account_host)
        ),
        sep="\n",
    )


def _lines(login: Login, database: str, host: str) -> Iterator[str]:
    account = Account(login.names[0], host)
    yield f"\n-- {login.service}"
    placeholder = f"replace-me-{secrets.token_hex(12)}"
    yield f"CREATE USER IF NOT EXISTS {account} IDENTIFIED BY '{placeholder}';"
    for grant in login.rights(database, login.service, str(account)):
        yield sql_line(grant)
