"""Who gets into the hopper, and why not (contract: "Into the hopper")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries

from svc_leads.call_times.lookup import CallTimes, load_call_times
from svc_leads.dnc.checks import DncRules, find_listed
from svc_leads.hopper import store
from svc_leads.hopper.store import DialedLead
from svc_leads.lists import ListRow, find_lists


class Admission(NamedTuple):
    """What is asked of leads before they go in, and how they go in."""

    priority: int
    check_call_time: bool
    check_dnc: bool
    check_status: bool

    @classmethod
    def from_fields(cls, fields: Mapping[str, object]) -> Admission:
        """The `hopper_*` fields of a request."""
        return cls(
            priority=int(str(fields["hopper_priority"])),
            check_call_time=fields["hopper_local_call_time_check"] == "Y",
            check_dnc=fields["hopper_dnc_check"] == "Y",
            check_status=fields["hopper_status_check"] == "Y",
        )


class Outcome(NamedTuple):
    """The new hopper_id by lead, or the reason why it did not get in."""

    hopper_ids: dict[int, int]
    reasons: dict[int, str]


async def admit(
    db: Queries,
    lead_ids: Sequence[int],
    admission: Admission,
    now: Moment,
    *,
    campaign_id: str | None = None,
) -> Outcome:
    """Put at most 500 leads in, in that order; with a `campaign_id` only leads of that campaign."""
    facts = await _gather(db, lead_ids, admission, now)
    reasons = {
        lead_id: reason
        for lead_id in lead_ids
        if (reason := facts.reason(lead_id, admission, now, campaign_id))
    }
    chosen = [lead_id for lead_id in lead_ids if lead_id not in reasons]
    added = await store.add_leads(db, chosen, priority=admission.priority) if chosen else {}
    reasons |= {lead_id: "in_hopper" for lead_id in chosen if lead_id not in added}
    return Outcome(added, reasons)


class _Facts(NamedTuple):
    leads: dict[int, DialedLead]
    lists: dict[int, ListRow]
    call_times: CallTimes | None
    listed: set[tuple[str, str]]
    in_call: set[int]
    in_hopper: set[int]

    def reason(
        self, lead_id: int, admission: Admission, now: Moment, campaign_id: str | None
    ) -> str | None:
        """The first reason that holds, or None."""
        lead = self.leads.get(lead_id)
        if lead is None:
            return "lead_not_found"
        row = self.lists.get(lead.list_id)
        if row is None or row.campaign_id is None:
            return "no_campaign"
        if campaign_id is not None and row.campaign_id.lower() != campaign_id.lower():
            return "other_campaign"
        return self._not_dialed(lead, row, admission, now) or self._busy(lead_id)

    def _not_dialed(
        self, lead: DialedLead, row: ListRow, admission: Admission, now: Moment
    ) -> str | None:
        if not row.is_dialed(now.today):
            return "list_inactive"
        if admission.check_status and not row.dials(lead.status):
            return "status"
        if admission.check_dnc and (row.campaign_id, lead.phone_number) in self.listed:
            return "dnc"
        offset, state = lead.gmt_offset_now or 0.0, lead.state or ""
        if self.call_times is not None and not self.call_times.may_call(
            row.local_call_time, offset, state, now.utc
        ):
            return "local_time"
        return None

    def _busy(self, lead_id: int) -> str | None:
        if lead_id in self.in_call:
            return "in_call"
        return "in_hopper" if lead_id in self.in_hopper else None


async def _gather(
    db: Queries, lead_ids: Sequence[int], admission: Admission, now: Moment
) -> _Facts:
    """All that decides, a fixed number of statements for any number of leads."""
    leads = await store.find_dialed_leads(db, lead_ids)
    list_ids = {lead.list_id for lead in leads.values()}
    lists = await find_lists(db, list_ids) if list_ids else {}
    call_times = None
    if admission.check_call_time:
        ids = {row.local_call_time for row in lists.values()}
        call_times = await load_call_times(db, ids, now.today)
    return _Facts(
        leads,
        lists,
        call_times,
        await _listed(db, leads, lists) if admission.check_dnc else set(),
        await store.list_leads_in_call(db, lead_ids),
        await store.list_leads_in_hopper(db, lead_ids),
    )


async def _listed(
    db: Queries, leads: Mapping[int, DialedLead], lists: Mapping[int, ListRow]
) -> set[tuple[str, str]]:
    """(campaign, number) of the leads that their campaigns' own DNC rules keep out."""
    numbers: dict[tuple[str, DncRules], list[str]] = {}
    for lead in leads.values():
        row = lists.get(lead.list_id)
        if row and row.campaign_id:
            numbers.setdefault((row.campaign_id, row.own_dnc_rules), []).append(lead.phone_number)
    return {
        (campaign_id, number)
        for (campaign_id, rules), asked in numbers.items()
        for number in await find_listed(db, asked, rules)
    }
