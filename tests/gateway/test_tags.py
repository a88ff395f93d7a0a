"""The tag `user`: from the header, else the query; a body's is the service's business."""

import pytest
from support.gateway import Gateway, StandIn

PATH = "/api/v1/phone/check"


@pytest.mark.parametrize(
    ("header", "query", "tag"),
    [
        (None, None, ""),
        ("6666", None, "6666"),
        (None, "6666", "6666"),
        ("6666", "other", "6666"),
        ("", "6666", "6666"),
        ("", "", ""),
        ("A-z_0.9aaaaaaaaaaaaa", None, "A-z_0.9aaaaaaaaaaaaa"),
    ],
)
async def test_tag_travels_in_the_token(
    gateway: Gateway, leads_stand_in: StandIn, header: str | None, query: str | None, tag: str
) -> None:
    headers = {} if header is None else {"X-User": header}
    params = {"a": "1"} | ({} if query is None else {"user": query})

    response = await gateway.client.get(PATH, headers=headers, params=params)

    got = leads_stand_in.last
    assert (response.status, got.caller.given_tag, got.query) == (200, tag, "a=1")
    assert "X-User" not in got.headers


@pytest.mark.parametrize("in_header", [True, False])
@pytest.mark.parametrize("tag", ["a" * 21, "a b", "a;b", "é", "a'b"])
async def test_unusable_tag_is_a_400(
    gateway: Gateway, leads_stand_in: StandIn, in_header: bool, tag: str
) -> None:
    headers, params = ({"X-User": tag}, {}) if in_header else ({}, {"user": tag})

    response = await gateway.client.get(PATH, headers=headers, params=params)

    assert response.status == 400
    assert list((await response.json())["details"]) == ["user"]
    assert leads_stand_in.received == []


async def test_tag_given_twice_is_a_400(gateway: Gateway) -> None:
    response = await gateway.client.get(f"{PATH}?user=1&user=2")

    assert (response.status, (await response.json())["details"]) == (
        400,
        {"user": ["Given more than once"]},
    )


async def test_tag_of_a_body_stays_in_it(gateway: Gateway, leads_stand_in: StandIn) -> None:
    await gateway.client.post("/api/v1/users", data={"user": "1001"})
    await gateway.client.post("/api/v1/leads", data={"user": "1001"}, headers={"X-User": "6666"})

    got = leads_stand_in.last
    assert (got.body, got.caller.given_tag) == (b"user=1001", "6666")
