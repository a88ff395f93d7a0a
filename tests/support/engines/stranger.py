"""Programs run as a user without rights, who sees no MariaDB on this machine.

In a mount namespace of its own: nothing of the machine is changed, and all of it ends with the
program.
"""

import shlex
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

# No such user in any passwd, neither here nor in an image.
USER = 54321


def as_stranger(
    command: Sequence[str], *, hidden: Iterable[Path], needed: Iterable[Path], stage: Path
) -> list[str]:
    """The command line that runs the command so.

    `hidden` programs cannot be run; `needed` folders can be entered, also where they lie in one
    that is closed to others, such as root's home. `stage` is an empty folder.
    """
    script = "\n".join(
        (
            "set -e",
            *(f"mount --bind /dev/null {shlex.quote(str(path))}" for path in hidden),
            *_opened([path.resolve() for path in needed], stage),
            f'exec setpriv --reuid={USER} --regid={USER} --clear-groups --no-new-privs "$@"',
        )
    )
    namespace = ("unshare", "--mount", "--propagation", "private")
    return [*namespace, "sh", "-c", script, "sh", *command]


def _opened(needed: Sequence[Path], stage: Path) -> Iterator[str]:
    """Commands that lay an open folder, with nothing but what is needed, over each closed one."""
    closed = {path: found for path in needed if (found := _closed_parent(path))}
    if not closed:
        return
    yield f"mount -t tmpfs -o mode=755 tmpfs {shlex.quote(str(stage))}"
    kept = {path: shlex.quote(f"{stage}/{number}") for number, path in enumerate(closed)}
    for path, copy in kept.items():
        yield f"mkdir {copy}"
        yield f"mount --rbind {shlex.quote(str(path))} {copy}"
    for folder in sorted(set(closed.values())):
        yield f"mount -t tmpfs -o mode=755 tmpfs {shlex.quote(str(folder))}"
    # Outer ones first: a virtual environment may lie in the tree.
    for path in sorted(kept):
        target = shlex.quote(str(path))
        yield f"mkdir -p {target}"
        yield f"mount --rbind {kept[path]} {target}"


def _closed_parent(path: Path) -> Path | None:
    """The outermost folder around it that others cannot enter."""
    parents = reversed(path.parents)
    return next((one for one in parents if not one.stat().st_mode & stat.S_IXOTH), None)
