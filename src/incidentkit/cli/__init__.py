"""
The command line: documents shown, converted and questioned, from files or a pipe.

Documents and answers go to standard output; whatever was found on the way, one line
each, to standard error. A failure is one line that says where; there is never a
traceback.
"""

from __future__ import annotations

import importlib.metadata
import io
import sys
from typing import TYPE_CHECKING

import click

from incidentkit.cli import _streams as streams
from incidentkit.cli._documents import convert_, formats, show
from incidentkit.cli._questions import check, diff, stats
from incidentkit.cli._uptime import uptime

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command", "run"]


def run(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command, and give its exit status; nothing but an exit status comes out.

    0 is done, 1 failed, 2 wrongly called, 130 interrupted, 141 nobody reads on.

    Args:
        arguments: the words after the command's name; those of the process without.
    """
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's encoding cannot say is said in escapes, never a failure.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = command.main(arguments, prog_name=streams.NAME, standalone_mode=False)
    except click.ClickException as error:
        streams.complain(f"{streams.NAME}: {error.format_message()}")
        return error.exit_code
    except streams.Failure as failure:
        if failure.status != streams.PIPE_BROKEN:
            streams.complain(str(failure))
        return failure.status
    except (click.Abort, KeyboardInterrupt):
        return streams.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody at a prompt
        what = f"{type(error).__name__}: {error}"
        streams.complain(
            f"{streams.NAME}: a fault of its own, please report it: {what}"
        )
        return streams.FAILED
    return status if isinstance(status, int) else streams.DONE


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - as click calls it
    if asked:
        try:
            version = importlib.metadata.version(streams.NAME)
        except importlib.metadata.PackageNotFoundError:
            version = "unknown, for it is not installed"
        streams.show(f"{streams.NAME} {version}\n")
        context.exit()


@click.group(
    streams.NAME,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Say which version this is.",
)
@click.pass_context
def command(context: click.Context) -> None:
    """Read, show, convert and question the incidents of status pages."""
    if context.invoked_subcommand is None:
        streams.show(context.get_help() + "\n")


for _each in (show, convert_, formats, uptime, diff, check, stats):
    command.add_command(_each)
