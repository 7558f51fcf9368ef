"""
The pages that the library writes about itself.

Before a build reads its sources, each function in `PAGES` is asked for its Markdown,
which is written to `_generated/<its name>.md` for a page to include. What is shown is
drawn from the objects that run, so that it cannot fall behind them.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click
import matrix
from drawing import drawn
from sphinx.pycode import ModuleAnalyzer

import incidentkit
from incidentkit import cli
from incidentkit.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

#: From the strictest to the most lenient, each with all the steps of the one before.
OF_INCIDENTS = (
    incidentkit.LINEAR,
    incidentkit.FORWARD,
    incidentkit.STANDARD,
    incidentkit.REOPENABLE,
)
LIFECYCLES = (*OF_INCIDENTS, incidentkit.MAINTENANCE)


def lifecycle_figure() -> str:
    """The lifecycles of an incident in one picture."""
    return raw(drawn("The lifecycles of an incident", OF_INCIDENTS))


def maintenance_figure() -> str:
    """The lifecycle of a maintenance as a picture."""
    return raw(drawn("The lifecycle of a maintenance", (incidentkit.MAINTENANCE,)))


def lifecycles() -> str:
    """Each lifecycle as a picture, as a table of its steps, and as diagrams to copy."""
    return "\n".join(
        f"### `{lifecycle.name}`\n\n"
        f"{raw(drawn(f'The lifecycle {lifecycle.name}', (lifecycle,)))}\n"
        f"{fence('text', lifecycle.diagram('text'))}\n"
        ":::{dropdown} As Mermaid\n"
        f"{fence('text', lifecycle.diagram('mermaid'))}"
        ":::\n\n"
        ":::{dropdown} As DOT\n"
        f"{fence('text', lifecycle.diagram('dot'))}"
        ":::\n"
        for lifecycle in LIFECYCLES
    )


def lifecycle_constants() -> str:
    """The lifecycles by name, each with what its module says under it."""
    said = ModuleAnalyzer.for_module("incidentkit._lifecycle").find_attr_docs()
    entries = "\n".join(
        f".. py:data:: {lifecycle.name.upper()}\n\n"
        + indent("\n".join(said["", lifecycle.name.upper()]), "   ")
        for lifecycle in LIFECYCLES
    )
    return f"````{{eval-rst}}\n.. currentmodule:: incidentkit\n\n{entries}\n````\n"


def finding_codes() -> str:
    """All that a finding can say, by its code."""
    return table(
        ("Code", "Kind", "What it means"),
        (
            (f"`{code}`", word(finding.kind), finding.meaning)
            for code, finding in sorted(incidentkit.FINDINGS.items())
        ),
    )


def formats_table() -> str:
    """The formats that can be read or written."""
    return table(
        ("Name", "What it is", "Is", "Documents"),
        (
            (
                f"`{name}`",
                format.title,
                " and ".join(
                    done
                    for done, ways in (
                        ("read", (format.read, format.read_files)),
                        ("written", (format.write, format.write_files)),
                    )
                    if any(ways)
                ),
                ", ".join(f"`{document}`" for document in format.documents) or "one",
            )
            for name, format in incidentkit.FORMATS.items()
        ),
    )


def format_matrix() -> str:
    """What becomes of each feature of the model in each format."""
    names = (f"`{name}`" for name in matrix.writable())
    return table(
        ("", *names),
        (
            (feature, *(matrix.MARKS[word] for word in words))
            for feature, *words in matrix.rows()
        ),
    )


def limits_table() -> str:
    """How much a reader takes on, unless it is told otherwise."""
    limits = incidentkit.Limits()
    return table(
        ("Limit", "Unless told otherwise", "Of what"),
        (
            (f"`{name}`", f"{getattr(limits, name):,}", meaning)
            for name, meaning in (
                ("bytes", "The document, in UTF-8"),
                ("depth", "How deep values nest that are of no known shape"),
                ("items", "Incidents, maintenances, updates and components together"),
            )
        ),
    )


def schema() -> str:
    """The objects of the native format, field by field, from its JSON Schema."""
    whole = native.schema()
    objects = {"Document": whole, **whole["$defs"]}
    return "\n".join(
        f"### `{name}`\n\n{said.get('description', '')}\n\n{fields(said)}\n"
        for name, said in objects.items()
    )


def fields(said: dict[str, Any]) -> str:
    """The keys of an object of a JSON Schema, or the words of an enum."""
    if "enum" in said:
        return ", ".join(f"`{one}`" for one in said["enum"])
    required = said.get("required", ())
    return table(
        ("Key", "Holds", "What it is"),
        (
            (
                f"`{name}`" + (" (always)" if name in required else ""),
                holds(field),
                field.get("description", ""),
            )
            for name, field in said["properties"].items()
        ),
    )


def holds(field: dict[str, Any]) -> str:
    """What a key of a JSON Schema may hold, in a few words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[`{name}`](#{name.lower()})"
    if "enum" in field:
        return " or ".join(f"`{one}`" for one in field["enum"])
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(holds(one) for one in field["anyOf"]))
    kind = field.get("type", "anything")
    if kind == "array":
        return f"list of {holds(field['items'])}"
    if kind == "object":
        values = field.get("additionalProperties")
        return f"object of {holds(values)}" if isinstance(values, dict) else "object"
    return field.get("format", kind)


def command_line() -> str:
    """The help of every command, as the terminal shows it."""
    group = next(each for each in vars(cli).values() if isinstance(each, click.Group))
    return "\n".join(
        f"### `{context.command_path}`\n\n{fence('text', context.get_help())}"
        for context in contexts(group)
    )


def contexts(group: click.Group) -> Iterator[click.Context]:
    """Yield where each command stands, the group itself first."""
    settings = group.context_settings
    top = click.Context(group, info_name="incidentkit", terminal_width=80, **settings)
    yield top
    for name in group.list_commands(top):
        command = group.get_command(top, name)
        if command is not None and not command.hidden:
            yield click.Context(command, top, info_name=name, terminal_width=80)


def word(kind: object) -> str:
    """Say an enum's member by its word, and anything else as it is."""
    return str(getattr(kind, "value", kind))


def fence(language: str, text: str) -> str:
    """Hold a text as it is."""
    return f"````{language}\n{text.rstrip()}\n````\n"


def raw(html: str) -> str:
    """Hand HTML to the page as it is."""
    return f"````{{raw}} html\n{html}\n````\n"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Lay out a table whose cells may hold anything but a line break."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |"
        for line in lines
    )


PAGES = (
    lifecycle_figure,
    maintenance_figure,
    lifecycles,
    lifecycle_constants,
    finding_codes,
    formats_table,
    format_matrix,
    limits_table,
    schema,
    command_line,
)


def write_pages(app: Sphinx) -> None:
    """Write what has changed, and leave the rest with its date."""
    folder = Path(app.srcdir) / "_generated"
    folder.mkdir(exist_ok=True)
    for page in PAGES:
        path = folder / f"{page.__name__}.md"
        text = page() + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages before anything is read."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
