"""All that can be said of a chunk of rows before anything is written (contract: steps 2 and 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Queries
from dialkit.errors import InvalidInput

from svc_leads.bulk.ahead import in_turns
from svc_leads.bulk.known import Known
from svc_leads.bulk.reading import RawRow
from svc_leads.bulk.rows import Row, RowParser
from svc_leads.custom_values import values as custom_values
from svc_leads.custom_values.definitions import Definition
from svc_leads.dnc.checks import DncRules, find_listed
from svc_leads.leads import place
from svc_leads.leads.add import dnc_rules, settled_alt_phones
from svc_leads.leads.columns import new_lead_columns
from svc_leads.lists import ListRow
from svc_leads.phone.checks import NAMES, fault
from svc_leads.timezone import store as zones
from svc_leads.timezone.offset import nanpa_prefix
from svc_leads.timezone.table import load_chunk_zones


class Preparer:
    """Checks rows and settles their columns, with a fixed number of statements a chunk."""

    def __init__(self, options: Mapping[str, Any], known: Known, *, tag: str, now: Moment) -> None:
        self._options = options
        self._known = known
        self._tag = tag
        self._now = now
        self._parser = RowParser(options)

    async def prepare(self, db: Queries, raw_rows: Iterable[RawRow]) -> list[Row]:
        """The rows, in order; those that may not be added with their refusal."""
        rows = [self._parser.parse(raw) async for raw in in_turns(raw_rows)]
        await self._find_lists(db, rows)
        await self._check_numbers(db, good(rows))
        await self._check_custom_values(db, good(rows))
        await self._settle_columns(db, good(rows))
        await self._check_dnc(db, good(rows))
        return rows

    async def _find_lists(self, db: Queries, rows: Sequence[Row]) -> None:
        """Lists are found for invalid rows too: they count in the list's log."""
        named = {list_id for row in rows for list_id in place.named_lists(row.fields)}
        found = await self._known.lists.get(db, named)
        async for row in in_turns(rows):
            row.list_row = found.get(row.fields.get("list_id", 0))
            if row.refusal is None:
                _refusing(row, lambda row: self._settle_dialing(row, found))

    def _settle_dialing(self, row: Row, found: Mapping[int, ListRow]) -> None:
        must_exist = self._options["list_exists_check"] == "Y"
        fields = row.fields
        place.refuse_lists(fields, found, must_exist=must_exist)
        code, country = place.known_dial_code(fields), fields.get("country_code", "")
        code = code or place.dial_code_of(country, self._known.zones.dial_codes(country))
        place.settle_dialing(fields, code)
        row.alt_phones = settled_alt_phones(fields, code)

    async def _check_numbers(self, db: Queries, rows: Sequence[Row]) -> None:
        if all(self._options[name] == "N" for name in NAMES):
            return
        nanpa: Mapping[tuple[str, str], object] = {}
        if self._options["nanpa_ac_prefix_check"] == "Y":
            nanpa = await zones.list_nanpa_zones(db, map(nanpa_prefix, _numbers(rows)))
        for row in rows:
            number = row.fields["phone_number"]
            in_area = self._known.zones.has_us_area_code(number[:3])
            in_nanpa = nanpa_prefix(number) in nanpa
            why = fault(number, self._options, in_area=in_area, in_nanpa=in_nanpa)
            if why:
                row.refuse({"phone_number": [why]})

    async def _check_custom_values(self, db: Queries, rows: Sequence[Row]) -> None:
        with_values = [row for row in rows if "custom_fields" in row.fields]
        if not self._known.custom_enabled:
            for row in with_values:
                row.refuse({"custom_fields": [custom_values.NOT_ENABLED]})
            return
        definitions = await self._known.definitions.get(db, {_table(row) for row in with_values})
        clean = self._options["clean_text"] == "Y"
        for row in with_values:
            _refusing(row, lambda row: _fit_custom_values(row, definitions, clean=clean))

    async def _settle_columns(self, db: Queries, rows: Sequence[Row]) -> None:
        async for row in in_turns(rows):
            fields = row.fields
            if self._options["lookup_state"] == "Y" and not fields.get("state"):
                code, number = fields["phone_code"], fields["phone_number"]
                fields["state"] = self._known.zones.state(code, number)
            row.columns = new_lead_columns(fields, tag=self._tag, now=self._now.sql)
        without = [row for row in rows if "gmt_offset_now" not in row.columns]
        keys = [(place.zone_key(row.columns), self._zoned(row).method) for row in without]
        around = await load_chunk_zones(db, keys)
        async for row, key in in_turns(zip(without, keys, strict=True)):
            row.columns["gmt_offset_now"] = self._known.zones.gmt_offset(*key, around)

    def _zoned(self, row: Row) -> place.Zoned:
        return place.Zoned(self._options.get("tz_method"), row.list_row)

    async def _check_dnc(self, db: Queries, rows: Sequence[Row]) -> None:
        asked = self._options
        if asked["dnc_check"] == asked["campaign_dnc_check"] == "N":
            return
        by_rules: defaultdict[DncRules, list[Row]] = defaultdict(list)
        for row in rows:
            _refusing(row, lambda row: by_rules[self._dnc_rules(row)].append(row))
        internal = await find_listed(db, _numbers(rows), DncRules(asked["dnc_check"], "N", ""))
        for rules, some in by_rules.items():
            of_campaign = await find_listed(db, _numbers(some), rules._replace(internal="N"))
            listed = of_campaign | internal
            for row in some:
                if row.fields["phone_number"] in listed:
                    which = listed[row.fields["phone_number"]]
                    row.refusal = {"result": "dnc", "list": which}

    def _dnc_rules(self, row: Row) -> DncRules:
        return dnc_rules(self._options, row.list_row, self._known.campaign)


def good(rows: Iterable[Row]) -> list[Row]:
    """The rows that nothing speaks against so far."""
    return [row for row in rows if row.refusal is None]


def _refusing(row: Row, step: Callable[[Row], None]) -> None:
    """Take a step with the row; what it raises against the input makes the row invalid."""
    try:
        step(row)
    except InvalidInput as error:
        row.refuse(error.details)


def _numbers(rows: Iterable[Row]) -> set[str]:
    return {row.fields["phone_number"] for row in rows}


def _table(row: Row) -> int:
    """The list whose table holds the row's custom values."""
    return custom_values.table_list(row.fields.get("entry_list_id"), 0, row.fields["list_id"])


def _fit_custom_values(
    row: Row, definitions: Mapping[int, Mapping[str, Definition]], *, clean: bool
) -> None:
    table, given = _table(row), row.fields["custom_fields"]
    row.custom = custom_values.fitted(table, given, definitions.get(table, {}), clean=clean)
    row.fields["entry_list_id"] = table
