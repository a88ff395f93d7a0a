"""The border of a service: nothing passes without a token for it, `/health/` aside."""

import time
from dataclasses import replace
from typing import Any

import jwt
import pytest
from aiohttp.test_utils import TestClient, TestServer
from dialkit.tokens import Caller, Signer, TokenKeys
from pytest_aiohttp import AiohttpClient
from support.apps import CALLER, KEYS, Leads, service_settings
from support.builders import make_lead
from support.database import TestDatabase
from svc_leads.app import create_app

INFO = "/api/v1/leads/1/info"
SECRET = KEYS.by_id["k1"]
OLD, NEW = "an-older-secret-of-32-characters", "a-newer-secret-of-32-characters!"


@pytest.fixture
async def stranger(aiohttp_client: AiohttpClient, db: TestDatabase) -> TestClient[Any, Any]:
    """svc-leads with lead 1, called without a token."""
    make_lead(db, lead_id=1)
    return await aiohttp_client(TestServer(create_app(service_settings(db, "svc-leads"))))


def token(key: str = SECRET, kid: str = "k1", **changes: Any) -> str:
    """The header of a token that differs from a good one in those claims."""
    now = int(time.time())
    good = {"iss": "gateway", "aud": "svc-leads", "sub": "6666", "ip": "", "iat": now,
            "exp": now + 60}  # fmt: skip
    claims = {name: value for name, value in (good | changes).items() if value is not None}
    return "Bearer " + jwt.encode(claims, key, algorithm="HS256", headers={"kid": kid})


async def test_a_good_token_opens(stranger: Leads) -> None:
    response = await stranger.get(INFO, headers={"Authorization": token()})

    assert response.status == 200


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(token(exp=int(time.time()) - 1), id="expired"),
        pytest.param(token(aud="svc-lists"), id="for another service"),
        pytest.param(token(aud="gateway"), id="for the gateway"),
        pytest.param(token(key=OLD), id="another key"),
        pytest.param(token(kid="k2"), id="an unknown key id"),
        pytest.param(token(sub=None), id="without tag"),
        pytest.param("Bearer x.y.z", id="no token"),
        pytest.param("", id="empty"),
        pytest.param("Basic YTpi", id="another scheme"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", INFO), ("PUT", "/api/v1/leads/1"), ("POST", "/internal/v1/hopper/remove"),
     ("GET", "/api/v1/nothing")],
)  # fmt: skip
async def test_another_token_is_a_401(
    stranger: Leads, db: TestDatabase, header: str, method: str, path: str
) -> None:
    before = db.rows("SELECT * FROM vicidial_list")

    response = await stranger.request(
        method, path, headers={"Authorization": header}, json={"city": "x", "list_id": 101}
    )

    envelope = await response.json()
    assert response.status == 401
    assert response.content_type == "application/json"
    assert envelope["success"] is False
    assert "service token" in envelope["error"]
    assert db.rows("SELECT * FROM vicidial_list") == before


async def test_no_token_is_a_401(stranger: Leads) -> None:
    response = await stranger.get(INFO)

    assert response.status == 401
    assert await response.json() == {"success": False, "error": "A service token is needed"}


async def test_a_token_in_the_url_is_none(stranger: Leads) -> None:
    response = await stranger.get(INFO, params={"access_token": token().split()[1]})

    assert response.status == 401


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health_needs_no_token(stranger: Leads, path: str) -> None:
    assert (await stranger.get(path)).status == 200


@pytest.mark.parametrize("path", ["/health/../api/v1/leads/1/info", "/healthy", "/health%2Flive"])
async def test_only_health_needs_no_token(stranger: Leads, path: str) -> None:
    assert (await stranger.get(path)).status in {401, 404}


async def test_a_secret_is_replaced_without_a_stop(
    aiohttp_client: AiohttpClient, db: TestDatabase
) -> None:
    make_lead(db, lead_id=1)
    settings = service_settings(db, "svc-leads")
    both = replace(settings, token_keys=TokenKeys({"k2": NEW, "k1": OLD}))
    client: Leads = await aiohttp_client(TestServer(create_app(both)))

    async def status(keys: TokenKeys) -> int:
        header = Signer("gateway", keys).authorization("svc-leads", CALLER)
        return (await client.get(INFO, headers={"Authorization": header})).status

    assert await status(TokenKeys({"k1": OLD})) == 200
    assert await status(TokenKeys({"k2": NEW})) == 200
    assert await status(TokenKeys({"k1": NEW})) == 401
    assert await status(KEYS) == 401


@pytest.mark.parametrize(
    ("given", "in_body", "recorded"),
    [
        pytest.param("6666", None, "6666", id="of the token"),
        pytest.param("", "7777", "7777", id="of the body"),
        pytest.param("", 7777, "7777", id="a number in the body"),
        pytest.param("6666", "7777", "6666", id="the token's wins"),
        pytest.param("", None, "api", id="none"),
        pytest.param("", "", "api", id="empty"),
    ],
)
async def test_the_tag_is_recorded(
    stranger: Leads, db: TestDatabase, given: str, in_body: object, recorded: str
) -> None:
    db.insert("vicidial_lists", list_id=101)
    body = {"list_id": 101, "phone_number": "5550000000", "api_key": "lifted out"}

    response = await stranger.post(
        "/api/v1/leads",
        json=body | ({} if in_body is None else {"user": in_body}),
        headers={"Authorization": Signer("gateway", KEYS).authorization(
            "svc-leads", Caller(given, "", "gateway"))},
    )  # fmt: skip

    assert (await response.json())["data"]["user"] == recorded


@pytest.mark.parametrize("tag", ["a" * 21, "a b", "a'b", "ä", "a\n", 1.5, True, ["a"], {"a": 1}])
@pytest.mark.parametrize("given", ["", "6666"])
async def test_a_bad_tag_in_a_body_is_a_400(
    stranger: Leads, db: TestDatabase, tag: object, given: str
) -> None:
    response = await stranger.put(
        "/api/v1/leads/1",
        json={"city": "Springfield", "user": tag},
        headers={"Authorization": token(sub=given)},
    )

    assert response.status == 400
    assert (await response.json())["details"] == {
        "user": ["Must be 1 to 20 characters of A-Z a-z 0-9 - _ ."]
    }
    assert db.rows("SELECT city FROM vicidial_list") == [("",)]
