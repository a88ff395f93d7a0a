"""What ends the launcher with one clear text instead of a traceback."""


class CannotStart(Exception):
    """The suite cannot be started; the text says why, and what to do."""
