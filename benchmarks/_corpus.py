"""
Documents to measure with: `incidents.json` as the vendor serves it today, made up.

They are seeded, so every run and every contender gets the same ones. What decides how
much a reader has to do is as on real pages: every key is there; an incident has about
five updates, nine levels of components and 1.7 rows of components, and the rows are
those of a limited set of components, so that incidents share them. Half the incidents
write their times in `Z` and half with an offset; an update is shown when it was posted
in seven cases of ten, and was never edited in eight; bodies have 200 to 800 characters,
and a fifth of them accents and CRLF.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta, timezone

JSON = dict[str, "JSONValue"]
JSONValue = str | int | bool | None | list["JSONValue"] | JSON

PAGE_ID = "kctbh9vrtdwd"
_SEED = 20210322
_COMPONENTS = 40
# Some components break together far more often than others: of 54 recent incidents of
# one real page 23 have different rows, and of these 50 about as many.
_SETS = 200
_WEIGHTS = [1 / (rank + 1) for rank in range(_SETS)]
_NEWEST = datetime(2026, 8, 22, 12, 0, tzinfo=UTC)
_OFFSETS = (-8, -7, -6, -5, -4, 1, 2, 3, 9, 10)
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LEVELS = ("degraded_performance", "partial_outage", "major_outage")
_IMPACTS = dict(zip(_LEVELS, ("minor", "major", "critical"), strict=True))
_PLAIN = (
    *("we", "are", "seeing", "elevated", "error", "rates", "for", "some", "requests"),
    *("and", "have", "identified", "the", "cause", "a", "fix", "is", "being", "rolled"),
    *("out", "customers", "may", "notice", "delays", "until", "queues", "drain", "API"),
)
_ACCENTED = ("Zürich", "São", "Paulo", "naïve", "—", "“degraded”", "東京", "…")


def document(incidents: int, *, time_zone: str = "Etc/UTC") -> JSON:
    """
    An `incidents.json` of so many incidents, newest first.

    The incidents of a short document are the first ones of a longer one.
    """
    return _Maker(random.Random(_SEED)).document(incidents, time_zone)  # noqa: S311


def encoded(value: JSON) -> bytes:
    """A document as it comes over the wire."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class _Maker:
    """Makes up incidents, each a little older than the one before."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.now = _NEWEST
        self.components = [self.component(place) for place in range(_COMPONENTS)]
        self.together = [
            chance.sample(self.components, (2, 1, 3, 1, 1, 2)[rank % 6])
            for rank in range(_SETS)
        ]

    def document(self, incidents: int, time_zone: str) -> JSON:
        """The whole document."""
        return {
            "page": {
                "id": PAGE_ID,
                "name": "Acme",
                "url": "https://www.acmestatus.com",
                "time_zone": time_zone,
                "updated_at": _text(_NEWEST, UTC),
            },
            "incidents": [self.incident(index) for index in range(incidents)],
        }

    def component(self, place: int) -> JSON:
        """A row of a component, at its present level."""
        made = _NEWEST - timedelta(seconds=self.chance.randrange(10**8, 3 * 10**8))
        return {
            "id": self.id(),
            "name": f"{self.words(2).title()} {place}",
            "status": "operational",
            "created_at": _text(made, UTC),
            "updated_at": _text(_NEWEST - timedelta(days=place), UTC),
            "position": place + 1,
            "description": self.words(6) if self.chance.random() < 0.5 else None,
            "showcase": self.chance.random() < 0.5,
            "start_date": made.date().isoformat(),
            "group_id": self.id() if self.chance.random() < 0.5 else None,
            "page_id": PAGE_ID,
            "group": False,
            "only_show_if_degraded": False,
        }

    def incident(self, index: int) -> JSON:
        """An incident; the newest few are still open."""
        chance = self.chance
        zone = UTC
        if index % 2:
            zone = timezone(timedelta(hours=chance.choice(_OFFSETS)))
        self.now -= timedelta(seconds=chance.randrange(3600, 48 * 3600))
        began = self.now + timedelta(milliseconds=chance.randrange(1000))
        id_ = self.id()
        (rows,) = chance.choices(self.together, _WEIGHTS)
        level = chance.choice(_LEVELS)
        statuses = self.statuses(is_open=index < 3)
        updates: list[JSONValue] = []
        last = moment = began
        monitored = ended = None
        before = "operational"
        for status in statuses:
            row = self.update(id_, status, moment, zone)
            after = "operational" if status in {"resolved", "postmortem"} else level
            row["affected_components"] = [
                {
                    "code": one["id"],
                    "name": f"Acme Cloud - {one['name']}",
                    "old_status": before,
                    "new_status": after,
                }
                for one in rows
            ]
            before = after
            if status == "monitoring" and monitored is None:
                monitored = row["display_at"]
            if status == "resolved" and ended is None:
                ended = row["display_at"]
            updates.insert(0, row)
            last = moment
            moment += timedelta(milliseconds=chance.randrange(60_000, 5_400_000))
        return {
            "id": id_,
            "name": self.words(chance.randrange(3, 9)).capitalize(),
            "status": statuses[-1],
            "created_at": _text(began, zone),
            "updated_at": _text(last + timedelta(milliseconds=18), zone),
            "monitoring_at": monitored,
            "resolved_at": ended,
            "impact": _IMPACTS[level],
            "shortlink": f"https://stspg.io/{id_}",
            "started_at": _text(began - timedelta(milliseconds=7), zone),
            "page_id": PAGE_ID,
            "incident_updates": updates,
            "components": [*rows],
            "reminder_intervals": None,
        }

    def statuses(self, *, is_open: bool) -> list[str]:
        """What the updates of an incident name, in order: about five."""
        told = [
            status
            for status, times in (
                ("investigating", (1, 1, 2, 2)),
                ("identified", (0, 1, 1, 2)),
                ("monitoring", (1, 1, 1, 2)),
            )
            for _ in range(self.chance.choice(times))
        ]
        if not is_open:
            told.append("resolved")
            if self.chance.random() < 0.05:
                told.append("postmortem")
        return told

    def update(
        self, incident: str, status: str, moment: datetime, zone: timezone
    ) -> JSON:
        """An update, its rows still to come."""
        chance = self.chance
        shown = edited = moment
        if chance.random() < 0.3:
            shown -= timedelta(seconds=chance.randrange(1, 60))
        if chance.random() < 0.2:
            edited += timedelta(seconds=chance.randrange(1, 6000))
        return {
            "id": self.id(),
            "status": status,
            "body": self.body(),
            "incident_id": incident,
            "created_at": _text(moment, zone),
            "updated_at": _text(edited, zone),
            "display_at": _text(shown, zone),
            "affected_components": None,
            "deliver_notifications": chance.random() < 0.9,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def body(self) -> str:
        """What an update says."""
        chance = self.chance
        words = chance.choices(_PLAIN, k=chance.randrange(36, 144))
        if chance.random() < 0.2:
            for index in range(0, len(words), 12):
                words[index] = f"{chance.choice(_ACCENTED)}\r\n"
        return " ".join(words)[:800]

    def words(self, count: int) -> str:
        """A few words."""
        return " ".join(self.chance.choices(_PLAIN, k=count))

    def id(self) -> str:
        """An id in the vendor's alphabet."""
        return "".join(self.chance.choices(_LETTERS, k=12))


def _text(moment: datetime, zone: timezone) -> str:
    text = moment.astimezone(zone).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
