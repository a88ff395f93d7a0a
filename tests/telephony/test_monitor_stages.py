"""POST /api/v1/monitor/blind: stages, and what conference engine and switches make of them."""

import pytest
from support.answers import invalid, refused
from support.apps import Telephony
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    LISTENER_SERVER,
    NO_ROWS,
    SESSION,
    allow_whispers,
    make_conference,
    monitor,
    monitored,
    rows_of_calls,
    use_confbridge,
)

OCTETS = "010*010*010*016*"
NO_STAGE = invalid("stage", "Must be one of: MONITOR, BARGE, BARGESWAP, HIJACK, WHISPER")


@pytest.fixture(autouse=True)
def whispers(db: TestDatabase) -> None:
    """Whispering is on."""
    allow_whispers(db)


@pytest.mark.parametrize(
    ("engine_of_sessions", "enhanced", "prefix"),
    [
        pytest.param("MEETME", "6", "0", id="MeetMe"),
        pytest.param("CONFBRIDGE", "0", "4", id="ConfBridge"),
        pytest.param("CONFBRIDGE", "1", "47378219", id="enhanced"),
    ],
)
async def test_a_session_is_joined_as_its_engine_wants(
    monitor_telephony: Telephony, db: TestDatabase, engine_of_sessions: str, enhanced: str,
    prefix: str,
) -> None:  # fmt: skip
    if engine_of_sessions == "CONFBRIDGE":
        use_confbridge(db)
    db.execute("UPDATE system_settings SET enhanced_agent_monitoring = %s", enhanced)

    data = await monitored(monitor_telephony)

    assert data["channel"] == f"Local/{OCTETS}{prefix}{SESSION}@default"


async def test_the_engine_is_the_one_of_the_agents_server(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute(
        "UPDATE servers SET conf_engine = 'CONFBRIDGE' WHERE server_ip = %s", LISTENER_SERVER
    )
    make_conference(db, server_ip=LISTENER_SERVER, table="vicidial_confbridges")

    assert (await monitored(monitor_telephony))["channel"] == f"Local/{OCTETS}0{SESSION}@default"


@pytest.mark.parametrize(
    ("engine", "has"), [("MEETME", "confbridges"), ("CONFBRIDGE", "conferences")]
)
async def test_a_session_of_the_other_engine_is_none(
    monitor_telephony: Telephony, db: TestDatabase, engine: str, has: str
) -> None:
    db.execute("UPDATE servers SET conf_engine = %s WHERE server_ip = %s", engine, AGENT_SERVER)
    db.execute("DELETE FROM vicidial_conferences")
    make_conference(db, table=f"vicidial_{has}")

    assert await monitor(monitor_telephony) == refused(404, "Session not found")


@pytest.mark.parametrize("enhanced", [None, "", "0"])
async def test_without_the_switch_monitoring_is_not_enhanced(
    monitor_telephony: Telephony, db: TestDatabase, enhanced: str | None
) -> None:
    use_confbridge(db)
    db.execute("UPDATE IGNORE system_settings SET enhanced_agent_monitoring = %s", enhanced)

    assert (await monitored(monitor_telephony))["channel"] == f"Local/{OCTETS}4{SESSION}@default"


@pytest.mark.parametrize("enabled", ["0", None])
async def test_whispering_that_is_off_is_a_409(
    monitor_telephony: Telephony, db: TestDatabase, enabled: str | None
) -> None:
    db.execute("UPDATE system_settings SET agent_whisper_enabled = %s", enabled)

    answers = [await monitor(monitor_telephony, stage=stage) for stage in ("WHISPER", "whisper")]

    assert answers == [refused(409, "Whisper monitoring is not enabled")] * 2
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize("stage", ["MONITOR", "BARGE", "BARGESWAP", "HIJACK"])
async def test_the_other_stages_need_no_switch(
    monitor_telephony: Telephony, db: TestDatabase, stage: str
) -> None:
    db.execute("UPDATE system_settings SET agent_whisper_enabled = '0'")

    assert (await monitored(monitor_telephony, stage=stage))["stage"] == stage


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
    monitor_telephony: Telephony, fields: dict[str, str], stage: str
) -> None:
    assert (await monitored(monitor_telephony, **fields))["stage"] == stage


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
                     invalid("type", "Differs from stage, which is the same field"),
                     id="names that differ"),
    ],
)  # fmt: skip
async def test_other_stages_are_refused(
    monitor_telephony: Telephony, db: TestDatabase, fields: dict[str, object], answer: object
) -> None:
    assert await monitor(monitor_telephony, **fields) == answer
    assert rows_of_calls(db) == NO_ROWS
