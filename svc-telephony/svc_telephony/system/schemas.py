"""What the system lists take."""

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


class ActiveFilter(fields.Query):
    """Query of lists whose rows can be switched off."""

    active = fields.Choice(("Y", "N", "ALL"), load_default="Y")


class ContainerFilter(fields.Query):
    """Query of GET /containers."""

    type = Word(1, 40)
