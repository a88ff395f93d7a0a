"""POST /api/v1/leads: which characters its texts may have, and `clean_text`."""

import pytest
from support.apps import Leads
from support.builders import make_list
from support.database import TestDatabase

LEAST = {"list_id": 101, "phone_number": "5551234567"}
TEXT_FIELDS = ("first_name", "last_name", "middle_initial", "address1", "address2", "address3",
               "city", "province", "email", "security", "title")  # fmt: skip
CODE_FIELDS = ("state", "postal_code", "country_code", "owner", "vendor_lead_code", "source_id")
NOT_TEXT = ('"', "\\", ";", "|", "<", ">", "`")
CONTROLS = ("\x00", "\x01", "\x1b", "\t", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff",
            "\ufffe", "\uffff", "\ufdd0")  # fmt: skip
BEYOND_BMP = ("\U0001f600", "\U00010000")


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101."""
    make_list(db)


def named(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"


@pytest.mark.parametrize("field", ["address1", "source_id", "comments"])
@pytest.mark.parametrize("character", NOT_TEXT + CONTROLS + BEYOND_BMP, ids=ascii)
async def test_characters_that_no_class_has_are_refused(
    leads: Leads, db: TestDatabase, field: str, character: str
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {field: f"a{character}b"})

    why = f"Character not allowed: {named(character)}"
    assert response.status == 400
    assert await response.json() == {
        "success": False,
        "error": f"Invalid parameters: {field}: {why}",
        "details": {field: [why]},
    }
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize("field", [*TEXT_FIELDS, *CODE_FIELDS, "comments"])
async def test_every_text_of_a_lead_is_checked(leads: Leads, db: TestDatabase, field: str) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {field: ";"})

    assert (await response.json())["details"] == {field: ["Character not allowed: ;"]}
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param(TEXT_FIELDS, "\n", id="line break in TEXT"),
        pytest.param(CODE_FIELDS, "\r", id="line break in CODE"),
        pytest.param(CODE_FIELDS, "'", id="apostrophe in CODE"),
        pytest.param(CODE_FIELDS, "$", id="dollar in CODE"),
        pytest.param(("address1", "comments"), "$(id)", id="substitution"),
        pytest.param(("address1", "comments"), "$HOME", id="variable"),
        pytest.param(("address1", "comments"), "${IFS}", id="variable in braces"),
        pytest.param(("address1", "comments"), "a$", id="dollar at the end"),
        pytest.param(("address1", "comments"), "$ ", id="dollar before a space that is cut off"),
        pytest.param(("comments",), "$\na", id="dollar before a line break"),
    ],
)
async def test_what_one_class_refuses(
    leads: Leads, db: TestDatabase, fields: tuple[str, ...], text: str
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | dict.fromkeys(fields, text))

    answer = await response.json()
    assert response.status == 400
    assert set(answer["details"]) == set(fields)
    assert all(why[0].startswith("Character not allowed: ") for why in answer["details"].values())
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x' OR '1'='1", id="quotes"),
        pytest.param("x'), ('y", id="end of a row"),
        pytest.param("' UNION SELECT pass FROM vicidial_users -- ", id="union"),
        pytest.param("/* %s %(x)s %% {0} */ # --", id="marks and comments"),
        pytest.param("$5 and $ 5 & more (50%)", id="dollars"),
        pytest.param("Łódź, 東京, Ὀδυσσεύς, שלום", id="scripts"),
        pytest.param("\u00a0\u00ad\u200b\u2027\ufffd", id="rare characters of the plane"),
        pytest.param("cafe\u0301", id="combining character"),
    ],
)
async def test_allowed_text_is_stored_as_it_is(leads: Leads, db: TestDatabase, text: str) -> None:
    body = LEAST | {"address1": text, "comments": text}

    response = await leads.post("/api/v1/leads", json=body)

    assert (await response.json())["data"]["address1"] == text.strip(" ")
    assert db.rows("SELECT address1, comments FROM vicidial_list") == [(text.strip(" "),) * 2]


@pytest.mark.parametrize(
    ("sent", "stored", "shown"),
    [
        pytest.param("a\r\nb", "a!Nb", "a\nb", id="CRLF"),
        pytest.param("a\rb", "a!Nb", "a\nb", id="CR"),
        pytest.param("a\nb\n", "a!Nb!N", "a\nb\n", id="LF"),
        pytest.param("a\n\rb", "a!N!Nb", "a\n\nb", id="two breaks"),
        pytest.param("a!Nb", "a!Nb", "a\nb", id="literal"),
        pytest.param("x" * 253 + "\n", "x" * 253 + "!N", "x" * 253 + "\n", id="255 as stored"),
    ],
)
async def test_line_breaks_of_a_note(
    leads: Leads, db: TestDatabase, sent: str, stored: str, shown: str
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {"comments": sent})

    data = (await response.json())["data"]
    info = await (await leads.get(f"/api/v1/leads/{data['lead_id']}/info")).json()
    assert data["comments"] == info["data"]["comments"] == shown
    assert db.value("SELECT comments FROM vicidial_list") == stored


async def test_length_of_a_note_counts_as_it_is_stored(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {"comments": "x" * 254 + "\n"})

    assert (await response.json())["details"] == {"comments": ["Longer than 255 characters"]}
    assert db.count("vicidial_list") == 0


async def test_clean_text_removes_what_is_not_allowed(leads: Leads, db: TestDatabase) -> None:
    forbidden = "".join(NOT_TEXT + CONTROLS + BEYOND_BMP)
    texts = {
        "address1": f" {forbidden}a'b{forbidden} $5{forbidden} $(id) $",
        "comments": f"one{forbidden}\r\ntwo; ",
        "source_id": f"{forbidden}a'b$5{forbidden}",
    }
    alt_phones = [{"phone_number": "5550000001", "note": "a;b"}]

    response = await leads.post(
        "/api/v1/leads", json=LEAST | texts | {"alt_phones": alt_phones, "clean_text": "Y"}
    )

    assert response.status == 200, await response.text()
    assert db.rows("SELECT address1, comments, source_id FROM vicidial_list") == [
        ("a'b $5 (id)", "one!Ntwo", "ab5")
    ]
    assert db.value("SELECT alt_phone_note FROM vicidial_list_alt_phones") == "ab"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"first_name": "x" * 31 + ";"}, id="too long"),
        pytest.param({"phone_number": "555;1234567"}, id="no text"),
        pytest.param({"status": "A;B"}, id="status"),
        pytest.param({"user_field": "a;b"}, id="user"),
        pytest.param({"first_name": ["a;"]}, id="array"),
        pytest.param({"first_name": "a;", "clean_text": "N"}, id="not asked for"),
    ],
)
async def test_clean_text_mends_nothing_else(
    leads: Leads, db: TestDatabase, body: dict[str, object]
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {"clean_text": "Y"} | body)

    assert response.status == 400
    assert list((await response.json())["details"]) == [next(iter(body))]
    assert db.count("vicidial_list") == 0
