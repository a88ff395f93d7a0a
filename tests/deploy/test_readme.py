"""The README's commands do what it says, in its order, on the database that `make run` makes."""

import json
import re
from pathlib import Path

import pytest
from support.launcher import ROOT, fetched, launched

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^curl (?:.*\\\n)*.*$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    return [command.replace("\\\n", " ") for command in COMMAND.findall(README)]


def test_every_command_of_the_readme_answers_success(tmp_path: Path) -> None:
    with launched(tmp_path, API_KEY="a-key-for-the-readme") as launcher:
        address = launcher.line("Ready after").rsplit(" ", 1)[1]
        answers = [
            fetched(
                command.replace("http://127.0.0.1:8080", address).replace(
                    "$API_KEY", "a-key-for-the-readme"
                )
            )
            for command in commands()
        ]

    assert len(answers) >= 10
    assert [answer for answer in answers if not is_success(*answer)] == []
    assert {kind for kind, _ in answers} == {"application/json", "text/csv", "application/x-ndjson"}


def is_success(kind: str, body: str) -> bool:
    """Whether that is the envelope of a success, or a file with something in it."""
    if kind == "application/json":
        return json.loads(body)["success"] is True
    return body != ""


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_of_the_readme_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    named = set(re.findall(r"make ([a-z-]+)", "\n".join(CODE.findall(README))))

    assert {"run", "test"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
