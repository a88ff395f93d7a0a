"""Lists of IDs with dashes, as the database knows their IDs (contract: reports.md, C7)."""

from typing import Any

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from support.builders import make_campaign, make_in_group, make_status, make_user, make_user_group
from support.database import TestDatabase
from support.dids import make_did
from support.statements import statements_sent
from svc_reports import id_lists
from svc_reports.id_lists import IdList, Kind, settled

pytestmark = pytest.mark.parametrize("service", ["svc-reports"])


def loaded(**lists: tuple[Kind, str]) -> dict[str, Any]:
    """A query with these lists."""
    return {name: IdList(kind).deserialize(text) for name, (kind, text) in lists.items()}


@pytest.fixture
def dashes(db: TestDatabase) -> None:
    """Something of each kind whose ID has a dash in it."""
    make_campaign(db, "My-Camp")
    make_in_group(db, "Web-In")
    db.insert("vicidial_statuses", status="s-ys", category="Sys-Cat")
    make_status(db, "c-amp", category="Camp-Cat")
    make_user(db, "Ann-1")
    make_user_group(db, "Team-A")
    make_did(db, 12, "1800-555")


@pytest.mark.usefixtures("dashes")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("CAMPAIGNS", "MY-CAMP"),
        ("IN_GROUPS", "web-in"),
        ("STATUSES", "S-YS"),
        ("STATUSES", "C-AMP"),
        ("CATEGORIES", "SYS-CAT"),
        ("CATEGORIES", "camp-cat"),
        ("USERS", "ann-1"),
        ("USER_GROUPS", "TEAM-a"),
        ("DID_PATTERNS", "1800-555"),
    ],
)
async def test_an_id_that_exists_is_not_divided(database: Database, kind: str, text: str) -> None:
    assert await settled(database, loaded(ids=(getattr(id_lists, kind), text))) == {"ids": [text]}


@pytest.mark.usefixtures("dashes")
@pytest.mark.parametrize("kind", ["CAMPAIGNS", "IN_GROUPS", "STATUSES", "CATEGORIES", "USERS",
                                  "USER_GROUPS", "DID_PATTERNS"])  # fmt: skip
async def test_what_does_not_exist_is_divided(database: Database, kind: str) -> None:
    query = loaded(ids=(getattr(id_lists, kind), "A-B--A"))

    assert await settled(database, query) == {"ids": ["A", "B"]}


@pytest.mark.usefixtures("dashes")
async def test_an_id_of_another_kind_is_divided(database: Database) -> None:
    query = loaded(campaigns=(id_lists.CAMPAIGNS, "Web-In"), users=(id_lists.USERS, "My-Camp"))

    assert await settled(database, query) == {"campaigns": ["Web", "In"], "users": ["My", "Camp"]}


@pytest.mark.usefixtures("dashes")
async def test_all_lists_of_a_query_are_looked_up_with_one_statement(database: Database) -> None:
    query = loaded(
        campaigns=(id_lists.CAMPAIGNS, "MY-CAMP"),
        ingroups=(id_lists.IN_GROUPS, "A-B"),
        statuses=(id_lists.STATUSES, "c-amp"),
        users=(id_lists.USERS, "ALLUSERS"),
        did_ids=(id_lists.DID_IDS, "1-2"),
    )

    with statements_sent() as statements:
        found = await settled(database, query | {"archived": "N"})

    assert found == {
        "campaigns": ["MY-CAMP"], "ingroups": ["A", "B"], "statuses": ["c-amp"], "users": None,
        "did_ids": ["1", "2"], "archived": "N",
    }  # fmt: skip
    assert len(statements) == 1


async def test_lists_without_dashes_need_no_database(database: Database) -> None:
    query = loaded(
        campaigns=(id_lists.CAMPAIGNS, "A-B,C"), users=(id_lists.USERS, "1000"),
        dids=(id_lists.DID_PATTERNS, "-".join(["18005551234"] * 5)),
    )  # fmt: skip

    with statements_sent() as statements:
        found = await settled(database, query)

    assert found == {"campaigns": ["A-B", "C"], "users": ["1000"], "dids": ["18005551234"]}
    assert statements == []


async def test_what_is_refused_once_divided_names_its_field(database: Database) -> None:
    query = loaded(campaigns=(id_lists.CAMPAIGNS, "-"), users=(id_lists.USERS, "A-B"))

    with pytest.raises(InvalidInput) as refused:
        await settled(database, query)

    assert refused.value.details == {"campaigns": ["May not be empty"]}
