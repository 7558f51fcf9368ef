"""
The rules a timeline is held to, in one table.

Rule 1: a code keeps its meaning for ever; the wording of the rest may be bettered.
Rule 2: what a rule says of itself is here, and how it is judged in the module of its
hundred; a test holds that each code of the table is judged somewhere, and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit.conformance._rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOTE, _WARNING, _ERROR = Severity
_NOW = frozenset({"now"})

_TABLE: Iterable[Rule] = (
    # -- 1xx: lifecycle --
    Rule(
        code="IK101",
        name="illegal-step",
        severity=_ERROR,
        summary="A status follows one that the lifecycle does not let it follow.",
        why="Whoever automates on statuses takes the steps for granted.",
        remedy="Reopen with the verb; or judge by a lifecycle that has the step.",
    ),
    Rule(
        code="IK102",
        name="wrong-beginning",
        severity=_WARNING,
        summary="The first status is not one that the lifecycle begins with.",
        why="What came before was not told, or was told elsewhere.",
        remedy="Post what was known first, dated back; or allow that beginning.",
    ),
    Rule(
        code="IK103",
        name="resolved-without-monitoring",
        severity=_NOTE,
        summary="It was resolved from another status than monitoring.",
        why="A fix that nobody watched is a fix that may not hold.",
        remedy="Post monitoring with the fix, and resolve when it has held.",
    ),
    Rule(
        code="IK104",
        name="status-disagrees",
        severity=_WARNING,
        summary="The page states another status than the last update that names one.",
        why="Readers of the updates and readers of the status are told two things.",
        remedy="Post an update that says where it stands.",
    ),
    # -- 2xx: times --
    Rule(
        code="IK201",
        name="ended-before-it-began",
        severity=_ERROR,
        summary="Its end lies before its start, or before its stated start.",
        why="Its length is below zero, and sums and means with it are wrong.",
        remedy="Correct the stated start; a late post is dated back, not the start.",
    ),
    Rule(
        code="IK202",
        name="zero-duration",
        severity=_WARNING,
        summary="It ended the instant it is said to have begun.",
        why="It was written down afterwards; as a length, zero is made up.",
        remedy="State when it began.",
    ),
    Rule(
        code="IK203",
        name="start-unknown",
        severity=_WARNING,
        summary="Nobody said when it began: it was first told as already over.",
        why="It has no length, and is missing in every figure.",
        remedy="State when it began.",
    ),
    Rule(
        code="IK204",
        name="end-while-open",
        severity=_ERROR,
        summary="An end is stated, and its status is open.",
        why="One of the two is not so; readers see whichever their tool prefers.",
        remedy="Resolve it, or take the end back.",
    ),
    Rule(
        code="IK205",
        name="told-in-the-future",
        severity=_ERROR,
        summary="An update, or the start of an incident, is dated later than now.",
        why="A clock is wrong, or a zone was left out.",
        remedy="Give times with their zone; set the clock.",
        needs=_NOW,
    ),
    Rule(
        code="IK206",
        name="ends-in-the-future",
        severity=_ERROR,
        summary="It is over by its status, and its end is later than now.",
        why="It counts as broken for hours that have not come.",
        remedy="State the end when it has come.",
        needs=_NOW,
    ),
    Rule(
        code="IK207",
        name="clock-out-of-order",
        severity=_NOTE,
        summary="An update is shown under an earlier time than one posted before it.",
        why="Pages sort by one of the two times, and readers see another story.",
        remedy="Nothing, if it was dated back on purpose; else correct its time.",
    ),
    Rule(
        code="IK208",
        name="posted-out-of-order",
        severity=_WARNING,
        summary="An update stands after one that was posted later.",
        why="The last status is not the newest, and whatever is derived is off.",
        remedy="Put the updates in order of posting.",
    ),
    # -- 3xx: cadence --
    Rule(
        code="IK301",
        name="silence",
        severity=_WARNING,
        summary="While it was open, nothing was said for longer than promised.",
        why="Silence reads as nobody being at work, and support has to answer.",
        remedy="Say that nothing is new, and when there will be more.",
    ),
    Rule(
        code="IK302",
        name="update-overdue",
        severity=_WARNING,
        summary="It is open, and the next update was due before now.",
        why="Readers wait for it now.",
        remedy="Post an update, even without news.",
        needs=_NOW,
    ),
    Rule(
        code="IK303",
        name="forgotten-open",
        severity=_ERROR,
        summary="It is open, and nothing was said for many times what was promised.",
        why="It is most likely over, and is counted as broken until somebody says so.",
        remedy="Resolve it at the time when it was over.",
        needs=_NOW,
    ),
    # -- 4xx: components and impact --
    Rule(
        code="IK401",
        name="left-broken",
        severity=_ERROR,
        summary="It is over, and a component is still at a level above operational.",
        why="The page goes on showing it broken, and uptime goes on falling.",
        remedy="State the component operational with the resolution.",
    ),
    Rule(
        code="IK402",
        name="unattributed",
        severity=_WARNING,
        summary="It claims an impact, and names nothing as broken.",
        why="Its time can be counted neither as up nor as down.",
        remedy="State the level of what it hit.",
    ),
    Rule(
        code="IK403",
        name="impact-understated",
        severity=_WARNING,
        summary="Its impact is below what the worst level of its components implies.",
        why="Whoever is called by impact was not called.",
        remedy="Raise the impact, or correct the level.",
    ),
    Rule(
        code="IK404",
        name="all-components-attached",
        severity=_NOTE,
        summary="It is attached to every component of its page.",
        why="That is mostly a box ticked in haste: nobody learns what was hit.",
        remedy="Attach what it hit.",
        needs=frozenset({"page"}),
    ),
    Rule(
        code="IK405",
        name="level-gap",
        severity=_WARNING,
        summary="A row says that a component was at another level than told before.",
        why="It changed in between, and no update says when.",
        remedy="Post an update for each change of level.",
    ),
    # -- 5xx: identity and bookkeeping --
    Rule(
        code="IK501",
        name="no-id",
        severity=_NOTE,
        summary="It has no id, or some of its updates have none.",
        why="Tools that watch the page know things by id, and tell others twice.",
        remedy="Give ids, and never change them.",
    ),
    Rule(
        code="IK502",
        name="repeated-id",
        severity=_ERROR,
        summary="Two things of one kind have one id: updates, within one incident.",
        why="Whoever keeps them by id keeps one of them.",
        remedy="Give each an id of its own.",
    ),
    Rule(
        code="IK503",
        name="edited-late",
        severity=_NOTE,
        summary="An update was edited long after it was posted.",
        why="Those who read it then read something else.",
        remedy="Say more in a new update; edit only to correct.",
    ),
    # -- 6xx: maintenances --
    Rule(
        code="IK601",
        name="overran",
        severity=_WARNING,
        summary="It was over later than planned.",
        why="Customers plan by the window.",
        remedy="Move the end of the window before it passes, and say so.",
    ),
    Rule(
        code="IK602",
        name="never-begun",
        severity=_WARNING,
        summary="It was completed, and was never in progress.",
        why="Nobody knows whether the work was done, or when.",
        remedy="Start it when it starts; cancel what is not done.",
    ),
    Rule(
        code="IK603",
        name="past-its-window",
        severity=_WARNING,
        summary="Its window is past, and it is not over.",
        why="It still silences alerts and counts as planned.",
        remedy="Complete it, or move the end of the window.",
        needs=_NOW,
    ),
    Rule(
        code="IK604",
        name="impossible-window",
        severity=_ERROR,
        summary="It is planned to be over before it begins.",
        why="Calendars refuse it or show nonsense.",
        remedy="Correct the plan.",
    ),
    Rule(
        code="IK605",
        name="start-overdue",
        severity=_WARNING,
        summary="Its window has begun, and it is still scheduled.",
        why="Readers believe that it is under way, or that it was forgotten.",
        remedy="Start it, move its window, or cancel it.",
        needs=_NOW,
    ),
)

RULES: Mapping[str, Rule] = {rule.code: rule for rule in _TABLE}
"""Every `Rule` by its code, in order."""
