"""What ends a run before it has done harm, and what a person is to do about it."""


class RunRefused(RuntimeError):
    """The run can't go on, through no fault of the program's. The message is in Swedish, for the person at the
    terminal: what is wrong, and how to mend it."""
