"""What the endpoint of test calls takes."""

from __future__ import annotations

from dialkit import fields

from svc_telephony.text import Word


class NewTestCall(fields.NewBody):
    """Body of POST /test-call/send; empty texts of the optional fields count as absent."""

    campaign_id = Word(1, 8, required=True)
    phone_number = fields.Phone(6, 18, required=True)
    phone_code = Word(1, 10, characters="0-9", or_empty=True)
    user = Word(1, 20, or_empty=True)
    vdad_exten = Word(1, 20, characters="0-9*#", or_empty=True)
    server_ip = fields.Text(15)
