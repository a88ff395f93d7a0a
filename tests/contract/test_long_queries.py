"""Query strings as long as the contract lets lists in them be, through the gateway."""

import aiohttp
from support.suite import Ask
from yarl import URL

# 9,999 characters, and twice as many on the way.
NAMES = "%7C".join(["A"] * 5000)


async def test_a_list_of_10_000_characters_is_a_filter(ask: Ask) -> None:
    answer = await ask("GET", f"/agents/status?campaigns={NAMES}B")

    assert answer["data"] == []


async def test_a_longer_one_is_refused_by_its_name(api: aiohttp.ClientSession) -> None:
    url = URL(f"/api/v1/agents/status?campaigns={NAMES}BC", encoded=True)

    async with api.get(url) as response:
        answer = await response.json()

    assert response.status == 400
    assert answer["details"] == {"campaigns": ["Longer than 10000 characters"]}


async def test_a_long_query_has_a_next_page(api: aiohttp.ClientSession) -> None:
    url = f"/api/v1/leads/status-search?status=NEW&list_id=101&limit=1&unknown={'x' * 60_000}"

    async with api.get(url, max_field_size=70_000) as response:
        link = response.headers["Link"]

    assert response.status == 200
    assert "x" * 60_000 in link
