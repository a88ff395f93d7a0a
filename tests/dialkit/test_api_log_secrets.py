"""A password that somebody sends in a query does not stay in `vicidial_api_log`."""

import pytest
from support.apps import Leads
from support.database import TestDatabase
from yarl import URL

WORD = "It-is_123"
PATH = "/api/v1/leads/1/info"


async def logged(leads: Leads, db: TestDatabase, query: str) -> str:
    """What the API log has of a call with that query, sent as it is."""
    await leads.session.get(URL(f"{leads.make_url(PATH)}?{query}", encoded=True))
    await leads.close()
    data = str(db.value("SELECT data FROM vicidial_api_log"))
    assert data.startswith(f"GET {PATH}?")
    return data.removeprefix(f"GET {PATH}?")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param(f"pass={WORD}", "pass=***", id="alone"),
        pytest.param(f"x=1&new_pass={WORD}", "x=1&new_pass=***", id="at the end"),
        pytest.param(f"pass={WORD}&x=1", "pass=***&x=1", id="at the beginning"),
        pytest.param(f"x=1&phone_pass={WORD}&y=2", "x=1&phone_pass=***&y=2", id="in between"),
        pytest.param(f"pass={WORD}&new_pass={WORD}", "pass=***&new_pass=***", id="two"),
        pytest.param(f"pass={WORD}&pass={WORD}", "pass=***&pass=***", id="one twice"),
        pytest.param(f"Pass={WORD}&NEW_PASS={WORD}", "Pass=***&NEW_PASS=***", id="upper case"),
        pytest.param(f"agent_pass={WORD}", "agent_pass=***", id="VICIdial's name"),
        pytest.param(f"password={WORD}", "password=***", id="password"),
        pytest.param(f"client_secret={WORD}", "client_secret=***", id="secret"),
        pytest.param(f"p%61ss={WORD}", "p%61ss=***", id="name in percent codes"),
        pytest.param(f"%50%41%53%53={WORD}", "%50%41%53%53=***", id="whole name in percent codes"),
        pytest.param(f"%e4pass={WORD}", "%e4pass=***", id="name that is no UTF-8"),
        pytest.param(f"pass={WORD}={WORD}", "pass=***", id="equals sign in the value"),
        pytest.param(f"pass=a?b/{WORD}%26&x=1", "pass=***&x=1", id="odd characters in the value"),
        pytest.param(f"?x?pass={WORD}", "?x?pass=***", id="question marks before"),
        pytest.param("pass=&x=1", "pass=***&x=1", id="empty"),
        pytest.param("pass&x=1", "pass&x=1", id="no value"),
        pytest.param(f"&&pass={WORD}", "&&pass=***", id="empty parameters before"),
    ],
)
async def test_what_may_be_a_password_is_masked(
    leads: Leads, db: TestDatabase, query: str, shown: str
) -> None:
    assert await logged(leads, db, query) == shown


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("custom_fields=N&x=%C3%A4%26", id="plain"),
        pytest.param("first_name=pass&city=secret", id="the word as a value"),
        pytest.param("x=pass%3D1", id="the word and an encoded equals sign in a value"),
        pytest.param("p%2561ss=1", id="a name that only looks so when read twice"),
        pytest.param("security_phrase=abc&pas=1&sec=2", id="names that are nearly so"),
    ],
)
async def test_other_parameters_stay_as_they_were_sent(
    leads: Leads, db: TestDatabase, query: str
) -> None:
    assert await logged(leads, db, query) == query


async def test_a_long_password_leaves_room_for_what_follows(leads: Leads, db: TestDatabase) -> None:
    assert await logged(leads, db, f"pass={'a' * 3000}&x=1") == "pass=***&x=1"
