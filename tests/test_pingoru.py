"""Pages of Pingoru, as text: what is read from them, and what is written."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from incidentkit import (
    FORMATS,
    LINEAR,
    REOPENABLE,
    Converted,
    Detection,
    Finding,
    Impact,
    Incident,
    IncidentStatus,
    LimitExceeded,
    Limits,
    Maintenance,
    MaintenanceStatus,
    MalformedDocument,
    StatusPage,
    Update,
    detect,
    read,
    write,
)
from incidentkit._time import instant
from incidentkit.formats.pingoru import PINGORU, _names, _words
from incidentkit.formats.pingoru._names import split
from incidentkit.formats.pingoru._parse import parse
from incidentkit.formats.pingoru._shape import Document, Entry, render

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._vocabulary import Status

EXAMPLE = Path(__file__).parents[1] / "examples" / "api-down.txt"
REAL = Path(__file__).parents[2] / "shared/data/pingoru/kalix-emr-2021-03-22.txt"

#: As the real page is: its names run together, and its sentence miscounts them.
TEXT = """\
Fernhill Dental incident

Booking is slow

Major Resolved View vendor source →

Fernhill Dental experienced a major incident on May 2, 2024 affecting Online Booking \
and Reminders and 1 more component, lasting 1d 2h. The incident has been resolved; the \
full update timeline is below.

Started
May 2, 2024, 09:10 AM UTC
Resolved
May 3, 2024, 11:15 AM UTC
Duration
1d 2h
Detected by Pingoru
May 2, 2024, 09:12 AM UTC

Affected components

Online BookingRemindersPatient PortalPayments

Update timeline

  1. investigating May 2, 2024, 09:10 AM UTC

    Booking takes a minute a page.

    We know of two ways around it:

    1. call the practice
    2. monitoring May 2, 2024, 09:11 AM UTC

  2. monitoring May 2, 2024, 10:00 AM UTC

    It is faster.

  3. resolved May 3, 2024, 11:15 AM UTC

    It stayed so overnight.
"""

MAINTENANCE = """\
Fernhill Dental maintenance

New servers

Maintenance Completed View vendor source →

Fernhill Dental underwent scheduled maintenance on May 4, 2024 affecting Payments, \
lasting 1h. The maintenance has been completed; the full update timeline is below.

Scheduled for
May 4, 2024, 09:00 PM UTC
Scheduled until
May 4, 2024, 11:00 PM UTC
Started
May 4, 2024, 09:05 PM UTC
Ended
May 4, 2024, 10:05 PM UTC
Duration
1h

Affected components

Payments

Update timeline

  1. scheduled May 1, 2024, 08:00 AM UTC

  2. in progress May 4, 2024, 09:05 PM UTC

    We have begun.

  3. completed May 4, 2024, 10:05 PM UTC
"""


def codes(came: Converted[Any]) -> list[str]:
    """What was found."""
    return [finding.code for finding in came.findings]


def found(came: Converted[Any], code: str) -> Finding:
    """The finding of a code."""
    (finding,) = (finding for finding in came.findings if finding.code == code)
    return finding


def incident(text: str) -> Incident:
    """The one incident of a text."""
    (only,) = read(text, "pingoru").value.incidents
    return only


def at(text: str) -> DateTime:
    """A minute of May 2024."""
    return instant(f"2024-05-{text}:00Z")


class TestWords:
    """The tables of words."""

    def test_every_status_has_a_word_and_comes_back(self) -> None:
        """Both ways, and an update without a status too."""
        statuses = {None, *IncidentStatus, *MaintenanceStatus}
        assert set(_words.STATUS_TO_WORD) == statuses
        for status, word in _words.STATUS_TO_WORD.items():
            assert _words.WORD_TO_STATUS[word] is status

    def test_every_impact_has_a_word_and_comes_back(self) -> None:
        """Both ways."""
        assert set(_words.IMPACT_TO_WORD) == set(Impact)
        for impact, word in _words.IMPACT_TO_WORD.items():
            assert _words.WORD_TO_IMPACT[word.lower()] is impact

    @pytest.mark.parametrize("impact", [None, *Impact])
    @pytest.mark.parametrize("status", [None, *IncidentStatus, *MaintenanceStatus])
    def test_badges_come_back(
        self, impact: Impact | None, status: Status | None
    ) -> None:
        """Every impact beside every status."""
        word = None if impact is None else _words.IMPACT_TO_WORD[impact]
        line = _words.badge_line(word, status)
        assert _words.badges(line) == (impact, status, None, None)

    @pytest.mark.parametrize(
        ("line", "impact", "status", "impact_word", "status_word"),
        [
            ("Critical Resolved", "critical", "resolved", None, None),
            (
                "critical in progress View vendor source",
                "critical",
                "in_progress",
                None,
                None,
            ),
            (
                "Major Fixed at last View vendor source →",
                "major",
                None,
                None,
                "Fixed at last",
            ),
            ("Dire Resolved View vendor source →", None, "resolved", "Dire", None),
            (
                "Dire In progress View vendor source →",
                None,
                "in_progress",
                "Dire",
                None,
            ),
            ("Dire Straits View vendor source →", None, None, "Dire", "Straits"),
            ("Dire View vendor source →", None, None, "Dire", None),
        ],
    )
    def test_what_can_be_told_of_badges_is(
        self,
        line: str,
        impact: str | None,
        status: str | None,
        impact_word: str | None,
        status_word: str | None,
    ) -> None:
        """A word that nobody knows does not hide the one beside it."""
        shown = _words.badges(line)
        assert shown is not None
        assert (
            shown.impact and shown.impact.value,
            shown.status and shown.status.value,
            shown.impact_word,
            shown.status_word,
        ) == (impact, status, impact_word, status_word)

    @pytest.mark.parametrize(
        "line", ["", "Major", "Resolved", "API Down", "Major Outage"]
    )
    def test_a_name_is_no_badge(self, line: str) -> None:
        """Without the link it takes both badges."""
        assert _words.badges(line) is None


class TestNames:
    """Names that run together."""

    @pytest.mark.parametrize(
        ("line", "names"),
        [
            ("Telehealth", ("Telehealth",)),
            ("API", ("API",)),
            ("Kalix PlatformTelehealth", ("Kalix Platform", "Telehealth")),
            ("ÉcoleÜber uns", ("École", "Über uns")),
        ],
    )
    def test_without_help_capitals_decide(
        self, line: str, names: tuple[str, ...]
    ) -> None:
        """A capital after a small letter begins another name; that is a guess."""
        code = "components.split" if len(names) > 1 else None
        assert split(line, "") == (names, code)

    @pytest.mark.parametrize(
        ("summary", "names"),
        [
            (
                "Acme is experiencing an incident affecting GitHubStatusPal.",
                ("GitHubStatusPal",),
            ),
            ("… affecting GitHub and StatusPal, lasting 1h.", ("GitHub", "StatusPal")),
            ("… affecting GitHub and StatusPal. The rest", ("GitHub", "StatusPal")),
        ],
    )
    def test_a_sentence_that_names_them_all_decides(
        self, summary: str, names: tuple[str, ...]
    ) -> None:
        """Then nothing was guessed."""
        assert split("GitHubStatusPal", summary) == (names, None)

    def test_an_and_may_be_part_of_a_name(self) -> None:
        """What the line begins with tells where the name ends."""
        summary = "Acme … affecting Search and Index and GitHub, lasting 1h."
        assert split("Search and IndexGitHub", summary).names == (
            "Search and Index",
            "GitHub",
        )

    def test_a_sentence_may_name_only_the_first(self) -> None:
        """The rest is split at capitals, and that is a guess."""
        summary = "… affecting GitHub and StatusPal and 2 more components, lasting 1h."
        assert split("GitHubStatusPalMailChat", summary) == (
            ("GitHub", "StatusPal", "Mail", "Chat"),
            "components.split",
        )

    def test_a_sentence_about_others_does_not_help(self) -> None:
        """Nor one that has more to try than anybody reads."""
        for line, summary in (
            ("GitHub", "… affecting A and B, lasting 1h."),
            ("GitHub", "… affecting GitHub Actions and Copilot, lasting 1h."),
            ("GitHub" * 300, "… affecting " + "x and " * 200 + "y."),
        ):
            assert split(line, summary).code == "components.split"

    def test_known_names_cover_the_line(self) -> None:
        """The longest first, but so that the rest is covered as well."""
        known = ["Data", "Database", "base X", "Mail", ""]
        assert split("DatabaseMailData", "", known) == (
            ("Database", "Mail", "Data"),
            None,
        )
        assert split("DatabaseMaildatabase X", "", known).code == "components.unsplit"
        assert split("Database X", "", known) == (("Data", "base X"), None)

    def test_what_known_names_leave_over_is_a_name_of_its_own(self) -> None:
        """At the start, between and at the end."""
        assert split("OldMailNewDataOther", "", ["Mail", "Data"]) == (
            ("Old", "Mail", "New", "Data", "Other"),
            "components.unsplit",
        )

    def test_a_line_longer_than_any_page_has_is_left_alone(self) -> None:
        """It would take long, and to no end."""
        line = "Ab" * _names.LONGEST
        assert split(line, "", ["Ab"]) == ((line,), "components.unsplit")


class TestShape:
    """The sections of a page."""

    def test_what_is_rendered_is_parsed(self) -> None:
        """Section by section."""
        document = Document(
            title="Acme maintenance",
            name="Update timeline",
            badges="Minor View vendor source →",
            summary="Acme has maintenance scheduled.",
            scheduled_for="Monday",
            scheduled_until="Tuesday",
            started="Wednesday",
            ended="Thursday",
            duration="8d",
            detector="Ann",
            detected="Friday",
            text="one\ntwo",
            components=("Started", "A"),
            entries=(
                Entry(
                    number=1,
                    word="update",
                    time="May 2, 2024, 09:10 AM UTC",
                    body="\n x\n",
                ),
                Entry(number=2, word="update", time="May 2, 2024, 09:10 AM UTC"),
            ),
        )
        assert parse(render(document)) == document

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_as_they_may(self, end: str) -> None:
        """With LF, CR LF or CR, and nothing else."""
        assert parse(TEXT.replace("\n", end)) == parse(TEXT)
        assert (
            parse(TEXT.replace("is slow", "is\u2028slow")).name
            == "Booking is\u2028slow"
        )

    def test_blank_lines_do_not_matter(self) -> None:
        """Neither those that are not there, nor those that are twice."""
        head, heading, rest = TEXT.partition("Update timeline")
        assert parse(head.replace("\n\n", "\n \n\n") + heading + rest) == parse(TEXT)
        close = "\n".join(line for line in TEXT.split("\n") if line)
        assert parse(close).components == parse(TEXT).components
        assert parse(close).started == parse(TEXT).started

    def test_indentation_does_not_matter(self) -> None:
        """A body may stand as far left as its head; only its own list goes deeper."""
        flat = TEXT.replace("\n    ", "\n").replace(
            "2. monitoring May 2, 2024, 09:11", "    2. monitoring May 2, 2024, 09:11"
        )
        assert [entry.word for entry in parse(flat).entries] == [
            *("investigating", "monitoring", "resolved")
        ]

    def test_a_summary_may_be_wrapped(self) -> None:
        """Its lines are one paragraph."""
        wrapped = TEXT.replace(" affecting ", "\naffecting ")
        assert parse(wrapped).summary == parse(TEXT).summary


class TestReading:
    """A page of the usual shape."""

    def test_all_that_it_says_is_read(self) -> None:
        """Each section where the model has it."""
        page = read(TEXT, "pingoru").value
        assert page.name == "Fernhill Dental"
        (only,) = page.incidents
        assert only.name == "Booking is slow"
        assert only.impact is Impact.MAJOR
        assert only.status is IncidentStatus.RESOLVED
        assert only.began_at == at("02T09:10")
        assert only.ended_at == at("03T11:15")
        assert only.detection == Detection("Pingoru", at=at("02T09:12"))
        assert [one.label for one in only.affected] == [
            *("Online Booking", "Reminders", "Patient Portal", "Payments")
        ]
        assert [(told.status, told.at) for told in only.updates] == [
            (IncidentStatus.INVESTIGATING, at("02T09:10")),
            (IncidentStatus.MONITORING, at("02T10:00")),
            (IncidentStatus.RESOLVED, at("03T11:15")),
        ]

    def test_bodies_keep_their_paragraphs_and_lists(self) -> None:
        """Also a line of a list that looks like the head of an update."""
        assert incident(TEXT).updates[0].body == (
            "Booking takes a minute a page.\n\nWe know of two ways around it:\n\n"
            "1. call the practice\n2. monitoring May 2, 2024, 09:11 AM UTC"
        )

    def test_nothing_is_stated_that_the_updates_tell(self) -> None:
        """The start, the end and the status are derived."""
        only = incident(TEXT)
        assert only.stated_start is only.stated_end is None
        assert only.stated_status is None

    def test_what_its_updates_do_not_tell_is_stated(self) -> None:
        """Another start, end and status than theirs."""
        text = TEXT.replace(
            "Started\nMay 2, 2024, 09:10", "Started\nMay 2, 2024, 08:00"
        )
        text = text.replace(
            "Resolved\nMay 3, 2024, 11:15", "Resolved\nMay 3, 2024, 10:00"
        )
        text = text.replace("Major Resolved", "Major Postmortem")
        only = incident(text)
        assert only.stated_start == at("02T08:00")
        assert only.stated_end == at("03T10:00")
        assert only.stated_status is IncidentStatus.POSTMORTEM
        assert write(read(text, "pingoru").value, "pingoru").exact() == text

    def test_findings_say_where(self) -> None:
        """Line by line, from the top."""
        came = read(TEXT, "pingoru")
        assert [(one.code, one.path) for one in came.findings] == [
            ("sentence.disagrees", "line 7"),
            ("components.split", "line 20"),
        ]
        assert "2 more components" in found(came, "sentence.disagrees").detail

    def test_a_page_that_is_right_is_read_without_a_word(self) -> None:
        """Two names, both in the sentence: nothing is guessed, and nothing amiss."""
        text = TEXT.replace(" and 1 more component", "")
        text = text.replace("RemindersPatient PortalPayments", "Reminders")
        assert read(text, "pingoru").exact().incidents

    def test_a_maintenance_is_read(self) -> None:
        """With its plan, and its own words."""
        (only,) = read(MAINTENANCE, "pingoru").exact().maintenances
        assert only.status is MaintenanceStatus.COMPLETED
        assert only.impact is Impact.MAINTENANCE
        assert (only.scheduled_for, only.scheduled_until) == (
            at("04T21:00"),
            at("04T23:00"),
        )
        assert only.stated_start is only.stated_end is None
        assert only.began_at == at("04T21:05")

    def test_the_words_tell_a_maintenance_too(self) -> None:
        """A page titled as an incident may still be of one."""
        text = MAINTENANCE.replace("Dental maintenance", "Dental incident")
        page = read(text, "pingoru").value
        assert page.maintenances
        assert not page.incidents
        assert page.maintenances[0].extras["pingoru"]["@stated"] == {
            "title": "Fernhill Dental incident"
        }

    def test_names_may_stand_one_a_line(self) -> None:
        """Then none is guessed, and one that stands there twice is one."""
        lines = "GitHub\nStatusPal\nGitHub"
        text = TEXT.replace("Online BookingRemindersPatient PortalPayments", lines)
        came = read(text, "pingoru")
        assert [one.name for one in came.value.incidents[0].affected] == [
            "GitHub",
            "StatusPal",
        ]
        assert "components.split" not in codes(came)

    def test_the_callers_page_helps(self) -> None:
        """With the names of its components, and its own where the text has none."""
        mine = StatusPage("Mine", components=["Online Booking", "Reminders", "Patient"])
        came = read(TEXT.replace("Fernhill Dental incident", "Incident"), page=mine)
        assert came.value.name == "Mine"
        assert [one.name for one in came.value.incidents[0].affected] == [
            *("Online Booking", "Reminders", "Patient", "PortalPayments")
        ]
        assert "components.unsplit" in codes(came)
        assert read(TEXT, page=mine).value.name == "Fernhill Dental"

    def test_a_time_without_a_zone_is_the_callers(self) -> None:
        """Or it is left out, and with it what cannot be without one."""
        text = TEXT.replace(" UTC", "")
        came = read(text, "pingoru", tz="America/New_York")
        assert came.value.incidents[0].began_at == at("02T13:10")
        assert found(came, "time.naive").count == 6
        without = read(text, "pingoru")
        assert without.value.incidents[0].updates == ()
        assert without.value.incidents[0].detection == Detection("Pingoru")
        assert [left.path for left in without.left_out] == [
            "line 24",
            "line 33",
            "line 37",
        ]

    def test_its_limits_hold(self) -> None:
        """Of bytes, and of updates and components together."""
        assert read(TEXT, "pingoru", limits=Limits(items=4)).value.incidents
        for limits in (Limits(items=3), Limits(bytes=100)):
            with pytest.raises(LimitExceeded):
                read(TEXT, "pingoru", limits=limits)


class TestOddPages:
    """Pages that lack something, or say something else."""

    @pytest.mark.parametrize(
        ("section", "missing"),
        [
            ("Fernhill Dental incident\n\n", ["value.missing"]),
            ("Booking is slow\n\n", ["value.missing"]),
            ("Major Resolved View vendor source →\n\n", []),
            (TEXT[TEXT.index("Fernhill Dental exp") : TEXT.index("Started")], None),
            ("Started\nMay 2, 2024, 09:10 AM UTC\n", []),
            ("Resolved\nMay 3, 2024, 11:15 AM UTC\n", []),
            ("Duration\n1d 2h\n", []),
            ("Detected by Pingoru\nMay 2, 2024, 09:12 AM UTC\n", []),
            ("\nMay 2, 2024, 09:12 AM UTC", []),
            (
                TEXT[TEXT.index("Affected components") : TEXT.index("Update timeline")],
                None,
            ),
            ("Update timeline\n\n", []),
            (TEXT[TEXT.index("Update timeline") :], None),
        ],
    )
    def test_what_is_missing_stays_so(
        self, section: str, missing: list[str] | None
    ) -> None:
        """The rest is read, and the page comes back without it."""
        text = TEXT.replace(section, "", 1)
        came = read(text, "pingoru")
        if missing is not None:
            assert [
                code
                for code in codes(came)
                if not code.startswith(("sentence", "components"))
            ] == missing
        again = write(came.value, "pingoru")
        heading = "" if section == "Update timeline\n\n" else section
        assert again.value.strip() == TEXT.replace(heading, "", 1).strip()

    def test_a_missing_title_is_made_up_for_by_the_sentence(self) -> None:
        """It says whose page it is too; without it nobody does."""
        text = TEXT.replace("Fernhill Dental incident\n\n", "")
        assert read(text, "pingoru").value.name == "Fernhill Dental"
        assert read("Update timeline", "pingoru").value.name is None

    def test_a_missing_name_is_made_up_for_by_the_title(self) -> None:
        """Something must be its name."""
        only = incident(TEXT.replace("Booking is slow\n\n", ""))
        assert only.name == "Fernhill Dental incident"
        (nameless,) = read(
            "Update timeline\n\n  1. update May 2, 2024, 09:10 AM UTC"
        ).value.incidents
        assert nameless.name == "Incident"

    @pytest.mark.parametrize(
        ("text", "name", "title"),
        [
            (
                "API is down\n\nCritical Resolved View vendor source →\n",
                "API is down",
                None,
            ),
            ("Acme\n\nAPI is down\n", "API is down", "Acme"),
            ("Acme\n\nAPI is down\n\nIt is.\n", "API is down", "Acme"),
            ("Acme incident\n\nAPI is down\n", "API is down", "Acme incident"),
            (
                "API is down\n\nAcme experienced an incident on May 2, 2024.\n",
                "API is down",
                None,
            ),
            (
                "Major View vendor source →\n\nAcme experienced an incident.\n",
                "Incident",
                None,
            ),
            ("Acme experienced an incident on May 2, 2024.\n", "Incident", None),
        ],
    )
    def test_the_head_is_read_with_parts_missing(
        self, text: str, name: str, title: str | None
    ) -> None:
        """By what can only be badges or a sentence, and by the last word of a title."""
        document = parse(text + "\nUpdate timeline\n")
        assert document.title == title
        assert incident(text + "\nUpdate timeline\n").name == name

    def test_a_title_alone_tells_of_no_incident(self) -> None:
        """The page is there, and nothing is on it."""
        came = read("Acme incident\n", "pingoru")
        assert came.value == StatusPage("Acme")
        assert codes(came) == ["value.missing"]

    @pytest.mark.parametrize(
        "text", ["", "\n\n", "hello", "hello\nworld", "{}", "1. x May"]
    )
    def test_what_has_no_part_of_a_page_is_none(self, text: str) -> None:
        """Neither a title, nor a timeline, nor an update."""
        with pytest.raises(MalformedDocument) as caught:
            read(text, "pingoru")
        assert caught.value.path == "line 1"
        assert caught.value.format == "pingoru"

    def test_unknown_words_are_kept(self) -> None:
        """They are None in the model, and come back."""
        text = TEXT.replace("Major Resolved", "Dire Fixed").replace(
            "2. monitoring May 2, 2024, 10", "2. watching May 2, 2024, 10"
        )
        came = read(text, "pingoru")
        (only,) = came.value.incidents
        assert only.impact is None
        assert only.updates[1].status is None
        assert only.extras["pingoru"]["impact"] == "Dire"
        assert only.updates[1].extras["pingoru"]["status"] == "watching"
        assert codes(came).count("word.unknown") == 2
        assert write(came.value, "pingoru").exact() == text

    def test_words_of_the_other_kind_are_unknown(self) -> None:
        """An incident is never scheduled, and a maintenance never monitored."""
        text = TEXT.replace("Major Resolved", "Major Completed")
        came = read(
            text.replace(
                "2. monitoring May 2, 2024, 10", "2. in progress May 2, 2024, 10"
            )
        )
        (only,) = came.value.incidents
        assert [told.status for told in only.updates] == [
            *(IncidentStatus.INVESTIGATING, None, IncidentStatus.RESOLVED)
        ]
        assert found(came, "word.unknown").count == 2
        assert only.stated_status is None

    def test_a_word_may_be_spelt_otherwise(self) -> None:
        """Then it is known, and said."""
        came = read(TEXT.replace("1. investigating", "1. Investigating"), "pingoru")
        assert came.value.incidents[0].updates[0].status is IncidentStatus.INVESTIGATING
        assert found(came, "word.respelled").path == "line 24"

    def test_lines_that_belong_nowhere_are_kept(self) -> None:
        """They come back, before the components."""
        text = TEXT.replace(
            "Affected components", "Share this\nStarted\n\nAffected components"
        )
        text = text.replace("\n  1.", "\nNewest first\n\n  1.")
        came = read(text, "pingoru")
        kept = came.value.incidents[0].extras["pingoru"]["text"]
        assert kept == "Share this\nStarted\nNewest first"
        assert found(came, "document.text").path == "line 18"
        again = write(came.value, "pingoru").value
        assert f"\n\n{kept}\n\nAffected components" in again
        assert read(again).value == came.value

    def test_a_label_that_stands_there_twice_counts_once(self) -> None:
        """The first is believed."""
        text = TEXT.replace("Duration\n1d 2h", "Duration\n1d 2h\nDuration\n3d")
        only = incident(text)
        assert only.extras["pingoru"]["text"] == "Duration\n3d"

    def test_a_duration_that_is_not_the_times_is_reported(self) -> None:
        """And kept."""
        text = TEXT.replace("Duration\n1d 2h", "Duration\n2d")
        came = read(text, "pingoru")
        assert found(came, "time.disagrees").path == "line 14"
        assert write(came.value, "pingoru").exact() == text

    def test_a_duration_may_be_said_in_other_words(self) -> None:
        """As long as it is that long."""
        text = TEXT.replace("Duration\n1d 2h", "Duration\n26 hours 5 minutes")
        came = read(text, "pingoru")
        assert "time.disagrees" not in codes(came)
        assert write(came.value, "pingoru").exact() == text

    def test_a_duration_that_is_none_is_reported(self) -> None:
        """It comes back all the same."""
        text = TEXT.replace("Duration\n1d 2h", "Duration\nall day")
        came = read(text, "pingoru")
        assert found(came, "value.malformed").value == "all day"
        assert write(came.value, "pingoru").exact() == text

    def test_a_duration_of_what_goes_on_is_not_judged(self) -> None:
        """Nobody says what time it is."""
        text = TEXT.replace("Major Resolved", "Major Monitoring").replace(
            "Resolved\nMay 3, 2024, 11:15 AM UTC\n", ""
        )
        assert "time.disagrees" not in codes(read(text, "pingoru"))

    def test_an_end_before_the_beginning_is_reported(self) -> None:
        """And so is an end of what is open; neither is measured."""
        text = TEXT.replace("Resolved\nMay 3, 2024", "Resolved\nMay 1, 2024")
        came = read(text, "pingoru")
        assert found(came, "duration.negative").path == "line 12"
        assert "time.disagrees" not in codes(came)
        still = read(TEXT.replace("Major Resolved", "Major Monitoring"), "pingoru")
        assert found(still, "end.while_open").path == "line 12"

    def test_an_update_whose_time_cannot_be_is_left_out(self) -> None:
        """It alone."""
        text = TEXT.replace(
            "2. monitoring May 2, 2024, 10:00", "2. monitoring May 42, 2024, 10:00"
        )
        came = read(text, "pingoru")
        assert len(came.value.incidents[0].updates) == 2
        assert found(came, "time.malformed").path == "line 33"
        assert [left.path for left in came.left_out] == ["line 33"]

    def test_a_fact_whose_time_cannot_be_is_left_out(self) -> None:
        """It alone."""
        came = read(TEXT.replace("Started\nMay 2", "Started\nMay 42"), "pingoru")
        assert found(came, "time.malformed").path == "line 10"
        assert came.value.incidents[0].began_at == at("02T09:10")

    def test_a_gap_in_the_numbers_is_reported(self) -> None:
        """What is there is read; what is missing nobody knows."""
        came = read(TEXT.replace("  3. resolved", "  9. resolved"), "pingoru")
        assert len(came.value.incidents[0].updates) == 3
        assert found(came, "value.missing").path == "line 37"

    @pytest.mark.parametrize(
        "line",
        [
            "2. deployed May 2, 2024, 09:11 AM UTC",
            "  4. deployed May 2, 2024, 09:11 AM UTC",
            "1. monitoring May 2, 2024, 09:11 AM UTC",
            "2. monitoring at nine",
            "2. monitoring May 2, 2024, 09:11 AM UTC and so on",
        ],
    )
    def test_a_line_of_a_body_is_no_head(self, line: str) -> None:
        """Its number must be next, its word known or in its place, its time whole."""
        text = TEXT.replace("    1. call the practice", line)
        only = incident(text)
        assert len(only.updates) == 3
        assert line.strip() in only.updates[0].body


class TestWriting:
    """What a page has room for."""

    def test_a_page_comes_back_as_it_was(self) -> None:
        """Word for word: its sentence, and how its names run together."""
        assert write(read(TEXT).value, "pingoru").exact() == TEXT
        assert write(read(MAINTENANCE).value, "pingoru").exact() == MAINTENANCE

    def test_the_example_is_exact(self) -> None:
        """It is read without a word, and comes back."""
        text = EXAMPLE.read_text(encoding="utf-8")
        assert detect(text) == "pingoru"
        page = read(text).exact()
        assert write(page, "pingoru").exact() == text

    def test_a_verb_makes_what_the_page_stated_untrue(self) -> None:
        """Then the sentence is ours, and the names stand one a line."""
        (only,) = read(TEXT).value.incidents
        again = write(
            only.post("postmortem", at="2024-05-09T12:00:00Z"), "pingoru"
        ).value
        assert "and 2 more components, lasting 1d 2h." in again
        assert "Online Booking\nReminders\nPatient Portal\nPayments\n" in again

    def test_authored_incidents_can_be_written(self) -> None:
        """What the text has no place for is reported, a kind of thing at a time."""
        made = Incident.open(
            "API down",
            at="2024-05-02T09:10:30Z",
            id="i1",
            affects={"API": "major_outage"},
            started_at="2024-05-02T09:00:00Z",
        ).resolve("Done.", at="2024-05-02T10:10:00Z")
        page = StatusPage("Acme", url="https://acme.test", incidents=[made])
        went = write(page, "pingoru")
        assert sorted({(one.code, one.path) for one in went.findings}) == [
            ("time.coarsened", "$.incidents[0].created_at"),
            ("value.left_out", "$.incidents[0].id"),
            ("value.left_out", "$.incidents[0].updates[0].states"),
            ("value.left_out", "$.url"),
        ]
        assert "Started\nMay 2, 2024, 09:00 AM UTC\n" in went.value

    def test_what_fits_is_written_without_a_word(self) -> None:
        """And is read again as it was."""
        told = Update(None, body="Looking.", at="2024-05-02T09:10:00Z")
        made = Incident("x", updates=[told], components=["GitHub"], impact="none")
        page = StatusPage("Acme", incidents=[made])
        assert read(write(page, "pingoru").exact(), "pingoru").exact() == page

    def test_one_incident_fits(self) -> None:
        """The newest that is open, incidents first; the others are named."""
        old = Incident(
            "old", id="o", updates=[Update("identified", at="2024-05-01T00:00:00Z")]
        )
        new = Incident("new", updates=[Update("identified", at="2024-05-02T00:00:00Z")])
        over = Incident("over", updates=[Update("resolved", at="2024-05-03T00:00:00Z")])
        bare = Incident("bare")
        planned = Maintenance("planned", scheduled_for="2024-05-09T00:00:00Z")
        page = StatusPage("A", incidents=[over, old, bare, new], maintenances=[planned])
        went = write(page, "pingoru")
        assert "\n\nnew\n\n" in went.value
        assert [(left.path, left.id) for left in went.left_out] == [
            ("$.incidents[0]", None),
            ("$.incidents[1]", "o"),
            ("$.incidents[2]", None),
            ("$.maintenances[0]", None),
        ]
        assert found(went, "item.unfitting").count == 4

    def test_a_page_with_nothing_on_it_is_its_title(self) -> None:
        """And is read as such."""
        assert write(StatusPage("Acme"), "pingoru").exact() == "Acme incident\n"
        assert write(StatusPage(), "pingoru").exact() == "Incident\n"
        assert read("Incident\n", "pingoru").value == StatusPage()

    @pytest.mark.parametrize(
        ("event", "code", "path"),
        [
            (Incident("a\nb"), "text.reflowed", "$.name"),
            (Incident(""), "value.left_out", "$.name"),
            (
                Incident("x", components=["", "Update timeline"]),
                "value.left_out",
                "$.components",
            ),
            (Incident("x", detection=Detection(" ")), "value.left_out", "$.detection"),
            (
                Incident("x", detection=Detection("a\tb")),
                "text.reflowed",
                "$.detection.by",
            ),
            (Incident("x", postmortem="why"), "value.left_out", "$.postmortem"),
            (Incident("x", links={"a": "b"}), "value.left_out", "$.links"),
            (Incident("x", extras={"pingoru": {"x": 1}}), "value.left_out", "$.extras"),
            (
                Incident(
                    "x",
                    updates=[Update(None, body="a\r\nb", at="2024-05-02T09:10:00Z")],
                ),
                "text.reflowed",
                "$.updates[0].body",
            ),
            (
                Maintenance("x", scheduled_for="2024-05-02T09:10:20Z"),
                "time.coarsened",
                "$.scheduled_for",
            ),
        ],
    )
    def test_what_does_not_fit_is_reported(
        self, event: Incident | Maintenance, code: str, path: str
    ) -> None:
        """With its place in what was written."""
        went = write(event, "pingoru")
        assert found(went, code).path == path

    def test_extras_of_a_page_are_reported(self) -> None:
        """There are none that a reading gives."""
        page = StatusPage("x", extras={"pingoru": {"a": 1}})
        assert found(write(page, "pingoru"), "value.left_out").path == "$.extras"

    @pytest.mark.parametrize(
        "name", ["Update timeline", "Started", "Detected by X", "Resolved"]
    )
    def test_names_may_be_the_words_of_the_page(self, name: str) -> None:
        """Of a page, of an incident, and but for one of a component."""
        told = Update("resolved", at="2024-05-02T09:10:00Z")
        made = Incident(name, updates=[told], components=["Started", "Detected by X"])
        page = StatusPage(name, incidents=[made])
        assert read(write(page, "pingoru").exact(), "pingoru").value == page

    @pytest.mark.parametrize(
        "stated",
        [
            {"title": "no title\nat all"},
            {"title": "x", "badges": "y"},
            {"badges": "Update timeline"},
            {"summary": "Started\nMay 2, 2024, 09:10 AM UTC"},
            {"components": "Other"},
            {"duration": 5},
        ],
    )
    @pytest.mark.parametrize(
        "absent", [None, ["title", "name", "badges", "summary", "started"]]
    )
    def test_extras_that_would_break_the_page_are_left_out(
        self, stated: dict[str, object], absent: list[str] | None
    ) -> None:
        """Whoever made them: the page says what it would without them."""
        told = Update("resolved", at="2024-05-02T09:10:00Z")
        made = Incident("x", updates=[told], components=["A", "B"])
        kept = {"@stated": stated} | ({} if absent is None else {"@absent": absent})
        spoilt = Incident(
            "x", updates=[told], components=["A", "B"], extras={"pingoru": kept}
        )
        went = write(spoilt, "pingoru")
        assert went.value == write(made, "pingoru").value
        assert found(went, "value.left_out").path == "$.extras"

    @pytest.mark.parametrize("stated", [{"title": "none"}, {"title": "An incident"}])
    def test_extras_that_leave_no_page_are_left_out(
        self, stated: dict[str, str]
    ) -> None:
        """A text that could not be read, and one that tells of nothing."""
        absent = ["name", "badges", "summary"]
        made = Incident("x", extras={"pingoru": {"@stated": stated, "@absent": absent}})
        went = write(made, "pingoru")
        assert went.value == write(Incident("x"), "pingoru").value
        assert found(went, "value.left_out").path == "$.extras"

    @pytest.mark.parametrize("status", [None, *IncidentStatus])
    def test_each_status_of_an_incident_can_be_told(
        self, status: IncidentStatus | None
    ) -> None:
        """Also the one that nobody knows."""
        made = Incident("x", stated_status=status)
        page = StatusPage("Acme", incidents=[made])
        assert read(write(page, "pingoru").exact(), "pingoru").exact() == page

    @pytest.mark.parametrize("status", [None, *MaintenanceStatus])
    def test_each_status_of_a_maintenance_can_be_told(
        self, status: MaintenanceStatus | None
    ) -> None:
        """Also the one that nobody knows."""
        made = Maintenance(
            "x", stated_status=status, stated_start="2024-05-02T09:10:00Z"
        )
        page = StatusPage("Acme", maintenances=[made])
        assert read(write(page, "pingoru").exact(), "pingoru").exact() == page


class TestFormat:
    """The format itself."""

    def test_it_is_in_the_table(self) -> None:
        """Under its name."""
        assert FORMATS["pingoru"] is PINGORU

    @pytest.mark.parametrize(
        "text",
        [
            TEXT,
            MAINTENANCE,
            TEXT.replace("\n", "\r\n"),
            "Affected components\n",
            "x\n  Detected by Ann  \n",
            "Critical Resolved View vendor source →",
        ],
    )
    def test_it_is_recognised(self, text: str) -> None:
        """By any line that only such a page has."""
        assert detect(text) == "pingoru"
        assert detect(text.encode()) == "pingoru"


# -- laws ------------------------------------------------------------------------------

STOLEN = st.sampled_from(
    [
        *(
            "",
            " ",
            "\n",
            "\r\n",
            "\xa0",
            "\ufeff",
            "\x1b[2J",
            "a\n\nb",
            "    x",
            "  y\n",
        ),
        *("Update timeline", "Affected components", "Started", "Duration", "Resolved"),
        *(
            "Detected by X",
            "Critical Resolved",
            "View vendor source →",
            "Kalix incident",
        ),
        *("maintenance", "GitHub", "A and B", " affecting ", ".", "x experienced a y."),
        *("  1. resolved May 2, 2024, 09:10 AM UTC", "2. x May 2, 2024, 09:11 AM UTC"),
    ]
)
TEXTS = st.one_of(
    STOLEN, st.text(max_size=6), st.lists(STOLEN, max_size=3).map("".join)
)
MINUTES = st.integers(0, 600).map(
    lambda n: dt.datetime(2024, 5, 2, tzinfo=dt.UTC) + dt.timedelta(minutes=n)
)
STATED = st.dictionaries(
    st.sampled_from(["title", "badges", "summary", "duration", "components"]), TEXTS
)
ABSENT = st.lists(
    st.sampled_from(["title", "name", "badges", "summary", "started", "ended"])
)
EXTRAS: st.SearchStrategy[dict[str, dict[str, object]]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {},
        optional={
            "@stated": STATED,
            "@absent": ABSENT,
            "text": TEXTS,
            "impact": TEXTS,
            "status": TEXTS,
        },
    ).map(lambda said: {"pingoru": said}),
)
OPTIONAL_MINUTES = st.none() | MINUTES


def events(
    kind: type[Any], statuses: type[Any], **more: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Events made of the words of the page itself."""
    status = st.none() | st.sampled_from(statuses)
    return st.builds(
        kind,
        TEXTS,
        impact=st.none() | st.sampled_from(Impact),
        updates=st.lists(
            st.builds(Update, status, body=TEXTS, at=MINUTES, extras=EXTRAS), max_size=3
        ),
        components=st.lists(TEXTS, max_size=3),
        stated_status=status,
        stated_start=OPTIONAL_MINUTES,
        stated_end=OPTIONAL_MINUTES,
        detection=st.none() | st.builds(Detection, TEXTS, at=OPTIONAL_MINUTES),
        extras=EXTRAS,
        **more,
    )


PAGES = st.one_of(
    st.builds(
        lambda name, one: StatusPage(name, incidents=[one]),
        st.none() | TEXTS,
        events(Incident, IncidentStatus),
    ),
    st.builds(
        lambda name, one: StatusPage(name, maintenances=[one]),
        st.none() | TEXTS,
        events(
            Maintenance,
            MaintenanceStatus,
            scheduled_for=OPTIONAL_MINUTES,
            scheduled_until=OPTIONAL_MINUTES,
        ),
    ),
)
unhurried = settings(
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(PAGES)
@unhurried
def test_the_laws_hold_for_pages_made_of_its_own_words(page: StatusPage) -> None:
    """What is not reported comes back, and what was read is written as it was."""
    once = write(page, "pingoru")
    back = read(once.value, "pingoru").value
    again = write(back, "pingoru")
    assert again.value == once.value
    assert again.findings == ()
    if not once.findings:
        assert back == page


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A page with lines lost, doubled, moved or put in."""
    lines = TEXT.split("\n")
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["lose", "double", "move", "put in", "cut"])):
            case "lose":
                lines[place : place + 1] = []
            case "double":
                lines.insert(place, lines[place])
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(place))
            case "cut":
                lines[place] = lines[place][: draw(st.integers(0, 40))]
            case _:
                lines.insert(place, draw(TEXTS))
        lines = lines or [""]
    return "\n".join(lines)


@given(mangled())
@example(TEXT)
@unhurried
def test_mangled_pages_are_read_or_refused(text: str) -> None:
    """Whatever is read can be written, and settles at once."""
    try:
        page = read(text, "pingoru").value
    except MalformedDocument:
        return
    once = write(page, "pingoru").value
    assert write(read(once, "pingoru").value, "pingoru").value == once


@pytest.mark.parametrize(
    "text",
    [
        "1. " + " " * 100_000,
        "  1. " + "x " * 100_000,
        "x " * 100_000 + "incident",
        "a incident\nb\nc View vendor source →\n" + "x and " * 50_000,
        "Update timeline\n" + "  1. resolved May 2, 2024, 09:10 AM UTC\n" * 5_000,
        "Update timeline\n" * 20_000,
        "Affected components\n" + "Aa" * 50_000 + "\nUpdate timeline",
    ],
)
def test_hostile_pages_take_no_time(text: str) -> None:
    """Reading takes time in proportion to the text."""
    with contextlib.suppress(MalformedDocument):
        read(text, "pingoru")


# -- the real page ---------------------------------------------------------------------

real = [
    pytest.mark.real,
    pytest.mark.skipif(
        not REAL.exists(), reason="the real page is not beside this checkout"
    ),
]


class TestRealPage:
    """The one real page that we have."""

    pytestmark = real

    def test_it_says_what_people_see(self) -> None:
        """Fifteen updates over eight days, five components, and no illegal step."""
        page = read(REAL.read_bytes()).value
        assert page.name == "Kalix EMR"
        (only,) = page.incidents
        assert only.impact is Impact.CRITICAL
        assert only.status is IncidentStatus.RESOLVED
        assert len(only.updates) == 15
        assert only.began_at == instant("2021-03-22T19:22:00Z")
        assert only.ended_at == instant("2021-03-31T00:44:00Z")
        assert [one.label for one in only.affected] == [
            *("Kalix Platform", "Telehealth", "Online Schedulers"),
            *("Messaging", "Notifications"),
        ]
        assert only.violations() == only.violations(REOPENABLE) == ()
        assert len(only.violations(LINEAR)) == 4
        assert len(only.regressions) == 2

    def test_its_sentence_miscounts(self) -> None:
        """It counts three components, and lists five."""
        came = read(REAL.read_bytes())
        assert codes(came) == ["sentence.disagrees", "components.split"]
        assert "3 more components, lasting 8d 5h." in came.findings[0].detail

    def test_it_comes_back_as_it_was(self) -> None:
        """Word for word, but for the line feed at its end."""
        text = REAL.read_text(encoding="utf-8")
        assert write(read(text).value, "pingoru").exact() == text.rstrip("\n") + "\n"
