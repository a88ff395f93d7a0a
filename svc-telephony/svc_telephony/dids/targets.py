"""What each route of a DID needs: one without a target drops its callers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

NEEDS: Mapping[str, tuple[str, ...]] = {
    "EXTEN": ("extension",),
    "VOICEMAIL": ("voicemail_ext",),
    "VMAIL_NO_INST": ("voicemail_ext",),
    "AGENT": ("agent_user",),
    "PHONE": ("phone_extension", "server_ip"),
    "IN_GROUP": ("group",),
    "CALLMENU": ("menu_id",),
}
TARGET_FIELDS = ("did_route", *dict.fromkeys(field for needs in NEEDS.values() for field in needs))
# The columns' defaults: a message that the number is not in service.
NEW_TARGET: Mapping[str, Any] = {"did_route": "EXTEN", "extension": "9998811112"}


def concerns_target(fields: Iterable[str]) -> bool:
    """Whether one of these fields says where calls go."""
    return any(field in TARGET_FIELDS for field in fields)


def missing_target(did: Mapping[str, Any]) -> dict[str, list[str]]:
    """The fields that the DID's route needs and that are empty, each with the reason."""
    route = did.get("did_route")
    needs = NEEDS.get(route, ()) if route else ()  # VICIdial's column may hold none
    return {field: [f"Needed for did_route {route}"] for field in needs if not did.get(field)}
