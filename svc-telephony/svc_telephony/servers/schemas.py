"""What the endpoint of servers takes."""

from __future__ import annotations

from dialkit import fields


class Refresh(fields.NewBody):
    """Body of POST /system/refresh: one server, or all; `stage` is VICIdial's confirmation."""

    server_ip = fields.Text(15, least=1)
    stage = fields.Choice(("REFRESH",))
