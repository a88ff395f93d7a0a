"""Endpoints of presets."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK, Moment
from dialkit.db import DATABASE, Queries
from dialkit.errors import Conflict, InvalidInput, NotFound, NothingToUpdate
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.references import spelled
from dialkit.tokens import CALLER

from svc_lists.campaigns.store import stamp_campaign
from svc_lists.presets import store
from svc_lists.presets.keys import PresetKey, preset_key
from svc_lists.presets.schemas import NewPreset, PresetChanges, PresetFilter, WhichCampaign
from svc_lists.references import Thing
from svc_lists.text import check_letters

routes = web.RouteTableDef()

_MISSING = "Preset not found"


@routes.put("/api/v1/presets/{preset_id}")
@takes("update_presets", body=PresetChanges())
async def change_preset(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change a preset (contract: PUT /presets/{preset_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    told = body.pop("campaign_id", None)
    key = preset_key(request.match_info["preset_id"], told)
    if not body:
        raise NothingToUpdate

    async def work(journal: Journal) -> PresetKey:
        preset = await _find(journal, key, told)
        if not await store.change(journal, preset, body):
            raise NotFound(_MISSING)  # deleted meanwhile
        await _finish(journal, preset, now, "MODIFY", "ADMIN API UPDATE PRESET")
        return preset

    preset = await journaled(db, caller, now, work)
    return answer("Preset updated successfully", _shown_key(preset))


@routes.get("/api/v1/presets")
@takes("update_presets", query=PresetFilter())
async def list_presets(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Show a campaign's presets (contract: GET /presets)."""
    db = request.app[DATABASE]
    found = await spelled(db, {"campaign_id": (Thing.CAMPAIGN, query["campaign_id"])})
    presets = [
        {
            **_shown_key(PresetKey(found["campaign_id"], name)),
            "preset_number": number,
            "preset_hide_number": is_hidden,
            "preset_dtmf": dtmf,
        }
        for name, number, is_hidden, dtmf in await store.list_presets(db, found["campaign_id"])
    ]
    return answer("Presets retrieved", presets)


@routes.post("/api/v1/presets")
@takes("update_presets", body=NewPreset())
async def add_preset(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a preset to a campaign (contract: POST /presets)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    asked, name = body.pop("campaign_id"), body.pop("preset_name")
    await check_letters(db, preset_name=name)

    async def work(journal: Journal) -> PresetKey:
        campaign_id = await store.lock_campaign(journal, asked)
        if campaign_id is None:
            raise InvalidInput({"campaign_id": ["Campaign not found"]})
        preset = PresetKey(campaign_id, name)
        if not await store.add(journal, preset, body):
            raise Conflict("Preset already exists")
        await _finish(journal, preset, now, "ADD", "ADMIN API ADD PRESET")
        return preset

    preset = await journaled(db, caller, now, work)
    return answer("Preset added successfully", {"preset_id": preset.preset_id})


@routes.delete("/api/v1/presets/{preset_id}")
@takes("update_presets", query=WhichCampaign())
async def delete_preset(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Delete a preset (contract: DELETE /presets/{preset_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    told = query.get("campaign_id")
    key = preset_key(request.match_info["preset_id"], told)

    async def work(journal: Journal) -> PresetKey:
        preset = await _find(journal, key, told)
        if not await store.delete(journal, preset):
            raise NotFound(_MISSING)  # another request was faster
        await _finish(journal, preset, now, "DELETE", "ADMIN API DELETE PRESET")
        return preset

    preset = await journaled(db, caller, now, work)
    return answer("Preset deleted successfully", _shown_key(preset))


async def _find(db: Queries, key: PresetKey, told: str | None) -> PresetKey:
    """The key as the database spells it. Raises: NotFound, InvalidInput for no such campaign."""
    preset = await store.find(db, key)
    if preset is None:
        if told is not None:
            await spelled(db, {"campaign_id": (Thing.CAMPAIGN, told)})
        raise NotFound(_MISSING)
    return preset


async def _finish(journal: Journal, preset: PresetKey, now: Moment, kind: str, code: str) -> None:
    """Note that the campaign was changed, and how."""
    await stamp_campaign(journal, preset.campaign_id, now)
    notes = f"campaign: {preset.campaign_id}|preset_name: {preset.name}"
    await journal.log("CAMPAIGNS", kind, preset.campaign_id, code, notes)


def _shown_key(preset: PresetKey) -> dict[str, str]:
    return {
        "preset_id": preset.preset_id,
        "campaign_id": preset.campaign_id,
        "preset_name": preset.name,
    }
