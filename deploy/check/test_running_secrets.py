"""Secrets are rotated while the suite runs in containers, with the commands of deploy/README."""

import asyncio
from collections.abc import Callable

from dialkit.tokens import Caller, Signer, TokenKeys
from support.engines.daemon import wait_until
from support.engines.errors import CommandFailed
from support.engines.report import Proof

from deploy.check.clients import CLIENTS, calling
from deploy.check.running import Running

CALLER = Caller(given_tag="", ip="192.0.2.7", issuer="gateway")
_NOTICED_S = 30
_STATUS = """
import sys
from http.client import HTTPConnection
connection = HTTPConnection("127.0.0.1", 8081, timeout=5)
connection.request("GET", "/api/v1/leads/12345/info", headers={"Authorization": sys.argv[1]})
print(connection.getresponse().status)
"""


def status(running: Running, keys: TokenKeys) -> int:
    """How a pod of svc-leads answers a token that is signed with the first of the keys."""
    authorization = Signer("gateway", keys).authorization("svc-leads", CALLER)
    pod = running.pods("svc-leads")[0]
    return int(running.inside(pod, "python", "-c", _STATUS, authorization))


def keys_of(running: Running) -> TokenKeys:
    """Those that the secrets hold now."""
    text = running.secret("svc-leads", "token-keys").strip()
    return TokenKeys(dict(pair.split(":", 1) for pair in text.split(",")))


def dropped(running: Running) -> bool:
    """Whether no program is connected with the former account of svc-leads any more."""
    try:
        running.setup("accounts", "--drop-former", "svc-leads")
    except CommandFailed:
        return False
    return True


async def until(condition: Callable[[], bool], otherwise: str) -> None:
    await asyncio.to_thread(
        wait_until, condition, time_limit_s=_NOTICED_S, otherwise=lambda: otherwise
    )


async def test_an_old_token_key_works_while_keys_are_rotated_and_not_after(
    running: Running, proof: Proof
) -> None:
    old = keys_of(running)

    async with calling(running.gateways(), running.secret("gateway", "api-key")) as answers:
        await asyncio.to_thread(running.setup, "token-keys", "accept")
        new = TokenKeys(dict(reversed(list(keys_of(running).by_id.items()))))
        await until(lambda: status(running, new) == 200, "the new key is not accepted")
        await asyncio.to_thread(running.setup, "token-keys", "sign")
        await answers.more(200)
        meanwhile = status(running, old)
        await answers.more(200)
        await asyncio.to_thread(running.setup, "token-keys", "drop")
        await until(lambda: status(running, old) == 401, "the old key is accepted still")
        await answers.more(200)

    assert meanwhile == 200
    assert answers.bad == []
    proof.has_run(
        f"{running.name}: token keys rotated under {CLIENTS} clients,"
        f" {answers.good.total()} calls, none failed"
    )


async def test_database_passwords_are_changed_and_the_former_accounts_dropped(
    running: Running, proof: Proof
) -> None:
    former = running.secret("svc-leads", "db-user")

    async with calling(running.gateways(), running.secret("gateway", "api-key")) as answers:
        await answers.more(50)
        await asyncio.to_thread(running.setup, "database-password", "svc-leads")
        # Refused while a connection of the former account is open.
        await until(lambda: dropped(running), "the former account is in use still")
        await answers.more(200)

    assert running.secret("svc-leads", "db-user") != former
    assert answers.bad == []
    proof.has_run(
        f"{running.name}: database account of svc-leads changed under {CLIENTS} clients,"
        f" {answers.good.total()} calls, none failed"
    )
