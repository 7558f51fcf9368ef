"""The command `incidentkit`, and `python -m incidentkit`."""

from __future__ import annotations

import sys

from incidentkit.errors import MissingExtra


def main() -> int:
    """
    Run the command with the words it was called with, and give its exit status.

    Without the extra `cli` it says so in one line.
    """
    # The command itself is there with the extra alone.
    try:
        from incidentkit import cli  # noqa: PLC0415 - it needs an extra
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        missing = MissingExtra("cli", needed_for="the command incidentkit")
        print(missing, file=sys.stderr)  # noqa: T201 - there is no click to do it
        return 1
    return cli.run()


if __name__ == "__main__":
    sys.exit(main())
