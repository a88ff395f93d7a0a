"""What the endpoints of presets take."""

from __future__ import annotations

from functools import partial

from dialkit import fields

from svc_lists.text import Letters

_number = partial(
    fields.Pattern, "[*#._0-9A-Za-z]{1,50}", why="Must be 1 to 50 letters, digits or * # . _"
)
_dtmf = partial(
    fields.Pattern,
    "[-,*#0-9A-Za-z ]{0,50}",
    why="Must be at most 50 letters, digits, spaces or - , * #",
)


class WhichCampaign(fields.Query):
    """Query of DELETE /presets/{preset_id}: the campaign, where the path leaves it out."""

    campaign_id = fields.Text(20, least=1)


class PresetFilter(fields.Query):
    """Query of GET /presets."""

    campaign_id = fields.Text(20, least=1, required=True)


class PresetChanges(fields.Body):
    """Body of PUT /presets/{preset_id}, with the campaign, where the path leaves it out."""

    campaign_id = fields.Text(20, least=1)
    preset_number = _number()
    preset_dtmf = _dtmf()
    preset_hide_number = fields.Flag()


class NewPreset(fields.NewBody):
    """Body of POST /presets."""

    campaign_id = fields.Text(20, least=1, required=True)
    preset_name = Letters(40, least=1, others=" -_", required=True)
    preset_number = _number(required=True)
    preset_dtmf = _dtmf(load_default="")
    preset_hide_number = fields.Flag(load_default="N")
