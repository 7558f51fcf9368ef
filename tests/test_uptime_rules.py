"""The rules of uptime one by one, on pages small enough to reckon in one's head."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Coverage,
    Incident,
    Maintenance,
    RecordedDay,
    StatusPage,
    Stretch,
    Update,
)
from incidentkit.uptime import (
    ANY_INCIDENT,
    INCIDENT_IO,
    STATUSPAGE,
    STRICT,
    Basis,
    Counts,
    Day,
    Evidence,
    Figure,
    Policy,
    Reach,
    Reason,
    Rule,
    Together,
    budget,
    observed,
    recorded,
    ribbon,
    table,
    told,
    uptime,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit.uptime import Explanation

MAJOR, PARTIAL = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PARTIAL_OUTAGE
START, END = "2024-05-01T00:00:00Z", "2024-05-01T10:00:00Z"


def at(hour: float) -> str:
    """An instant of the day on which everything happens."""
    day = dt.datetime(2024, 5, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    return day.isoformat()


def down(
    since: float,
    until: float | None,
    level: str | None = "major_outage",
    component: str | ComponentRef = "API",
    **rest: Any,
) -> Incident:
    """An incident that tells of one level, for so many hours."""
    updates = [
        Update("investigating", at=at(since), states=[ComponentState(component, level)])
    ]
    if until is not None:
        updates.append(
            Update(
                "resolved",
                at=at(until),
                states=[ComponentState(component, "operational")],
            )
        )
    return Incident("down", updates=updates, **rest)


def page(*events: Incident | Maintenance, **rest: Any) -> StatusPage:
    """A page that covers the day and a week before and after."""
    rest.setdefault("components", ["API", "Web"])
    made = StatusPage(
        "Kalix",
        incidents=[one for one in events if isinstance(one, Incident)],
        maintenances=[one for one in events if isinstance(one, Maintenance)],
        **rest,
    )
    return made.covering("2024-04-24T00:00:00Z", "2024-05-08T00:00:00Z")


def asked(of: StatusPage | Evidence, key: str | None = "API", **how: Any) -> Figure:
    """The figure of the ten hours, unless told otherwise."""
    window: dict[str, Any] = {"start": START, "end": END, **how}
    return uptime(of, key, **window)


def all_of(*numbers: object) -> tuple[object, ...]:
    """Numbers of several kinds, to be compared by value."""
    return numbers


def reasons(explained: Explanation) -> list[tuple[str, float]]:
    """Why what was not counted, for how many hours."""
    return [
        (one.reason.name, one.length.total_seconds() / 3600)
        for one in explained.not_counted
    ]


# --- what counts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("major_outage", ("90", "90", "90", "90")),
        ("partial_outage", ("97", "90", "90", "90")),
        ("degraded_performance", ("100", "100", "90", "90")),
        ("under_maintenance", ("100", "100", "90", "90")),
    ],
)
def test_each_policy_has_its_weights(level: str, expected: tuple[str, ...]) -> None:
    """An hour in ten at a level, by each of the named policies."""
    one = page(down(1, 2, level))
    named = (STATUSPAGE, INCIDENT_IO, STRICT, ANY_INCIDENT)
    assert [Decimal(percent) for percent in expected] == [
        asked(one, policy=policy).percent() for policy in named
    ]


def test_where_outages_overlap_the_greater_weight_counts() -> None:
    """Never their sum: an hour cannot be down twice."""
    figure = asked(page(down(1, 3, "partial_outage", id="a"), down(2, 4, id="b")))
    assert figure.downtime == 3600 * (Fraction(3, 10) + 2)
    explained = figure.explain()
    assert [(one.incident, one.weight) for one in explained.counted] == [
        ("a", Fraction(3, 10)),
        ("b", 1),
    ]
    assert reasons(explained) == [("OVERLAPPED", 1.0)]
    assert all_of(figure.seconds("major_outage"), figure.seconds(PARTIAL)) == (
        7200,
        3600,
    )
    assert figure.worst is MAJOR


def test_of_equals_that_overlap_the_one_that_began_first_counts() -> None:
    """Each instant is counted once, and somebody has to be told of it."""
    explained = asked(page(down(1, 3, id="a"), down(2, 4, id="b"))).explain()
    assert [
        (one.incident, one.length.total_seconds() / 3600) for one in explained.counted
    ] == [("a", 2.0), ("b", 1.0)]


def test_the_window_cuts_what_goes_beyond_it() -> None:
    """What began before or ends after counts for as long as it lies within."""
    figure = asked(page(down(-2, 1), down(9, 15)))
    assert figure.percent() == 80
    assert reasons(figure.explain()) == [("CLIPPED", 2.0), ("CLIPPED", 5.0)]


def test_a_level_begins_when_it_took_effect() -> None:
    """What was posted later and dated back moves what was said before it back too."""
    incident = Incident(
        "down",
        updates=[
            Update("investigating", at=at(3), states=[ComponentState("API", MAJOR)]),
            Update("identified", at=at(2), created_at=at(4)),
            Update("resolved", at=at(5)),
        ],
    )
    assert asked(page(incident)).percent() == 70


def test_what_goes_on_counts_as_far_as_is_known() -> None:
    """An outage without an end lasts to the end of the window."""
    figure = asked(page(down(9, None)))
    assert figure.percent() == 90
    assert [one.rule for one in figure.explain().counted] == [Rule.GOES_ON]
    assert reasons(asked(page(down(-2, None))).explain()) == [("CLIPPED", 2.0)]


def test_left_broken_counts_to_the_end_of_its_incident_and_is_found() -> None:
    """Nobody said that it recovered: the incident ended."""
    incident = Incident(
        "down",
        id="i1",
        updates=[
            Update(
                "investigating",
                at=at(1),
                id="u1",
                states=[ComponentState("API", "major_outage")],
            ),
            Update("resolved", at=at(2)),
        ],
    )
    figure = asked(page(down(5, 6, id="i0"), incident))
    assert figure.percent() == 80
    assert figure.explain().left_broken == ("i1",)
    (finding,) = figure.findings
    assert (finding.code, finding.path, finding.value) == (
        "component.left_broken",
        "$.incidents[1].updates",
        "i1",
    )
    assert [str(one) for one in figure.explain().counted] == [
        (
            "2024-05-01T01:00:00Z to 2024-05-01T02:00:00Z: API major_outage, 1 h of "
            "weight 1 by i1, update u1 (still broken when the incident ended; counted "
            "to that end)"
        ),
        (
            "2024-05-01T05:00:00Z to 2024-05-01T06:00:00Z: API major_outage, 1 h of "
            "weight 1 by i0 (told, until the next level or the end of the incident)"
        ),
    ]


def test_a_hundred_means_no_downtime_at_all() -> None:
    """A second in ninety days is 99.99 %, however few decimals are asked for."""
    start, end = "2024-02-01T00:00:00Z", "2024-05-01T00:00:00Z"
    second = down(-1, -1 + 1 / 3600)
    figure = asked(page(second).covering(start, end), start=start, end=end)
    assert [str(figure.percent(digits)) for digits in (0, 2, 5)] == [
        "99",
        "99.99",
        "99.99998",
    ]
    assert str(asked(page()).percent()) == "100.00"
    with pytest.raises(ValueError, match=r"a percentage of -1 decimals cannot be"):
        figure.percent(-1)


@given(st.fractions(0, 1), st.integers(0, 12))
def test_a_percentage_is_cut_and_never_rounded(share: Fraction, digits: int) -> None:
    """It is the greatest of so many decimals that is not above the fraction."""
    micro = share.limit_denominator(10_000) * 36_000_000_000 // 1
    outage = down(0, float(Fraction(micro, 3_600_000_000)))
    figure = asked(page(outage))
    percent = figure.percent(digits)
    assert percent is not None
    assert figure.fraction is not None
    step = Fraction(1, 10**digits)
    assert Fraction(percent) <= figure.fraction * 100 < Fraction(percent) + step


def test_what_is_over_and_nobody_said_since_when_ends_with_its_last_update() -> None:
    """As outages do in the model."""
    legacy = Incident(
        "legacy",
        id="i1",
        stated_status="resolved",
        updates=[
            Update(
                "investigating",
                at=at(1),
                states=[ComponentState("API", "major_outage")],
            ),
            Update(None, at=at(2)),
        ],
    )
    assert asked(page(legacy)).percent() == 90


def test_the_shortest_lengths_are_told_in_microseconds() -> None:
    """Nothing is rounded away, not even in the text."""
    blink = down(1, 1 + 5e-6 / 3600)
    explained = asked(page(blink, vague(3, 3, impact="none", id="v"))).explain()
    assert "API major_outage, 5 µs of weight 1 by" in str(explained)
    assert "by v, no time" in str(explained)


# --- what is unknown ------------------------------------------------------------------


def test_outside_coverage_nothing_is_known_but_what_was_told() -> None:
    """No figure, and yet a bound; and the way to declare coverage is at hand."""
    figure = asked(StatusPage("Kalix", incidents=[down(1, 2)]))
    assert figure.fraction is None
    assert figure.percent() is None
    assert figure.unknown.total_seconds() == 36_000
    assert all_of(figure.lower, figure.upper) == (0, Fraction(9, 10))
    assert repr(figure) == (
        "<Figure 'API': unknown, at most 90.0000 %, told, by 'statuspage'>"
    )
    (finding,) = figure.findings
    assert (finding.code, finding.detail) == (
        "coverage.missing",
        (
            "for 10 h of the window the page does not claim to tell all incidents; if "
            "it does, declare it with page.covering(start, end)"
        ),
    )
    assert reasons(figure.explain()) == [("UNCOVERED", 10.0), ("UNCOVERED", 1.0)]


def test_unknown_time_is_neither_up_nor_down() -> None:
    """The fraction is of what is known; the bounds are of the window."""
    half = StatusPage("Kalix", incidents=[down(1, 2)]).covering(START, at(5))
    figure = asked(half)
    assert figure.fraction == Fraction(4, 5)
    assert (figure.lower, figure.upper) == (Fraction(4, 10), Fraction(9, 10))


@pytest.mark.parametrize(
    ("policy", "covered", "expected"),
    [
        (STATUSPAGE, {"incidents"}, True),
        (STATUSPAGE, {"maintenances"}, False),
        (STATUSPAGE, {"states"}, True),
        (STRICT, {"incidents"}, False),
        (STRICT, {"incidents", "maintenances"}, True),
        (STRICT, {"states"}, True),
        (ANY_INCIDENT, {"incidents"}, True),
        (ANY_INCIDENT, {"states"}, False),
    ],
)
def test_what_has_to_be_covered_depends_on_what_counts(
    policy: Policy,
    covered: set[str],
    expected: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """If maintenance is down, a page that tells no maintenance tells not all."""
    known = [Stretch(START, END, None)]
    one = StatusPage(
        "Kalix",
        components=["API"],
        coverage=Coverage(**dict.fromkeys(covered, known)),
    )
    figure = asked(one, policy=policy)
    assert (figure.fraction is not None) is expected
    assert [finding.code for finding in figure.findings] == (
        [] if expected else ["coverage.missing"]
    )


def test_before_its_history_begins_a_component_is_unknown() -> None:
    """From midnight of its first day in the page's zone; what was told bounds it."""
    api = Component("API", start_date="2024-05-01")
    one = page(down(1, 2), components=[api], time_zone="America/New_York")
    figure = asked(one)
    assert figure.unknown.total_seconds() == 4 * 3600
    assert all_of(figure.fraction, figure.upper) == (1, Fraction(9, 10))
    assert reasons(figure.explain()) == [("BEFORE_START", 4.0), ("BEFORE_START", 1.0)]


def test_a_level_that_nobody_knows_is_unknown() -> None:
    """Unless the worst is told of the same time: it can be no worse than that."""
    figure = asked(page(down(1, 4, None), down(2, 3), down(3, 5, "partial_outage")))
    assert figure.unknown.total_seconds() == 2 * 3600
    assert figure.downtime == 3600 + Fraction(3, 10) * 3600
    assert sorted(reasons(figure.explain())) == [
        ("STRANGE_LEVEL", 1.0),
        ("STRANGE_LEVEL", 1.0),
        ("STRANGE_LEVEL", 1.0),
        ("STRANGE_LEVEL", 3.0),
    ]


# --- what nobody attributed -----------------------------------------------------------


def vague(since: float, until: float | None, **rest: Any) -> Incident:
    """An incident that does not say what broke."""
    made = Incident.open("something is wrong", at=at(since), **rest)
    return made if until is None else made.resolve(at=at(until))


@pytest.mark.parametrize(
    ("incident", "expected"),
    [
        (vague(1, 2, impact="minor", id="v"), True),
        (vague(1, 2, id="v"), True),
        (vague(1, 2, impact="none", id="v"), False),
        (vague(1, 2, impact="minor", affects={"API": "operational"}, id="v"), True),
        (vague(1, 2, affects={"API": "operational"}, id="v"), False),
        (vague(1, 2, impact="minor", affects={"Web": "operational"}, id="v"), False),
        (vague(1, 2, impact="minor", affects={"Web": "major_outage"}, id="v"), False),
        (vague(20, 22, impact="minor", id="v"), False),
        (Incident("news", updates=[Update(None, at=at(1))], id="v"), False),
    ],
)
def test_what_does_not_say_what_broke_lowers_the_lower_bound(
    incident: Incident,
    expected: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """It may have hit what it names, or anything if it names nothing."""
    figure = asked(page(incident))
    assert figure.unattributed == (("v",) if expected else ())
    assert all_of(figure.fraction, figure.upper) == (1, 1)
    assert figure.lower == (Fraction(9, 10) if expected else 1)
    if expected:
        assert reasons(figure.explain()) == [("UNATTRIBUTED", 1.0)]


def test_a_level_that_was_told_once_is_enough_not_to_be_vague() -> None:
    """An incident without an impact that said *operational* said something."""
    incident = Incident(
        "hm",
        updates=[
            Update(None, at=at(1), states=[ComponentState("API", "operational")]),
            Update("identified", at=at(1), states=[ComponentState("API", None)]),
            Update(None, at=at(2), states=[ComponentState("API", "operational")]),
        ],
    )
    figure = asked(page(incident))
    assert figure.unattributed == ()
    assert figure.unknown.in_hours() == 1


def test_how_far_a_doubt_reaches_is_a_choice() -> None:
    """By another policy what names other components may have hit this one as well."""
    other = page(vague(1, 2, impact="minor", affects={"Web": "operational"}))
    assert asked(other).lower == 1
    assert asked(other, policy=STATUSPAGE.but(unattributed="any")).lower == (
        Fraction(9, 10)
    )
    assert asked(
        other, policy=ANY_INCIDENT.but(unattributed=Reach.ANY)
    ).lower == Fraction(9, 10)


def test_what_was_reopened_was_not_open_in_between() -> None:
    """Only the open stretches are in doubt."""
    incident = vague(1, 2, impact="minor").reopen(at=at(3)).resolve(at=at(4))
    assert asked(page(incident)).lower == Fraction(8, 10)


def test_a_level_of_what_may_be_two_components_is_a_doubt_about_both() -> None:
    """A name that two share tells of neither."""
    twins = [Component("API", id="a1"), Component("API", id="a2")]
    one = page(down(1, 2, id="i1"), components=twins)
    for key in ("a1", "a2"):
        figure = asked(one, key)
        assert all_of(figure.fraction, figure.lower) == (1, Fraction(9, 10))
        assert figure.unattributed == ("i1",)
        assert reasons(figure.explain()) == [("AMBIGUOUS", 1.0)]
    maintained = page(down(1, 2, "under_maintenance"), components=twins)
    assert asked(maintained, "a1").lower == 1


def test_maintenance_that_names_nothing_weighs_no_more_than_maintenance() -> None:
    """Somebody was at work on something."""
    work = Maintenance.schedule(
        "work", at=at(-9), scheduled_for=at(1), scheduled_until=at(2)
    )
    one = page(work.start(at=at(1)).complete(at=at(2)))
    assert asked(one).lower == 1
    assert asked(one, policy=STRICT).lower == Fraction(9, 10)


def test_a_change_that_nobody_dated_is_shown() -> None:
    """A level is dated at its update; the explanation tells of the gap."""
    incident = Incident(
        "down",
        id="i1",
        updates=[
            Update("investigating", at=at(1), states=[ComponentState("API", None)]),
            Update(
                "identified",
                at=at(2),
                states=[ComponentState("API", "operational", "major_outage")],
            ),
            Update(
                "monitoring",
                at=at(3),
                id="u3",
                states=[ComponentState("API", "partial_outage", "partial_outage")],
            ),
            Update("resolved", at=at(4), states=[ComponentState("API", "operational")]),
        ],
    )
    gap = asked(page(incident)).explain().because(Reason.CHANGED_BEFORE)
    assert [str(one) for one in gap] == [
        (
            "2024-05-01T02:00:00Z to 2024-05-01T03:00:00Z: API by i1, 1 h "
            "(it had been partial_outage)"
        ),
    ]
    first = Incident(
        "down",
        updates=[
            Update(
                "investigating",
                at=at(1),
                states=[ComponentState("API", "major_outage", "partial_outage")],
            )
        ],
    )
    (begun,) = asked(page(first)).explain().because(Reason.CHANGED_BEFORE)
    assert (begun.start, begun.length.total_seconds()) == (begun.end, 0)


# --- what is left out -----------------------------------------------------------------


def test_what_the_caller_excludes_is_listed_with_the_reason() -> None:
    """It counts as if it had never been told; its reason is shown."""
    one = page(down(1, 2, id="i1"), vague(3, 4, id="i2"), down(5, 6, id="i3"))
    figure = asked(one, exclude={"i1": "a drill", "i2": "billing notice"})
    assert figure.percent() == 90
    assert (figure.lower, figure.unattributed) == (Fraction(9, 10), ())
    assert [
        (one.incident, one.detail) for one in figure.explain().because(Reason.EXCLUDED)
    ] == [("i1", "a drill"), ("i2", "billing notice")]


@pytest.mark.parametrize(
    ("key", "match"),
    [
        (
            "outage-2024-1",
            r"there is no incident 'outage-2024-1' to exclude; near it: ",
        ),
        ("x", r"there is no incident 'x' to exclude; exclude takes their keys"),
    ],
)
def test_nothing_is_excluded_by_a_slip_of_the_pen(key: str, match: str) -> None:
    """A key that nothing has is an error."""
    with pytest.raises(ValueError, match=match):
        asked(page(down(1, 2, id="outage-2024-01")), exclude={key: "a drill"})


def test_only_what_is_told_can_be_excluded_by_incident() -> None:
    """What was seen or recorded does not say whose it is; maintenance is planned."""
    one = recording(("API", "2024-05-01", 60, 0, {"i1": "API down"}))
    with pytest.raises(ValueError, match=r"recorded does not tell by which incident"):
        asked(one, exclude={"i1": "a drill"})
    looks = [
        attrs.evolve(
            look(minute, API="major_outage"),
            incidents=[down(0, 1, id="i1")],
            maintenances=[work(0, 1, planned=(0, 1))],
        )
        for minute in (0, 60)
    ]
    with pytest.raises(ValueError, match=r"observed does not tell by which incident"):
        asked(observed(looks), exclude={"i1": "a drill"})
    policy = EXCLUDING.but(counts_outages_in_maintenance=False)
    for exclude, hours in (({}, 1), ({"m1": "not agreed"}, 0)):
        figure = asked(observed(looks), end=at(1), policy=policy, exclude=exclude)
        assert figure.excluded.in_hours() == hours


@pytest.mark.parametrize(
    ("incident", "expected"),
    [
        (vague(1, 2, impact="none"), Reason.NO_IMPACT),
        (vague(1, 2, affects={"API": "operational"}), Reason.OPERATIONAL),
        (down(1, 2, component="Web"), Reason.ELSEWHERE),
        (
            Incident(
                "imported", impact="minor", updates=[Update("resolved", at=at(1))]
            ),
            Reason.START_UNKNOWN,
        ),
        (
            Incident(
                "legacy",
                impact="minor",
                stated_status="resolved",
                updates=[Update("investigating", at=at(1))],
            ),
            Reason.END_UNKNOWN,
        ),
        (Incident("news", updates=[Update(None, at=at(1))]), Reason.ANNOUNCEMENT),
        (down(1, 2, "degraded_performance"), Reason.WEIGHT_ZERO),
    ],
)
def test_each_incident_that_does_not_count_has_its_reason(
    incident: Incident, expected: Reason
) -> None:
    """Nothing in the window is passed over in silence."""
    (one,) = asked(page(incident)).explain().not_counted
    assert one.reason is expected
    assert one.incident == incident.key


def test_what_lies_outside_the_window_is_not_listed() -> None:
    """Nor is what has no time at all."""
    one = page(down(11, 12), down(-3, -2), Incident("of no time"))
    explained = asked(one).explain()
    assert (explained.counted, explained.not_counted) == ((), ())


# --- incidents instead of levels ------------------------------------------------------


def test_any_incident_counts_open_time_once() -> None:
    """The union, of the whole page; impact none and announcements are left out."""
    one = page(
        vague(1, 3, impact="minor", id="a"),
        vague(2, 4, id="b"),
        vague(5, 6, impact="none"),
        Incident("news", updates=[Update(None, at=at(1))]),
        Maintenance.schedule(
            "work", at=at(0), scheduled_for=at(1), scheduled_until=at(2)
        ),
    )
    figure = asked(one, None, policy=ANY_INCIDENT)
    assert figure.percent() == 70
    assert (figure.component, figure.unattributed) == (None, ())
    explained = figure.explain()
    assert [
        (one.component, one.incident, one.status, one.rule) for one in explained.counted
    ] == [
        (
            "Kalix",
            "a",
            ComponentStatus.DEGRADED_PERFORMANCE,
            Rule.OPEN,
        ),
        ("Kalix", "b", MAJOR, Rule.OPEN),
    ]
    assert {one.reason for one in explained.not_counted} == {
        Reason.OVERLAPPED,
        Reason.NO_IMPACT,
        Reason.ANNOUNCEMENT,
        Reason.NOT_AN_INCIDENT,
    }
    assert repr(figure) == "<Figure 'Kalix': 70.0000 %, told, by 'any incident'>"
    assert (
        asked(attrs.evolve(one, name=None), None, policy=ANY_INCIDENT)
        .explain()
        .counted[0]
        .component
        == "the page"
    )


def test_any_incident_of_a_component_counts_those_that_name_it() -> None:
    """Those that name nothing may have hit it."""
    one = page(
        vague(1, 2, affects={"API": "operational"}),
        vague(3, 4, affects={"Web": "operational"}),
        vague(5, 6, id="v"),
    )
    figure = asked(one, policy=ANY_INCIDENT)
    assert all_of(figure.percent(), figure.lower) == (90, Fraction(8, 10))
    assert figure.unattributed == ("v",)


# --- maintenance ----------------------------------------------------------------------

NOTHING: set[Reason] = set()
EXCLUDING = STATUSPAGE.but(name="excluding", excludes_maintenance=True)


def work(
    begun: float | None = 2,
    done: float | None = 4,
    *,
    posted: float = -9,
    planned: tuple[float | None, float | None] = (2, 4),
    named: Iterable[str] = ("API",),
) -> Maintenance:
    """A maintenance as it was announced and as it went."""
    since, until = planned
    made = Maintenance(
        "work",
        id="m1",
        updates=[Update("scheduled", at=at(posted))],
        scheduled_for=None if since is None else at(since),
        scheduled_until=None if until is None else at(until),
        components=named,
    )
    if begun is not None:
        made = made.start(at=at(begun))
    return made if done is None else made.complete(at=at(done))


@pytest.mark.parametrize(
    ("maintenance", "hours", "expected"),
    [
        (work(), 2, {Reason.PLANNED}),
        (work(1, 3), 1, {Reason.PLANNED, Reason.NOT_ANNOUNCED}),
        (work(3, 6), 1, {Reason.PLANNED, Reason.NOT_ANNOUNCED}),
        (work(3, None), 1, {Reason.PLANNED, Reason.NOT_ANNOUNCED}),
        (work(5, 6), 0, {Reason.NOT_ANNOUNCED}),
        (work(3, 4, posted=2.5), 1, {Reason.PLANNED}),
        (work(2, 4, posted=2), 2, {Reason.PLANNED}),
        (
            attrs.evolve(work(), created_at=at(3)),
            1,
            {Reason.PLANNED, Reason.NOT_ANNOUNCED},
        ),
        (work(planned=(2, None)), 0, {Reason.NOT_ANNOUNCED}),
        (work(planned=(None, 4)), 0, {Reason.NOT_ANNOUNCED}),
        (work(None, None), 0, {Reason.NEVER_BEGUN}),
        (work(2, None).cancel(at=at(3)), 0, {Reason.CALLED_OFF}),
        (work(named=["Web"]), 0, {Reason.ELSEWHERE}),
        (work(named=[]), 0, {Reason.UNATTRIBUTED}),
        (work(12, 13, planned=(12, 13), posted=11), 0, NOTHING),
        (work(-3, -2, planned=(-3, -2)), 0, NOTHING),
        (work(-3, 1, planned=(-2, -1)), 0, {Reason.NOT_ANNOUNCED, Reason.CLIPPED}),
        (Maintenance("of no time", components=["API"]), 0, NOTHING),
    ],
)
def test_only_announced_work_that_went_on_is_taken_out(
    maintenance: Maintenance, hours: float, expected: set[Reason]
) -> None:
    """Where the two meet, for what it names, unless it was called off."""
    figure = asked(page(maintenance), policy=EXCLUDING)
    assert figure.excluded.total_seconds() == hours * 3600
    assert figure.known.total_seconds() == (10 - hours) * 3600
    left = {one.reason for one in figure.explain().not_counted}
    assert left - {Reason.WEIGHT_ZERO} == expected
    assert asked(page(maintenance)).excluded.total_seconds() == 0


@pytest.mark.parametrize(
    ("level", "counts", "expected"),
    [
        ("major_outage", True, (1 * 3600, 9 * 3600)),
        ("major_outage", False, (0, 8 * 3600)),
        ("degraded_performance", True, (0, 8 * 3600)),
        ("under_maintenance", True, (0, 8 * 3600)),
    ],
)
def test_an_outage_within_maintenance_counts_or_does_not_by_a_field(
    level: str,
    counts: bool,  # noqa: FBT001 - a row of the table
    expected: tuple[float, float],
) -> None:
    """If it counts, its time stays in the window; what weighs nothing is no outage."""
    one = page(work(), down(2, 3, level))
    policy = EXCLUDING.but(counts_outages_in_maintenance=counts)
    figure = asked(one, policy=policy)
    assert all_of(figure.downtime, figure.known.total_seconds()) == expected


def test_an_outage_taken_out_with_the_maintenance_says_so() -> None:
    """It is not counted, for it lies within announced work."""
    policy = EXCLUDING.but(counts_outages_in_maintenance=False)
    explained = asked(page(work(), down(3, 5, id="i1")), policy=policy).explain()
    (counted,) = explained.counted
    assert counted.length.total_seconds() == 3600
    assert ("i1", 3600) in [
        (one.incident, one.length.total_seconds())
        for one in explained.because(Reason.PLANNED)
    ]


def test_excluded_maintenance_can_be_excluded_from_excluding() -> None:
    """By its key: then it takes nothing out."""
    figure = asked(page(work()), policy=EXCLUDING, exclude={"m1": "not agreed"})
    assert figure.excluded.total_seconds() == 0


def test_taking_out_maintenance_that_is_not_covered_is_found() -> None:
    """What the page did not tell could not be taken out."""
    known = [Stretch(START, END, None)]
    one = StatusPage(components=["API"], coverage=Coverage(incidents=known))
    (finding,) = asked(one, policy=EXCLUDING).findings
    assert (finding.code, finding.path) == (
        "maintenance.uncovered",
        "$.coverage.maintenances",
    )
    assert asked(page(), policy=EXCLUDING).findings == ()


def test_a_window_that_is_all_maintenance_has_no_figure() -> None:
    """There is nothing left to be up or down in."""
    figure = asked(page(work()), start=at(2), end=at(4), policy=EXCLUDING)
    assert (figure.fraction, figure.lower, figure.upper) == (None, None, None)
    assert repr(figure).startswith("<Figure 'API': unknown, told")
    assert figure.budget(0.99).is_met is True
    assert figure.budget(0.99).total == 0


# --- groups and pages -----------------------------------------------------------------

GROUPED = [
    Component("Backend", id="g1", is_group=True),
    Component("API", id="a1", group="g1"),
    Component("Web", id="w1", group="g1"),
    Component("Mail", id="m1"),
]


@pytest.mark.parametrize(
    ("key", "policy", "expected"),
    [
        ("Backend", STATUSPAGE, "90"),
        ("Backend", INCIDENT_IO, "80"),
        (None, STATUSPAGE.but(page="mean"), "93.33"),
        (None, STRICT.but(page=Together.ALL), "80"),
        ("Mail", STATUSPAGE, "100"),
    ],
)
def test_a_group_is_the_mean_of_its_components_or_up_when_all_are(
    key: str | None, policy: Policy, expected: str
) -> None:
    """Two hours of one of two, or of one of three."""
    one = page(down(1, 3, component="API"), components=GROUPED)
    assert asked(one, key, policy=policy).percent() == Decimal(expected)


def test_what_is_told_of_a_group_is_told_of_all_in_it() -> None:
    """Nothing else is known of them; the same goes for maintenance."""
    one = page(
        down(1, 2, component="Backend"),
        work(4, 6, planned=(4, 6), named=["Backend"]),
        components=GROUPED,
    )
    figure = asked(one, "API", policy=EXCLUDING)
    assert (figure.percent(), figure.excluded.total_seconds()) == (
        Decimal("87.5"),
        7200,
    )
    assert asked(one, "Mail", policy=EXCLUDING).percent() == 100


def test_a_component_that_is_not_there_yet_is_no_part_of_its_group() -> None:
    """The mean is over the others until its history begins."""
    late = attrs.evolve(GROUPED[2], start_date="2024-05-02")
    one = page(down(1, 2, component="API"), components=[*GROUPED[:2], late])
    assert asked(one, "Backend").percent() == 90
    assert asked(one, "Backend", policy=INCIDENT_IO).percent() == 90


def test_where_all_have_to_be_up_one_unknown_makes_the_whole_unknown() -> None:
    """Unless another is as far down as can be: it could not get worse."""
    policy = STATUSPAGE.but(group="all")
    for level, unknown in (("partial_outage", 1), ("major_outage", 0)):
        one = page(
            down(1, 2, level, "API"), down(1, 2, None, "Web"), components=GROUPED
        )
        figure = asked(one, "Backend", policy=policy)
        assert figure.unknown.in_hours() == unknown
        assert asked(one, "Backend").unknown.in_hours() == 0


def test_an_empty_group_is_a_component_by_itself() -> None:
    """There is nothing to add up, and levels may be told of it all the same."""
    one = page(down(1, 2, component="Backend"), components=[GROUPED[0]])
    assert asked(one, "Backend").percent() == 90


def test_a_circle_of_groups_ends() -> None:
    """Whatever a page says of itself."""
    circle = [
        Component("A", is_group=True, group="B"),
        Component("B", is_group=True, group="A"),
        Component("C", group="A"),
    ]
    assert asked(page(components=circle), "A").percent() == 100


def test_a_page_needs_a_rule_of_its_own() -> None:
    """And components to add up."""
    with pytest.raises(ValueError, match=r"'statuspage' has no rule for a whole page"):
        asked(page(), None)
    with pytest.raises(ValueError, match=r"the page has no component"):
        asked(StatusPage(), None, policy=STATUSPAGE.but(page="all"))


# --- which component ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "match"),
    [
        ("api", r"no component 'api'; near it: 'API'"),
        (ComponentRef("Wep"), r"no component 'Wep'; near it: 'Web'"),
        (ComponentRef(id="zzz"), r"no component 'zzz'; known are 'API', 'Web'"),
    ],
)
def test_an_unknown_component_is_an_error_that_lists_what_is_near(
    key: str | ComponentRef, match: str
) -> None:
    """Silence about what nobody knows would be a figure of 100 %."""
    with pytest.raises(KeyError, match=match):
        uptime(page(), key, start=START, end=END)


def test_the_list_of_what_is_known_is_short() -> None:
    """And there may be nothing at all."""
    many = page(components=[f"part {n}" for n in range(12)])
    with pytest.raises(KeyError, match=r"'part 9' and 2 more"):
        asked(many, "zzz")
    with pytest.raises(KeyError, match=r"no component 'zzz'; known are none"):
        asked(StatusPage(), "zzz")


def test_a_component_that_only_incidents_mention_is_known_too() -> None:
    """By id, by any name it had, or by the name alone where there is no id."""
    one = page(
        down(1, 2, component=ComponentRef("Old", id="x1")),
        down(3, 4, component=ComponentRef("New", id="x1")),
        down(5, 6, component="New"),
        down(7, 8, component="Other"),
        components=[],
    )
    for key in ("x1", "Old", "New", ComponentRef("whatever", id="x1")):
        assert uptime(one, key, start=START, end=END).percent() == 70
    assert asked(one, "Other").percent() == 90
    mean = asked(one, None, policy=STATUSPAGE.but(page="mean"))
    assert mean.percent() == 80


def test_a_name_that_several_have_has_to_be_told_by_id() -> None:
    """It could be either."""
    twins = [Component("API", id="a1"), Component("API", id="a2")]
    with pytest.raises(ValueError, match=r"2 are called 'API'"):
        asked(page(components=twins))


@pytest.mark.parametrize(
    ("start", "end"), [(START, START), (END, START), ("2024-05-01T00:00:00", END)]
)
def test_a_window_has_a_length_and_a_zone(start: str, end: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match=r"ends .* no later than it starts|zone"):
        asked(page(), start=start, end=end)


# --- policies -------------------------------------------------------------------------


def test_a_policy_is_a_value_with_every_choice_in_a_field() -> None:
    """Numbers are what they are written as; what was changed has another name."""
    changed = STATUSPAGE.but(degraded=0.1, group="all", page=None)
    assert (changed.degraded, changed.group) == (Fraction(1, 10), Together.ALL)
    assert changed.name == "statuspage, but degraded=0.1, group=all, page=None"
    assert STATUSPAGE.but() == STATUSPAGE
    assert STATUSPAGE.but(counts=Counts.INCIDENTS).name == (
        "statuspage, but counts=incidents"
    )
    given_as = (0.25, "0.25", Decimal("0.25"), Fraction(1, 4), "1/4")
    assert len({Policy("x", major=share) for share in given_as}) == 1
    assert [STRICT.weight(level) for level in ComponentStatus] == [0, 1, 1, 1, 1]
    assert STATUSPAGE.weight(PARTIAL) == Fraction(3, 10)


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"major": 1.5}, ValueError, r"1.5 is not from 0 to 1"),
        ({"major": float("nan")}, ValueError, r"nan is not a number from 0 to 1"),
        ({"major": "1/0"}, ValueError, r"'1/0' is not a number from 0 to 1"),
        ({"major": True}, TypeError, r"a number from 0 to 1 is wanted, not True"),
        ({"major": None}, TypeError, r"a number from 0 to 1 is wanted, not None"),
        ({"group": "some"}, ValueError, r"'some' is no Together: use one of 'mean', "),
        ({"page": "some"}, ValueError, r"'some' is no Together"),
        ({"counts": "x"}, ValueError, r"'x' is no Counts: use one of 'levels', "),
        ({"unattributed": "x"}, ValueError, r"'x' is no Reach: use one of 'named', "),
    ],
)
def test_a_policy_refuses_what_is_no_choice(
    changes: dict[str, Any], error: type[Exception], match: str
) -> None:
    """And says what is."""
    with pytest.raises(error, match=match):
        STATUSPAGE.but(**changes)


# --- observed -------------------------------------------------------------------------


def look(minute: int, **levels: str | None) -> StatusPage:
    """The page as it was seen at a minute."""
    return StatusPage(
        "Kalix",
        components=[Component(name, status=level) for name, level in levels.items()],
        observed_at=at(minute / 60),
    )


def test_what_one_look_saw_holds_until_the_next() -> None:
    """Looks come in any order; what goes on is one stretch."""
    looks = [
        look(10, API="major_outage"),
        look(0, API="operational"),
        look(5, API="major_outage"),
        look(15, API="partial_outage"),
        look(20, API="operational"),
    ]
    evidence = observed(looks)
    assert [
        (one.status, one.duration and one.duration.in_minutes())
        for one in evidence.outages
    ] == [(MAJOR, 10), (PARTIAL, 5)]
    figure = asked(evidence, end=at(20 / 60))
    assert (figure.basis, figure.percent()) == (Basis.OBSERVED, Decimal("42.5"))
    assert figure.findings == ()
    assert [one.rule for one in figure.explain().counted] == [Rule.OBSERVED] * 2


def test_between_looks_too_far_apart_nothing_is_known() -> None:
    """How far is too far the caller says."""
    looks = [
        look(0, API="operational"),
        look(50, API="major_outage"),
        look(111, API="operational"),
    ]
    figure = asked(observed(looks), end=at(111 / 60))
    assert figure.unknown.in_minutes() == 61
    assert figure.fraction == 1
    patient = observed(looks, longest_gap=dt.timedelta(minutes=61))
    assert asked(patient, end=at(111 / 60)).fraction == Fraction(50, 111)


def test_what_was_not_seen_is_unknown() -> None:
    """A component that is not there, a level nobody knows, a group, a double name."""
    twin = attrs.evolve(
        look(30, API="operational"),
        components=[Component("API", id="a1"), Component("API", id="a2")],
    )
    looks = [
        look(0, API=None, Web="operational"),
        look(10, Web="operational"),
        look(20, API="operational", Web="operational"),
        look(20, API="operational", Web="operational"),
        attrs.evolve(
            look(30),
            components=[
                Component("API", is_group=True, status="major_outage"),
                Component("Part", group="API", status="major_outage"),
            ],
        ),
        look(40, API="operational", Web="operational"),
    ]
    figure = asked(observed(looks), end=at(40 / 60))
    assert figure.known.in_minutes() == 10
    assert asked(observed([look(0, API="operational"), twin]), "a1").fraction is None


def test_a_group_that_holds_nothing_is_looked_at_like_a_component() -> None:
    """Nothing else tells how it is."""
    empty = [Component("API", is_group=True, status="major_outage")]
    looks = [attrs.evolve(look(minute), components=empty) for minute in (0, 10)]
    assert asked(observed(looks), end=at(10 / 60)).fraction == 0


@pytest.mark.parametrize(
    ("looks", "match"),
    [
        ([], r"there is nothing observed"),
        ([StatusPage("Kalix")], r"does not say when it was observed"),
    ],
)
def test_looks_have_a_time(looks: list[StatusPage], match: str) -> None:
    """And there has to be one."""
    with pytest.raises(ValueError, match=match):
        observed(looks)


def test_what_was_observed_can_leave_announced_maintenance_out() -> None:
    """Maintenances are those of the last look."""
    last = attrs.evolve(
        look(60, API="operational"), maintenances=[work(0, 1, planned=(0, 1))]
    )
    looks = [look(minute, API="under_maintenance") for minute in range(0, 60, 10)]
    figure = asked(observed([*looks, last]), end=at(1), policy=EXCLUDING)
    assert figure.excluded.in_minutes() == 60
    assert [finding.code for finding in figure.findings] == ["maintenance.uncovered"]


# --- recorded -------------------------------------------------------------------------


def recording(*days: tuple[Any, ...], **rest: Any) -> Evidence:
    """A vendor's table, by component, day, major and partial seconds."""
    return recorded(
        StatusPage(
            "Kalix",
            recorded=[
                RecordedDay(
                    component,
                    day,
                    major_outage=major,
                    partial_outage=partial,
                    events=more[0] if more else {},
                )
                for component, day, major, partial, *more in days
            ],
            **rest,
        )
    )


def ninety(major: int, partial: int) -> list[tuple[Any, ...]]:
    """Ninety days of a component, with outages on the thirtieth."""
    first = dt.date(2024, 1, 1)
    return [
        (
            "API",
            first + dt.timedelta(days=n),
            major if n == 30 else 0,
            partial if n == 30 else 0,
        )
        for n in range(90)
    ]


NINETY: Any = {"start": "2024-01-01T00:00:00Z", "end": "2024-03-31T00:00:00Z"}


@pytest.mark.parametrize(
    ("major", "partial", "expected"),
    [
        (0, 0, "100.00"),
        (11, 0, "99.99"),
        (0, 1, "99.99"),
        (3917, 120, "99.94"),
        (77_760, 0, "99.00"),
        (0, 86_400, "99.66"),
    ],
)
def test_a_recorded_figure_is_the_vendors(
    major: int, partial: int, expected: str
) -> None:
    """Ninety days of 86,400 seconds, cut to two decimals; 11 seconds show 99.99."""
    figure = asked(recording(*ninety(major, partial)), **NINETY)
    assert str(figure.percent()) == expected
    assert figure.basis is Basis.RECORDED
    assert figure.fraction == 1 - (major + Fraction(3, 10) * partial) / Fraction(
        90 * 86_400
    )


def test_a_recorded_month_has_days_of_86_400_seconds() -> None:
    """Though the clocks were set forward in it: so vendors count."""
    days = [("API", f"2024-03-{day:02}", 600, 0) for day in range(1, 32)]
    one = recording(*days, time_zone="Europe/Berlin")
    figure = asked(one, start="2024-02-29T23:00:00Z", end="2024-03-31T22:00:00Z")
    assert figure.fraction == 1 - Fraction(600, 86_400)
    assert figure.known.in_days() == 31
    march = ribbon(one, "API", start="2024-03-30T23:00:00Z", end="2024-03-31T22:00:00Z")
    assert [(str(day.date), day.fraction) for day in march] == [
        ("2024-03-31", 1 - Fraction(600, 86_400))
    ]


@pytest.mark.parametrize(
    ("children", "expected"),
    [((10_038, 0), 5_019), ((85_903, 0), 42_951), ((77_769, 77_769), 77_768)],
)
def test_a_recorded_group_is_the_mean_of_its_childrens_seconds_cut_each_day(
    children: tuple[int, int], expected: int
) -> None:
    """Half a second is dropped each day, not at the end."""
    first, second = children
    days = [("API", "2024-01-01", first, 0), ("Web", "2024-01-01", 0, 0)]
    days += [("API", "2024-01-02", second, 0), ("Web", "2024-01-02", 0, 0)]
    one = recording(
        *days,
        components=[
            Component("Backend", is_group=True),
            Component("API", group="Backend"),
            Component("Web", group="Backend"),
        ],
    )
    figure = asked(
        one, "Backend", start=START.replace("05", "01"), end="2024-01-03T00:00:00Z"
    )
    assert figure.downtime == expected
    with pytest.raises(ValueError, match=r"recorded days do not tell when"):
        asked(one, "Backend", policy=INCIDENT_IO)


def test_a_groups_own_recording_goes_before_the_mean() -> None:
    """The vendor knows best how it counts."""
    one = recording(
        ("Backend", "2024-05-01", 100, 0),
        ("API", "2024-05-01", 400, 0),
        components=[
            Component("Backend", is_group=True),
            Component("API", group="Backend"),
        ],
    )
    day = {"start": START, "end": "2024-05-02T00:00:00Z"}
    assert asked(one, "Backend", **day).downtime == 100
    assert asked(one, "API", **day).downtime == 400


def test_a_child_that_had_not_begun_is_not_averaged() -> None:
    """Nor is a day on which nothing was recorded of it."""
    one = recording(
        ("API", "2024-05-01", 400, 200),
        ("Web", "2024-05-01", 50, 0),
        ("Mail", "2024-05-01", None, None),
        components=[
            Component("Backend", is_group=True),
            Component("API", group="Backend"),
            Component("Web", group="Backend", start_date="2024-05-02"),
            Component("Mail", group="Backend"),
        ],
    )
    day = {"start": START, "end": "2024-05-02T00:00:00Z"}
    assert asked(one, "Backend", **day).downtime == 460


def test_days_without_a_record_and_days_that_are_cut_are_unknown() -> None:
    """Of a part of a day it is not recorded how much of its outages it held."""
    one = recording(
        ("API", "2024-05-01", 8640, 0),
        ("API", "2024-05-02", None, None),
        ("API", "2024-05-03", 8640, 0),
        ("API", "2024-05-04", 8640, 0),
    )
    figure = asked(one, start=at(12), end=at(90))
    assert (figure.known.in_days(), figure.fraction) == (1, Fraction(9, 10))
    assert figure.unknown.in_hours() == 12 + 24 + 18
    explained = figure.explain()
    (counted,) = explained.counted
    assert (counted.start.isoformat(), counted.end.isoformat()) == (
        "2024-05-03T00:00:00+00:00",
        "2024-05-04T00:00:00+00:00",
    )
    assert (counted.length.in_seconds(), counted.rule) == (8640, Rule.RECORDED)
    assert figure.findings == ()


def test_a_window_of_no_length_on_a_clock_of_86_400_seconds_knows_nothing() -> None:
    """A microsecond of a day of 25 hours may come to none."""
    one = recording(("API", "2024-10-27", 0, 0), time_zone="Europe/Berlin")
    figure = asked(
        one, start="2024-10-27T22:59:59.000000Z", end="2024-10-27T22:59:59.000001Z"
    )
    assert (figure.fraction, figure.explain().not_counted) == (None, ())


def test_more_seconds_than_a_day_has_are_a_day() -> None:
    """A day of 25 hours may have recorded more; it is wholly down."""
    one = recording(
        ("API", "2024-05-01", 80_000, 10_000), ("API", "2024-05-02", 90_000, 1)
    )
    figure = asked(
        one, end="2024-05-03T00:00:00Z", policy=STRICT.but(degraded=0, maintenance=0)
    )
    assert figure.fraction == 0


def test_a_cut_day_is_cut_of_every_component() -> None:
    """Of a page as a whole as well."""
    one = recording(
        *(
            (name, f"2024-05-0{day}", 0, 0)
            for name in ("API", "Web")
            for day in (1, 2, 3)
        )
    )
    policy = STATUSPAGE.but(page="mean")
    figure = asked(one, None, start=at(12), end=at(60), policy=policy)
    assert figure.known.in_hours() == 24
    reasons = [one.reason for one in figure.explain().not_counted]
    assert reasons == [Reason.UNCOVERED] * 4


def test_the_one_event_of_a_recorded_day_is_named() -> None:
    """If there are several, none is."""
    one = recording(
        ("API", "2024-05-01", 60, 0, {"i1": "API down"}),
        ("API", "2024-05-02", 60, 0, {"i2": "API down", "i3": "Again"}),
    )
    explained = asked(one, end="2024-05-03T00:00:00Z").explain()
    assert [one.incident for one in explained.counted] == ["i1", None]
    assert told(StatusPage()).outages == recorded(StatusPage()).outages == ()


@pytest.mark.parametrize(
    "policy", [STRICT, EXCLUDING, STATUSPAGE.but(degraded=1), ANY_INCIDENT]
)
def test_records_cannot_answer_what_they_do_not_hold(policy: Policy) -> None:
    """Degraded performance, maintenance and incidents are not in them."""
    with pytest.raises(ValueError, match=r"recorded days tell of|counts incidents"):
        asked(recording(("API", "2024-05-01", 0, 0)), policy=policy)


def test_a_recording_of_a_name_that_two_have_tells_of_neither() -> None:
    """It cannot be told whose it is."""
    twins = [Component("API", id="a1"), Component("API", id="a2")]
    one = recording(("API", "2024-05-01", 0, 0), components=twins)
    assert asked(one, "a1").fraction is None


# --- ribbons, tables, budgets ---------------------------------------------------------


def test_a_day_that_is_skipped_is_not_in_the_ribbon() -> None:
    """Samoa had no 30th of December in 2011."""
    one = page(time_zone="Pacific/Apia")
    days = ribbon(one, "API", start="2011-12-29T10:00:00Z", end="2012-01-01T10:00:00Z")
    assert [str(day.date) for day in days] == [
        "2011-12-29",
        "2011-12-31",
        "2012-01-01",
    ]
    assert [day.worst for day in days] == [None] * 3


@pytest.mark.parametrize(
    ("zone", "start", "end"),
    [
        ("Asia/Tokyo", "9999-12-30T00:00:00Z", "9999-12-31T23:59:59Z"),
        ("America/New_York", "0001-01-01T00:00:00Z", "0001-01-02T12:00:00Z"),
        ("Asia/Tokyo", "0001-01-01T00:00:00Z", "0001-01-02T12:00:00Z"),
        ("Africa/Monrovia", "1950-01-01T00:00:00Z", "1950-01-03T00:00:00Z"),
    ],
)
def test_a_ribbon_reaches_to_the_ends_of_time(zone: str, start: str, end: str) -> None:
    """And into local mean time."""
    days = ribbon(page(time_zone=zone), "API", start=start, end=end)
    lengths = [day.end - day.start for day in days]
    assert all(length > dt.timedelta() for length in lengths)
    assert sum((day.unknown for day in days), dt.timedelta()) == (
        dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(start)
    )


def test_a_day_shows_its_worst_level_whatever_it_weighs() -> None:
    """The colour of a day is not its figure."""
    one = page(down(1, 2, "degraded_performance"), down(25, 26, "under_maintenance"))
    days = ribbon(one, "API", start=START, end="2024-05-04T00:00:00Z")
    assert [day.worst and day.worst.value for day in days] == [
        "degraded_performance",
        "under_maintenance",
        "operational",
    ]
    assert repr(days[0]) == "<Day 2024-05-01T00:00:00Z: 100.0000 %>"
    assert days[0].seconds("operational") == 23 * 3600


def test_a_table_has_the_figure_of_each_month() -> None:
    """In the order asked for, months that are repeated or far apart included."""
    one = page(down(1, 2)).covering("2023-01-01T00:00:00Z", "2024-06-01T00:00:00Z")
    made = table(
        told(one),
        ["Web", None, "API"],
        ["2024-05", dt.date(2023, 12, 24), "2024-05"],
        policy=STATUSPAGE.but(page="mean"),
    )
    assert [str(month) for month in made.months] == [
        "2024-05-01",
        "2023-12-01",
        "2024-05-01",
    ]
    may = {"start": START, "end": "2024-06-01T00:00:00Z"}
    assert made.rows[2].months[0].fraction == asked(one, **may).fraction
    assert str(made) == (
        "          2024-05  2023-12  2024-05\n"
        "Web        100.00   100.00   100.00\n"
        "the page    99.93   100.00    99.93\n"
        "API         99.86   100.00    99.86"
    )
    assert str(table(one, ["API"], [])) == ""
    assert table(one, ["API"], []).rows == ()


@pytest.mark.parametrize("month", ["2024-13", "2024-00", "0000-01", "24-01", "2024-1"])
def test_a_month_is_a_year_and_a_month(month: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match=r"is no month such as '2024-02'"):
        table(page(), ["API"], [month])


def test_a_budget_is_what_may_be_down_and_what_was() -> None:
    """Of 99 % of ten hours, six minutes; an hour down burns it tenfold."""
    spent = asked(page(down(1, 2))).budget(0.99)
    assert all_of(spent.total, spent.spent, spent.remaining) == (360, 3600, -3240)
    assert all_of(spent.burn_rate, spent.is_met) == (10, False)
    whole = budget(asked(page()), 1)
    assert all_of(whole.total, whole.burn_rate, whole.is_met) == (0, None, True)


def test_a_budget_is_for_the_window_and_burnt_in_what_is_known_of_it() -> None:
    """Halfway through, half of the time tells how fast; nobody knows how it ends."""
    half = StatusPage("Kalix", incidents=[down(1, 1.25)]).covering(START, at(5))
    spent = asked(half).budget("0.95")
    assert all_of(spent.total, spent.spent) == (1800, 900)
    assert all_of(spent.burn_rate, spent.is_met) == (1, None)
    nothing = asked(StatusPage(components=["API"])).budget(Fraction(1, 2))
    assert all_of(nothing.total, nothing.burn_rate) == (18_000, None)


@pytest.mark.parametrize(("slo", "error"), [(99.9, ValueError), (None, TypeError)])
def test_an_objective_is_a_share_and_no_percentage(
    slo: Any, error: type[Exception]
) -> None:
    """99.9 is a slip that would allow everything."""
    with pytest.raises(error):
        budget(asked(page()), slo)


# --- values ---------------------------------------------------------------------------


def test_figures_are_values() -> None:
    """They compare by what they say, and can be copied and stored."""
    one = page(down(1, 2, id="i1"))
    figure = asked(one)
    assert figure == asked(told(one))
    assert figure != asked(page(down(1, 3)))
    assert hash(figure) == hash(asked(one))
    kept = pickle.loads(pickle.dumps(figure))
    assert kept == copy.deepcopy(figure) == figure
    assert kept.explain() == figure.explain()
    assert pickle.loads(pickle.dumps(figure.explain())) == figure.explain()
    assert isinstance(ribbon(one, "API", start=START, end=END)[0], Day)
    assert repr(told(one)) == (
        "<Evidence told: 1 outages of <StatusPage 'Kalix': 2 components, 1 incident, 0 "
        "maintenances>>"
    )
