"""
A lifecycle as a picture: SVG drawn from its edges, and from nothing else.

The statuses stand in a row in their usual order, after the point where all begins. A
step to the next is a straight arrow, one that skips goes above, one that goes back
below. Colours come from the page's style sheet, so that one picture serves a light page
and a dark one; the description in it says in words what the arrows say.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentkit import IncidentStatus, Lifecycle, MaintenanceStatus

    Status = IncidentStatus | MaintenanceStatus

# All in the units of the picture, which is shown a little smaller on most screens.
NODE_WIDTH, NODE_HEIGHT, GAP = 112, 38, 40
BEGIN_RADIUS, MARGIN = 6, 8
ARC_STEP, FIRST_ARC = 26, 30
HEAD, HALF_HEAD = 8, 4
#: A curve whose handles stand so far off reaches three quarters of the way to them.
HANDLE = 4 / 3
LEGEND_HEIGHT, LEGEND_LINE, LETTER = 40, 28, 7.4


class Arrow(NamedTuple):
    """A step between two places of the row; the beginning is place 0."""

    start: int
    end: int
    kind: str

    @property
    def span(self) -> int:
        """How many places it goes, forwards or back."""
        return self.end - self.start


class Arc(NamedTuple):
    """An arrow that is not straight, with where it leaves and arrives."""

    arrow: Arrow
    left: float
    right: float


def drawn(name: str, family: Sequence[Lifecycle[Any]]) -> str:
    """
    A picture of the last of some lifecycles, each of which allows more than the last.

    Args:
        name: what the picture is called, for those who do not see it.
        family: the lifecycles; a step is drawn in the manner of the first that has it.
    """
    widest = family[-1]
    rows: tuple[Status | None, ...] = (None, *widest.statuses)
    arrows = [
        Arrow(rows.index(start), rows.index(end), _kind(family, start, end))
        for start in rows
        for end in widest.after(start)
    ]
    above = max(0, *(arrow.span - 1 for arrow in arrows))
    below = max(0, *(-arrow.span for arrow in arrows))
    top = MARGIN + (above and FIRST_ARC + (above - 1) * ARC_STEP)
    bottom = MARGIN + (below and FIRST_ARC + (below - 1) * ARC_STEP)
    legend = LEGEND_HEIGHT if len(family) > 1 else 0
    width = _left(len(rows) - 1) + NODE_WIDTH + MARGIN
    height = top + NODE_HEIGHT + bottom + legend
    key = name.lower().replace(" ", "-")
    names = f'aria-labelledby="{key}-title {key}-desc"'
    parts = [
        # It can be scrolled where it is too wide, and so the keyboard must reach it.
        '<figure class="lifecycle" tabindex="0">',
        f'<svg role="img" {names} viewBox="0 0 {width} {height}">',
        f'<title id="{key}-title">{escape(name)}</title>',
        f'<desc id="{key}-desc">{escape(in_words(widest))}</desc>',
        *_arrows(arrows, top),
        *_nodes(rows, top),
    ]
    if legend:
        parts.extend(_legend(family, height - LEGEND_HEIGHT / 2))
    return "\n".join([*parts, "</svg></figure>"])


def in_words(lifecycle: Lifecycle[Any]) -> str:
    """What the arrows of a picture say, as sentences."""
    begin = _or(lifecycle.after(None))
    said = [f"Begins with {begin}." if begin else "Begins nowhere."]
    for status in lifecycle.statuses:
        after = _or(lifecycle.after(status))
        said.append(f"{_word(status)}, then {after or 'nothing more'}.")
    return " ".join(said)


def _or(statuses: tuple[Status, ...]) -> str:
    *words, last = [_word(status) for status in statuses] or [""]
    return f"{', '.join(words)} or {last}" if words else last


def _word(status: Status) -> str:
    return str(status.value).replace("_", " ")


def _kind(family: Sequence[Lifecycle[Any]], start: Status | None, end: Status) -> str:
    """The name of the first that has a step; of one alone, none."""
    if len(family) == 1:
        return "plain"
    return next(one.name for one in family if end in one.after(start))


def _left(place: int) -> float:
    """Where a place of the row begins."""
    if place == 0:
        return MARGIN
    return MARGIN + 2 * BEGIN_RADIUS + GAP + (place - 1) * (NODE_WIDTH + GAP)


def _width(place: int) -> float:
    return NODE_WIDTH if place else 2 * BEGIN_RADIUS


def _nodes(rows: tuple[Status | None, ...], top: float) -> Iterator[str]:
    middle = top + NODE_HEIGHT / 2
    for place, status in enumerate(rows):
        left = _left(place)
        if status is None:
            yield (
                f'<circle class="begin" cx="{left + BEGIN_RADIUS}" cy="{middle}" '
                f'r="{BEGIN_RADIUS}"/>'
            )
            continue
        box = f'x="{left}" y="{top}" width="{NODE_WIDTH}" height="{NODE_HEIGHT}" rx="9"'
        yield f'<rect class="{"closed" if status.is_closed else "open"}" {box}/>'
        yield (
            f'<text x="{left + NODE_WIDTH / 2}" y="{middle}" dy="0.35em">'
            f"{escape(_word(status))}</text>"
        )


def _arrows(arrows: list[Arrow], top: float) -> Iterator[str]:
    middle = top + NODE_HEIGHT / 2
    for arrow in arrows:
        if arrow.span == 1:
            start = _left(arrow.start) + _width(arrow.start)
            end = _left(arrow.end)
            yield _line(
                arrow.kind,
                f"M{start} {middle} H{end - HEAD}",
                f"M{end} {middle} l{-HEAD} {-HALF_HEAD} v{HEAD} z",
            )
    for arc in _arcs([arrow for arrow in arrows if arrow.span > 1]):
        yield _bow(arc, top, -1)
    for arc in _arcs([arrow for arrow in arrows if arrow.span < 0]):
        yield _bow(arc, top + NODE_HEIGHT, 1)


def _bow(arc: Arc, edge: float, way: int) -> str:
    """An arc above (way -1) or below (way 1) the row, from its edge and back to it."""
    span = abs(arc.arrow.span)
    rank = span - 2 if way < 0 else span - 1
    handle = edge + way * (FIRST_ARC + rank * ARC_STEP - MARGIN / 2) * HANDLE
    start, end = (arc.left, arc.right) if way < 0 else (arc.right, arc.left)
    stop = edge + way * HEAD
    # The point where all begins is lower than the boxes are.
    first = edge if arc.arrow.start else edge + NODE_HEIGHT / 2 - BEGIN_RADIUS
    return _line(
        arc.arrow.kind,
        f"M{start:.1f} {first} C{start:.1f} {handle:.1f} {end:.1f} {handle:.1f} "
        f"{end:.1f} {stop}",
        f"M{end:.1f} {edge} l{-HALF_HEAD} {way * HEAD} h{HEAD} z",
    )


def _line(kind: str, path: str, head: str) -> str:
    return (
        f'<g class="step {escape(kind)}"><path class="line" d="{path}"/>'
        f'<path class="head" d="{head}"/></g>'
    )


def _arcs(arrows: list[Arrow]) -> list[Arc]:
    """
    Arrows with the points where they meet the row.

    An arc meets the half of a status that looks where it goes to or comes from; of
    several, the longest is nearest to the middle, and so they do not cross.
    """

    def meets(place: int, arrow: Arrow, *, at_left_end: bool) -> float:
        left, wide = _left(place), _width(place)
        if place == 0:
            return left + wide / 2
        there = sorted(
            (
                abs(one.span)
                for one in arrows
                if (min(one[:2]) if at_left_end else max(one[:2])) == place
            ),
            reverse=True,
        )
        share = (there.index(abs(arrow.span)) + 1) / (len(there) + 1)
        reach = wide / 2 * share
        return left + wide / 2 + (reach if at_left_end else -reach)

    return [
        Arc(
            arrow,
            meets(min(arrow[:2]), arrow, at_left_end=True),
            meets(max(arrow[:2]), arrow, at_left_end=False),
        )
        for arrow in arrows
    ]


def _legend(family: Sequence[Lifecycle[Any]], middle: float) -> Iterator[str]:
    left: float = MARGIN
    for number, lifecycle in enumerate(family):
        label = f"{lifecycle.name} adds" if number else lifecycle.name
        yield _line(
            lifecycle.name,
            f"M{left} {middle} h{LEGEND_LINE - HEAD}",
            f"M{left + LEGEND_LINE} {middle} l{-HEAD} {-HALF_HEAD} v{HEAD} z",
        )
        left += LEGEND_LINE + MARGIN
        yield (
            f'<text class="label" x="{left}" y="{middle}" dy="0.35em">'
            f"{escape(label)}</text>"
        )
        left += len(label) * LETTER + 2 * MARGIN
