"""What one sentence says of an event."""

from __future__ import annotations

import pytest
from hypothesis import given

import strategies
from incidentkit import Impact, Incident, Maintenance, Update
from incidentkit._sentence import CALLED, labels, listed, sentence

START = "2021-03-22T19:22:00Z"
END = "2021-03-31T00:44:00Z"


def incident(*names: str, impact: str | None = "critical") -> Incident:
    """An incident that was resolved after eight days."""
    told = (Update("investigating", at=START), Update("resolved", at=END))
    return Incident("API Down", impact=impact, components=names, updates=told)


def maintenance(*statuses: str, **plan: str | None) -> Maintenance:
    """A maintenance, an hour between its updates."""
    told = [
        Update(word, at=f"2024-05-04T{20 + n}:00:00Z")
        for n, word in enumerate(statuses)
    ]
    return Maintenance(
        "Upgrade",
        updates=told,
        components=["Database"],
        scheduled_for=plan.get("scheduled_for", "2024-05-04T21:30:00Z"),
        scheduled_until=plan.get("scheduled_until", "2024-05-05T01:30:00Z"),
    )


class TestIncidents:
    """Incidents, in every way that one can stand."""

    def test_it_is_worded_as_on_the_real_page(self) -> None:
        """Whose, how bad, when, what and how long."""
        names = ("Kalix Platform", "Telehealth", "Online Schedulers")
        assert sentence(incident(*names), "Kalix EMR") == (
            "Kalix EMR experienced a critical incident on March 22, 2021 affecting "
            "Kalix Platform and Telehealth and 1 more component, lasting 8d 5h."
        )

    @pytest.mark.parametrize(
        ("impact", "what"),
        [
            (None, "an incident"),
            ("none", "an incident"),
            ("minor", "a minor incident"),
            ("major", "a major incident"),
            ("critical", "a critical incident"),
            ("maintenance", "scheduled maintenance"),
        ],
    )
    def test_the_severity_is_the_impact(self, impact: str | None, what: str) -> None:
        """With the article that goes with it."""
        assert sentence(incident(impact=impact), "Acme") == (
            f"Acme experienced {what} on March 22, 2021, lasting 8d 5h."
        )

    def test_every_impact_is_called_something(self) -> None:
        """The table is total, and nobody's impact is in it too."""
        assert set(CALLED) == {None, *Impact}

    def test_what_goes_on_has_no_length(self) -> None:
        """It is, since then."""
        ongoing = Incident.open(
            "x", at=START, impact="minor", affects={"API": "major_outage"}
        )
        assert sentence(ongoing, "Acme") == (
            "Acme is experiencing a minor incident since March 22, 2021 affecting API."
        )

    def test_without_a_page_it_begins_with_the_incident(self) -> None:
        """No name is put in the place of one that nobody knows."""
        ongoing = Incident.open("x", at=START)
        assert sentence(ongoing, None) == "There is an incident since March 22, 2021."
        assert sentence(incident("A", "B"), "") == (
            "There was a critical incident on March 22, 2021 affecting A and B, "
            "lasting 8d 5h."
        )

    def test_an_unknown_start_is_not_a_date(self) -> None:
        """What was first told as over ended then; when it began nobody said."""
        imported = Incident("x", updates=[Update("resolved", at=END)])
        assert sentence(imported, "Acme") == (
            "Acme experienced an incident that ended on March 31, 2021."
        )
        bare = Incident("x", stated_status="resolved")
        assert sentence(bare, "Acme") == "Acme experienced an incident."

    def test_an_unknown_status_is_neither_over_nor_going_on(self) -> None:
        """It was reported; more is not known."""
        note = Incident("x", updates=[Update(None, at=START)], impact="major")
        assert (
            sentence(note, "Acme")
            == "Acme reported a major incident on March 22, 2021."
        )
        assert sentence(Incident("x"), None) == "There is a report of an incident."


class TestMaintenances:
    """Maintenances, before, while, after and instead."""

    @pytest.mark.parametrize(
        ("statuses", "said"),
        [
            (
                ("scheduled",),
                (
                    "Acme has maintenance scheduled for May 4, 2024 affecting "
                    "Database, expected to last 4h."
                ),
            ),
            (
                ("scheduled", "in_progress"),
                (
                    "Acme is undergoing scheduled maintenance since May 4, 2024 "
                    "affecting Database."
                ),
            ),
            (
                ("scheduled", "in_progress", "verifying"),
                (
                    "Acme is undergoing scheduled maintenance since May 4, 2024 "
                    "affecting Database."
                ),
            ),
            (
                ("scheduled", "in_progress", "completed"),
                (
                    "Acme underwent scheduled maintenance on May 4, 2024 affecting "
                    "Database, lasting 1h."
                ),
            ),
            (
                ("scheduled", "cancelled"),
                (
                    "Acme has cancelled maintenance scheduled for May 4, 2024 "
                    "affecting Database."
                ),
            ),
        ],
    )
    def test_each_status_has_its_words(
        self, statuses: tuple[str, ...], said: str
    ) -> None:
        """With a page's name."""
        assert sentence(maintenance(*statuses), "Acme") == said

    @pytest.mark.parametrize(
        ("statuses", "said"),
        [
            (("scheduled",), "There is maintenance scheduled for May 4, 2024"),
            (("in_progress",), "There is scheduled maintenance since May 4, 2024"),
            (
                ("in_progress", "completed"),
                "There was scheduled maintenance on May 4, 2024",
            ),
            (
                ("cancelled",),
                "There is no longer maintenance scheduled for May 4, 2024",
            ),
        ],
    )
    def test_without_a_page_too(self, statuses: tuple[str, ...], said: str) -> None:
        """And without one."""
        assert sentence(maintenance(*statuses), None).startswith(said)

    def test_what_is_not_known_has_no_clause(self) -> None:
        """No plan, no end, or an end before the beginning."""
        nothing = Maintenance("Upgrade")
        assert sentence(nothing, "Acme") == "Acme has scheduled maintenance."
        open_ended = maintenance("scheduled", scheduled_until=None)
        assert "expected" not in sentence(open_ended, "Acme")
        upside_down = maintenance("scheduled", scheduled_until="2024-05-04T21:00:00Z")
        assert "expected" not in sentence(upside_down, "Acme")
        done = maintenance("completed", scheduled_for=None)
        assert sentence(done, "Acme") == (
            "Acme underwent scheduled maintenance that ended on May 4, 2024 affecting "
            "Database."
        )


class TestNames:
    """Which components are listed, and how."""

    @pytest.mark.parametrize(
        ("names", "said"),
        [
            ((), ""),
            (("A",), "A"),
            (("A", "B"), "A and B"),
            (("A", "B", "C"), "A and B and 1 more component"),
            (("A", "B", "C", "D"), "A and B and 2 more components"),
        ],
    )
    def test_two_are_named_and_the_rest_counted(
        self, names: tuple[str, ...], said: str
    ) -> None:
        """One more is singular."""
        assert listed(names) == said

    def test_each_name_is_listed_once(self) -> None:
        """Also where two components share it; the nameless are left out."""
        two = incident("API", "", "API")
        assert labels(two) == ("API",)
        assert "affecting API," in sentence(two, "Acme")

    @given(event=strategies.incidents() | strategies.maintenances())
    def test_there_is_a_sentence_for_everything(
        self, event: Incident | Maintenance
    ) -> None:
        """Whatever a constructor takes can be told."""
        assert sentence(event, "Acme").startswith("Acme ")
        assert sentence(event, None).endswith(".")
