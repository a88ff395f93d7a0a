"""Change the services' database passwords without a stop.

A service gets a second account (svc_leads_b beside svc_leads, and back the next time) with a new
password and all of its rights; then the folder's files name that one. So at no time do they hold
what the server does not know, and who has not read them yet is still let in. Afterwards:

  1. wait until every program has noticed (with Kubernetes: apply the Secrets, give it two minutes)
  2. python -m deploy.setup accounts --drop-former ...

The next change waits for that: a service whose former account is still there keeps what it has.
Where the command broke off, repeat it: it goes on with the password that it had made.
"""

import argparse
import secrets

from deploy.setup.errors import CannotSetUp
from deploy.setup.folder import SecretFolder
from deploy.setup.layout import Login
from deploy.setup.make_accounts import AccountMaker
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


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    add_server(parser)
    add_replica(parser)
    add_services(parser)


def run(options: argparse.Namespace) -> None:
    """Give each service its other account. Raises: CannotSetUp, for some maybe after the rest."""
    folder: SecretFolder = options.folder
    with connected(administrator(options), options.patience, say) as connection:
        maker = AccountMaker(connection, folder, database(options), options.account_host)
        maker.check_tables()
        waiting = [login for login in logins(options) if not _change(folder, maker, login)]
    if waiting:
        raise CannotSetUp(
            f"Not changed: {', '.join(login.service for login in waiting)}. The account before"
            " the last change is still there: when every program has noticed that one, run"
            " `python -m deploy.setup accounts --drop-former`, then repeat this"
        )
    say("Next: wait until every program has noticed, then `accounts --drop-former`")


def _change(folder: SecretFolder, maker: AccountMaker, login: Login) -> bool:
    """Change one login; False where its other account may be in use."""
    service, pending = login.service, f"{login.password_file}.next"
    _forget_done(folder, login, pending)
    if not folder.has(service, pending):
        user = login.other_name(folder.read(service, login.user_file))
        if maker.has(user):
            return False
        # Written first: who repeats this after a crash goes on with the same.
        folder.write(service, pending, f"{user}\n{secrets.token_hex(24)}")
    user, _, password = folder.read(service, pending).partition("\n")
    maker.make(login, user, password)
    folder.write(service, login.user_file, user)
    folder.write(service, login.password_file, password)
    folder.remove(service, pending)
    say(f"{service}: {maker.account(user)} from now on, with a new password")
    return True


def _forget_done(folder: SecretFolder, login: Login, pending: str) -> None:
    """Remove what a change that broke off at its very end left: it is in use already."""
    service = login.service
    if folder.has(service, pending):
        _user, _, password = folder.read(service, pending).partition("\n")
        if password == folder.read(service, login.password_file):
            folder.remove(service, pending)
