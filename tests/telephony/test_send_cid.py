"""POST /api/v1/test-call/send: which source gives the number that the call shows."""

from collections.abc import Sequence

import pytest
from support.apps import Telephony
from support.builders import make_list
from support.cid_groups import make_cid
from support.database import TestDatabase
from support.queued_rows import header_lines
from support.sent_calls import make_group, make_test_campaign, sent
from support.telephony import make_server

SOURCES = ("list's group", "list's override", "campaign's group", "second group",
           "area codes of the campaign", "campaign's number")  # fmt: skip
SHOWN = ["1111111", "2222222", "3333333", "4444444", "5555555", "6666666"]


@pytest.fixture(autouse=True)
def server(db: TestDatabase) -> None:
    """A server that places the calls."""
    make_server(db)


def make_sources(db: TestDatabase, numbers: Sequence[str]) -> None:
    """All sources of a number, in the order of the contract."""
    of_list, override, of_campaign, second, of_area, own = numbers
    make_test_campaign(
        db, cid_group_id="CAMPCIDS", cid_group_id_two="TWOCIDS", use_custom_cid="AREACODE",
        campaign_cid=own,
    )  # fmt: skip
    make_list(db, 998, cid_group_id="LISTCIDS", campaign_cid_override=override)
    groups = {"LISTCIDS": of_list, "CAMPCIDS": of_campaign, "TWOCIDS": second}
    for group, number in groups.items():
        make_group(db, group)
        make_cid(db, "", number, group)
    make_cid(db, "555", of_area, "TESTCAMP")


async def shown(telephony: Telephony, db: TestDatabase) -> str:
    """The number that a call shows, the same in every row."""
    data = await sent(telephony)
    number = str(db.value("SELECT outbound_cid FROM vicidial_dial_cid_log"))
    code = data["caller_code"]
    assert data["caller_id"] == (f'"{code}" <{number}>' if number else code)
    assert header_lines(db)["f"] == f"Callerid: {data['caller_id']}"
    assert db.value("SELECT outbound_cid FROM vicidial_dial_log") == data["caller_id"]
    assert db.value("SELECT callerid FROM user_call_log") == number
    return number


@pytest.mark.parametrize("first", range(len(SOURCES) + 1), ids=[*SOURCES, "none"])
@pytest.mark.parametrize("before", ["", "123456"], ids=["after nothing", "after six characters"])
async def test_the_first_source_with_more_than_six_characters_gives_the_number(
    telephony: Telephony, db: TestDatabase, first: int, before: str
) -> None:
    make_sources(db, [before] * first + SHOWN[first:])

    assert await shown(telephony, db) == ([*SHOWN, ""])[first]


@pytest.mark.parametrize("group", ["", "---DISABLED---", "NOGROUP"])
@pytest.mark.parametrize(
    "column", ["list's cid_group_id", "campaign's cid_group_id", "campaign's cid_group_id_two"]
)
async def test_a_group_that_is_disabled_or_unknown_does_not_count(
    telephony: Telephony, db: TestDatabase, column: str, group: str
) -> None:
    whose, _, name = column.partition("'s ")
    make_test_campaign(db, campaign_cid="6666666", **{name: group} if whose == "campaign" else {})
    make_list(db, 998, **{name: group} if whose == "list" else {})
    make_cid(db, "555", "1111111", group)

    assert await shown(telephony, db) == "6666666"


@pytest.mark.parametrize("column", ["cid_group_id", "cid_group_id_two"])
async def test_a_group_that_is_null_does_not_count(
    telephony: Telephony, db: TestDatabase, column: str
) -> None:
    make_test_campaign(db, campaign_cid="6666666")
    db.execute(f"UPDATE vicidial_campaigns SET {column} = NULL")
    make_list(db, 998, cid_group_id=None, campaign_cid_override=None)

    assert await shown(telephony, db) == "6666666"


async def test_entries_that_no_group_stands_for_count_for_no_group(
    telephony: Telephony, db: TestDatabase
) -> None:
    """`---DISABLED---` is no group, though somebody made one of that name."""
    make_test_campaign(db, campaign_cid="6666666")
    for name in ("---DISABLED---", ""):
        make_group(db, name)
        make_cid(db, "555", "1111111", name)

    assert await shown(telephony, db) == "6666666"


@pytest.mark.parametrize("custom", ["N", "Y", "USER_CUSTOM_1", None])
async def test_area_codes_of_the_campaign_count_only_where_it_says_so(
    telephony: Telephony, db: TestDatabase, custom: str | None
) -> None:
    make_test_campaign(db, campaign_cid="6666666", use_custom_cid=custom)
    make_cid(db, "555", "5555555", "TESTCAMP")

    assert await shown(telephony, db) == "6666666"


async def test_the_list_is_the_one_of_manual_calls(telephony: Telephony, db: TestDatabase) -> None:
    make_test_campaign(db, manual_dial_list_id=102)
    make_list(db, 998, campaign_cid_override="9999999")
    make_list(db, 102, "OTHER", campaign_cid_override="1020000")

    assert await shown(telephony, db) == "1020000"


@pytest.mark.parametrize("number", ["", None, "0", "123456"])
async def test_a_call_may_show_no_number(
    telephony: Telephony, db: TestDatabase, number: str | None
) -> None:
    make_test_campaign(db, campaign_cid=number)

    assert await shown(telephony, db) == ""
