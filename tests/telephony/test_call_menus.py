"""GET /api/v1/callmenus: call menus."""

from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.live_answers import shown
from support.statements import statements_sent
from support.system_lists import make_call_menu

CALL_MENUS = "/api/v1/callmenus"


async def test_columns_without_a_value_are_null(telephony: Telephony, db: TestDatabase) -> None:
    columns = ("menu_name", "menu_prompt", "menu_timeout", "menu_timeout_prompt",
               "menu_invalid_prompt", "menu_repeat", "user_group")  # fmt: skip
    make_call_menu(db, "odd", **dict.fromkeys(columns))

    assert await shown(telephony, CALL_MENUS) == [{"menu_id": "odd"} | dict.fromkeys(columns)]


@ENGINES
async def test_one_statement_reads_all_menus_by_id_whatever_is_asked(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    for menu_id in ("c", "B", "a", "10", "9"):
        make_call_menu(db, menu_id)

    with statements_sent() as statements:
        found = await shown(telephony, CALL_MENUS, active="N", limit="1")

    assert [menu["menu_id"] for menu in found] == ["10", "9", "a", "B", "c"]
    assert len(statements) == 1


async def test_a_new_database_has_no_menu(telephony: Telephony) -> None:
    assert await shown(telephony, CALL_MENUS) == []
