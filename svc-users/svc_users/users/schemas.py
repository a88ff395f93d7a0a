"""What the endpoints of users take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError, validates_schema
from marshmallow.fields import Field

from svc_users.live.filters import AgentFilter
from svc_users.logins import NewLogin
from svc_users.passwords.fields import Password
from svc_users.text import Plain
from svc_users.users.fields import UserFields
from svc_users.values import YesNo


class NewUser(fields.NewBody, UserFields):
    """Body of POST /users."""

    class Meta(fields.NewBody.Meta):
        """`pass` is a word of Python's."""

        include: ClassVar[dict[str, Field[Any]]] = {"pass": Password(required=True)}

    user = NewLogin(required=True)
    full_name = Plain(50, least=1, required=True)
    user_group = fields.Text(20, least=1, required=True)


class UserChanges(fields.Body, UserFields):
    """Body of PUT /users/{user_id}."""

    class Meta(fields.Body.Meta):
        """`pass` is a word of Python's."""

        include: ClassVar[dict[str, Field[Any]]] = {"pass": Password()}

    delete_user = fields.Flag()

    @validates_schema(pass_original=True)
    def says_nothing_else(
        self, data: Mapping[str, Any], original_data: Mapping[str, Any], **_: object
    ) -> None:
        """Refuse other fields where the user is deleted."""
        others = sorted(set(original_data) - {"delete_user"})
        if data.get("delete_user") == "Y" and others:
            raise ValidationError({name: ["Not with delete_user"] for name in others})


class UserCopy(fields.NewBody):
    """Body of POST /users/{user_id}/copy."""

    new_user = NewLogin(required=True)
    new_pass = Password(required=True)
    full_name = Plain(50, least=1)


class LoggedInFilter(AgentFilter):
    """Query of GET /users/logged-in."""

    show_sub_status = YesNo(load_default="N")
