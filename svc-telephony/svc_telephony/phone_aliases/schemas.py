"""What the endpoints of phone aliases take."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from dialkit import fields

from svc_telephony.references import EVERY_USER_GROUP
from svc_telephony.text import Name, Word, user_group
from svc_telephony.values import Several

_SECOND_NAMES = {"logins_list": "phone_logins", "user_group": "admin_user_group"}
_LONGEST = 255
# As many of one character as the column has room for.
_MOST = (_LONGEST + 1) // 2

_name = partial(Name, 50, least=1)
_logins = partial(Several, Word(1, 15), limit=_MOST, least=2, most=_LONGEST)


class NewPhoneAlias(fields.NewBody):
    """Body of POST /phone-aliases."""

    aliases: ClassVar[Mapping[str, str]] = _SECOND_NAMES

    alias_id = Word(2, 20, required=True)
    phone_logins = _logins(required=True)
    alias_name = _name(required=True)
    admin_user_group = user_group(load_default=EVERY_USER_GROUP)


class PhoneAliasChanges(fields.Body):
    """Body of PUT /phone-aliases/{alias_id}."""

    aliases: ClassVar[Mapping[str, str]] = _SECOND_NAMES

    phone_logins = _logins()
    alias_name = _name()
    admin_user_group = user_group()
    delete_alias = fields.Flag()
