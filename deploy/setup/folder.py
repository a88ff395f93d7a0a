"""The folder of secrets: read, made and replaced file by file, never half."""

import os
from pathlib import Path

from dialkit.secret_files import secret_in
from dialkit.settings import check_password
from marshmallow import ValidationError

from deploy.setup.errors import CannotSetUp


def read_secret(path: Path) -> str:
    """A file's text, as programs read it. Raises: CannotSetUp."""
    try:
        return secret_in(path, check_password)
    except ValidationError as error:
        raise CannotSetUp(f"{path}: {' '.join(map(str, error.messages))}") from None


class SecretFolder:
    """A folder a program, a file a secret."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, program: str, name: str) -> bool:
        """Whether the file is there."""
        return (self.path / program / name).exists()

    def read(self, program: str, name: str) -> str:
        """A file's text. Raises: CannotSetUp where there is none."""
        path = self.path / program / name
        try:
            return read_secret(path)
        except CannotSetUp as error:
            raise CannotSetUp(
                f"{error} Where it is missing or was removed,"
                f" `python -m deploy.setup secrets --folder {self.path}` makes it"
            ) from None

    def write(self, program: str, name: str, text: str) -> None:
        """Make or replace a file: who reads it finds the old text or the new one."""
        path = self.path / program / name
        unfinished = path.with_name(f".{name}.unfinished")
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.parent.mkdir(exist_ok=True, mode=0o700)
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=0o600, exist_ok=False)
            with unfinished.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        except OSError as error:
            raise CannotSetUp(
                f"Cannot write {path}: {error.strerror}. The folder must belong to the user that"
                f" runs this program (id {os.geteuid()}), and not be mounted for reading only"
            ) from None

    def remove(self, program: str, name: str) -> None:
        """Remove a file. Raises: CannotSetUp."""
        path = self.path / program / name
        try:
            path.unlink()
        except OSError as error:
            raise CannotSetUp(f"Cannot remove {path}: {error.strerror}") from None
