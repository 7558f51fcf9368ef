"""
Runs every example there is: in docstrings, in the README and in the documentation.

The examples of one page share their names, from top to bottom. In a block of console,
what is typed of ours is run, and what it shows is compared.
"""

from __future__ import annotations

import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

if TYPE_CHECKING:
    import pytest
    from sybil import Example
    from sybil.typing import Parser

#: The command, and what of the Makefile does nothing but call it.
COMMANDS = f"""
incidentkit() {{ {quote(sys.executable)} -m incidentkit "$@"; }}
make() {{ test "$1" = demo && incidentkit show examples/api-down.txt; }}
"""


def typed(example: Example) -> str | None:
    """Run the commands of a block, and tell of the first that shows something else."""
    for each in example.parsed.split("$ ")[1:]:
        command, _, wanted = each.partition("\n")
        if wanted.strip():
            ran = subprocess.run(
                ["sh", "-c", COMMANDS + command],  # noqa: S607
                cwd=Path(__file__).parent,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            shown, want = ran.stdout.rstrip("\n"), wanted.rstrip("\n")
            if not OutputChecker().check_output(want, shown, ELLIPSIS):
                return f"$ {command}\nwas to show\n{want}\nand showed\n{shown}"
    return None


markdown: list[Parser] = [
    PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
    CodeBlockParser("console", typed),
]
readme = Sybil(parsers=markdown, pattern="README.md")
pages = Sybil(parsers=markdown, path="docs", pattern="*.md")
docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS)],
    path="src",
    pattern="*.py",
    document_types={".py": PythonDocStringDocument},
)
pytest_collect_file = SybilCollection((readme, pages, docstrings)).pytest()


def pytest_configure(config: pytest.Config) -> None:
    """Give all examples of a page to one worker, for they build on one another."""
    if getattr(config.option, "dist", "no") in {"load", "worksteal"}:
        config.option.dist = "loadfile"
