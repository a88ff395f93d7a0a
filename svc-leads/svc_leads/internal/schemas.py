"""What the internal endpoints take (contract: leads.md, "Internal endpoints")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import ValidationError, validate, validates_schema
from marshmallow import fields as ma

from svc_leads.leads.fields import phone_code

_STATUSES = ("READY", "QUEUE", "INCALL", "DONE", "HOLD", "DNC", "RHOLD", "RQUEUE")


class HopperRemoval(fields.Body):
    """Body of POST /internal/v1/hopper/remove."""

    campaign_id = fields.Text(8, least=1)
    list_id = fields.Integer(1, fields.MAX_LIST_ID)
    except_campaign_id = fields.Text(8, load_default="")
    statuses = ma.List(
        fields.Choice(_STATUSES), validate=validate.Length(min=1, error="May not be empty")
    )

    @validates_schema
    def names_something(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse to empty the hopper as a whole."""
        if "campaign_id" not in data and "list_id" not in data:
            raise ValidationError({"campaign_id": ["Required, or list_id"]})


class TestLead(fields.Body):
    """Body of POST /internal/v1/leads/test-call."""

    campaign_id = fields.Text(8, required=True, least=1)
    list_id = fields.Integer(1, fields.MAX_LIST_ID, required=True)
    phone_code = phone_code(required=True)
    phone_number = fields.Phone(1, 18, required=True)
    user = fields.Text(20, required=True, least=1)
    call_date = fields.LocalDateTime(required=True)
