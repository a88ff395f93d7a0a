"""The Dockerfile, read as stages of instructions, and what it is allowed to read."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy/images/Dockerfile"

_VARIABLE = re.compile(r"([A-Z_]+)=(\"[^\"]*\"|\S+)")


class Instruction(NamedTuple):
    """One instruction, its lines joined."""

    keyword: str
    text: str


class Stage(NamedTuple):
    """A stage: what it begins from, and what is done."""

    name: str
    base: str
    instructions: tuple[Instruction, ...]


def instructions(text: str) -> Iterator[Instruction]:
    """Those of a Dockerfile, without comments."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if line.strip():
            keyword, _, rest = line.strip().partition(" ")
            yield Instruction(keyword, " ".join(rest.split()))


def stages(text: str) -> dict[str, Stage]:
    """Its stages by name; the last one has none."""
    found: list[Stage] = []
    for one in instructions(text):
        if one.keyword == "FROM":
            base, _, name = one.text.partition(" AS ")
            found.append(Stage(name, base, ()))
        elif found:
            last = found[-1]
            found[-1] = last._replace(instructions=(*last.instructions, one))
    return {stage.name: stage for stage in found}


def whole(text: str, name: str) -> list[Instruction]:
    """A stage's instructions, those of the stages that it begins from first."""
    by_name = stages(text)
    stage = by_name[name]
    before = whole(text, stage.base) if stage.base in by_name else []
    return [*before, *stage.instructions]


def environment(text: str, name: str) -> dict[str, str]:
    """The variables that a stage's image sets."""
    return {
        variable: value.strip('"')
        for one in whole(text, name)
        if one.keyword == "ENV"
        for variable, value in _VARIABLE.findall(one.text)
    }


def is_admitted(path: str, ignore_file: str) -> bool:
    """Whether a build may read the file: the last pattern that speaks of it decides."""
    admitted = True
    for pattern in (line for line in ignore_file.splitlines() if line and line[0] != "#"):
        if _speaks_of(path, pattern.removeprefix("!")):
            admitted = pattern.startswith("!")
    return admitted


def _speaks_of(path: str, pattern: str) -> bool:
    """Whether the pattern names the file, or a folder that it is in."""
    parts = path.split("/")
    places = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    if pattern.startswith("**/"):
        return any(fnmatchcase(part, pattern.removeprefix("**/")) for part in parts)
    depth = pattern.count("/")
    return len(places) > depth and fnmatchcase(places[depth], pattern)
