"""What the endpoint of remote agents takes."""

from __future__ import annotations

from dialkit import fields

from svc_users.values import Names

_MAX_ID = 2**32 - 1


class RemoteAgentChanges(fields.Body):
    """Body of PUT /remote-agents/{agent_id}, with the one row that is meant, if not all."""

    remote_agent_id = fields.Integer(1, _MAX_ID)
    status = fields.Choice(("ACTIVE", "INACTIVE"))
    server_ip = fields.Text(15, least=1)
    number_of_lines = fields.Integer(1, 255)
    campaign_id = fields.Text(8, least=1)
    closer_campaigns = Names()
    conf_exten = fields.Pattern("[0-9]{2,20}", why="Must be 2 to 20 digits")
