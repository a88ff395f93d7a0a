"""Lists of IDs, as far as no database is needed to read them."""

import pytest
from dialkit.collation import folded
from marshmallow import ValidationError
from svc_reports import id_lists
from svc_reports.call_stats.definitions import in_groups_of
from svc_reports.call_stats.labels import Labels
from svc_reports.id_lists import DashList, IdList, Kind

KINDS = {
    "CAMPAIGNS": 8, "IN_GROUPS": 20, "STATUSES": 6, "CATEGORIES": 20, "USERS": 20,
    "USER_GROUPS": 20, "DID_PATTERNS": 50,
}  # fmt: skip
EACH_KIND = pytest.mark.parametrize(("name", "limit"), KINDS.items())


def read(text: str, kind: Kind = id_lists.CAMPAIGNS) -> object:
    """What a list loads as."""
    return IdList(kind).deserialize(text)


def why(text: str, kind: Kind = id_lists.CAMPAIGNS) -> list[object]:
    """Why a list is refused."""
    with pytest.raises(ValidationError) as refused:
        read(text, kind)
    return list(refused.value.messages)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("A", ["A"], id="one"),
        pytest.param("A,B", ["A", "B"], id="two"),
        pytest.param(" A , B,,C ,", ["A", "B", "C"], id="spaces and nothing between commas"),
        pytest.param("B,A,b,B ,á,A", ["B", "A"], id="each once, in its first spelling"),
        pytest.param("A-B,C", ["A-B", "C"], id="dashes beside commas"),
        pytest.param("A-B,", ["A-B"], id="a comma says that dashes are part of an id"),
        pytest.param("LONGCAMP-B-LONGCAMP", ["LONGCAMP", "B"], id="too long to be one id"),
        pytest.param("--LONGCAMP--B--", ["LONGCAMP", "B"], id="nothing between dashes"),
        pytest.param("ALL", ["ALL"], id="a word like those for all"),
    ],
)
def test_ids_stand_between_commas_or_dashes(text: str, ids: list[str]) -> None:
    assert read(text) == ids


@pytest.mark.parametrize("text", ["A-B", "A-", "-A", "MY-CAMP", "-"])
def test_what_may_be_an_id_with_dashes_is_looked_up(text: str) -> None:
    assert read(text) == DashList(text, id_lists.CAMPAIGNS)


def test_dashes_are_no_part_of_the_number_of_a_did() -> None:
    assert read("1-22-333", id_lists.DID_IDS) == ["1", "22", "333"]


@pytest.mark.parametrize(
    "text",
    [
        "---ALL---", "ALLCAMPAIGNS", "ALLGROUPS", "ALLSTATUSES", "ALLCATEGORIES", "ALLUSERS",
        "ALLDIDS", "ALLPATTERNS", " ---ALL--- ", "A,---ALL---", "ALLGROUPS,A", "A-LONG-ALLGROUPS",
        "---all---", "allusers",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["CAMPAIGNS", "STATUSES", "DID_IDS"])
def test_words_for_all_are_no_filter_whatever_stands_beside_them(text: str, kind: str) -> None:
    assert read(text, getattr(id_lists, kind)) is None


@EACH_KIND
def test_an_id_is_as_long_as_its_column(name: str, limit: int) -> None:
    kind, longest = getattr(id_lists, name), "X" * limit

    assert read(longest, kind) == [longest]
    assert read(f"A,{longest}", kind) == ["A", longest]
    for text in (f"{longest}X", f"A,{longest}X", f"A-{longest}X"):
        assert why(text, kind) == [f"'{longest}X': Longer than {limit} characters"]


@pytest.mark.parametrize("text", ["1234567890", "1a", "1,²", "-1-x"])
def test_the_number_of_a_did_has_one_to_nine_digits(text: str) -> None:
    assert read("123456789,0", id_lists.DID_IDS) == ["123456789", "0"]
    assert "Must be 1 to 9 digits" in str(why(text, id_lists.DID_IDS)[0])


@pytest.mark.parametrize("text", [",", " , ", "--------- "])
def test_a_list_of_nothing_is_refused(text: str) -> None:
    assert why(text) == ["May not be empty"]


@pytest.mark.parametrize("text", ["A\x00", "A,B\n", "A-\U0001f600-B"])
def test_what_cannot_be_in_an_id_is_refused(text: str) -> None:
    assert "Character not allowed" in str(why(text)[0])


@pytest.mark.parametrize("between", [",", "-"])
def test_a_list_has_at_most_500_ids(between: str) -> None:
    ids = [f"C{number}" for number in range(501)]

    assert read(between.join(ids[:500])) == ids[:500]
    assert why(between.join(ids)) == ["At most 500"]


@pytest.mark.parametrize(
    ("text", "in_groups"),
    [(" SALES SUPPORT -", ["SALES", "SUPPORT"]), (" -", []), ("", []), (None, []),
     ("A-B  C", ["A-B", "C"])],
)  # fmt: skip
def test_in_groups_of_a_campaign_stand_between_spaces(
    text: str | None, in_groups: list[str]
) -> None:
    assert in_groups_of(text) == in_groups


def test_texts_that_are_equal_have_the_first_one_s_label() -> None:
    labels = Labels()

    keys = [labels.key(text) for text in ("Sale", "SALE", "sale ", None, "", "NI")]

    assert keys == [folded("sale")] * 3 + [""] * 2 + ["ni"]
    assert [labels[key] for key in ("sale", "", "ni")] == ["Sale", "", "NI"]
