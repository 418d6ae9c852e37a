"""Which commands are there, and what becomes of an error before it reaches a reader?

Commands: `collect`, `backfill` and `rebuild` in collect.py, `import` in bring.py, `read` in aloud.py, `doubts` and
`settle` in doubts.py, `alias` in alias.py, `alerts` in alerts.py, what only looks in look.py, bill.py, check.py and
health.py, `export` in export.py, the database and the archive in keep.py, `move` in move.py, `queue` in queue.py, `up`
and `worker` in serve.py, `demo` in demo.py. Heavy imports stand inside the commands: `--help` is quick.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tracker.cli import (
    alerts,
    alias,
    aloud,
    bill,
    bring,
    check,
    collect,
    demo,
    doubts,
    export,
    health,
    keep,
    look,
    move,
    queue,
    serve,
)
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.failures import explain
from tracker.cli.screen import log_to_stderr, warn


class Commands(TyperGroup):
    """All commands; an error ends in what, where and what to do next, never in a traceback unless asked for."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command and turn whatever goes wrong into words and an exit code."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt as error:
            raise typer.Exit(Exit.INTERRUPTED) from error
        except BrokenPipeError as error:
            # Whoever read our output has seen enough. Nothing may be written on the way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.DONE) from error
        except Exception as error:
            if ctx.params.get("debug") and not isinstance(error, Refusal):
                raise
            refusal = explain(error)
            if refusal is None:
                raise
            warn(f"Error: {refusal}", "bold red")
            if refusal.next_step:
                warn(refusal.next_step)
            raise typer.Exit(refusal.code) from error


app = typer.Typer(
    name="tracker",
    cls=Commands,
    help="Records every recorded vote of the legislatures it covers, with the page each number was read from.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 120},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from tracker import __version__

        print(f"escrutinio {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Log everything, and show where an error arose.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Set up the log before any command."""
    log_to_stderr("WARNING", debug=debug)


collect.register(app)
bring.register(app)
aloud.register(app)
look.register(app)
bill.register(app)
check.register(app)
export.register(app)
alias.register(app)
alerts.register(app)
doubts.register(app)
health.register(app)
keep.register(app)
move.register(app)
queue.register(app)
serve.register(app)
demo.register(app)


def main() -> None:
    """Run the command line."""
    app()


__all__ = ["app", "main"]
