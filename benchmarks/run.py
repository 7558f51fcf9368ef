"""
Measure incidentkit against its rivals, and print one table.

    python benchmarks/run.py             all rows; takes some minutes
    python benchmarks/run.py --quick     fewer rounds and no large documents
    python benchmarks/run.py --only read the rows of one subject, or of several

Every row compares one way of ours with one rival in the same run (`_compare.py` says
how), after both were seen to give the same result. Nothing is written and no network is
used. Figures in the documentation come from here.
"""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import _corpus
import _feeds
import _figures
import _machines
import _peers
import attrs
import pendulum
from _compare import child, compared, processes
from _rows import Row, faster, row

from incidentkit import (
    STANDARD,
    IllegalTransition,
    Incident,
    IncidentStatus,
    Limits,
    Update,
    read,
    write,
)
from incidentkit._time import rfc3339

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _rows import Section

    from incidentkit import StatusPage

INVESTIGATING, IDENTIFIED = IncidentStatus.INVESTIGATING, IncidentStatus.IDENTIFIED

#: No document of the corpus is too large.
LIMITS = Limits(bytes=1 << 30)


# -- documents -------------------------------------------------------------------------


def reading(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    for size, rounds, aim in ((50, 41, 1.3), (1_000, 11, 0.65), (10_000, 5, 0.5)):
        if quick and size > 1_000:
            continue
        data = _corpus.encoded(_corpus.document(size))
        check_reading(data)
        times = compared(
            {
                "incidentkit": partial(read, data, "statuspage", limits=LIMITS),
                "pydantic": partial(_peers.read_pydantic, data),
                "msgspec": partial(_peers.read_msgspec, data),
            },
            5 if quick else rounds,
        )
        what = f"read {size:,} incidents"
        yield row(times, what, "pydantic", aim)
        if size > 50:
            yield row(times, what, "msgspec", 3)


def check_reading(data: bytes) -> None:
    """See that all read the same."""
    ours = read(data, "statuspage", limits=LIMITS).exact()
    rivals: tuple[Any, ...] = (_peers.read_pydantic(data), _peers.read_msgspec(data))
    for theirs in rivals:
        for one, other in zip(ours.incidents, theirs.incidents, strict=True):
            assert (one.id, one.name) == (other.id, other.name)
            assert one.status is not None
            assert one.status.value == other.status.value
            assert one.created_at == other.created_at
            assert one.ended_at == other.resolved_at
            assert [ref.id for ref in one.components] == [
                component.id for component in other.components
            ]
            told = reversed(other.incident_updates)
            for update, said in zip(one.updates, told, strict=True):
                assert (update.id, update.body) == (said.id, said.body)
                assert (update.at, update.updated_at) == (
                    said.display_at,
                    said.updated_at,
                )
                assert len(update.states) == len(said.affected_components or ())
                for state, level in zip(
                    update.states, said.affected_components or (), strict=True
                ):
                    assert (state.component.id, state.component.name) == (
                        level.code,
                        level.name,
                    )


def writing(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    zones = ("Etc/UTC", "America/Los_Angeles")
    for size, zone in ((50, zones[0]), (1_000, zones[0]), (1_000, zones[1])):
        document = _corpus.document(size, time_zone=zone)
        data = _corpus.encoded(document)
        page, theirs = read(data, "statuspage").exact(), _peers.read_pydantic(data)
        check_writing(page, document)
        times = compared(
            {
                "incidentkit": partial(write, page, "statuspage"),
                "pydantic": theirs.model_dump_json,
                "json, ready dicts": partial(
                    json.dumps, document, ensure_ascii=False, separators=(",", ":")
                ),
                "json, in ASCII": partial(json.dumps, document),
            },
            5 if quick else 41 if size == 50 else 15,
        )
        what = f"write {size:,} incidents"
        if zone != zones[0]:
            # The rivals write the offsets they have read, and convert nothing.
            yield row(times, f"{what} in a zone", "pydantic", None)
            continue
        yield row(times, what, "pydantic", 1.15)
        yield row(times, what, "json, ready dicts", 0.7)
        yield row(times, what, "json, in ASCII", 0.7)


def check_writing(page: StatusPage, document: _corpus.JSON) -> None:
    """See that what we write is the document, up to the spelling of times."""

    def plain(value: _corpus.JSONValue) -> object:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        if isinstance(value, list):
            return [plain(one) for one in value]
        if isinstance(value, str) and value[10:11] == "T":
            try:
                return datetime.fromisoformat(value)
            except ValueError:
                return value
        return value

    assert plain(json.loads(write(page, "statuspage").exact())) == plain(document)


def memory(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    code = """
import gc, sys, tracemalloc
import _corpus, _peers
from incidentkit import Limits, read
size = {size}
data = _corpus.encoded(_corpus.document(size))
small = _corpus.encoded(_corpus.document(1))
how = {how}
how(small)
gc.collect()
tracemalloc.start()
kept = how(data)
gc.collect()
print(tracemalloc.get_traced_memory()[0] / size)
"""
    size = 200 if quick else 1_000
    ours, theirs = (
        float(child(code.format(size=size, how=how)))
        for how in (
            "lambda data: read(data, 'statuspage', limits=Limits(bytes=1 << 30))",
            "_peers.read_pydantic",
        )
    )
    yield Row("memory of an incident", "pydantic", ours, theirs, ours / theirs, 0.4)


# -- time ------------------------------------------------------------------------------


def times_(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    zulu = [
        f"2026-{month:02}-{day:02}T19:{day:02}:07.{day:03}Z"
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    offset = [text[:-1] + "-07:00" for text in zulu]
    for what, texts in (("Z", zulu), ("an offset", offset)):
        ours = [rfc3339(text) for text in texts]
        theirs = [in_utc(text) for text in texts]
        assert ours == theirs
        assert all(at.tzinfo is pendulum.UTC for at in ours)
        times = compared(
            {
                "incidentkit": partial(each, rfc3339, texts),
                "pendulum": partial(each, in_utc, texts),
            },
            5 if quick else 31,
        )
        yield row(times, f"336 RFC 3339 times with {what}", "pendulum", faster(10))


def each(convert: Callable[[str], object], texts: list[str]) -> list[object]:
    return [convert(text) for text in texts]


def in_utc(text: str) -> pendulum.DateTime:
    return cast("pendulum.DateTime", pendulum.parse(text)).in_timezone(pendulum.UTC)


def duration(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    start = pendulum.datetime(2026, 1, 1)
    incident = Incident(
        "API down",
        updates=[
            Update(
                IDENTIFIED if minute % 2 else INVESTIGATING,
                at=start.add(minutes=minute),
            )
            for minute in range(1_000)
        ],
    )
    assert incident.time_in(IDENTIFIED) == time_by_pendulum(incident, IDENTIFIED)
    times = compared(
        {
            "incidentkit": lambda: incident.time_in(IDENTIFIED),
            "pendulum -": lambda: time_by_pendulum(incident, IDENTIFIED),
        },
        5 if quick else 31,
    )
    yield row(times, "time in a status, 1,000 updates", "pendulum -", faster(30))


def time_by_pendulum(incident: Incident, wanted: IncidentStatus) -> pendulum.Duration:
    """Add up differences, as one does with pendulum."""
    length = pendulum.duration()
    for update, following in pairwise(incident.updates):
        if update.status is wanted:
            length += following.at - update.at
    return length


# -- lifecycles ------------------------------------------------------------------------


def lifecycle(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    _machines.check()
    rounds = 5 if quick else 31
    times = compared(
        {
            "incidentkit": check_step,
            "transitions": _machines.Transitions().step,
        },
        rounds,
    )
    yield row(times, "legality of two steps", "transitions", faster(50))
    incident = five_updates()
    at = pendulum.datetime(2026, 3, 1, 18)
    times = compared(
        {
            "incidentkit": lambda: incident.post("identified", "Found.", at=at).post(
                "investigating", "Or not.", at=at
            ),
            "transitions": _machines.Transitions().step,
            "statemachine": _machines.Statemachine().step,
        },
        rounds,
    )
    yield row(times, "post twice on 5 updates", "transitions", faster(4))
    yield row(times, "post twice on 5 updates", "statemachine", faster(30))
    over = incident.resolve(at=at)
    times = compared(
        {
            "incidentkit": lambda: refused(over, at),
            "transitions": _machines.Transitions().refused,
            "statemachine": _machines.Statemachine().refused,
        },
        rounds,
    )
    yield row(times, "a refused post", "transitions", faster(5))


def check_step() -> None:
    STANDARD.check(INVESTIGATING, IDENTIFIED)
    STANDARD.check(IDENTIFIED, INVESTIGATING)


def five_updates() -> Incident:
    incident = Incident.open("API down", at="2026-03-01T10:00:00Z")
    for hour in range(11, 15):
        incident = incident.post(None, "Still down.", at=f"2026-03-01T{hour}:00:00Z")
    assert len(incident.updates) == 5
    return incident


def refused(incident: Incident, at: pendulum.DateTime) -> None:
    try:
        incident.post("investigating", at=at)
    except IllegalTransition:
        return
    raise AssertionError


def many(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    count = 2_000 if quick else 10_000
    start = pendulum.datetime(2026, 1, 1)
    updates = [
        Update(None, body=f"Note {minute}.", at=start.add(minutes=minute))
        for minute in range(count)
    ]
    incident = Incident.open("API down", at=start)
    assert one_by_one(incident, updates) == incident.post_all(updates)
    times = compared(
        {
            "incidentkit": lambda: incident.post_all(updates),
            "one by one": lambda: one_by_one(incident, updates),
        },
        3 if quick else 5,
    )
    yield row(times, f"post {count:,} updates at once", "one by one", faster(50))


def one_by_one(incident: Incident, updates: list[Update]) -> Incident:
    for update in updates:
        status = cast("IncidentStatus", update.status)
        incident = incident.post(status, update.body, at=update.at)
    return incident


# -- importing -------------------------------------------------------------------------


def importing(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    times = processes(
        {
            "bare": "pass",
            "incidentkit": "import incidentkit",
            "its floor": "import attrs, pendulum, enum, json",
        },
        5 if quick else 21,
    )
    # What the interpreter itself takes is nobody's merit.
    net = {
        name: [one - bare for one, bare in zip(of, times.of["bare"], strict=True)]
        for name, of in times.of.items()
    }
    times = attrs.evolve(times, of=net)
    yield row(times, "import", "its floor", 1.25)
    loaded = child(
        "import sys, incidentkit\n"
        "names = [name for name in sys.modules if '.formats.' in name]\n"
        "print(len(names), 'msgspec' in sys.modules)"
    )
    assert loaded.split() == ["2", "False"], loaded


# -- the table -------------------------------------------------------------------------

SECTIONS: dict[str, Section] = {
    "read": reading,
    "write": writing,
    "memory": memory,
    "times": times_,
    "duration": duration,
    "lifecycle": lifecycle,
    "many": many,
    "feeds": _feeds.feeds,
    "figures": _figures.figures,
    "import": importing,
}


def line(*cells: str) -> str:
    what, peer, *others = cells
    return f"{what:36} {peer:18} " + " ".join(f"{cell:>10}" for cell in others)


def shown(seconds: float) -> str:
    # No row takes minutes, and no incident less than a hundred bytes.
    if seconds > 100:
        return f"{seconds:,.0f} B"
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def relation(ratio: float) -> str:
    """As people say it: so many times as long, or so many times as fast."""
    return f"{ratio:.2f} x" if ratio > 0.2 else f"1/{1 / ratio:.3g}"


def main() -> None:
    """Print the table, row by row as it is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=[*SECTIONS])
    asked = parser.parse_args()
    print(line("what", "against", "ours", "theirs", "ratio", "aim", "met"))
    for name in asked.only:
        for one in SECTIONS[name](asked.quick):
            print(
                line(
                    one.what,
                    one.peer,
                    shown(one.ours),
                    shown(one.theirs),
                    relation(one.ratio),
                    "" if one.aim is None else f"<= {relation(one.aim)}",
                    "" if one.aim is None else "yes" if one.is_met else "NO",
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
