"""What answers of errors say."""

from typing import Any

import orjson
import pytest
from aiohttp import web
from dialkit import errors
from dialkit.db_errors import ConnectionLost, StatementTooSlow
from dialkit.errors import ApiError, InvalidInput, NotFound
from dialkit.http import failure


def test_the_text_names_the_first_field() -> None:
    refused = InvalidInput({"status": ["Required"]})

    assert envelope(refused) == {
        "success": False,
        "error": "Invalid parameters: status: Required",
        "details": {"status": ["Required"]},
    }


def test_the_text_counts_the_other_fields() -> None:
    refused = InvalidInput({"status": ["Required", "Too"], "list_id": ["No"], "owner": ["No"]})

    assert envelope(refused) == {
        "success": False,
        "error": "Invalid parameters: status: Required (and 2 more)",
        "details": {"status": ["Required", "Too"], "list_id": ["No"], "owner": ["No"]},
    }


def test_a_field_within_a_field_is_named_by_its_path() -> None:
    refused = InvalidInput(
        {"alt_phones": {3: {"phone_number": ["Required"]}}, "custom_fields": {"color": "No"}}
    )

    assert refused.details == {
        "alt_phones.3.phone_number": ["Required"],
        "custom_fields.color": ["No"],
    }


def test_an_error_may_bring_data_and_headers() -> None:
    response = failure(ApiError("Stopped", data={"rows": 0}, headers={"Retry-After": "1"}))

    assert orjson.loads(bytes(body(response))) == {
        "success": False, "error": "Stopped", "data": {"rows": 0},
    }  # fmt: skip
    assert response.headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.BadRequest("x"), 400),
        (InvalidInput({"x": ["y"]}), 400),
        (errors.AuthenticationNeeded("x"), 401),
        (NotFound("x"), 404),
        (errors.Conflict("x"), 409),
        (errors.BodyTooLarge("x"), 413),
        (errors.UnsupportedMediaType("x"), 415),
        (ApiError("x"), 500),
        (errors.BadGateway("x"), 502),
        (errors.Unavailable("x"), 503),
        (ConnectionLost(), 503),
        (errors.TooSlow("x"), 504),
        (StatementTooSlow(), 504),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, ApiError) else None,
)
def test_each_kind_of_error_has_its_code(error: ApiError, status: int) -> None:
    response = failure(error)

    assert response.status == status
    assert response.content_type == "application/json"
    assert envelope(error)["success"] is False


def envelope(error: ApiError) -> dict[str, Any]:
    """The envelope that the error leaves as."""
    content: dict[str, Any] = orjson.loads(body(failure(error)))
    return content


def body(response: web.Response) -> bytes:
    """The bytes of the answer."""
    assert isinstance(response.body, bytes)
    return response.body
