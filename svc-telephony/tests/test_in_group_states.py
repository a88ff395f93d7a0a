"""The rules of an agent's state in its in-groups."""

import pytest
from svc_telephony.in_groups.states import AgentFacts, state

QUIET = AgentFacts("READY", has_lead=False, comments="", call_length=None)


@pytest.mark.parametrize(
    ("status", "has_lead", "expected"),
    [
        pytest.param("READY", False, "READY", id="ready"),
        pytest.param("READY", True, "DISPO", id="ready, with a lead"),
        pytest.param("PAUSED", False, "PAUSED", id="paused"),
        pytest.param("PAUSED", True, "DISPO", id="paused, with a lead"),
        pytest.param("CLOSER", False, "CLOSER", id="closer"),
        pytest.param("CLOSER", True, "CLOSER", id="closer, with a lead"),
        pytest.param("QUEUE", False, "QUEUE", id="queue"),
        pytest.param("QUEUE", True, "QUEUE", id="queue, with a lead"),
        pytest.param("MQUEUE", True, "MQUEUE", id="mqueue"),
        pytest.param("INCALL", False, "INCALL", id="in a call"),
        pytest.param("INCALL", True, "INCALL", id="in a call, with a lead"),
        pytest.param("", True, "", id="a status that is none"),
        pytest.param(None, True, None, id="no status"),
    ],
)
def test_a_lead_decides_what_a_waiting_agent_does(
    status: str | None, has_lead: bool, expected: str | None
) -> None:
    assert state(QUIET._replace(status=status, has_lead=has_lead)) == expected


@pytest.mark.parametrize(
    ("status", "comments", "call_length", "expected"),
    [
        pytest.param("INCALL", "MANUAL", 0, "DIAL", id="dialled"),
        pytest.param("INCALL", "MANUAL", 4, "DIAL", id="four characters"),
        pytest.param("INCALL", "MANUAL", 5, "INCALL", id="five characters"),
        pytest.param("INCALL", "MANUAL", None, "INCALL", id="no such call"),
        pytest.param("INCALL", "manual", 0, "DIAL", id="any case"),
        pytest.param("INCALL", "MANUAL ", 0, "DIAL", id="trailing space"),
        pytest.param("INCALL", " MANUAL", 0, "INCALL", id="leading space"),
        pytest.param("INCALL", "MANUALLY", 0, "INCALL", id="longer word"),
        pytest.param("INCALL", "AUTO", 0, "INCALL", id="not manual"),
        pytest.param("INCALL", "", 0, "INCALL", id="no comment"),
        pytest.param("INCALL", None, 0, "INCALL", id="NULL as comment"),
        pytest.param("QUEUE", "MANUAL", 0, "QUEUE", id="not in the call yet"),
        pytest.param("MQUEUE", "MANUAL", 0, "MQUEUE", id="in a queue"),
        pytest.param("READY", "MANUAL", 0, "READY", id="ready"),
        pytest.param("PAUSED", "MANUAL", 0, "PAUSED", id="paused"),
        pytest.param("CLOSER", "MANUAL", 0, "CLOSER", id="closer"),
        pytest.param(None, "MANUAL", 0, None, id="no status"),
    ],
)
def test_a_manual_call_is_dialled_until_it_has_an_id_or_a_channel(
    status: str | None, comments: str | None, call_length: int | None, expected: str | None
) -> None:
    agent = QUIET._replace(status=status, comments=comments, call_length=call_length)

    assert state(agent) == expected


def test_a_lead_comes_before_the_call() -> None:
    assert state(AgentFacts("READY", has_lead=True, comments="MANUAL", call_length=0)) == "DISPO"
