"""Bulk imports, sent and read back."""

from collections.abc import AsyncIterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from support.apps import Leads

BULK = "/api/v1/leads/bulk"
CSV = {"Content-Type": "text/csv"}
JSON_LINES = {"Content-Type": "application/x-ndjson"}


async def import_rows(
    leads: Leads, rows: Sequence[Mapping[str, Any]], **options: Any
) -> dict[str, Any]:
    """The answer's data to rows sent as a JSON array, to list 101 unless they name another."""
    response = await leads.post(BULK, params={"list_id": 101} | options, json=rows)
    answer: dict[str, Any] = await response.json()
    assert (response.status, answer["message"]) == (200, "Leads imported"), answer
    data: dict[str, Any] = answer["data"]
    counted = sum(data[name] for name in ("added", "duplicates", "dnc", "invalid"))
    assert counted == data["rows"] == len(rows)
    return data


async def results(
    leads: Leads, rows: Sequence[Mapping[str, Any]], **options: Any
) -> list[dict[str, Any]]:
    """What became of each row, without its number."""
    listed = (await import_rows(leads, rows, **options))["results"]
    assert [result.pop("row") for result in listed] == list(range(1, len(rows) + 1))
    return list(listed)


async def import_body(
    leads: Leads,
    body: bytes | str | BytesIO | AsyncIterator[bytes],
    kind: Mapping[str, str],
    **options: Any,
) -> tuple[int, dict[str, Any]]:
    """Status and answer to a body of that kind, to list 101."""
    response = await leads.post(BULK, params={"list_id": 101} | options, data=body, headers=kind)
    return response.status, await response.json()


def numbers(count: int, first: int = 2125550000) -> list[dict[str, str]]:
    """Rows with that many different numbers."""
    return [{"phone_number": str(first + place)} for place in range(count)]
