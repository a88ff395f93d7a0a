"""Rotate the token keys, by which programs know one another, without a stop: in three steps.

  accept   a new key comes last in every program's token-keys: all accept it, none signs with it
  sign     the newest key comes first: all sign with it; the older ones are accepted still
  drop     only the first key stays

Wait after each step until every program has noticed: seconds where programs read this folder;
where it is made into Kubernetes Secrets, apply them and give the kubelets two minutes.
Repeating a step is safe: it finishes what broke off, or finds nothing to do. A step whose turn
it is not is refused.
"""

import argparse
import re
import secrets
from collections.abc import Callable, Iterable, Mapping

from dialkit.tokens import LIFETIME_S

from deploy.setup.errors import CannotSetUp
from deploy.setup.folder import SecretFolder
from deploy.setup.layout import KEYS_FILE, PROGRAMS
from deploy.setup.options import add_folder
from deploy.setup.say import say

Keys = tuple[tuple[str, str], ...]
KeysByProgram = Mapping[str, Keys]

_OUR_ID = re.compile(r"k([0-9]{1,9})\Z")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    parser.add_argument("step", choices=_STEPS, help="see above")


def run(options: argparse.Namespace) -> None:
    """Take the step in every program's file, and say what comes next."""
    folder: SecretFolder = options.folder
    step, what_is_next = _STEPS[options.step]
    before = {program: _read(folder, program) for program in PROGRAMS}
    _check_secrets(before)
    after = step(before)
    changed = [program for program in PROGRAMS if after[program] != before[program]]
    for program in changed:
        text = ",".join(f"{kid}:{secret}" for kid, secret in after[program])
        folder.write(program, KEYS_FILE, text)
    kids = ", ".join(kid for kid, _ in after[PROGRAMS[0]])
    say(f"{'Changed' if changed else 'Nothing to do'}: {', '.join(changed) or 'it was done'}")
    say(f"Every program has these keys now, the first signs: {kids}")
    say(f"Next: {what_is_next}")


def accept(keys: KeysByProgram) -> KeysByProgram:
    """A new key last everywhere; or the one that some have already. Raises: CannotSetUp."""
    newest, secret = _newest(keys)
    if all(len(of_one) == 1 and of_one[0][0] == newest for of_one in keys.values()):
        newest, secret = f"k{_number(newest) + 1}", secrets.token_hex(32)
    elif any(_signs(newest, of_one) for of_one in keys.values()):
        raise CannotSetUp(f"A change to {newest} is under way: finish it first (sign, then drop)")
    return {program: _with(of_one, newest, secret) for program, of_one in keys.items()}


def sign(keys: KeysByProgram) -> KeysByProgram:
    """The newest key first everywhere, once all accept it. Raises: CannotSetUp."""
    newest, secret = _newest(keys)
    lacking = [program for program, of_one in keys.items() if newest not in dict(of_one)]
    if lacking:
        raise CannotSetUp(
            f"{newest} is not accepted by {', '.join(lacking)}: repeat accept, and wait"
        )
    alone = [of_one == ((newest, secret),) for of_one in keys.values()]
    if all(alone):
        raise CannotSetUp("There is no new key that could sign: accept comes first")
    if any(alone):
        raise CannotSetUp(f"{newest} signs already and drop has begun: repeat drop")
    return {
        program: ((newest, secret), *(pair for pair in of_one if pair[0] != newest))
        for program, of_one in keys.items()
    }


def drop(keys: KeysByProgram) -> KeysByProgram:
    """Only the newest key everywhere, once all sign with it. Raises: CannotSetUp."""
    newest, secret = _newest(keys)
    waiting = [program for program, of_one in keys.items() if not _signs(newest, of_one)]
    if waiting:
        raise CannotSetUp(
            f"{newest} does not sign in {', '.join(waiting)}: sign comes first, and a wait"
        )
    return dict.fromkeys(keys, ((newest, secret),))


_STEPS: Mapping[str, tuple[Callable[[KeysByProgram], KeysByProgram], str]] = {
    "accept": (accept, "wait until every program has noticed, then sign"),
    "sign": (
        sign,
        f"wait until every program has noticed, and {LIFETIME_S} seconds more for the tokens that"
        " are under way; then drop",
    ),
    "drop": (drop, "nothing; once every program has noticed, the older keys are worth nothing"),
}


def _read(folder: SecretFolder, program: str) -> Keys:
    pairs = [part.strip().partition(":") for part in folder.read(program, KEYS_FILE).split(",")]
    if not all(kid and secret for kid, _, secret in pairs):
        path = folder.path / program / KEYS_FILE
        raise CannotSetUp(f"{path} is not of the form kid:secret[,kid:secret...]")
    return tuple((kid, secret) for kid, _, secret in pairs)


def _check_secrets(keys: KeysByProgram) -> None:
    """Raises: CannotSetUp where one key has two secrets: those programs refuse one another."""
    known: dict[str, str] = {}
    for program, of_one in keys.items():
        for kid, secret in of_one:
            if known.setdefault(kid, secret) != secret:
                raise CannotSetUp(
                    f"The key {kid} of {program} is not that of the others: remove its"
                    f" {KEYS_FILE} and let `python -m deploy.setup secrets` make it"
                )


def _newest(keys: KeysByProgram) -> tuple[str, str]:
    """Id and secret of the key with the highest number; of keys without one the first."""
    every: Iterable[tuple[str, str]] = (pair for of_one in keys.values() for pair in of_one)
    return max(every, key=lambda pair: _number(pair[0]))


def _number(kid: str) -> int:
    """A key's number; none of those that we did not name: they are older than ours."""
    ours = _OUR_ID.match(kid)
    return int(ours[1]) if ours else 0


def _signs(kid: str, keys: Keys) -> bool:
    return keys[0][0] == kid


def _with(keys: Keys, kid: str, secret: str) -> Keys:
    return keys if kid in dict(keys) else (*keys, (kid, secret))
