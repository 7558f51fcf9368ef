"""
The site around the issues: `config.yml`, which names the systems and their categories.

Source: https://github.com/cstate/example (config.yml)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._component import Component
from incidentkit._frozen import EMPTY
from incidentkit._page import StatusPage
from incidentkit._vocabulary import ComponentStatus
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats._frontmatter import Scalar, line, longest, parse, plain, scalar
from incidentkit.formats.cstate._text import affected, severity, source_of
from incidentkit.formats.cstate._words import NAME, WORD_TO_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidentkit._finding import Report
    from incidentkit.formats._format import Source
    from incidentkit.formats._frontmatter import FrontMatter, Node

#: The usual name of the file.
CONFIG: Final = "config.yml"
#: The names that Hugo takes for it, of which only YAML is read.
CONFIGS: Final = frozenset({"config.yml", "config.yaml", "hugo.yml", "hugo.yaml"})
#: Under this key of a page's extras stands the file that was read.
KEPT: Final = "@config"

_OPERATIONAL: Final = ComponentStatus.OPERATIONAL

#: What a site cannot do without, beside what the model has.
_THEME: Final = "theme: cstate\nbuildFuture: true\n"
_OF_SYSTEM: Final = frozenset({"name", "description", "category"})
_OF_CATEGORY: Final = frozenset({"name", "description"})


def read_config(text: str, source: Source) -> StatusPage:
    """
    A page without incidents: its name, its address and its systems.

    Raises:
        MalformedDocument: it is not the configuration of a cState site in YAML.
        LimitExceeded: it has more systems than `source.limits` allow.
    """
    page = _page(text, source)
    if config(page) == text:
        return page
    return attrs.evolve(page, extras={NAME: {KEPT: text}})


def _page(text: str, source: Source) -> StatusPage:
    front = parse(text, source.report, limit=longest(source.limits))
    return StatusPage(
        _text(front.get("title")),
        url=_text(front.get("baseURL")),
        components=list(_components(front, source)),
    )


def _text(node: Node | None) -> str | None:
    return node.text if isinstance(node, Scalar) and not node.is_null else None


def _components(front: FrontMatter, source: Source) -> Iterator[Component]:
    params = front.get("params")
    line = front.line("params")
    if params is None or isinstance(params, (Scalar, tuple)):
        return
    rows = [
        (row, is_group)
        for key, is_group in (("categories", True), ("systems", False))
        for row in _rows(params.get(key), key, line, source.report)
    ]
    if len(rows) > (limit := source.limits.items):
        reason = f"{len(rows)} systems and categories, and the limit is {limit}"
        raise LimitExceeded(f"line {line}", reason)
    for row, is_group in rows:
        name = _text(row.get("name"))
        if name is None:
            detail = "a system or category without a name"
            source.report.leave_out("item.malformed", f"line {line}", detail)
            continue
        known = _OF_CATEGORY if is_group else _OF_SYSTEM
        rest = {key: plain(held) for key, held in row.items() if key not in known}
        yield Component(
            name,
            is_group=is_group,
            group=None if is_group else _text(row.get("category")),
            description=_text(row.get("description")),
            extras={NAME: rest},
        )


def _rows(
    node: Node | None, key: str, line: int, report: Report
) -> Iterator[Mapping[str, Node]]:
    if node is None or (isinstance(node, Scalar) and node.is_null):
        return
    for row in node if isinstance(node, tuple) else (node,):
        if isinstance(row, (Scalar, tuple)):
            place = row.line if isinstance(row, Scalar) else line
            detail = f"{key!r} is to be a list of names with what belongs to them"
            report.leave_out("item.malformed", f"line {place}", detail)
        else:
            yield row


# -- writing ---------------------------------------------------------------------------


def config(page: StatusPage) -> str:
    """The configuration of a site: as it was read, where that still says the same."""
    text = _fresh(page)
    kept = page.extras.get(NAME, EMPTY).get(KEPT)
    if isinstance(kept, str):
        was = _told(kept)
        if was is not None and was == _told(text):
            return kept
    return text


def _fresh(page: StatusPage) -> str:
    lines: list[str] = []
    if page.name is not None:
        lines.append(line("title", page.name))
    if page.url is not None:
        lines.append(line("baseURL", page.url))
    lines.append(_THEME)
    groups = [one for one in page.components if one.is_group]
    systems = [one for one in page.components if not one.is_group]
    lines.append("params:\n" if page.components else "params: {}\n")
    if groups:
        lines.append("  categories:\n")
        lines += [_row(one, ()) for one in groups]
    if systems:
        names = {one.key: one.name for one in groups}
        lines.append("  systems:\n")
        for one in systems:
            category = None if one.group is None else names.get(one.group, one.group)
            lines.append(_row(one, (("category", category),)))
    return "".join(lines)


def _row(component: Component, more: tuple[tuple[str, str | None], ...]) -> str:
    rows = [("name", component.name), ("description", component.description), *more]
    told = [f"{key}: {scalar(text)}" for key, text in rows if text is not None]
    for key, value in component.extras.get(NAME, EMPTY).items():
        if isinstance(value, str) and key not in _OF_SYSTEM:
            told.append(f"{scalar(key)}: {scalar(value, is_text=False)}")
    return f"    - {told[0]}\n" + "".join(f"      {one}\n" for one in told[1:])


def _told(text: str) -> StatusPage | None:
    """What a configuration says; None if it is none."""
    try:
        return _page(text, source_of(text))
    except MalformedDocument:
        return None


_OF_PAGE: Final[Mapping[str, str]] = {
    "id": "the id of a page",
    "time_zone": "the zone of a page",
    "recorded": "recorded days",
    "updated_at": "when a page changed",
    "stated_indicator": "how the whole page is; its open issues tell",
    "stated_description": "how the whole page is; its open issues tell",
}
_OF_COMPONENT: Final[Mapping[str, str]] = {
    "name": "this name of a system",
    "id": "the ids of systems",
    "group": "this group of a system",
    "is_group": "this kind of component",
    "description": "this description of a system",
    "position": "the position of a system",
    "start_date": "since when a system is watched",
    "created_at": "when a system was put up",
    "updated_at": "when a system changed",
}


def page_losses(
    page: StatusPage, settings: str | None, report: Report, *, with_issues: bool
) -> None:
    """
    Report what of a page itself its files do not hold.

    Args:
        page: what was written.
        settings: its `config.yml`; None if there is none.
        report: where findings go.
        with_issues: whether the issues are written beside it, which decide the levels.
    """
    back = (None if settings is None else _told(settings)) or StatusPage()
    site = "a site of cState" if settings is not None else "the file of an issue"
    for field, what in {
        "name": "this name of a page",
        "url": "this address of a page",
        **_OF_PAGE,
    }.items():
        if getattr(page, field) != getattr(back, field):
            detail = f"{site} has no place for {what}"
            report.add("value.left_out", f"$.{field}", detail)
    if len(back.components) != len(page.components):
        detail = f"{site} has no place for the systems of a page"
        report.add("value.left_out", "$.components", detail)
        return
    kinds = [one.is_group for one in page.components]
    if kinds != sorted(kinds, reverse=True):
        detail = "a site names its categories apart from its systems"
        report.add("order.regrouped", "$.components", detail)
    names = {one.key: one.name for one in page.components if one.is_group}
    shown = with_levels(page) if with_issues else back
    for index, (one, again) in enumerate(
        zip(page.components, _in_order(page, back), strict=True)
    ):
        place = f"$.components[{index}]"
        for field, what in _OF_COMPONENT.items():
            old, new = getattr(one, field), getattr(again, field)
            if field == "group":
                old = names.get(old, old)
            if old != new:
                detail = f"{site} has no place for {what}"
                report.add("value.left_out", f"{place}.{field}", detail)
        if one.status is not shown.components[index].status:
            detail = "the open issues decide what level a system is shown at"
            report.add("value.left_out", f"{place}.status", detail)


def _in_order(page: StatusPage, back: StatusPage) -> Iterator[Component]:
    """The components that came back, in the order in which the page has theirs."""
    groups = iter([one for one in back.components if one.is_group])
    systems = iter([one for one in back.components if not one.is_group])
    for one in page.components:
        yield next(groups if one.is_group else systems)


def with_levels(page: StatusPage) -> StatusPage:
    """A page whose systems are at the levels that its open issues put them at."""
    levels = _levels(page)
    components = [
        attrs.evolve(
            one, status=None if one.is_group else levels.get(one.name, _OPERATIONAL)
        )
        for one in page.components
    ]
    return attrs.evolve(page, components=components)


def _levels(page: StatusPage) -> Mapping[str, ComponentStatus]:
    """The worst that an open issue does to each system, by name."""
    levels: dict[str, ComponentStatus] = {}
    for event in (*page.incidents, *page.maintenances):
        level = WORD_TO_LEVEL.get(severity(event) or "")
        if event.is_open and level is not None:
            for name in affected(event):
                levels[name] = max(level, levels.get(name, level))
    return levels
