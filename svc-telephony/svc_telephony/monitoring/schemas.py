"""What the endpoint of monitoring takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError, post_load, validates_schema

from svc_telephony.monitoring.stages import STAGES
from svc_telephony.text import Word


class AnyCase(fields.Choice):
    """One of a few words, in any case."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        # Only ASCII: Unicode has other letters whose capital is an S or an I.
        plain = isinstance(value, str) and value.isascii()
        return super()._deserialize(value.upper() if plain else value, attr, data)


class MonitorCall(fields.NewBody):
    """Body of POST /monitor/blind."""

    aliases: ClassVar = {"type": "stage"}

    agent_user = Word(1, 20)
    user = Word(1, 20)
    session_id = fields.Pattern("[0-9]{1,7}", why="Must be 1 to 7 digits")
    server_ip = fields.Text(15, least=1)
    phone_login = fields.Text(15, least=1)
    extension = fields.Text(100, least=1)
    stage = AnyCase(STAGES, load_default="MONITOR")

    def keeps_user(self, given: Mapping[str, Any]) -> bool:
        """Where neither agent nor session is given, `user` is the agent; else it is the tag."""
        return all(given.get(name) is None for name in ("agent_user", "session_id"))

    @validates_schema
    def check_enough(self, data: dict[str, Any], **_: object) -> None:
        """Agent or session, and a phone; a session alone is known only with its server."""
        missing = {}
        if not data.keys() & {"agent_user", "session_id", "user"}:
            missing["agent_user"] = ["Required, or session_id"]
        if not data.keys() & {"phone_login", "extension"}:
            missing["phone_login"] = ["Required, or extension"]
        if "session_id" in data and not data.keys() & {"agent_user", "server_ip"}:
            missing["server_ip"] = ["Required with session_id where no agent is given"]
        if missing:
            raise ValidationError(missing)

    @post_load
    def name_agent(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Give the agent its own name."""
        if "user" in data:
            data["agent_user"] = data.pop("user")
        return data
