"""How long svc-leads is asked to work on the leads of a list."""

from typing import Any

import pytest
from dialkit.client import ServiceClient
from dialkit.tokens import Caller
from svc_lists.lists import leads_work
from svc_lists.lists.leads_work import LeadsWork, Progress

CALLER = Caller(given_tag="6666", ip="192.0.2.7", issuer="gateway")


class SlowLeads(ServiceClient):
    """A svc-leads that is never done; each call takes the time that it is told, in turn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *durations: float) -> None:
        self.now = 1000.0
        self.durations = list(durations)
        self.calls: list[tuple[float, float]] = []
        monkeypatch.setattr(leads_work, "monotonic", lambda: self.now)

    async def call(self, *_: str, caller: Caller, json: Any = None, timeout_s: float = 30) -> Any:
        self.calls.append((self.now - 1000, timeout_s))
        self.now += self.durations.pop(0)
        return {"removed": 0, "updated": 10, "deleted": 10, "done": False}


@pytest.mark.parametrize(
    ("durations", "begun"),
    [
        pytest.param([25, 25], [0, 25], id="calls that take their time"),
        pytest.param([44.9, 10], [0, 44.9], id="one that takes longer"),
        pytest.param([45], [0], id="one that takes too long"),
        pytest.param([10, 10, 10, 10, 10], [0, 10, 20, 30, 40], id="calls that end early"),
    ],
)
async def test_no_call_begins_after_45_seconds_and_none_outlasts_the_gateway(
    monkeypatch: pytest.MonkeyPatch, durations: list[float], begun: list[float]
) -> None:
    for work in (LeadsWork.reset, LeadsWork.delete):
        services = SlowLeads(monkeypatch, *durations)

        progress = await work(LeadsWork(services, CALLER), 101)

        assert progress == Progress(10 * len(begun), done=False)
        assert [start for start, _ in services.calls] == pytest.approx(begun)
        assert all(start + timeout_s == pytest.approx(57) for start, timeout_s in services.calls)


async def test_the_time_that_the_hopper_took_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    services = SlowLeads(monkeypatch, 30, 20)
    leads = LeadsWork(services, CALLER)

    await leads.leave_hopper(101)
    await leads.delete(101)

    assert services.calls == [(0, 30), (30, 27)]
