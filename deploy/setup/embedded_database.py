"""Build VICIdial's tables with demo rows on a server that has none, then the accounts.

The demo's days end now, in the zone of TIMEZONE, which the server must run in. A database that is
complete stays as it is; one whose building broke off is built anew; one that this program did not
make is left alone.
"""

import argparse

from deploy.db.command_line import local_zone
from deploy.db.embedded import build_once
from deploy.setup.layout import LOGINS
from deploy.setup.make_accounts import make_accounts
from deploy.setup.options import add_folder, add_server, administrator, database
from deploy.setup.say import say
from deploy.setup.server import connected


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    add_server(parser)


def run(options: argparse.Namespace) -> None:
    """Build the database unless it is complete, and make all accounts."""
    zone = local_zone()
    with connected(administrator(options), options.patience, say) as connection:
        build_once(connection, database(options), zone, say)
        make_accounts(connection, options, LOGINS)
    say(f"Database {database(options)} is ready")
