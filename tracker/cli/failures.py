"""What does an error mean for the person at the keyboard, and what can be done about it?"""

from __future__ import annotations

from tracker.cli.codes import Exit, Refusal

_ADVICE = "Run the same command with `tracker --debug …` to see where this arose, and report it."


def explain(error: Exception) -> Refusal | None:
    """Put an error into words and an exit code; None if it is the command line's own kind, which it words itself."""
    if isinstance(error, Refusal):
        return error
    if type(error).__module__.startswith(("typer.", "click.")):
        return None
    known = _known(error)
    if known is not None:
        return known
    if isinstance(error, OSError):
        return Refusal(_system(error), next_step="Check that the folder exists, may be written to and has room.")
    kind = type(error)
    if kind.__module__.startswith("sqlalchemy."):
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return Refusal(
            f"the database could not be used: {cause}",
            next_step="Check ESCRUTINIO_DATABASE_URL and ESCRUTINIO_HOME, and that no other programme locks it.",
        )
    return Refusal(f"{kind.__name__}: {error}", next_step=_ADVICE)


def _known(error: Exception) -> Refusal | None:
    """Word the errors that the rooms below raise on purpose. Their messages say what to do themselves."""
    from tracker.archive.files import Unreachable
    from tracker.archive.store import Damaged, Missing
    from tracker.queries.database import Unavailable
    from tracker.queries.votes import UnknownLegislature
    from tracker.storage.engine import SchemaBehind
    from tracker.storage.runs import SourceBusy

    if isinstance(error, SourceBusy):
        return Refusal(str(error), code=Exit.BUSY)
    if isinstance(error, UnknownLegislature):
        return Refusal(str(error), code=Exit.UNKNOWN)
    if isinstance(error, Unavailable | SchemaBehind):
        return Refusal(str(error))
    if isinstance(error, Unreachable):
        return Refusal(
            str(error), next_step="Check ESCRUTINIO_ARCHIVE and the AWS_… variables; docs/archive.md explains them."
        )
    if isinstance(error, Missing | Damaged):
        return Refusal(str(error), next_step="Run `tracker archive verify` to see what else is wrong.")
    return None


def _system(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
