"""How a path names a preset: `CAMPAIGN:NAME`, or `NAME` where the campaign is told beside it."""

from __future__ import annotations

from typing import NamedTuple

from dialkit.collation import folded
from dialkit.errors import InvalidInput


class PresetKey(NamedTuple):
    """A campaign's id and the name of one of its presets."""

    campaign_id: str
    name: str

    @property
    def preset_id(self) -> str:
        """The key as paths and answers have it."""
        return f"{self.campaign_id}:{self.name}"


def preset_key(preset_id: str, told: str | None) -> PresetKey:
    """The preset that the path means; `told` is the campaign that stands beside it, if any.

    Raises: InvalidInput for no campaign, and for two.
    """
    in_path, colon, name = preset_id.partition(":")
    if not colon:
        if told is None:
            raise InvalidInput({"campaign_id": ["Required, unless the path says CAMPAIGN:NAME"]})
        return PresetKey(told, preset_id)
    if told is not None and folded(told) != folded(in_path):
        raise InvalidInput({"campaign_id": ["Differs from the path"]})
    return PresetKey(in_path, name)
