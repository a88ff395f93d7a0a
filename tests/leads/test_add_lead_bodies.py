"""POST /api/v1/leads: bodies that are none."""

from io import BytesIO

import pytest
from support.apps import Leads
from support.builders import make_list
from support.database import TestDatabase

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
LEAST = b'"list_id": 101, "phone_number": "5551234567"'


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101."""
    make_list(db)


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        pytest.param(JSON, b"{", 400, id="broken JSON"),
        pytest.param(JSON, b"{%s,}" % LEAST, 400, id="comma too many"),
        pytest.param(JSON, b"{%s} x" % LEAST, 400, id="something after it"),
        pytest.param(JSON, b"[{%s}]" % LEAST, 400, id="array"),
        pytest.param(JSON, b'"x"', 400, id="string"),
        pytest.param(JSON, b"null", 400, id="null"),
        pytest.param(JSON, b'{%s, "rank": NaN}' % LEAST, 400, id="NaN"),
        pytest.param(JSON, b'{%s, "rank": -Infinity}' % LEAST, 400, id="Infinity"),
        pytest.param(JSON, b'{%s, "rank": 1e999}' % LEAST, 400, id="infinite float"),
        pytest.param(JSON, b'{%s, "rank": %s}' % (LEAST, b"9" * 5000), 400, id="endless integer"),
        pytest.param(JSON, b'{%s, "list_id": 101}' % LEAST, 400, id="repeated key"),
        pytest.param(JSON, b'{%s, "title": "\xff"}' % LEAST, 400, id="no UTF-8"),
        pytest.param(JSON, b'{%s, "title": "\xed\xa0\x80"}' % LEAST, 400, id="raw surrogate"),
        pytest.param(JSON, b'{%s, "title": "\\ud800"}' % LEAST, 400, id="half a pair"),
        pytest.param(JSON, b'{%s, "title": "\x00"}' % LEAST, 400, id="raw NUL"),
        pytest.param(JSON, b'{%s, "title": "\\u0000"}' % LEAST, 400, id="escaped NUL"),
        pytest.param(JSON, b'{%s, "title": ' % LEAST + b"[" * 100_000, 400, id="too deep"),
        pytest.param(JSON, b"\xef\xbb\xbf{%s}" % LEAST, 400, id="byte order mark"),
        pytest.param(JSON, b"", 400, id="nothing"),
        pytest.param(JSON, b"{}", 400, id="empty object"),
        pytest.param(FORM, b"list_id=101&list_id=101&phone_number=5551234567", 400, id="twice"),
        pytest.param(FORM, b"list_id=101&phone_number=5551234567&title=%ff", 400, id="form, UTF-8"),
        pytest.param(FORM, b"list_id=101&phone_number=5551234567&title=%00", 400, id="form, NUL"),
        pytest.param(FORM, b"a=1&" * 1001, 400, id="form of a thousand fields"),
        pytest.param("text/plain", b"{%s}" % LEAST, 415, id="plain text"),
        pytest.param("application/xml", b"<lead/>", 415, id="XML"),
        pytest.param("application/octet-stream", b"{%s}" % LEAST, 415, id="no type"),
        pytest.param(f"{JSON}; charset=latin-1", b"{%s}" % LEAST, 415, id="other charset"),
        pytest.param(f"{JSON}; charset=utf-16", b"{%s}" % LEAST, 415, id="UTF-16"),
    ],
)
async def test_bodies_that_are_none_are_refused(
    leads: Leads, db: TestDatabase, content_type: str, body: bytes, status: int
) -> None:
    response = await leads.post("/api/v1/leads", data=body, headers={"Content-Type": content_type})

    answer = await response.json()
    assert response.status == status
    assert answer["success"] is False
    assert answer["error"]
    assert db.count("vicidial_list") == 0


async def test_body_beyond_a_mebibyte_is_too_large(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post(
        "/api/v1/leads", data=BytesIO(b"x" * 10_000_000), headers={"Content-Type": JSON}
    )

    assert response.status == 413
    assert await response.json() == {"success": False, "error": "Body too large"}
    assert db.count("vicidial_list") == 0


async def test_body_of_a_mebibyte_is_read(leads: Leads, db: TestDatabase) -> None:
    body = (b"{%s}" % LEAST).ljust(2**20)

    response = await leads.post("/api/v1/leads", data=body, headers={"Content-Type": JSON})

    assert response.status == 200
    assert db.count("vicidial_list") == 1


async def test_encoded_body_is_refused(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post(
        "/api/v1/leads", json={"list_id": 101, "phone_number": "5551234567"}, compress="deflate"
    )

    assert response.status == 415
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_other_methods_are_not_allowed(leads: Leads, method: str) -> None:
    response = await leads.request(method, "/api/v1/leads")

    assert response.status == 405
    assert response.headers["Allow"] == "POST"
    assert await response.json() == {"success": False, "error": "Method not allowed"}


async def test_without_a_token_nothing_is_answered(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post(
        "/api/v1/leads", data=b"{%s}" % LEAST, headers={"Authorization": "Bearer x"}
    )

    assert response.status == 401
    assert db.count("vicidial_list") == 0
