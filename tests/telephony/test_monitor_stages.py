"""POST /api/v1/monitor/blind: stages, and what conference engine and switches make of them."""

import pytest
from support.apps import Start, Telephony
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    EPOCH,
    LISTENER_SERVER,
    NO_ROWS,
    NOW,
    SESSION,
    allow_whispers,
    make_conference,
    make_scene,
    monitor,
    monitored,
    refused,
    refused_field,
    rows_of_calls,
    use_confbridge,
)

OCTETS = "010*010*010*016*"
# Stage, prefix of MeetMe, of ConfBridge, of ConfBridge with enhanced monitoring, type, letters.
TABLE = [
    ("MONITOR", "0", "4", "47378219", "LISTEN", "BM"),
    ("BARGE", "", "6", "47378220", "BARGE", "BB"),
    ("BARGESWAP", "", "6", "47378220", "BARGE", "BB"),
    ("HIJACK", "", "", "", "HIJACK", "BB"),
    ("WHISPER", "47378218", "47378218", "47378221", "WHISPER", "BW"),
]
NO_STAGE = refused_field("stage", "Must be one of: MONITOR, BARGE, BARGESWAP, HIJACK, WHISPER")


@pytest.fixture
async def telephony(start_telephony: Start, db: TestDatabase) -> Telephony:
    """svc-telephony with an agent and a phone, where whispering is on."""
    make_scene(db)
    allow_whispers(db)
    return await start_telephony(clock=NOW)


@pytest.mark.parametrize(("stage", "meetme", "_c", "_e", "monitor_type", "letters"), TABLE)
async def test_a_meetme_session_is_joined(
    telephony: Telephony, db: TestDatabase, stage: str, meetme: str, _c: str, _e: str,
    monitor_type: str, letters: str,
) -> None:  # fmt: skip
    db.execute("UPDATE system_settings SET enhanced_agent_monitoring = '6'")

    data = await monitored(telephony, stage=stage)

    assert data["channel"] == f"Local/{OCTETS}{meetme}{SESSION}@default"
    assert (data["stage"], data["caller_code"]) == (stage, f"{letters}{EPOCH}00006666")
    for table in ("vicidial_rt_monitor_log", "vicidial_daily_rt_monitoring_log"):
        assert db.value(f"SELECT monitor_type FROM {table}") == monitor_type


@pytest.mark.parametrize("enhanced", ["0", "1", "6"])
@pytest.mark.parametrize(("stage", "_m", "confbridge", "with_enhanced", "_t", "_l"), TABLE)
async def test_a_confbridge_session_is_joined(
    telephony: Telephony, db: TestDatabase, stage: str, _m: str, confbridge: str,
    with_enhanced: str, _t: str, _l: str, enhanced: str,
) -> None:  # fmt: skip
    use_confbridge(db, enhanced)

    data = await monitored(telephony, stage=stage)

    prefix = confbridge if enhanced == "0" else with_enhanced
    assert data["channel"] == f"Local/{OCTETS}{prefix}{SESSION}@default"


async def test_the_engine_is_the_one_of_the_agents_server(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute(
        "UPDATE servers SET conf_engine = 'CONFBRIDGE' WHERE server_ip = %s", LISTENER_SERVER
    )
    make_conference(db, server_ip=LISTENER_SERVER, table="vicidial_confbridges")

    assert (await monitored(telephony))["channel"] == f"Local/{OCTETS}0{SESSION}@default"


@pytest.mark.parametrize(
    ("engine", "has"), [("MEETME", "confbridges"), ("CONFBRIDGE", "conferences")]
)
async def test_a_session_of_the_other_engine_is_none(
    telephony: Telephony, db: TestDatabase, engine: str, has: str
) -> None:
    db.execute("UPDATE servers SET conf_engine = %s WHERE server_ip = %s", engine, AGENT_SERVER)
    db.execute("DELETE FROM vicidial_conferences")
    make_conference(db, table=f"vicidial_{has}")

    assert await monitor(telephony) == refused(404, "Session not found")


@pytest.mark.parametrize("enhanced", [None, "", "0"])
async def test_without_the_switch_monitoring_is_not_enhanced(
    telephony: Telephony, db: TestDatabase, enhanced: str | None
) -> None:
    use_confbridge(db)
    db.execute("UPDATE IGNORE system_settings SET enhanced_agent_monitoring = %s", enhanced)

    assert (await monitored(telephony))["channel"] == f"Local/{OCTETS}4{SESSION}@default"


@pytest.mark.parametrize("enabled", ["0", None])
async def test_whispering_that_is_off_is_a_409(
    telephony: Telephony, db: TestDatabase, enabled: str | None
) -> None:
    db.execute("UPDATE system_settings SET agent_whisper_enabled = %s", enabled)

    answers = [await monitor(telephony, stage=stage) for stage in ("WHISPER", "whisper")]

    assert answers == [refused(409, "Whisper monitoring is not enabled")] * 2
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize("stage", ["MONITOR", "BARGE", "BARGESWAP", "HIJACK"])
async def test_the_other_stages_need_no_switch(
    telephony: Telephony, db: TestDatabase, stage: str
) -> None:
    db.execute("UPDATE system_settings SET agent_whisper_enabled = '0'")

    assert (await monitored(telephony, stage=stage))["stage"] == stage


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        pytest.param({}, "MONITOR", id="none"),
        pytest.param({"stage": None}, "MONITOR", id="null"),
        pytest.param({"stage": "barge"}, "BARGE", id="small letters"),
        pytest.param({"stage": "BargeSwap"}, "BARGESWAP", id="mixed"),
        pytest.param({"type": "HIJACK"}, "HIJACK", id="second name"),
        pytest.param({"type": "whisper"}, "WHISPER", id="second name in small letters"),
        pytest.param({"stage": "BARGE", "type": "BARGE"}, "BARGE", id="both names"),
    ],
)
async def test_a_stage_may_be_written_in_any_case_and_under_two_names(
    telephony: Telephony, fields: dict[str, str], stage: str
) -> None:
    assert (await monitored(telephony, **fields))["stage"] == stage


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        pytest.param({"stage": "LISTEN"}, NO_STAGE, id="a type of the log"),
        pytest.param({"stage": ""}, NO_STAGE, id="empty"),
        pytest.param({"stage": 1}, NO_STAGE, id="number"),
        pytest.param({"stage": ["BARGE"]}, NO_STAGE, id="array"),
        pytest.param({"stage": "H\u0131JACK"}, NO_STAGE, id="letter with the same capital"),
        pytest.param({"type": "SPY"}, NO_STAGE, id="second name"),
        pytest.param({"stage": "BARGE", "type": "HIJACK"},
                     refused_field("type", "Differs from stage, which is the same field"),
                     id="names that differ"),
    ],
)  # fmt: skip
async def test_other_stages_are_refused(
    telephony: Telephony, db: TestDatabase, fields: dict[str, object], answer: object
) -> None:
    assert await monitor(telephony, **fields) == answer
    assert rows_of_calls(db) == NO_ROWS
