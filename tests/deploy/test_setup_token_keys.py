"""`python -m deploy.setup token-keys`: at each step all programs understand one another."""

from collections.abc import Mapping
from itertools import product

import pytest
from dialkit.errors import AuthenticationNeeded
from dialkit.tokens import Caller, Signer, TokenKeys, Verifier
from support.setup import RunSetup

from deploy.setup.folder import SecretFolder
from deploy.setup.layout import PROGRAMS

A, B, C = (letter * 64 for letter in "abc")
CALLER = Caller(given_tag="", ip="10.0.0.1", issuer="")


def test_three_steps_bring_a_new_key_and_take_the_old_one_away(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    give(folder, f"k1:{A}")

    kids = []
    for step in ("accept", "sign", "drop"):
        ran = run_setup("token-keys", "--folder", folder.path, step)
        kids.append([pair.partition(":")[0] for pair in only(folder).split(",")])
        assert (ran.code, ran.err) == (0, "")

    assert kids == [["k1", "k2"], ["k2", "k1"], ["k2"]]
    assert only(folder) != f"k2:{A}"


def test_the_next_rotation_gives_the_next_number(folder: SecretFolder, run_setup: RunSetup) -> None:
    give(folder, f"k7:{A}")

    run_setup("token-keys", "--folder", folder.path, "accept")

    assert only(folder).startswith(f"k7:{A},k8:")


def test_each_step_says_what_comes_next_and_no_secret(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    for step, words in {
        "accept": "wait until every program has noticed, then sign",
        "sign": "60 seconds more",
        "drop": "nothing",
    }.items():
        ran = run_setup("token-keys", "--folder", folder.path, step)

        assert words in ran.out.splitlines()[-1]
        assert ran.out.splitlines()[0] == f"Changed: {', '.join(PROGRAMS)}"
        assert [pair for pair in only(folder).split(",") if pair[3:] in ran.out] == []


@pytest.mark.parametrize("step", ["accept", "sign", "drop"])
def test_programs_that_have_not_noticed_understand_those_that_have(
    folder: SecretFolder, run_setup: RunSetup, step: str
) -> None:
    for before in ("accept", "sign", "drop"):
        old = only(folder)
        run_setup("token-keys", "--folder", folder.path, before)
        if before == step:
            break

    for caller, called in product([old, only(folder)], repeat=2):
        header = Signer("gateway", keys(caller)).authorization("svc-leads", CALLER)
        assert Verifier("svc-leads", keys(called)).caller(header).ip == "10.0.0.1"


def test_after_the_last_step_the_old_key_is_worth_nothing(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    old = only(folder)
    for step in ("accept", "sign", "drop"):
        run_setup("token-keys", "--folder", folder.path, step)

    header = Signer("gateway", keys(old)).authorization("svc-leads", CALLER)
    with pytest.raises(AuthenticationNeeded):
        Verifier("svc-leads", keys(only(folder))).caller(header)


@pytest.mark.parametrize(
    ("step", "there"),
    [
        ("accept", f"k1:{A},k2:{B}"),
        ("sign", f"k2:{B},k1:{A}"),
        ("drop", f"k2:{B}"),
    ],
)
def test_a_step_that_is_repeated_changes_nothing(
    folder: SecretFolder, run_setup: RunSetup, step: str, there: str
) -> None:
    give(folder, there)

    again = run_setup("token-keys", "--folder", folder.path, step)

    assert again.code == 0
    assert again.out.startswith("Nothing to do: it was done\n")
    assert only(folder) == there


@pytest.mark.parametrize(
    ("step", "there", "reason"),
    [
        ("accept", f"k2:{B},k1:{A}", "A change to k2 is under way: finish it first"),
        ("sign", f"k1:{A}", "There is no new key that could sign: accept comes first"),
        ("drop", f"k1:{A},k2:{B}", "k2 does not sign in gateway, svc-leads"),
    ],
)
def test_a_step_whose_turn_it_is_not_is_refused(
    folder: SecretFolder, run_setup: RunSetup, step: str, there: str, reason: str
) -> None:
    give(folder, there)

    refused = run_setup("token-keys", "--folder", folder.path, step)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(f"deploy.setup token-keys: {reason}")
    assert only(folder) == there


BROKEN_OFF = {
    "accept": (f"k1:{A}", f"k1:{A},k2:{B}"),
    "sign": (f"k1:{A},k2:{B}", f"k2:{B},k1:{A}"),
    "drop": (f"k2:{B},k1:{A}", f"k2:{B}"),
}
EACH_BROKEN_OFF = pytest.mark.parametrize("step", BROKEN_OFF)
# Whichever of the files were written before the end.
EACH_PLACE = pytest.mark.parametrize("done", range(1, len(PROGRAMS)))


@EACH_BROKEN_OFF
@EACH_PLACE
def test_a_step_that_broke_off_between_two_files_is_finished_by_its_repetition(
    folder: SecretFolder, run_setup: RunSetup, step: str, done: int
) -> None:
    before, after = BROKEN_OFF[step]
    give(folder, before)
    give(folder, after, PROGRAMS[:done])

    again = run_setup("token-keys", "--folder", folder.path, step)

    assert again.code == 0
    assert again.out.splitlines()[0] == f"Changed: {', '.join(PROGRAMS[done:])}"
    assert only(folder) == after


@pytest.mark.parametrize(
    ("broken", "next_step"), [("accept", "sign"), ("accept", "drop"), ("sign", "drop"),
                              ("sign", "accept"), ("drop", "accept"), ("drop", "sign")]
)  # fmt: skip
@EACH_PLACE
def test_no_other_step_is_taken_before_that(
    folder: SecretFolder, run_setup: RunSetup, broken: str, next_step: str, done: int
) -> None:
    before, after = BROKEN_OFF[broken]
    give(folder, before)
    give(folder, after, PROGRAMS[:done])

    refused = run_setup("token-keys", "--folder", folder.path, next_step)

    assert refused.code == 1
    assert {read(folder)[program] for program in PROGRAMS[:done]} == {after}
    assert {read(folder)[program] for program in PROGRAMS[done:]} == {before}


def test_keys_with_names_of_their_own_are_older_than_ours(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    give(folder, f"blue:{A}")

    for step in ("accept", "sign"):
        run_setup("token-keys", "--folder", folder.path, step)

    first, second = only(folder).split(",")
    assert first.startswith("k1:")
    assert second == f"blue:{A}"


def test_a_program_without_keys_is_named(folder: SecretFolder, run_setup: RunSetup) -> None:
    folder.remove("svc-users", "token-keys")
    before = folder.read("gateway", "token-keys")

    refused = run_setup("token-keys", "--folder", folder.path, "accept")

    assert refused.code == 1
    assert f"{folder.path}/svc-users/token-keys: Not a readable file" in refused.err
    assert "python -m deploy.setup secrets" in refused.err
    assert folder.read("gateway", "token-keys") == before


def test_programs_that_do_not_know_one_another_are_not_made_worse(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    give(folder, f"k1:{A}")
    give(folder, f"k1:{C}", ["svc-lists"])

    refused = run_setup("token-keys", "--folder", folder.path, "accept")

    assert refused.code == 1
    assert "The key k1 of svc-lists is not that of the others" in refused.err
    assert A not in refused.err
    assert C not in refused.err


@pytest.mark.parametrize("text", ["k1", f"{A},", f":{A}"])
def test_a_file_that_holds_no_keys_is_named(
    folder: SecretFolder, run_setup: RunSetup, text: str
) -> None:
    give(folder, text, ["svc-lists"])

    refused = run_setup("token-keys", "--folder", folder.path, "accept")

    assert refused.code == 1
    assert refused.err == (
        f"deploy.setup token-keys: {folder.path}/svc-lists/token-keys"
        " is not of the form kid:secret[,kid:secret...]\n"
    )


def give(folder: SecretFolder, text: str, programs: tuple[str, ...] | list[str] = PROGRAMS) -> None:
    for program in programs:
        folder.write(program, "token-keys", text)


def read(folder: SecretFolder) -> Mapping[str, str]:
    return {program: folder.read(program, "token-keys") for program in PROGRAMS}


def only(folder: SecretFolder) -> str:
    """The keys that all programs have."""
    (text,) = set(read(folder).values())
    return text


def keys(text: str) -> TokenKeys:
    return TokenKeys(dict(pair.split(":") for pair in text.split(",")))
