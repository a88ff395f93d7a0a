"""How commands talk: a line at a time, at once, also into a container's log."""

from functools import partial

say = partial(print, flush=True)
