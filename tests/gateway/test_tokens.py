"""Service tokens: for one service, one tag and one address, made as rarely as may be."""

import jwt
import pytest
from aiohttp import web
from dialkit.tokens import TokenKeys
from support.gateway import TOKEN_KEYS, Gateway, StandIn, StartGateway

LEADS = "/api/v1/phone/check"
LISTS = "/api/v1/campaigns"


async def test_token_is_made_for_service_tag_and_address(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    await gateway.client.get(LEADS, headers={"X-User": "6666"})

    token = leads_stand_in.last.headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, TOKEN_KEYS.by_id["k1"], algorithms=["HS256"], audience="svc-leads")
    assert claims == {
        "iss": "gateway",
        "aud": "svc-leads",
        "sub": "6666",
        "ip": "127.0.0.1",
        "iat": claims["iat"],
        "exp": claims["iat"] + 60,
    }


async def test_token_is_used_again_for_the_same_caller_only(
    gateway: Gateway, services: dict[str, StandIn]
) -> None:
    for tag in ("1", "1", "2"):
        await gateway.client.get(LEADS, headers={"X-User": tag})
    await gateway.client.get(LISTS, headers={"X-User": "1"})

    got = [r.headers["Authorization"] for n in LEADS_AND_LISTS for r in services[n].received]
    assert got[0] == got[1]
    assert len(set(got)) == 3


LEADS_AND_LISTS = ("svc-leads", "svc-lists")


@pytest.mark.parametrize("old", [{}, {"k1": TOKEN_KEYS.by_id["k1"]}])
async def test_first_key_signs(
    start_gateway: StartGateway,
    serve_leads: str,
    leads_stand_in: StandIn,
    old: dict[str, str],
) -> None:
    new = {"k2": "another-secret-of-32-characters-or-more"}
    leads_stand_in.keys = TokenKeys(old | new)
    gateway = await start_gateway({"svc-leads": serve_leads}, token_keys=TokenKeys(new | old))

    await gateway.client.get(LEADS)

    token = leads_stand_in.last.headers["Authorization"].removeprefix("Bearer ")
    assert jwt.get_unverified_header(token)["kid"] == "k2"


async def test_a_service_that_refuses_the_token_is_a_502_and_not_the_callers_fault(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.json_response({"success": False, "error": "A token is needed"}, status=401)

    leads_stand_in.act = refuse

    async with gateway.client.get(LEADS) as response:
        envelope = await response.json()

    assert response.status == 502
    assert envelope == {"success": False, "error": "Service gave no usable answer"}
