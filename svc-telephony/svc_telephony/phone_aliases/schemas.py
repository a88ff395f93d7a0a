"""What the endpoints of phone aliases take."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError

from svc_telephony.references import EVERY_USER_GROUP
from svc_telephony.text import Name, Word, user_group
from svc_telephony.values import Several

_SECOND_NAMES = {"logins_list": "phone_logins", "user_group": "admin_user_group"}
_SHORTEST, _LONGEST = 2, 255
# As many of one character as the column has room for.
_MOST = (_LONGEST + 1) // 2

_name = partial(Name, 50, least=1)


class Logins(Several):
    """Logins of phones, none twice as the database compares them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Word(1, 15), limit=_MOST, most=_LONGEST, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> list[str]:
        logins = super()._deserialize(value, attr, data, **options)
        if len(",".join(logins)) < _SHORTEST:
            raise ValidationError(f"Shorter than {_SHORTEST} characters in all")
        seen = set[str]()
        for login in logins:
            if login.lower() in seen:
                raise ValidationError(f"Given more than once: {login}")
            seen.add(login.lower())
        return logins


class NewPhoneAlias(fields.NewBody):
    """Body of POST /phone-aliases."""

    aliases: ClassVar[Mapping[str, str]] = _SECOND_NAMES

    alias_id = Word(2, 20, required=True)
    phone_logins = Logins(required=True)
    alias_name = _name(required=True)
    admin_user_group = user_group(load_default=EVERY_USER_GROUP)


class PhoneAliasChanges(fields.Body):
    """Body of PUT /phone-aliases/{alias_id}."""

    aliases: ClassVar[Mapping[str, str]] = _SECOND_NAMES

    phone_logins = Logins()
    alias_name = _name()
    admin_user_group = user_group()
    delete_alias = fields.Flag()
