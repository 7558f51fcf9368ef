"""
From the model to the files of a cState site.

A file has room for less than an incident, so the writer does not trust itself: it reads
what it wrote, and reports every difference. What it does not report is, by
construction, what a reader gets back.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from incidentkit.formats._choice import chosen, places
from incidentkit.formats.cstate._losses import losses
from incidentkit.formats.cstate._site import CONFIG, config, page_losses
from incidentkit.formats.cstate._text import (
    date,
    fresh,
    kept,
    reread,
    zone_of,
)
from incidentkit.formats.cstate._words import NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._event import Event
    from incidentkit._finding import Finding, Report
    from incidentkit.formats._format import Target

#: Where the files of issues lie within a site.
ISSUES: Final = "content/issues/"
_SUFFIX: Final = ".md"
_ONE_FILE: Final = "a file of cState tells of one issue; write_files writes them all"

_NO_WORD: Final = re.compile(r"[^a-z0-9]+")
_SAFE: Final = re.compile(r"(?!_index\.)\w(?:[\w+@=, -]|\.(?!\.))*", re.ASCII)
#: The longest name of a file or folder that we give, and take.
_LONGEST: Final = 150
_SLUG: Final = 60


def write(target: Target) -> str:
    """
    The file of one issue: of the newest that is open, else of the newest.

    All others of a page are left out, and its systems; `write_files` writes them all.
    A page of neither incidents nor maintenances is written as its `config.yml`.

    Raises:
        MissingExtra: what is written cannot be read without PyYAML.
    """
    page, report = target.page, target.report
    event, path = chosen(target, _ONE_FILE)
    if event is None:
        settings = config(page)
        page_losses(page, settings, report, with_issues=False)
        return settings
    page_losses(page, None, report, with_issues=False)
    return issue(path, event, report)


def write_files(target: Target) -> Mapping[str, str]:
    """
    The files of a site: one for each incident and maintenance, and `config.yml`.

    Of one incident or maintenance alone, its file alone.

    Raises:
        MissingExtra: what is written cannot be read without PyYAML.
    """
    page, report = target.page, target.report
    files: dict[str, str] = {}
    if target.lone is not None:
        name = ISSUES + file_name("$", target.lone, report)
        return {name: issue("$", target.lone, report)}
    files[CONFIG] = settings = config(page)
    page_losses(page, settings, report, with_issues=True)
    for event, path in places(page):
        name = _free(ISSUES + file_name(path, event, report), files)
        files[name] = issue(path, event, report)
    return files


def issue(path: str, event: Event, report: Report) -> str:
    """
    The file of an issue, with what it does not hold reported.

    The file that was read is edited, where one was and that does as well as a new one.
    """
    text = fresh(event)
    found = _losses(path, event, text)
    if found is None:
        # What extras hold may have been made by anybody, and may hide the issue.
        text = fresh(event, with_besides=False)
        found = _losses(path, event, text) or []
    for old in kept(event):
        again = _losses(path, event, old)
        if again is not None and all(finding in found for finding in again):
            text, found = old, again
            break
    for finding in found:
        report.add(finding.code, finding.path, finding.detail, finding.value)
    return text


def _losses(path: str, event: Event, text: str) -> list[Finding] | None:
    """What a file does not hold; None if it is not the file of an issue."""
    back = reread(text, zone_of(event), event.name)
    return None if back is None else list(losses(path, event, back))


# -- what to call it -------------------------------------------------------------------


def file_name(path: str, event: Event, report: Report) -> str:
    """
    The name of an issue's file, below `content/issues/`.

    The one it has, so that a retitled incident keeps its file; else its day and its
    title, in small ASCII letters, digits and hyphens.
    """
    known = event.links.get(NAME)
    if known is not None:
        if is_safe(known):
            return known
        detail = "the name of the file is no safe one; another was made of the title"
        report.add("value.left_out", f"{path}.links", detail, known)
    ascii_name = unicodedata.normalize("NFKD", event.name.lower())
    slug = _NO_WORD.sub("-", ascii_name.encode("ascii", "ignore").decode())[:_SLUG]
    began = date(event)
    day = () if began is None else (f"{began.year:04}-{began.month:02}-{began.day:02}",)
    return "-".join((*day, slug.strip("-") or "issue")) + _SUFFIX


def is_safe(name: str) -> bool:
    """
    Whether a name leads to a Markdown file within the folder, on any machine.

    Its parts begin with a letter, a digit or an underscore, hold neither controls nor
    what a system gives a meaning to, and never lead up.
    """
    return (
        name.endswith(_SUFFIX)
        and len(name) <= _LONGEST
        and all(_SAFE.fullmatch(part) for part in name.split("/"))
    )


def _free(name: str, files: Mapping[str, str]) -> str:
    """A name that no other file has, whatever the case of letters."""
    taken = {known.lower() for known in files}
    stem, number, free = name.removesuffix(_SUFFIX), 2, name
    while free.lower() in taken:
        free = f"{stem}-{number}{_SUFFIX}"
        number += 1
    return free
