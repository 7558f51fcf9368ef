"""Which timelines violate which rule, and how that is said."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import (
    LINEAR,
    REOPENABLE,
    STANDARD,
    Component,
    ComponentState,
    Event,
    Impact,
    Incident,
    IncidentStatus,
    Maintenance,
    StatusPage,
    Update,
)
from incidentkit._time import instant
from incidentkit.conformance import (
    CADENCE,
    POLICY,
    RULES,
    Cadence,
    Policy,
    Report,
    Severity,
    check,
)

NOON = instant("2024-05-01T12:00:00Z")
MINUTE = dt.timedelta(minutes=1)
DOCS = Path(__file__).parents[1] / "docs"


def after(minutes: float) -> dt.datetime:
    """So long after noon."""
    return NOON + minutes * MINUTE


def told(status: str | None, minutes: float = 0, **more: Any) -> Update:
    """An update, so long after noon."""
    return Update(status, at=after(minutes), **more)


def incident(*updates: Update, **more: Any) -> Incident:
    """An incident of some updates."""
    return Incident("API down", updates=updates, **{"id": "i1", **more})


def work(*updates: Update, **more: Any) -> Maintenance:
    """A maintenance planned for an hour, an hour after noon."""
    plan = {"scheduled_for": after(60), "scheduled_until": after(120)}
    return Maintenance("Upgrade", updates=updates, **{"id": "m1", **plan, **more})


def codes(told: Any, **asked: Any) -> list[str]:
    """The codes of what a check finds."""
    return [violation.code for violation in check(told, **asked).violations]


def found(told: Any, code: str, **asked: Any) -> list[tuple[str, str]]:
    """Where a rule is violated, and what is said of it."""
    violations = check(told, select=code, **asked).violations
    return [(violation.path, violation.message) for violation in violations]


#: Nothing is wrong with this one.
GOOD = (
    told("investigating", 0, id="u1", states={"API": "major_outage"}),
    told("identified", 15, id="u2"),
    told("monitoring", 40, id="u3", states={"API": "operational"}),
    told("resolved", 90, id="u4"),
)
GOOD_INCIDENT = incident(*GOOD, impact="critical")
GOOD_WORK = work(
    told("scheduled", 0, id="w1"),
    told("in_progress", 61, id="w2"),
    told("completed", 110, id="w3"),
)
PARTS = [Component(name, id=name) for name in ("API", "Web", "Mail", "Chat", "Jobs")]

#: For each rule something that violates it, and what else has to be known.
PROVOKED: dict[str, tuple[Any, dict[str, Any]]] = {
    "IK101": (incident(told("resolved"), told("investigating", 9)), {}),
    "IK102": (incident(told("postmortem")), {}),
    "IK103": (incident(told("identified"), told("resolved", 9)), {}),
    "IK104": (incident(told("identified"), stated_status="monitoring"), {}),
    "IK201": (
        incident(told("investigating"), told("resolved", 9), stated_start=after(15)),
        {},
    ),
    "IK202": (incident(told("investigating"), told("resolved")), {}),
    "IK203": (incident(told("resolved")), {}),
    "IK204": (incident(told("investigating"), stated_end=after(9)), {}),
    "IK205": (incident(told("investigating", 9)), {"now": NOON}),
    "IK206": (
        incident(told("investigating"), told("resolved", 9), stated_end=after(99)),
        {"now": after(30)},
    ),
    "IK207": (incident(told("investigating", 9), told(None, 5)), {}),
    "IK208": (
        incident(told("investigating", 9), told(None, 9, created_at=after(5))),
        {},
    ),
    "IK301": (incident(told("investigating"), told(None, 31)), {}),
    "IK302": (incident(told("investigating")), {"now": after(31)}),
    "IK303": (incident(told("investigating")), {"now": after(301)}),
    "IK401": (
        incident(
            told("investigating", states={"API": "major_outage"}), told("resolved")
        ),
        {},
    ),
    "IK402": (incident(told("investigating"), impact="minor"), {}),
    "IK403": (
        incident(told("investigating", states={"API": "major_outage"}), impact="minor"),
        {},
    ),
    "IK404": (
        StatusPage(components=PARTS, incidents=[incident(components=PARTS)]),
        {},
    ),
    "IK405": (
        incident(
            told("investigating", states={"API": "major_outage"}),
            told(None, states=[ComponentState("API", "operational", "partial_outage")]),
        ),
        {},
    ),
    "IK501": (incident(told("investigating")), {}),
    "IK502": ([incident(), incident()], {}),
    "IK503": (incident(told("investigating", updated_at=after(1441))), {}),
    "IK601": (
        work(told("scheduled"), told("in_progress", 60), told("completed", 136)),
        {},
    ),
    "IK602": (work(told("scheduled"), told("completed", 90)), {}),
    "IK603": (work(told("scheduled"), told("in_progress", 60)), {"now": after(136)}),
    "IK604": (work(scheduled_until=after(59)), {}),
    "IK605": (work(told("scheduled")), {"now": after(76)}),
}


# --- the table ------------------------------------------------------------------------


def test_the_table_is_in_order() -> None:
    """By code; every name is its own, and every text a sentence."""
    assert list(RULES) == sorted(RULES) == [rule.code for rule in RULES.values()]
    assert all(re.fullmatch(r"IK[1-6]\d\d", code) for code in RULES)
    names = [rule.name for rule in RULES.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    for rule in RULES.values():
        for said in (rule.summary, rule.why, rule.remedy):
            assert re.fullmatch(r"[A-Z].*\.", said), rule.code
        assert rule.needs <= {"now", "page"}


@pytest.mark.parametrize("code", RULES)
def test_every_rule_can_be_violated(code: str) -> None:
    """And none of them by a timeline that is as it should be."""
    wrong, asked = PROVOKED[code]
    report = check(wrong, **asked)
    assert code in report.counts
    assert code not in report.unjudged
    (*_, violation) = (one for one in report.violations if one.code == code)
    assert violation.rule is RULES[code]
    assert violation.severity is RULES[code].severity
    assert RULES.keys() == PROVOKED.keys()


def test_nothing_is_wrong_with_a_good_page() -> None:
    """Told in time, in order, to the end, by id."""
    page = StatusPage(
        components=PARTS, incidents=[GOOD_INCIDENT], maintenances=[GOOD_WORK]
    )
    report = check(page, now=after(1000))
    assert report == Report(violations=(), checked=2)
    assert report.text() == "nothing found in 2 checked\n"
    assert report.markdown() == report.text()
    assert repr(report) == "<Report nothing found in 2 checked>"


def test_the_reference_lists_every_rule() -> None:
    """Its table says what the table of the code says."""
    page = (DOCS / "reference" / "conformance.md").read_text(encoding="utf-8")
    for rule in RULES.values():
        needs = f" Needs {', '.join(sorted(rule.needs))}." if rule.needs else ""
        row = (
            f"| `{rule.code}` | {rule.name} | {rule.severity.value} | {rule.summary} "
            f"{rule.why}{needs} | {rule.remedy} |"
        )
        assert row in page.splitlines()


# --- laws -----------------------------------------------------------------------------

events = st.one_of(strategies.incidents(), strategies.maintenances())
nows = st.none() | strategies.moments()


def resolved(value: Any, path: str) -> Any:
    """What a path leads to."""
    for name, place in re.findall(r"\.?(\w+)|\[(\d+)\]", path.removeprefix("$")):
        value = getattr(value, name) if name else value[int(place)]
    return value


@given(strategies.pages(), nows)
def test_any_page_can_be_checked(page: StatusPage, now: dt.datetime | None) -> None:
    """It never raises, says the same again, and every place is there."""
    report = check(page, now=now)
    assert check(page, now=now) == report
    assert pickle.loads(pickle.dumps(report)) == report
    assert report.checked == len(page.incidents) + len(page.maintenances)
    assert sum(report.counts.values()) == len(report.violations)
    for violation in report.violations:
        place = resolved(page, violation.path)
        if isinstance(place, (Event, Component)):
            assert violation.key == place.key
            assert violation.name == place.name


@given(strategies.pages(), nows, st.sets(st.sampled_from(list(RULES))))
def test_what_is_selected_and_what_is_ignored_is_all(
    page: StatusPage, now: dt.datetime | None, chosen: set[str]
) -> None:
    """Each violation is on one side, and in its place there."""
    whole = check(page, now=now)
    kept = check(page, now=now, select=chosen)
    rest = check(page, now=now, ignore=chosen)
    assert {one.code for one in kept.violations} <= chosen
    assert kept.violations == tuple(v for v in whole.violations if v.code in chosen)
    assert rest.violations == tuple(v for v in whole.violations if v.code not in chosen)
    assert sorted((*kept.unjudged, *rest.unjudged)) == list(whole.unjudged)


@given(st.lists(events, max_size=3), nows)
def test_what_was_not_judged_is_not_found(
    many: list[Event], now: dt.datetime | None
) -> None:
    """Without the present or a page, rules that need them say nothing."""
    report = check(many, now=now)
    assert not set(report.unjudged) & set(report.counts)
    assert ("IK302" in report.unjudged) == (now is None)
    assert "IK404" in report.unjudged


@given(strategies.incidents(), st.sampled_from([LINEAR, STANDARD, REOPENABLE]))
def test_steps_are_judged_as_the_lifecycle_judges(
    one: Incident, lifecycle: Any
) -> None:
    """The rules name the same steps as `violations` does, and where they are."""
    policy = attrs.evolve(POLICY, lifecycle=lifecycle)
    report = check(one, policy=policy, select=["IK101", "IK102"])
    assert [violation.at for violation in report.violations] == [
        step.at for step in one.violations(lifecycle)
    ]


@given(events)
def test_what_is_amiss_is_a_violation(event: Event) -> None:
    """Whatever the model says cannot be right, the linter says."""
    amiss = [finding.code for finding in event.amiss]
    counts = check(event).counts
    assert counts.get("IK204", 0) == amiss.count("end.while_open")
    assert counts.get("IK401", 0) == amiss.count("component.left_broken")
    assert counts.get("IK201", 0) >= amiss.count("duration.negative")


@given(strategies.incidents(), strategies.moments())
def test_an_update_is_overdue_once_it_was_due(one: Incident, now: dt.datetime) -> None:
    """And forgotten ones are overdue too, under the other code."""
    due = CADENCE.due_at(one)
    late = due is not None and due < instant(now)
    assert bool(codes(one, now=now, select=["IK302", "IK303"])) == late


@given(strategies.valid_incidents())
def test_verbs_make_no_errors_in_the_record(one: Incident) -> None:
    """Steps, order and components left behind: what verbs see to."""
    # Two things of one id are drawn on purpose; and verbs let a resolution leave
    # something broken, if told to.
    assert not set(codes(one, ignore=["IK401", "IK502"])) & {
        code for code, rule in RULES.items() if rule.severity is Severity.ERROR
    }


@given(strategies.pages(), nows)
def test_what_a_page_says_is_harmless(
    page: StatusPage, now: dt.datetime | None
) -> None:
    """In each rendering there is one line, item or object for each violation."""
    report = check(page, now=now)
    count, more = len(report.violations), 1 + bool(report.unjudged)
    text = report.text()
    assert text.count("\n") == count + more
    assert text.replace("\n", "").isprintable() or not text.isascii()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", text)
    markdown = report.markdown()
    assert markdown.count("\n") == count + more + bool(count)
    held = json.loads(report.json())
    assert report.json().isascii()
    assert [one["code"] for one in held["violations"]] == [
        one.code for one in report.violations
    ]
    assert [one["name"] for one in held["violations"]] == [
        one.name for one in report.violations
    ]
    assert held["counts"] == dict(report.counts)


@given(strategies.texts(40))
def test_in_markdown_a_name_is_only_ever_code(name: str) -> None:
    """No link, no mention, no image, no tag, no end of the list."""
    markdown_it: Any = pytest.importorskip("markdown_it")
    report = check(Incident(name, updates=[told("resolved")]), select="IK203")
    tokens = markdown_it.MarkdownIt("commonmark").parse(report.markdown())
    kinds = [token.type for token in tokens]
    assert kinds == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]
    inline = tokens[3].children
    assert [token.type for token in inline] == [
        "text",
        "strong_open",
        "text",
        "strong_close",
        "text",
        "code_inline",
        "text",
        "code_inline",
        "text",
    ]


# --- 1xx: lifecycle -------------------------------------------------------------------


def test_each_illegal_step_is_named() -> None:
    """At the update that took it; what follows is judged from where it led."""
    reopened = incident(
        *(told("investigating"), told("monitoring", 9), told("resolved", 18)),
        *(told(None, 20), told("investigating", 27), told("postmortem", 36)),
    )
    assert found(reopened, "IK1") == [
        ("$.updates[4]", "resolved was followed by investigating"),
        ("$.updates[5]", "investigating was followed by postmortem"),
    ]
    lenient = attrs.evolve(POLICY, lifecycle=REOPENABLE)
    assert codes(reopened, select="IK1", policy=lenient) == ["IK101"]
    strict = attrs.evolve(POLICY, lifecycle=LINEAR)
    assert codes(reopened, select="IK1", policy=strict) == ["IK101"] * 3


def test_a_maintenance_has_its_own_lifecycle() -> None:
    """Its words are spelt for people."""
    assert found(work(told("scheduled"), told("verifying", 9)), "IK1") == [
        ("$.updates[1]", "scheduled was followed by verifying")
    ]
    assert found(work(told("completed")), "IK1") == [
        ("$.updates[0]", "it began as completed")
    ]
    back = work(told("in_progress"), told("verifying", 1), told("in_progress", 2))
    assert found(back, "IK1") == [
        ("$.updates[2]", "verifying was followed by in progress")
    ]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["investigating", "monitoring", "resolved"], 0),
        (["investigating", "resolved"], 1),
        (["investigating", "resolved", "resolved"], 1),
        (["monitoring", "identified", "resolved"], 1),
        # Told when it was over: nobody knows whether it was watched.
        (["resolved"], 0),
        (["resolved", "postmortem", "resolved"], 0),
    ],
    ids=str,
)
def test_a_fix_is_to_be_watched(statuses: list[str], expected: int) -> None:
    """The step into resolved is what counts."""
    updates = [told(status, place) for place, status in enumerate(statuses)]
    assert codes(incident(*updates), select="IK103") == ["IK103"] * expected


def test_a_stated_status_is_compared_with_what_updates_tell() -> None:
    """Where they tell none, there is nothing to compare it with."""
    stated = incident(told("identified"), told(None, 1), stated_status="resolved")
    assert found(stated, "IK104") == [
        ("$", "resolved is stated, and the updates tell identified")
    ]
    assert found(incident(told(None), stated_status="resolved"), "IK104") == []


# --- 2xx: times -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "stated_start", "expected"),
    [
        (30, None, []),
        (30, 10, []),
        (30, 30, ["IK202"]),
        (30, 31, ["IK201"]),
        (0, None, ["IK202"]),
        (-1, None, ["IK201"]),
    ],
)
def test_an_end_lies_after_every_start(
    end: float, stated_start: float | None, expected: list[str]
) -> None:
    """The one that updates tell and the stated one."""
    one = incident(
        *(told("investigating"), told("monitoring", 10), told("resolved", 30)),
        stated_end=after(end),
        stated_start=None if stated_start is None else after(stated_start),
    )
    assert codes(one, select="IK2") == expected


def test_what_is_told_when_it_is_over_has_no_start() -> None:
    """A stated start after the end is none, and cannot be right."""
    backfilled = incident(
        Update("resolved", at=NOON, created_at=after(300)), stated_start=after(300)
    )
    assert found(backfilled, "IK2") == [
        ("$", "it ended 5h before its start"),
        ("$", "nobody said when it began"),
    ]
    (early, _) = check(backfilled, select="IK2").violations
    assert early.at == NOON


def test_what_is_called_off_took_no_time() -> None:
    """Before it was to begin, it may well be over."""
    assert codes(work(told("scheduled"), told("cancelled", 9)), select="IK2") == []
    assert codes(work(told("scheduled"), told("completed", 9)), select="IK2") == [
        "IK201"
    ]
    halfway = work(
        *(told("in_progress", 60), told("cancelled", 90)), stated_end=after(30)
    )
    assert codes(halfway, select="IK2") == ["IK201"]
    unplanned = Maintenance("Upgrade")
    assert codes(unplanned, select="IK2") == ["IK203"]


def test_the_future_begins_a_minute_from_now() -> None:
    """The clocks of others may be a little ahead."""
    soon = incident(told("investigating", 1), told("resolved", 2), stated_start=NOON)
    assert found(soon, "IK2", now=NOON) == [
        ("$.updates[1]", "it is dated in the future"),
        ("$", "it is over, and ends in the future"),
    ]
    exact = attrs.evolve(POLICY, skew=dt.timedelta(0))
    assert len(found(soon, "IK205", now=NOON, policy=exact)) == 2
    assert found(soon, "IK2", now=after(1)) == []
    planned = incident(stated_start=after(9))
    assert found(planned, "IK205", now=NOON) == [
        ("$", "it is to have begun in the future")
    ]
    # A maintenance may well have a start to come.
    to_come = work(told("scheduled", 0), stated_start=after(60))
    assert codes(to_come, now=NOON, select="IK205") == []
    posted_later = incident(told("investigating", created_at=after(9)))
    assert codes(posted_later, now=NOON, select="IK205") == ["IK205"]
    assert check(soon, now=strategies.DOOMSDAY, select="IK205").violations == ()


def test_both_orders_are_judged() -> None:
    """Each update against the latest before it, not its neighbour alone."""
    mixed = incident(
        *(told("investigating", 60), told(None, 30), told(None, 45), told(None, 60))
    )
    assert found(mixed, "IK207") == [
        ("$.updates[1]", "it is shown 30m earlier than one posted before it"),
        ("$.updates[2]", "it is shown 15m earlier than one posted before it"),
    ]
    assert [path for path, _ in found(mixed, "IK208")] == [
        "$.updates[1]",
        "$.updates[2]",
    ]


# --- 3xx: cadence ---------------------------------------------------------------------


def test_each_silence_is_told_where_it_ended() -> None:
    """By the status that held; after the resolution nothing is promised."""
    quiet = incident(
        *(told("investigating"), told("monitoring", 31), told(None, 152)),
        *(told("resolved", 271), told("postmortem", 9999)),
    )
    assert found(quiet, "IK3") == [
        (
            "$.updates[1]",
            (
                "nothing was said for 31m while investigating; "
                "promised is an update every 30m"
            ),
        ),
        (
            "$.updates[2]",
            (
                "nothing was said for 2h 1m while monitoring; "
                "promised is an update every 2h"
            ),
        ),
    ]
    assert codes(attrs.evolve(quiet, impact="none"), select="IK3") == []
    assert len(codes(attrs.evolve(quiet, impact="critical"), select="IK3")) == 3
    assert codes(incident(told(None), told(None, 999)), select="IK3") == []


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(30, []), (31, ["IK302"]), (300, ["IK302"]), (301, ["IK303"])],
)
def test_late_is_not_yet_forgotten(minutes: float, expected: list[str]) -> None:
    """Up to ten times the promise it is late, and after that forgotten."""
    late = incident(told("investigating"))
    assert codes(late, now=after(minutes), select="IK3") == expected


def test_what_was_only_put_up_is_owed_an_update_as_well() -> None:
    """From when it was put up; where nothing tells a time, nothing is owed."""
    put_up = incident(created_at=NOON, stated_status="investigating")
    assert CADENCE.due_at(put_up) == after(30)
    assert codes(put_up, now=after(31), select="IK3") == ["IK302"]
    timeless = incident(stated_status="investigating")
    assert CADENCE.due_at(timeless) is None
    assert codes(timeless, now=after(31), select="IK3") == []


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (incident(told("investigating")), 30),
        (incident(told("identified"), told(None, 10)), 70),
        (incident(told("monitoring"), impact="critical"), 60),
        (
            incident(told("monitoring", states={"API": "major_outage"})),
            60,
        ),
        (incident(told("monitoring"), impact="none"), None),
        (incident(told("resolved")), None),
        (incident(told(None)), None),
        (GOOD_WORK, None),
        (work(told("in_progress")), None),
        (incident(Update("investigating", at=strategies.DOOMSDAY)), None),
    ],
)
def test_when_the_next_update_is_due(one: Event, expected: float | None) -> None:
    """None when it is over, nothing is promised, or the calendar ends before."""
    due = None if expected is None else after(expected)
    assert CADENCE.due_at(one) == due


def test_a_cadence_can_be_changed() -> None:
    """The later promise goes; None takes one back; the rest stays."""
    hourly = dt.timedelta(hours=1)
    mine = CADENCE.promising(
        "mine",
        ("investigating", "critical", hourly),
        (IncidentStatus.IDENTIFIED, Impact.MAJOR, None),
        ("in_progress", "maintenance", hourly),
    )
    assert mine.promised("investigating", "critical") == hourly
    assert mine.promised("identified", "major") is None
    assert mine.promised("identified", "minor") == hourly
    assert mine.promised(None, "minor") is None
    assert mine.due_at(work(told("in_progress"))) == after(60)
    assert repr(CADENCE) == "<Cadence default: 12 promises>"
    assert repr(mine) == "<Cadence mine: 12 promises>"
    assert mine != CADENCE
    assert mine == pickle.loads(pickle.dumps(mine))
    assert {mine: 1}[mine] == 1
    assert CADENCE.promised("investigating", "critical") == 15 * MINUTE
    policy = attrs.evolve(POLICY, cadence=mine)
    assert policy.cadence is mine


@pytest.mark.parametrize(
    "promise",
    [
        ("resolved", "major", MINUTE),
        ("investigating", "major", dt.timedelta(0)),
        ("acknowledged", "major", MINUTE),
        ("investigating", "huge", MINUTE),
    ],
)
def test_what_cannot_be_promised_is_refused(promise: Any) -> None:
    """After the end, in no time, or in words nobody knows."""
    with pytest.raises(ValueError, match=r"."):
        Cadence(name="x", promises=[promise])


@pytest.mark.parametrize(
    "wrong",
    [
        {"forgotten_after": 0},
        {"crowd": 0},
        {"edited_after": -MINUTE},
        {"grace": -MINUTE},
        {"skew": -MINUTE},
    ],
    ids=str,
)
def test_a_policy_makes_sense(wrong: dict[str, Any]) -> None:
    """Lengths are not below zero, and numbers at least one."""
    with pytest.raises(ValueError, match=r"."):
        Policy(**wrong)


# --- 4xx: components and impact -------------------------------------------------------


def test_each_component_left_broken_is_named() -> None:
    """At the row that told its level last."""
    broken = incident(
        told("investigating", states={"API": "major_outage", "Web": "major_outage"}),
        told(None, 5, states={"API": "degraded_performance"}),
        told("resolved", 9, states={"Web": "operational"}),
    )
    (violation,) = check(broken, select="IK401").violations
    assert violation.path == "$.updates[1].states[0]"
    assert violation.message == "it was at degraded performance at the end"
    assert violation.subject == "API"
    assert violation.at == after(9)
    assert codes(incident(*broken.updates[:2]), select="IK401") == []


def test_a_claim_needs_a_component() -> None:
    """No impact claims nothing; a maintenance is not asked before it begins."""
    assert found(incident(told("investigating"), impact="major"), "IK402") == [
        ("$", "its impact is major, and nothing is named as broken")
    ]
    assert codes(incident(impact="none"), select="IK402") == []
    assert codes(incident(), select="IK402") == []
    assert codes(work(), select="IK402") == []
    assert codes(GOOD_INCIDENT, select="IK402") == []


def test_an_impact_is_at_least_what_its_components_imply() -> None:
    """More is a judgement, less is a mistake."""
    partly = told("investigating", states={"API": "partial_outage"})
    assert found(incident(partly, impact="minor"), "IK403") == [
        ("$", "its impact is minor, and its components imply major")
    ]
    assert codes(incident(partly, impact="critical"), select="IK403") == []
    assert codes(incident(partly), select="IK403") == []


@pytest.mark.parametrize(
    ("known", "attached", "expected"),
    [
        (PARTS, PARTS, 1),
        (PARTS, PARTS[1:], 0),
        (PARTS, [part.name for part in PARTS], 1),
        # On a page of four, four are no crowd.
        (PARTS[1:], PARTS[1:], 0),
        ([*PARTS, Component("All", is_group=True)], PARTS, 1),
    ],
)
def test_all_components_are_too_many(
    known: list[Component], attached: list[Any], expected: int
) -> None:
    """Groups do not count, and names stand for those that have them."""
    page = StatusPage(components=known, incidents=[incident(components=attached)])
    assert codes(page, select="IK404") == ["IK404"] * expected
    assert check(page, select="IK404").unjudged == ()
    assert check(page.incidents, select="IK404").unjudged == ("IK404",)


def test_a_gap_between_levels_is_shown() -> None:
    """Where a row comes from another level than the one that held."""
    gap = incident(
        told(
            "investigating",
            states=[ComponentState("API", "major_outage", "operational")],
        ),
        told(None, 1, states=[ComponentState("API", "operational", "partial_outage")]),
        told(None, 2, states=[ComponentState("API", None, "operational")]),
        told(None, 3, states=[ComponentState("API", "operational", "major_outage")]),
        told(None, 4, states={"API": "major_outage"}),
    )
    (violation,) = check(gap, select="IK405").violations
    assert violation.path == "$.updates[1].states[0]"
    assert violation.message == (
        "it was told at major outage, and is said to come from partial outage"
    )
    assert violation.subject == "API"


# --- 5xx: identity and bookkeeping ----------------------------------------------------


def test_what_has_no_id_is_told_once() -> None:
    """Of the updates only how many."""
    nameless = incident(told("investigating"), told(None, id="u"), id=None)
    assert found(nameless, "IK501") == [
        ("$", "it has no id"),
        ("$", "1 of its 2 updates have no id"),
    ]


def test_what_shares_an_id_is_told_with_whom() -> None:
    """Incidents and components each among themselves, updates within their incident."""
    page = StatusPage(
        components=[*PARTS[:2], Component("API again", id="API"), Component("No id")],
        incidents=[
            incident(told("investigating", id="u"), id="1"),
            incident(
                told(None, id="u"), told(None, id="v"), told(None, id="u"), id="1"
            ),
        ],
        maintenances=[work(id="1"), work(id="2")],
    )
    assert found(page, "IK502") == [
        ("$.incidents[1]", "its id is that of $.incidents[0]"),
        ("$.incidents[1].updates[2]", "its id is that of $.incidents[1].updates[0]"),
        ("$.components[2]", "its id is that of $.components[0]"),
    ]
    last = check(page, select="IK502").violations[-1]
    assert (last.key, last.name, last.subject) == ("API", "API again", "API")


def test_an_edit_may_take_a_day() -> None:
    """Counted from when it was posted."""
    edited = incident(told("investigating", updated_at=after(24 * 60 + 60)))
    assert found(edited, "IK503") == [
        ("$.updates[0]", "it was edited 1d 1h after it was posted")
    ]
    assert codes(incident(told(None, updated_at=after(24 * 60))), select="IK503") == []
    longer = attrs.evolve(POLICY, edited_after=dt.timedelta(days=2))
    assert codes(edited, select="IK503", policy=longer) == []


# --- 6xx: maintenances ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "now", "expected"),
    [
        (GOOD_WORK, 9999, []),
        (work(told("in_progress", 60), told("completed", 135)), 9999, []),
        (work(told("in_progress", 60), told("completed", 136)), 9999, ["IK601"]),
        (work(told("in_progress", 60), told("cancelled", 136)), 9999, []),
        (work(told("verifying", 60), told("completed", 90)), 9999, []),
        (
            work(told("scheduled"), told("completed", 90), scheduled_until=None),
            9999,
            ["IK602"],
        ),
        (work(told("in_progress", 60)), 135, []),
        (work(told("in_progress", 60)), 136, ["IK603"]),
        (work(told("scheduled")), 75, []),
        (work(told("scheduled")), 76, ["IK605"]),
        (work(told("scheduled")), 136, ["IK603", "IK605"]),
        (work(told("scheduled"), scheduled_for=None), 76, []),
        (work(told("scheduled"), scheduled_until=after(30)), 0, ["IK604"]),
        (GOOD_INCIDENT, 9999, []),
    ],
)
def test_a_maintenance_keeps_to_its_window(
    one: Event, now: float, expected: list[str]
) -> None:
    """With a quarter of an hour of grace."""
    assert codes(one, now=after(now), select="IK6") == expected


def test_a_window_says_by_how_much_it_was_missed() -> None:
    """In the message, with the instant beside it."""
    late = work(told("in_progress", 60), told("completed", 180))
    (violation,) = check(late, select="IK6").violations
    assert violation.message == "it was over 1h after its window"
    assert violation.at == after(180)
    assert found(work(scheduled_until=after(0)), "IK604") == [
        ("$", "its window ends 1h before it begins")
    ]


# --- what is checked, and what comes out ----------------------------------------------


def test_a_place_is_told_from_what_was_given() -> None:
    """A page, several, or one: the path begins there."""
    one = incident(told("resolved"))
    page = StatusPage(incidents=[one], maintenances=[Maintenance("x")])
    paths = [
        [path for path, _ in found(given, "IK203")]
        for given in (one, iter([one, one]), page)
    ]
    assert paths == [["$"], ["$[0]", "$[1]"], ["$.incidents[0]", "$.maintenances[0]"]]


def test_what_is_no_incident_is_refused() -> None:
    """A text is a sequence too, of nothing that could be checked."""
    with pytest.raises(TypeError, match="not 'a'"):
        check("a page")  # type: ignore[arg-type]  # the wrong one is what is tested


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (None, (), {"IK203", "IK402", "IK501"}),
        ("IK2", (), {"IK203"}),
        (["IK2", "IK402"], (), {"IK203", "IK402"}),
        ("IK", "IK50", {"IK203", "IK402"}),
        ("IK203", ["IK2"], set()),
        ((), (), set()),
    ],
)
def test_codes_are_selected_by_their_beginnings(
    select: Any, ignore: Any, expected: set[str]
) -> None:
    """What is ignored is ignored, selected or not."""
    one = incident(told("resolved"), impact="minor")
    assert set(codes(one, select=select, ignore=ignore)) == expected


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("IK102x", "IK102"),
        ("ik301", "IK301"),
        ("IK31", "IK301"),
        ("left-broken", "IK401"),
        ("", "keys of RULES"),
        ("E501", ""),
    ],
)
def test_an_unknown_code_is_an_error(code: str, near: str) -> None:
    """It lists codes that may have been meant."""
    for asked in ({"select": code}, {"ignore": ["IK1", code]}):
        with pytest.raises(ValueError, match=re.escape(repr(code))) as caught:
            check(GOOD_INCIDENT, **asked)
        assert near in str(caught.value)


@pytest.mark.parametrize(
    ("given", "fail_on", "expected"),
    [
        (GOOD_INCIDENT, "note", 0),
        (incident(told("investigating")), "note", 1),
        (incident(told("investigating")), Severity.WARNING, 0),
        (incident(told("resolved")), "warning", 1),
        (incident(told("resolved")), "error", 0),
        (PROVOKED["IK204"][0], "error", 1),
    ],
)
def test_a_check_can_fail_a_build(given: Any, fail_on: Any, expected: int) -> None:
    """From the severity that was asked for."""
    assert check(given).exit_status(fail_on) == expected


def test_severities_have_an_order() -> None:
    """From least to most; a word that is none says which are."""
    assert Severity.NOTE < Severity.WARNING < Severity.ERROR
    assert not Severity.ERROR < Severity.ERROR
    with pytest.raises(TypeError):
        Severity.NOTE < 1  # noqa: B015 - that it raises is what counts
    with pytest.raises(ValueError, match="'warning'"):
        check(GOOD_INCIDENT).exit_status("fatal")


HOSTILE = Incident(
    "`` @all\x1b[2J [x](javascript:alert(1)) <b>\n# " + "y" * 80,
    id="1\u202e2",
    updates=[
        told("investigating", id="u", states={"<img>": "major_outage"}),
        told("resolved", id="u"),
    ],
)


def test_text_is_a_line_each() -> None:
    """Where, which, how bad, what; and what the page calls it, made harmless."""
    report = check(HOSTILE, select=["IK401", "IK502", "IK302"])
    name = r"`` @all\x1b[2J [x](javascript:alert(1)) <b> # " + "y" * 33 + "…"
    assert report.text().splitlines() == [
        (
            "$.updates[0].states[0]: IK401 error: it was at major outage at the end "
            f"['{name}', '<img>']"
        ),
        f"$.updates[1]: IK502 error: its id is that of $.updates[0] ['{name}', 'u']",
        "2 errors in 1 checked",
        "not judged: IK302",
    ]
    assert repr(report) == "<Report 2 errors in 1 checked>"


def test_markdown_is_a_list() -> None:
    """What the page says stands between more backticks than it has."""
    report = check(HOSTILE, select="IK401")
    name = r"`` @all\x1b[2J [x](javascript:alert(1)) <b> # " + "y" * 33 + "…"
    assert report.markdown() == (
        "- **IK401** left-broken (error) at `$.updates[0].states[0]` "
        f"in ``` {name} ```, ` <img> `: it was at major outage at the end.\n"
        "\n"
        "1 error in 1 checked\n"
    )
    nameless = check(Incident(""), select="IK203").markdown()
    assert "in ` (no name) `: " in nameless


def test_json_has_everything() -> None:
    """The texts as they are, in escapes where they must be; and the rule's words."""
    held = json.loads(check(HOSTILE, select=["IK401", "IK302"]).json())
    rule = RULES["IK401"]
    assert held == {
        "checked": 1,
        "counts": {"IK401": 1},
        "unjudged": ["IK302"],
        "violations": [
            {
                "code": "IK401",
                "rule": "left-broken",
                "severity": "error",
                "path": "$.updates[0].states[0]",
                "key": HOSTILE.key,
                "name": HOSTILE.name,
                "subject": "<img>",
                "at": "2024-05-01T12:00:00Z",
                "message": "it was at major outage at the end",
                "why": rule.why,
                "remedy": rule.remedy,
            }
        ],
    }
    timeless = json.loads(check(Incident("x"), select="IK203").json())
    assert timeless["violations"][0]["at"] is None
