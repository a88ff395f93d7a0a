"""`python -m deploy.setup database-password`: the folder never names what the server refuses."""

from collections.abc import Callable
from contextlib import closing

import pytest
from dialkit.settings import SERVICES
from support.setup import NAMES, Ran, RunSetup, Vicidial, login_of, passwords

from deploy.setup.folder import SecretFolder


class Crash(Exception):
    """The command ended in the middle."""


@pytest.fixture
def change(folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup) -> "Change":
    """A folder and a server with each service's account, and the commands that change them."""
    change = Change(folder, vicidial, run_setup)
    change.accounts()
    return change


class Change:
    def __init__(self, folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup) -> None:
        self.folder = folder
        self.vicidial = vicidial
        self._run = run_setup

    def passwords(self, *options: str) -> Ran:
        return self._command("database-password", *options)

    def accounts(self, *options: str) -> Ran:
        return self._command("accounts", *options)

    def login(self, service: str) -> tuple[str, str]:
        return login_of(self.folder, service)

    def _command(self, name: str, *options: str) -> Ran:
        return self._run(name, "--folder", self.folder.path, *self.vicidial.options, *options)


def test_each_service_gets_another_account_with_the_same_rights(change: Change) -> None:
    vicidial, before = change.vicidial, {name: change.login(name) for name in SERVICES}

    changed = change.passwords()

    assert (changed.code, changed.err) == (0, "")
    assert changed.out.splitlines()[-1] == (
        "Next: wait until every program has noticed, then `accounts --drop-former`"
    )
    for service, (user, password) in before.items():
        assert change.login(service)[0] == f"{user}_b"
        assert change.login(service)[1] != password
        assert vicidial.grants(f"{user}_b") == {
            grant.replace(f"`{user}`@", f"`{user}_b`@") for grant in vicidial.grants(user)
        }


def test_both_accounts_are_let_in_until_the_former_is_dropped(change: Change) -> None:
    lets_in, former = change.vicidial.lets_in, change.login("svc-leads")
    change.passwords()
    meanwhile = (lets_in(*former), lets_in(*change.login("svc-leads")))

    dropped = change.accounts("--drop-former")

    assert meanwhile == (True, True)
    assert dropped.code == 0
    assert "svc-leads: 'svc_leads'@'%' dropped" in dropped.out.splitlines()
    assert (lets_in(*former), lets_in(*change.login("svc-leads"))) == (False, True)
    assert change.vicidial.accounts() == [f"{name}_b" for name in NAMES]


def test_the_next_change_brings_the_first_name_back(change: Change) -> None:
    for _ in range(2):
        change.passwords()
        change.accounts("--drop-former")

    assert change.login("svc-leads")[0] == "svc_leads"
    assert change.vicidial.lets_in(*change.login("svc-leads"))
    assert change.vicidial.accounts() == NAMES


def test_one_service_can_be_changed_alone(change: Change) -> None:
    before = {name: change.login(name) for name in SERVICES}

    change.passwords("svc-users")

    changed = [name for name in SERVICES if change.login(name) != before[name]]
    assert changed == ["svc-users"]
    assert change.vicidial.accounts() == sorted([*NAMES, "svc_users_b"])


def test_a_former_account_that_may_be_in_use_is_not_given_another_password(
    change: Change,
) -> None:
    former = change.login("svc-users")
    change.passwords("svc-users")
    current = change.login("svc-users")

    refused = change.passwords()

    assert refused.code == 1
    assert "Not changed: svc-users. The account before the last change is still" in refused.err
    assert change.login("svc-users") == current
    assert change.vicidial.lets_in(*former)
    assert change.login("svc-leads")[0] == "svc_leads_b"


def test_an_account_that_programs_are_connected_with_is_not_dropped(change: Change) -> None:
    former = change.login("svc-leads")
    change.passwords()

    with closing(change.vicidial.connect(*former)):
        refused = change.accounts("--drop-former")

    assert refused.code == 1
    assert "Not dropped, since programs still use them: svc_leads (1 connections)." in refused.err
    assert change.vicidial.lets_in(*former)
    assert change.vicidial.accounts() == sorted(["svc_leads", *(f"{name}_b" for name in NAMES)])


def test_nothing_is_dropped_that_is_not_ours(change: Change) -> None:
    database = change.vicidial.database
    database.execute("CREATE USER svc_leads_c")
    database.execute("CREATE USER svc_leads_b@'10.0.0.1'")

    change.accounts("--drop-former")

    assert change.vicidial.accounts() == sorted([*NAMES, "svc_leads_c", "svc_leads_b"])


STEPS = ("svc-leads/db-password.next", "svc-leads/db-user", "svc-leads/db-password", "removed")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_change_that_broke_off_lets_all_in_and_is_finished_by_its_repetition(
    change: Change, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    lets_in, former = change.vicidial.lets_in, change.login("svc-leads")

    crash(change, monkeypatch, step, when)
    left = change.login("svc-leads")
    again = change.passwords("svc-leads")

    # Between the two files a program finds what it cannot use, and keeps what it had.
    in_between = (step, when) in {
        ("svc-leads/db-user", "after"),
        ("svc-leads/db-password", "before"),
    }
    assert lets_in(*left) is not in_between
    assert lets_in(*former)
    finished = step == "removed" or (step, when) == ("svc-leads/db-password", "after")
    assert again.code == (1 if finished else 0)
    assert change.login("svc-leads")[0] == "svc_leads_b"
    assert lets_in(*change.login("svc-leads"))
    assert not change.folder.has("svc-leads", "db-password.next")


def test_the_next_change_is_one_also_where_the_last_broke_off_at_its_very_end(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(change, monkeypatch, "removed", "before")
    before = change.login("svc-leads")
    change.accounts("--drop-former", "svc-leads")

    changed = change.passwords("svc-leads")

    assert changed.code == 0
    assert change.login("svc-leads") != before


def test_accounts_serve_what_a_change_left_behind(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(change, monkeypatch, "svc-leads/db-password", "before")

    change.accounts()
    served = change.vicidial.lets_in(*change.login("svc-leads"))
    change.passwords("svc-leads")

    assert served
    assert change.vicidial.lets_in(*change.login("svc-leads"))


def test_the_account_is_there_before_the_files_name_it(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, known = SecretFolder.write, list[bool]()

    def watched(folder: SecretFolder, program: str, name: str, text: str) -> None:
        if name == "db-user":
            password = folder.read(program, "db-password.next").partition("\n")[2]
            known.append(change.vicidial.lets_in(text, password))
        write(folder, program, name, text)

    monkeypatch.setattr(SecretFolder, "write", watched)
    change.passwords()

    assert known == [True] * len(SERVICES)


def test_the_replicas_account_changes_alone(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    change = Change(folder, vicidial, run_setup)
    change.accounts("--replica")

    changed = change.passwords("--replica")
    dropped = change.accounts("--replica", "--drop-former")

    assert (changed.code, dropped.code) == (0, 0)
    user = folder.read("svc-reports", "report-db-user")
    assert vicidial.accounts() == [user] == ["svc_reports_replica_b"]
    assert vicidial.lets_in(user, folder.read("svc-reports", "report-db-password"))


def test_no_password_is_said(change: Change) -> None:
    secrets = passwords(change.folder)

    said = change.passwords().out + change.passwords().err

    assert [one for one in secrets | passwords(change.folder) if one in said] == []


def crash(change: Change, monkeypatch: pytest.MonkeyPatch, step: str, when: str) -> None:
    """Let a change of svc-leads end before or after it writes that file, or removes one."""
    write, remove = SecretFolder.write, SecretFolder.remove

    def crashing(work: Callable[[], None], here: bool) -> None:
        if here and when == "before":
            raise Crash
        work()
        if here:
            raise Crash

    def crashing_write(folder: SecretFolder, program: str, name: str, text: str) -> None:
        crashing(lambda: write(folder, program, name, text), f"{program}/{name}" == step)

    def crashing_remove(folder: SecretFolder, program: str, name: str) -> None:
        crashing(lambda: remove(folder, program, name), step == "removed")

    with monkeypatch.context() as patch:
        patch.setattr(SecretFolder, "write", crashing_write)
        patch.setattr(SecretFolder, "remove", crashing_remove)
        with pytest.raises(Crash):
            change.passwords("svc-leads")
