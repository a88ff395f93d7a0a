"""What the endpoints of the system take."""

from __future__ import annotations

from dialkit import fields

from svc_telephony.system.sound_pages import STAGES
from svc_telephony.system.sounds import FORMATS
from svc_telephony.text import Word

# A file name of 250 characters, each of which may need six in JSON.
_LONGEST_CURSOR = 3000


class SoundFilter(fields.Query):
    """Query of GET /system/sounds."""

    stage = fields.Choice(STAGES, load_default="name")
    format = fields.Choice(FORMATS)
    limit = fields.Integer(1, 10_000, load_default=1000)
    cursor = fields.Text(_LONGEST_CURSOR)


class ContainerFilter(fields.Query):
    """Query of GET /containers."""

    type = Word(1, 40)


class Refresh(fields.NewBody):
    """Body of POST /system/refresh: one server, or all; `stage` is VICIdial's confirmation."""

    server_ip = fields.Text(15, least=1)
    stage = fields.Choice(("REFRESH",))
