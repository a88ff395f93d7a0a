"""What requests to svc-telephony refer to: texts that refer to nothing."""

from typing import Any

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from support.database import TestDatabase
from support.statements import statements_sent
from support.telephony import make_server
from svc_telephony.references import Thing, settled

THINGS = {"admin_user_group": Thing.USER_GROUP, "server_ip": Thing.SERVER}
pytestmark = pytest.mark.parametrize("service", ["svc-telephony"])


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="absent"),
        pytest.param({"admin_user_group": "---ALL---"}, id="all user groups"),
        pytest.param({"admin_user_group": "", "server_ip": ""}, id="empty"),
        pytest.param({"admin_user_group": None, "server_ip": None}, id="nothing"),
        pytest.param({"name": "NONE"}, id="another field"),
    ],
)
async def test_what_refers_to_nothing_is_not_looked_up(
    database: Database, fields: dict[str, Any]
) -> None:
    with statements_sent() as statements:
        assert await settled(database, fields, THINGS) == fields

    assert statements == []


async def test_what_refers_to_something_is_looked_up_beside_it(
    database: Database, db: TestDatabase
) -> None:
    make_server(db)
    fields = {"admin_user_group": "---ALL---", "server_ip": "10.0.0.5 ", "name": "NONE"}

    assert await settled(database, fields, THINGS) == fields | {"server_ip": "10.0.0.5"}


@pytest.mark.parametrize(
    ("field", "title"), [("admin_user_group", "User group"), ("server_ip", "Server")]
)
async def test_what_refers_to_something_missing_is_refused(
    database: Database, field: str, title: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await settled(database, {field: "NONE"}, THINGS)

    assert refused.value.details == {field: [f"{title} not found"]}
