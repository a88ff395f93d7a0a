"""`python -m deploy.setup secrets` makes the files that are missing, and no others."""

import os
import stat
from pathlib import Path

import pytest
from dialkit.settings import SERVICES
from support.setup import RunSetup, passwords

from deploy.setup.folder import SecretFolder
from deploy.setup.layout import PROGRAMS

FILES = {
    "gateway/api-key",
    *(f"{program}/token-keys" for program in PROGRAMS),
    *(f"{service}/db-user" for service in SERVICES),
    *(f"{service}/db-password" for service in SERVICES),
}


def test_every_program_gets_its_own_files(tmp_path: Path, run_setup: RunSetup) -> None:
    made = run_setup("secrets", "--folder", tmp_path / "new" / "secrets")

    assert made == (
        0,
        "gateway: made api-key, token-keys\n"
        + "".join(f"{name}: made token-keys, db-user, db-password\n" for name in SERVICES)
        + f"The API key is in {tmp_path}/new/secrets/gateway/api-key\n",
        "",
    )
    assert set(contents(tmp_path / "new" / "secrets")) == FILES


def test_files_of_the_embedded_database_and_of_a_replica_are_made_where_they_are_wanted(
    tmp_path: Path, run_setup: RunSetup
) -> None:
    run_setup("secrets", "--folder", tmp_path, "--root-password", "--replica")

    assert set(contents(tmp_path)) == FILES | {
        "database/root-password",
        "svc-reports/report-db-user",
        "svc-reports/report-db-password",
    }


def test_programs_share_the_token_keys_and_nothing_else(folder: SecretFolder) -> None:
    found = contents(folder.path)
    (keys,) = {text for name, text in found.items() if name.endswith("token-keys")}
    others = [text for name, text in found.items() if not name.endswith("token-keys")]

    kid, _, secret = keys.partition(":")
    assert (kid, len(secret), int(secret, 16) > 0) == ("k1", 64, True)
    assert found["svc-leads/db-user"] == "svc_leads"
    assert len(set(others)) == len(others)
    assert all(len(text) >= 40 for name, text in found.items() if "user" not in name)


def test_only_their_owner_reads_them(tmp_path: Path, run_setup: RunSetup) -> None:
    before = os.umask(0)
    try:
        run_setup("secrets", "--folder", tmp_path / "secrets")
    finally:
        os.umask(before)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").rglob("*/*")}
    folders = [tmp_path / "secrets", *(tmp_path / "secrets").iterdir()]
    assert modes == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_no_secret_is_printed(tmp_path: Path, run_setup: RunSetup, folder: SecretFolder) -> None:
    made = run_setup("secrets", "--folder", tmp_path / "more", "--replica", "--root-password")

    more = SecretFolder(tmp_path / "more")
    assert [one for one in passwords(more) if one in made.out + made.err] == []


def test_what_is_there_stays(folder: SecretFolder, run_setup: RunSetup) -> None:
    folder.write("svc-users", "db-user", "ours")
    before = contents(folder.path)

    again = run_setup("secrets", "--folder", folder.path)

    assert again.out.splitlines()[0] == f"Nothing was missing in {folder.path}"
    assert contents(folder.path) == before


def test_a_run_that_broke_off_is_finished_by_the_next(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    before = contents(folder.path)
    for name in ("token-keys", "db-password"):
        folder.remove("svc-users", name)
    (folder.path / "svc-users" / ".token-keys.unfinished").write_text("k1:a")

    again = run_setup("secrets", "--folder", folder.path)

    after = contents(folder.path)
    assert again.out.splitlines()[0] == "svc-users: made token-keys, db-password"
    assert {name for name in after if after[name] != before[name]} == {"svc-users/db-password"}


def test_a_program_alone_gets_the_keys_of_the_others(tmp_path: Path, run_setup: RunSetup) -> None:
    # As in compose, where each folder is a volume that is there, and empty.
    for program in PROGRAMS:
        (tmp_path / program).mkdir()

    for program in ("svc-leads", "gateway"):
        run_setup("secrets", "--folder", tmp_path, program)

    found = contents(tmp_path)
    assert sorted(found) == [
        "gateway/api-key", "gateway/token-keys",
        "svc-leads/db-password", "svc-leads/db-user", "svc-leads/token-keys",
    ]  # fmt: skip
    assert found["gateway/token-keys"] == found["svc-leads/token-keys"]


def test_the_api_key_is_the_one_of_the_environment(
    tmp_path: Path, run_setup: RunSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_KEY", "chosen")

    made = run_setup("secrets", "--folder", tmp_path)

    assert (tmp_path / "gateway" / "api-key").read_text() == "chosen"
    assert "chosen" not in made.out


def test_another_api_key_of_the_environment_is_not_taken_unnoticed(
    folder: SecretFolder, run_setup: RunSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = folder.read("gateway", "api-key")
    monkeypatch.setenv("API_KEY", "chosen too late")

    again = run_setup("secrets", "--folder", folder.path)

    assert folder.read("gateway", "api-key") == kept
    assert "API_KEY is another one and was not taken" in again.out
    assert "chosen too late" not in again.out


def test_a_key_with_a_space_at_its_end_is_refused(
    tmp_path: Path, run_setup: RunSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_KEY", "chosen ")

    refused = run_setup("secrets", "--folder", tmp_path)

    assert refused.code == 1
    assert refused.err == ("deploy.setup secrets: API_KEY must not begin or end with a space\n")


def test_an_empty_file_is_named(folder: SecretFolder, run_setup: RunSetup) -> None:
    folder.write("svc-lists", "db-password", "")

    refused = run_setup("secrets", "--folder", folder.path)

    assert refused.code == 1
    assert f"{folder.path}/svc-lists/db-password: The file is empty." in refused.err


def test_a_missing_file_of_keys_is_not_made_like_one_of_two_kinds(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    # A step of a rotation broke off.
    folder.write("gateway", "token-keys", folder.read("gateway", "token-keys") + ",k2:" + "a" * 64)
    folder.remove("svc-lists", "token-keys")

    refused = run_setup("secrets", "--folder", folder.path)

    assert refused.code == 1
    assert "repeat the last step of `python -m deploy.setup token-keys`" in refused.err


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, run_setup: RunSetup) -> None:
    (tmp_path / "gateway").write_text("a file")

    refused = run_setup("secrets", "--folder", tmp_path)

    assert refused.code == 1
    assert refused.err.startswith(
        f"deploy.setup secrets: Cannot write {tmp_path}/gateway/api-key: "
    )


def test_an_unknown_program_is_refused(
    tmp_path: Path, run_setup: RunSetup, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run_setup("secrets", "--folder", tmp_path, "svc-lead")

    assert ended.value.code == 2
    assert "svc-lead is none of gateway, svc-leads" in capsys.readouterr().err
    assert contents(tmp_path) == {}


def contents(folder: Path) -> dict[str, str]:
    """The text of each file, by its path in the folder."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
