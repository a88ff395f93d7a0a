"""GET /api/v1/callmenus: call menus."""

from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.live_answers import shown
from support.statements import statements_sent
from support.system_lists import make_call_menu

CALL_MENUS = "/api/v1/callmenus"


async def test_the_documented_answer(telephony: Telephony, db: TestDatabase) -> None:
    make_call_menu(db, menu_name="Main IVR", menu_repeat=1)

    with statements_sent() as statements:
        response = await telephony.get(CALL_MENUS)

    assert response.status == 200
    answer = await response.json()
    assert answer == {
        "success": True,
        "message": "Call menus retrieved",
        "data": [
            {
                "menu_id": "main_ivr",
                "menu_name": "Main IVR",
                "menu_prompt": "welcome",
                "menu_timeout": 10,
                "menu_timeout_prompt": "NONE",
                "menu_invalid_prompt": "NONE",
                "menu_repeat": 1,
                "user_group": "---ALL---",
            }
        ],
    }
    assert list(answer["data"][0]) == [
        "menu_id", "menu_name", "menu_prompt", "menu_timeout", "menu_timeout_prompt",
        "menu_invalid_prompt", "menu_repeat", "user_group",
    ]  # fmt: skip
    assert len(statements) == 1


async def test_columns_without_a_value_are_null(telephony: Telephony, db: TestDatabase) -> None:
    columns = ("menu_name", "menu_prompt", "menu_timeout", "menu_timeout_prompt",
               "menu_invalid_prompt", "menu_repeat", "user_group")  # fmt: skip
    make_call_menu(db, "odd", **dict.fromkeys(columns))

    assert await shown(telephony, CALL_MENUS) == [{"menu_id": "odd"} | dict.fromkeys(columns)]


@ENGINES
async def test_all_menus_come_by_id_whatever_is_asked(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    for menu_id in ("c", "B", "a", "10", "9"):
        make_call_menu(db, menu_id)

    found = await shown(telephony, CALL_MENUS, active="N", limit="1")

    assert [menu["menu_id"] for menu in found] == ["10", "9", "a", "B", "c"]


async def test_a_new_database_has_no_menu(telephony: Telephony) -> None:
    assert await shown(telephony, CALL_MENUS) == []
