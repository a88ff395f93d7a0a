"""The filters of agents at work."""

from __future__ import annotations

import pytest
from dialkit.errors import InvalidInput
from dialkit.http import load
from svc_users.agents.schemas import StatusFilter
from svc_users.live.filters import Selection, selection_of

SCHEMA = StatusFilter()


def filters(**query: str) -> Selection:
    return selection_of(load(SCHEMA, query))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"campaigns": "A|B"}, {"campaigns": "B,A"}, id="order and separator"),
        pytest.param({"campaigns": "A|B|A"}, {"campaigns": "A|B"}, id="repeats"),
        pytest.param({"campaigns": "testcamp"}, {"campaigns": "TESTCAMP"}, id="case"),
        pytest.param({"campaigns": " A , B "}, {"campaigns": "A,B"}, id="spaces"),
        pytest.param({"campaigns": "A"}, {"campaign_id": "A"}, id="second name"),
        pytest.param({"campaigns": "A", "campaign_id": "b"}, {"campaigns": "a|B"}, id="union"),
        pytest.param({"user_groups": "A"}, {"user_group": "a"}, id="group's second name"),
        pytest.param({"user_groups": "A", "user_group": "B"}, {"user_group": "A|B"}, id="groups"),
        pytest.param({"agent_user": "AGENT1"}, {"agent_user": "agent1"}, id="login"),
        pytest.param({"campaigns": ",|"}, {}, id="no names at all"),
    ],
)
def test_filters_that_mean_the_same_are_equal(one: dict[str, str], other: dict[str, str]) -> None:
    assert filters(**one) == filters(**other)
    assert hash(filters(**one)) == hash(filters(**other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"campaigns": "A"}, {"campaigns": "B"}, id="names"),
        pytest.param({"campaigns": "A"}, {"user_groups": "A"}, id="fields"),
        pytest.param({"campaigns": "A"}, {}, id="all"),
        pytest.param({"campaigns": "A B"}, {"campaigns": "A,B"}, id="a space is no separator"),
        pytest.param({"agent_user": "A"}, {"user_group": "A"}, id="login and group"),
    ],
)
def test_filters_that_differ_do_not(one: dict[str, str], other: dict[str, str]) -> None:
    assert filters(**one) != filters(**other)


@pytest.mark.parametrize("field", ["campaigns", "campaign_id", "user_groups", "user_group"])
def test_a_list_has_at_most_ten_thousand_characters(field: str) -> None:
    longest = ",".join(f"{number:04}" for number in range(2000)) + ","

    assert len(longest) == 10_000
    found = filters(**{field: longest})
    assert len(found.campaigns | found.user_groups) == 2000
    with pytest.raises(InvalidInput) as refused:
        filters(**{field: f"{longest},"})
    assert refused.value.details == {field: ["Longer than 10000 characters"]}
