"""What does the number mean that a command leaves behind?"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    BUSY = 3
    UNKNOWN = 4
    INTERRUPTED = 130


MEANING = {
    Exit.DONE: "done, unchanged, or not published yet",
    Exit.FAILED: "a run failed, the archive is unsound, or something else stood in the way",
    Exit.WRONG_USE: "wrong use: an option, an argument or a setting",
    Exit.BUSY: "another process is running the source",
    Exit.UNKNOWN: "no such vote, source or legislature",
    Exit.INTERRUPTED: "interrupted; what was stored is whole, the same command goes on",
}
EPILOG = "Exit codes: " + "; ".join(f"{code.value} {meaning}" for code, meaning in MEANING.items()) + "."


class Refusal(Exception):
    """A command that cannot do what was asked: what is wrong and where, what to do next, and the exit code."""

    def __init__(self, message: str, *, next_step: str = "", code: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.next_step = next_step
        self.code = code
