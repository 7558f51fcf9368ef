"""What people are shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strategies
from incidentkit import (
    Component,
    Detection,
    Incident,
    Maintenance,
    StatusPage,
    Update,
)
from incidentkit._time import zone
from incidentkit.rendering import _text, text
from incidentkit.rendering._layout import body, columns, pairs, paragraph

START = "2021-03-22T19:22:00Z"
END = "2021-03-31T00:44:00Z"
DOWN = {"API": "major_outage", "Chat": "partial_outage"}

API_DOWN = Incident.open(
    "API down",
    "It does not answer.",
    at=START,
    impact="critical",
    affects=DOWN,
    detection=Detection("Pingoru", at=START),
).resolve("It does again.\n\n  - thank you\n", at=END)

UPGRADE = Maintenance.schedule(
    "Upgrade",
    "We upgrade the database.",
    at="2024-05-01T09:00:00Z",
    scheduled_for="2024-05-04T22:00:00Z",
    scheduled_until="2024-05-05T02:00:00Z",
    components=["Database"],
)

SHOWN = """\
API down

Acme experienced a critical incident on March 22, 2021 affecting API and Chat,
lasting 8d 5h.

  Status    resolved
  Impact    critical
  Started   Mar 22, 2021, 07:22 PM UTC
  Resolved  Mar 31, 2021, 12:44 AM UTC
  Duration  8d 5h
  Detected  by Pingoru, Mar 22, 2021, 07:22 PM UTC

Affected components: 2

  major outage    API
  partial outage  Chat

Timeline: 2 updates

  1. investigating  Mar 22, 2021, 07:22 PM UTC
     It does not answer.

  2. resolved       Mar 31, 2021, 12:44 AM UTC
     It does again.

       - thank you
"""


def lines(value: StatusPage | Incident | Maintenance) -> list[str]:
    """What is shown, line by line."""
    return text(value).split("\n")


class TestIncidents:
    """An incident."""

    def test_all_that_is_known_is_shown(self) -> None:
        """The sentence, the facts, what was hit, and the timeline."""
        assert text(API_DOWN, page_name="Acme") == SHOWN

    def test_what_is_not_known_is_said_to_be_unknown(self) -> None:
        """Never blank, never green."""
        shown = lines(Incident(""))
        assert shown[0] == "(no name)"
        for line in (
            "  Status    unknown",
            "  Impact    unknown",
            "  Started   unknown",
            "  Duration  unknown",
            "Affected components: unknown",
            "Timeline: no updates",
        ):
            assert line in shown

    def test_an_unknown_start_is_not_when_it_was_told(self) -> None:
        """What was first told as over began nobody knows when."""
        shown = lines(Incident("x", updates=[Update("resolved", at=END)]))
        assert "  Started   unknown, first told Mar 31, 2021, 12:44 AM UTC" in shown
        assert "  Duration  unknown" in shown
        assert "Timeline: 1 update" in shown

    def test_what_goes_on_has_no_end(self) -> None:
        """It is ongoing; an update that names no status is one all the same."""
        ongoing = Incident.open("x", at=START).post(None, "Still looking.", at=END)
        shown = lines(ongoing)
        assert "  Duration  ongoing" in shown
        assert not any("Ended" in line for line in shown)
        assert "  2. update         Mar 31, 2021, 12:44 AM UTC" in shown

    def test_components_of_unknown_level_are_listed(self) -> None:
        """Together where none is known, one by one where some are."""
        none = lines(Incident("x", components=["API", "Web"]))
        assert none[none.index("Affected components: 2, how badly is unknown") + 2 :][
            :2
        ] == [*("  API", "  Web")]
        some = Incident.open("x", at=START, affects={"API": "major_outage"})
        told = lines(Incident("x", updates=some.updates, components=["API", "Web"]))
        assert "  major outage  API" in told
        assert "  unknown       Web" in told

    def test_times_are_shown_in_a_zone(self) -> None:
        """The caller's."""
        assert "07:22 PM UTC" not in text(API_DOWN, zone=zone("America/New_York"))
        assert "03:22 PM EDT" in text(API_DOWN, zone=zone("America/New_York"))

    def test_a_detection_may_have_no_time(self) -> None:
        """Then only who."""
        assert "  Detected  by us" in lines(Incident("x", detection=Detection("us")))

    def test_a_post_mortem_comes_last(self) -> None:
        """After the timeline."""
        assert lines(Incident("x", postmortem="Why.\nHow."))[-4:] == [
            *("", "  Why.", "  How.", "")
        ]


class TestMaintenances:
    """A maintenance."""

    def test_a_planned_one_shows_its_plan(self) -> None:
        """And has neither begun nor lasted."""
        shown = lines(UPGRADE)
        assert (
            "  Planned  May 4, 2024, 10:00 PM UTC to May 5, 2024, 02:00 AM UTC" in shown
        )
        assert not any("Started" in line or "Duration" in line for line in shown)

    def test_a_plan_may_have_no_end_or_be_unknown(self) -> None:
        """What is known of it is shown."""
        open_ended = Maintenance("x", scheduled_for=START)
        assert "  Planned  Mar 22, 2021, 07:22 PM UTC" in lines(open_ended)
        assert "  Planned  unknown" in lines(Maintenance("x"))

    def test_one_under_way_goes_on(self) -> None:
        """Since it was started, whenever it was to be."""
        shown = lines(UPGRADE.start(at="2024-05-04T22:03:00Z"))
        assert "  Started   May 4, 2024, 10:03 PM UTC" in shown
        assert "  Duration  ongoing" in shown

    def test_one_that_is_over_has_a_length(self) -> None:
        """From its start to its end."""
        done = UPGRADE.start(at="2024-05-04T22:03:00Z").complete(
            at="2024-05-05T01:10:00Z"
        )
        assert "  Duration  3h 7m" in lines(done)

    def test_a_cancelled_one_was_never_begun(self) -> None:
        """It shows when it was called off."""
        shown = lines(UPGRADE.cancel(at="2024-05-04T12:00:00Z"))
        assert "  Cancelled  May 4, 2024, 12:00 PM UTC" in shown
        assert not any("Started" in line for line in shown)

    def test_one_that_was_only_told_as_over_began_nobody_knows_when(self) -> None:
        """Its plan is not how it went."""
        done = Maintenance(
            "x", scheduled_for=START, updates=[Update("completed", at=END)]
        )
        shown = lines(done)
        assert "  Started  unknown" in shown
        assert "  Ended    Mar 31, 2021, 12:44 AM UTC" in shown
        stated = Maintenance(
            "x", stated_start=START, updates=[Update("completed", at=END)]
        )
        assert "  Started   Mar 22, 2021, 07:22 PM UTC" in lines(stated)


class TestPages:
    """A page."""

    def test_what_is_open_is_told_in_full(self) -> None:
        """The rest in a sentence each; what is not known to be operational by name."""
        page = StatusPage(
            "Acme",
            components=[
                Component("API", status="operational"),
                Component("Chat", status="degraded_performance"),
                Component("Mail"),
                Component("Group", is_group=True),
            ],
            incidents=[API_DOWN, Incident.open("Slow", "Looking.", at=END)],
            maintenances=[UPGRADE],
        )
        assert (
            text(page)
            == """\
Acme

State: Partially Degraded Service (minor)

Components not known to be operational: 2 of 3

  degraded performance  Chat
  unknown               Mail

1 other component is operational.

Open incidents: 1

Slow

Acme is experiencing an incident since March 31, 2021.

  Status    investigating
  Impact    unknown
  Started   Mar 31, 2021, 12:44 AM UTC
  Duration  ongoing

Affected components: unknown

Timeline: 1 update

  1. investigating  Mar 31, 2021, 12:44 AM UTC
     Looking.

Past incidents: 1

  API down
    There was a critical incident on March 22, 2021 affecting API and Chat,
    lasting 8d 5h.

Maintenances: 1

  Upgrade
    There is maintenance scheduled for May 4, 2024 affecting Database, expected
    to last 4h.
"""
        )

    def test_the_only_event_is_told_in_full(self) -> None:
        """Also when it is over."""
        page = StatusPage("Acme", incidents=[API_DOWN])
        assert text(page) == "Acme\n\nState: unknown\n\n" + SHOWN
        planned = StatusPage("Acme", maintenances=[UPGRADE])
        assert "Timeline: 1 update" in text(planned)

    @pytest.mark.parametrize(
        ("levels", "said"),
        [
            (["operational"], "Its only component is operational."),
            (["operational"] * 3, "All 3 components are operational."),
            (
                ["major_outage", "operational", "operational"],
                "2 other components are operational.",
            ),
            (["operational", None], "Components not known to be operational: 1 of 2"),
            ([None, None], "Components not known to be operational: 2 of 2"),
        ],
    )
    def test_components_are_counted(self, levels: list[str | None], said: str) -> None:
        """In the singular and in the plural."""
        components = [Component(str(n), status=level) for n, level in enumerate(levels)]
        assert said in lines(StatusPage("x", components=components))

    def test_all_components_broken_leave_no_others(self) -> None:
        """None is said to be operational."""
        page = StatusPage("x", components=[Component("API", status="major_outage")])
        assert "operational." not in text(page)

    def test_an_empty_page_claims_nothing(self) -> None:
        """Its state is unknown, and that nothing is listed is all there is to say."""
        assert text(StatusPage()) == (
            "A page without a name\n\nState: unknown\n\nNo open incident is listed.\n"
        )

    def test_the_newest_are_shown(self) -> None:
        """As many as anybody reads, of how many; those that are open come first."""
        over = [
            Incident(
                f"n{year}", updates=[Update("resolved", at=f"{year}-01-01T00:00:00Z")]
            )
            for year in range(2000, 2012)
        ]
        done = [
            Maintenance(
                "done", updates=[Update("completed", at="2025-01-01T00:00:00Z")]
            ),
            Maintenance("nobody knows when", stated_status="completed"),
            UPGRADE,
        ]
        shown = lines(StatusPage("x", incidents=over, maintenances=done))
        assert f"Past incidents: 12, {_text.SHOWN} of them shown" in shown
        assert [line.strip() for line in shown if line.startswith("  n2")] == [
            f"n{year}" for year in range(2011, 2001, -1)
        ]
        assert shown.index("  Upgrade") < shown.index("  done")
        assert shown.index("  done") < shown.index("  nobody knows when")


class TestSafety:
    """What pages say is shown, and never obeyed."""

    def test_controls_are_shown_as_escapes(self) -> None:
        """In every place where a page may put them."""
        evil = "\x1b[2J\u202e"
        detection = Detection(evil)
        update = Update("investigating", body=evil, at=START)
        made = Incident(
            evil,
            updates=[update],
            components=[evil],
            detection=detection,
            postmortem=evil,
        )
        page = StatusPage(
            evil, components=[evil], incidents=[made, API_DOWN], stated_description=evil
        )
        for shown in (text(page), text(made, page_name=evil)):
            assert "\x1b" not in shown
            assert "\u202e" not in shown
            assert "\\x1b[2J\\u202e" in shown

    @given(
        value=strategies.pages() | strategies.incidents() | strategies.maintenances(),
        width=st.integers(0, 120),
    )
    @settings(
        deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
    )
    def test_whatever_is_held_can_be_shown(
        self, value: StatusPage | Incident | Maintenance, width: int
    ) -> None:
        """Without a control, and in lines that have an end."""
        shown = text(value, page_name="x", width=width)
        assert shown.endswith("\n")
        assert not any(
            unicodedata.category(char) == "Cc" and char != "\n" for char in shown
        )

    def test_something_else_is_refused(self) -> None:
        """With what is wanted."""
        with pytest.raises(TypeError, match="page"):
            text("API down")  # type: ignore[arg-type]


class TestLayout:
    """Lines on a screen."""

    @pytest.mark.parametrize(
        ("line", "wide"),
        [
            ("", 0),
            ("API", 3),
            ("東京", 4),
            ("Zürich", 6),
            ("Zu\u0308rich", 6),
            ("\u200b", 0),
        ],
    )
    def test_columns_are_counted_as_a_terminal_does(self, line: str, wide: int) -> None:
        """Two for what East Asia writes wide, none for marks."""
        assert columns(line) == wide

    @given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(2, 30))
    def test_no_line_is_too_wide(self, line: str, width: int) -> None:
        """Words that are wider than a line are cut."""
        wrapped = paragraph(line, width)
        assert all(columns(one) <= width for one in wrapped)
        assert "".join("".join(wrapped).split()) == "".join(line.split())

    def test_words_stay_together(self) -> None:
        """Where they can."""
        assert paragraph("one two three", 8) == ["one two", "three"]
        assert paragraph("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]
        assert paragraph("東京東京", 5, " ") == [" 東京", " 東京"]
        assert paragraph("東", 1) == ["東"]
        assert paragraph("", 9, "  ") == ["  "]

    def test_lists_within_a_body_stay_lists(self) -> None:
        """Lines keep the blanks before them; blank lines are single."""
        told = "\n\n one\n\n\n\ttwo three\r\n\n"
        assert body(told, 12, "> ") == [">  one", "", ">    two", ">    three"]

    def test_terms_stand_in_a_column(self) -> None:
        """And what is said of them beside it."""
        assert pairs([("a", "one two"), ("bcd", ""), ("e", "x")], 9, "") == [
            *("a    one", "     two", "bcd", "e    x")
        ]
        assert pairs([], 9) == []


def test_an_open_incident_shows_how_its_components_are_now() -> None:
    """What recovered is operational, and was worse; an unstated impact is derived."""
    opened = Incident.open(
        "Down", at=START, affects={"API": "major_outage", "Web": "partial_outage"}
    )
    better = opened.post("monitoring", at=END, affects={"Web": "operational"})
    shown = lines(better)
    assert "  Impact    critical, by its components" in shown
    assert "  major outage                     API" in shown
    assert "  operational, was partial outage  Web" in shown
    shown = lines(better.resolve(at=END))
    assert "  partial outage  Web" in shown
