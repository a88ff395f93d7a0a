"""GET /api/v1/test-call/status: which call a code means, and by which indexes it is found."""

import pytest
from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.queued_rows import log_call, make_live_call, make_order, make_test_call
from support.statements import explained, rows_read, statements_sent

STATUS = "/api/v1/test-call/status"
CODE = "V1081530450000000999"
NOT_FOUND = {"success": False, "error": "Test call not found"}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("V1081530450000000998", id="another"),
        pytest.param("V108153045000000099", id="its beginning"),
        pytest.param("0000000999", id="its end"),
        pytest.param("V10815304500000009990", id="one more digit"),
        pytest.param("V" * 30, id="as long as a code can be"),
    ],
)
async def test_a_code_that_no_call_has_is_a_404(
    telephony: Telephony, db: TestDatabase, code: str
) -> None:
    make_test_call(db, 999)

    response = await telephony.get(STATUS, params={"caller_code": code})

    assert (response.status, await response.json()) == (404, NOT_FOUND)


async def test_a_call_that_is_only_under_way_is_a_404(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_live_call(db, CODE)
    make_order(db, CODE, action="Hangup")

    response = await telephony.get(STATUS, params={"caller_code": CODE})

    assert (response.status, await response.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize("in_queue", [True, False], ids=["queue", "log"])
async def test_a_code_is_found_in_any_case_and_answered_as_it_is_stored(
    telephony: Telephony, db: TestDatabase, in_queue: bool
) -> None:
    if in_queue:
        make_order(db, CODE)
    else:
        log_call(db, CODE)

    response = await telephony.get(STATUS, params={"caller_code": CODE.lower()})

    assert (response.status, (await response.json())["data"]["caller_code"]) == (200, CODE)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="none"),
        pytest.param({"caller_code": ""}, id="empty"),
        pytest.param({"caller_code": "V" * 31}, id="31 characters"),
        pytest.param({"caller_code": "%"}, id="percent"),
        pytest.param({"caller_code": "V108153045_000000999"}, id="underscore"),
        pytest.param({"caller_code": "V1081530450000000999'"}, id="quote"),
        pytest.param({"caller_code": "V1081530450000000999\n"}, id="line break"),
        pytest.param({"caller_code": "V1 8"}, id="space"),
        pytest.param({"caller_code": "V\u0661"}, id="other digit"),
        pytest.param({"caller_code": "V\U0001f600"}, id="emoji"),
    ],
)
async def test_bad_input_names_the_field(telephony: Telephony, query: dict[str, str]) -> None:
    response = await telephony.get(STATUS, params=query)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, ["caller_code"])


@ENGINES
async def test_a_call_is_found_among_thousands_by_three_indexes(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    make_test_call(db, 999)
    db.execute(
        "INSERT INTO vicidial_manager (server_ip, action, callerid)"
        " SELECT '10.0.0.5', 'Originate', CONCAT('V', seq) FROM seq_1_to_20000"
    )
    db.execute(
        "INSERT INTO vicidial_dial_log (caller_code, lead_id, call_date)"
        " SELECT CONCAT('V', seq), seq, NOW() FROM seq_1_to_20000"
    )
    db.execute(
        "INSERT INTO vicidial_auto_calls (server_ip, lead_id, callerid)"
        " SELECT '10.0.0.5', seq, CONCAT('V', seq) FROM seq_1_to_3000"
    )

    with statements_sent() as sent:
        await telephony.get(STATUS, params={"caller_code": CODE})

    plans = [explained(db, statement, "svc-telephony") for statement in sent]
    assert [(plan["table"], plan["key"]) for (plan,) in plans] == [
        ("vicidial_manager", "callerid"),
        ("vicidial_dial_log", "caller_code"),
        ("vicidial_auto_calls", "callerid"),
    ]
    assert all(rows_read(db, statement, "svc-telephony") <= 4 for statement in sent)
