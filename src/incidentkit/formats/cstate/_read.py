"""From a cState site to a page: one file of it, several, or what Hugo builds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._page import StatusPage
from incidentkit._time import UTC, zone
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats._frontmatter import split
from incidentkit.formats.cstate._index import read_index
from incidentkit.formats.cstate._issue import read_issue
from incidentkit.formats.cstate._site import CONFIGS, read_config, with_levels
from incidentkit.formats.cstate._text import FILE, ZONE, fresh, said
from incidentkit.formats.cstate._words import NAME

if TYPE_CHECKING:
    from incidentkit._incident import Incident
    from incidentkit.formats._format import Source, SourceFiles

#: The folder below which names of files are kept.
_FOLDER: Final = "content/issues/"
_MARKDOWN: Final = (".md", ".markdown")
_JSON: Final = ".json"
_CONFIG: Final = re.compile(r"^(?:params|baseURL|theme):", re.MULTILINE)


def read(source: Source) -> StatusPage:
    """
    A page with the one issue that a file tells of, or the page of a built `index.json`.

    Raises:
        MalformedDocument: it is neither, nor the configuration of a site.
        LimitExceeded: it is larger than `source.limits` allow.
        MissingExtra: it has front matter, and PyYAML is not installed.
    """
    text = source.text()
    if text.lstrip(" \t\r\n")[:1] in {"{", "["}:
        return read_index(text, source)
    if text.startswith("+++"):
        reason = "front matter in TOML is not read: YAML between lines of '---' is"
        raise MalformedDocument("line 1", reason)
    if split(text) is None:
        if _CONFIG.search(text):
            return read_config(text, source)
        reason = (
            "neither an issue (front matter in YAML between two lines of '---'), nor "
            "the configuration of a site, nor JSON"
        )
        raise MalformedDocument("line 1", reason)
    incident = _issue(text, source)
    return StatusPage() if incident is None else StatusPage(incidents=[incident])


def _issue(text: str, source: Source, fallback: str = "Incident") -> Incident | None:
    """The incident of a file, with the file where we would have written another."""
    incident = read_issue(text, source, fallback)
    if incident is None:
        return None
    if fresh(incident) == text:
        return incident
    kept: dict[str, object] = {**said(incident), FILE: text}
    if source.zone is not None and source.zone is not UTC and zone(str(source.zone)):
        kept[ZONE] = str(source.zone)
    return attrs.evolve(incident, extras={NAME: kept})


def read_files(sources: SourceFiles) -> StatusPage:
    """
    The page of a whole site, the newest issue first: its `config.yml` and its issues.

    Every other file is left out, with a finding.

    Raises:
        MalformedDocument: a file of an issue cannot be read; the place names it.
        LimitExceeded: they are more than `sources.limits` allow.
        MissingExtra: PyYAML is not installed.
    """
    settings: StatusPage | None = None
    incidents: list[Incident] = []
    built: list[StatusPage] = []
    for name in sources.files:
        source = sources.source(name)
        try:
            if _is_config(name):
                settings = read_config(source.text(), source)
            elif _is_issue(name):
                stem = name.rpartition("/")[2].rpartition(".")[0]
                incident = _issue(source.text(), source, stem)
                if incident is not None:
                    links = {NAME: _link(name)}
                    incidents.append(attrs.evolve(incident, links=links))
            elif name.endswith(_JSON):
                built.append(read_index(source.text(), source))
            else:
                detail = "neither the file of an issue nor config.yml"
                source.report.leave_out("item.unfitting", "line 1", detail)
        except MalformedDocument as error:
            path = f"{name}: {error.path}"
            raise type(error)(path, error.reason, error.format) from None
        sources.done(name, source)
    if len(incidents) > (limit := sources.limits.items):
        reason = f"{len(incidents)} issues, and the limit is {limit}"
        raise LimitExceeded("$", reason)
    incidents.sort(key=_since, reverse=True)
    page = attrs.evolve(settings or StatusPage(), incidents=incidents)
    if settings is not None:
        page = with_levels(page)
    if not built:
        return page
    joined = StatusPage.joined(*built, *([page] if settings or incidents else ()))
    sources.report.take(joined)
    return joined.value


def _since(incident: Incident) -> float:
    began = incident.began_at
    return float("-inf") if began is None else began.timestamp()


def _is_config(name: str) -> bool:
    return name.rpartition("/")[2] in CONFIGS


def _is_issue(name: str) -> bool:
    file = name.rpartition("/")[2]
    return file.endswith(_MARKDOWN) and not file.startswith("_index.")


def _link(name: str) -> str:
    """The name of a file below the folder of issues."""
    return f"/{name}".rpartition(f"/{_FOLDER}")[2].removeprefix("/")
