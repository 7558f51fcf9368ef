"""
A small Statuspage that lives in memory, for what is built to be sent there.

It takes the calls of the management API v1, as method, path and body, checks each body
against the rules of the vendor's OpenAPI document, and answers as the vendor does. It
gives ids, sets its own clock, tells subscribers unless it is told not to, derives the
impact from the levels, keeps `display_at`, and refuses components where something is
backfilled.

What it does beyond that document was measured on public pages: updates show all
components of their incident, `resolved_at` is the `display_at` of the update that
resolved it, and the impact is not lowered when components recover.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import jsonschema

Row = dict[str, Any]

INCIDENT_STATUSES = ["investigating", "identified", "monitoring", "resolved"]
MAINTENANCE_STATUSES = ["scheduled", "in_progress", "verifying", "completed"]
IMPACTS = ["none", "maintenance", "minor", "major", "critical"]
LEVELS = [
    "operational",
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
]
IMPACT_OF_LEVEL = dict(zip(LEVELS, IMPACTS, strict=True))
CLOSED = {"resolved", "completed", "postmortem"}

#: What the vendor does later or elsewhere, by itself.
BY_ITSELF = [
    "scheduled_remind_prior",
    "scheduled_auto_in_progress",
    "scheduled_auto_completed",
    "scheduled_auto_transition",
    "auto_transition_to_maintenance_state",
    "auto_transition_to_operational_state",
    "auto_transition_deliver_notifications_at_start",
    "auto_transition_deliver_notifications_at_end",
    "auto_tweet_at_beginning",
    "auto_tweet_on_completion",
    "auto_tweet_on_creation",
    "auto_tweet_one_hour_before",
]


def _object(*required: str, **properties: Row) -> Row:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_TEXT: Row = {"type": "string"}
_FLAG: Row = {"type": "boolean"}
_TIME: Row = {"type": "string", "format": "date-time"}
_INCIDENT: Row = {
    "name": {"type": "string", "maxLength": 255},
    "status": {"enum": INCIDENT_STATUSES + MAINTENANCE_STATUSES},
    "impact_override": {"enum": IMPACTS},
    "body": {"type": "string", "maxLength": 25_000},
    "components": {"type": "object", "additionalProperties": {"enum": LEVELS}},
    "component_ids": {"type": "array", "items": _TEXT},
    "scheduled_for": _TIME,
    "scheduled_until": _TIME,
    "metadata": {"type": "object", "additionalProperties": {"type": "object"}},
    "deliver_notifications": _FLAG,
    "backfilled": _FLAG,
    "backfill_date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    **dict.fromkeys(BY_ITSELF, _FLAG),
}
_UPDATE = _object(
    body={"type": "string", "maxLength": 25_000},
    display_at=_TIME,
    deliver_notifications=_FLAG,
    wants_twitter_update=_FLAG,
)

#: The calls that are known: method, path, and the schema of the body.
ROUTES: list[tuple[str, str, Row]] = [
    (
        "POST",
        "/pages/{page}/incidents",
        _object("incident", incident=_object("name", **_INCIDENT)),
    ),
    (
        "PATCH",
        "/pages/{page}/incidents/{incident}",
        _object("incident", incident=_object(**_INCIDENT)),
    ),
    (
        "PATCH",
        "/pages/{page}/incidents/{incident}/incident_updates/{update}",
        _object("incident_update", incident_update=_UPDATE),
    ),
    (
        "PUT",
        "/pages/{page}/incidents/{incident}/postmortem",
        _object("postmortem", postmortem=_object("body_draft", body_draft=_TEXT)),
    ),
    (
        "PUT",
        "/pages/{page}/incidents/{incident}/postmortem/publish",
        _object(
            "postmortem",
            postmortem=_object(
                notify_subscribers=_FLAG, notify_twitter=_FLAG, custom_tweet=_TEXT
            ),
        ),
    ),
    (
        "PATCH",
        "/pages/{page}/components/{component}",
        _object("component", component=_object(status={"enum": LEVELS})),
    ),
]


_VALIDATORS = {
    (method, template): jsonschema.Draft202012Validator(schema)
    for method, template, schema in ROUTES
}


def route(method: str, path: str) -> tuple[str, dict[str, str]]:
    """Find the template of a call, and the ids in its path."""
    for verb, template, _ in ROUTES:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
        found = re.fullmatch(pattern, path)
        if verb == method and found is not None:
            return template, found.groupdict()
    raise Refusal(404, f"{method} {path}")


class Refusal(Exception):
    """The vendor does not take a call."""

    def __init__(self, code: int, reason: str) -> None:
        """Refuse with a status code of HTTP, and why."""
        super().__init__(f"{code}: {reason}")
        self.code = code


class Statuspage:
    """The page of one account."""

    def __init__(self, page_id: str, components: dict[str, str]) -> None:
        """Set a page up with components: what they are called, by id."""
        self.page_id = page_id
        self.clock = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
        self.mails = 0
        self.components: dict[str, Row] = {
            id_: self._component(id_, name) for id_, name in components.items()
        }
        self.incidents: dict[str, Row] = {}
        self._made = 0

    # -- what is asked of it -----------------------------------------------------

    def call(self, method: str, path: str, body: object) -> Row:
        """Do what a call asks, and answer."""
        self.clock += dt.timedelta(seconds=1)
        template, ids = route(method, path)
        sent: Row = json.loads(json.dumps(body))
        for error in _VALIDATORS[method, template].iter_errors(sent):
            raise Refusal(422, error.message)
        if ids["page"] != self.page_id:
            raise Refusal(404, "no such page")
        if "component" in ids:
            return self._move(ids["component"], sent["component"]["status"])
        if "incident" not in ids:
            return self._create(sent["incident"])
        incident = self.incidents.get(ids["incident"])
        if incident is None:
            raise Refusal(404, "no such incident")
        if "update" in ids:
            return self._edit(incident, ids["update"], sent["incident_update"])
        if template.endswith("/postmortem"):
            incident["draft"] = sent["postmortem"]["body_draft"]
            return {
                "body": incident["postmortem_body"],
                "body_draft": incident["draft"],
            }
        if template.endswith("/publish"):
            return self._publish(incident, sent["postmortem"])
        return self._change(incident, sent["incident"])

    def shown(self, id_: str) -> Row:
        """Show an incident as the API does."""
        incident = self.incidents[id_]
        updates: list[Row] = incident["incident_updates"]
        closing = None
        for update in updates:
            is_closed = update["status"] in CLOSED
            closing = (closing or update["display_at"]) if is_closed else None
        first_watched = (
            update["display_at"]
            for update in updates
            if update["status"] in {"monitoring", "verifying"}
        )
        shown = {
            key: value
            for key, value in incident.items()
            if key not in {"draft", "worst", "attached", "backfilled"}
        }
        shown |= {
            "impact": incident["impact_override"] or incident["worst"],
            "monitoring_at": next(first_watched, None),
            "resolved_at": closing,
            "incident_updates": updates[::-1],
            "components": [self.components[one] for one in incident["attached"]],
        }
        if not incident["backfilled"]:
            shown["started_at"] = updates[0]["display_at"]
        if incident["scheduled_for"] is None:
            del shown["scheduled_for"], shown["scheduled_until"]
        answer: Row = json.loads(json.dumps(shown))
        return answer

    # -- what it does --------------------------------------------------------------

    def _create(self, asked: Row) -> Row:
        at = self._now()
        is_planned = "scheduled_for" in asked
        id_ = self._id()
        is_backfilled = asked.get("backfilled", False)
        if is_backfilled:
            at = f"{asked['backfill_date']}T00:00:00.000Z"
        self.incidents[id_] = {
            "id": id_,
            "name": "",
            "status": "scheduled" if is_planned else "investigating",
            "created_at": at,
            "updated_at": self._now(),
            "started_at": self._now(),
            "shortlink": f"https://stspg.io/{id_}",
            "page_id": self.page_id,
            "impact_override": None,
            "scheduled_for": None,
            "scheduled_until": None,
            "metadata": {},
            "postmortem_body": None,
            "incident_updates": [],
            "reminder_intervals": None,
            "draft": None,
            "worst": "maintenance" if is_planned else "none",
            "attached": [],
            "backfilled": is_backfilled,
        }
        asked.setdefault("body", "")
        return self._change(self.incidents[id_], asked, shown_at=at)

    def _change(self, incident: Row, asked: Row, shown_at: str | None = None) -> Row:
        if incident["backfilled"] and not asked.keys().isdisjoint(
            {"components", "component_ids"}
        ):
            raise Refusal(422, "components cannot be specified")
        words = INCIDENT_STATUSES if incident["scheduled_for"] is None else []
        if "scheduled_for" in asked or not words:
            words = MAINTENANCE_STATUSES
        if asked.get("status", words[0]) not in words:
            raise Refusal(422, "a status of the other kind")
        for key in ("name", "status", "impact_override", "scheduled_for"):
            incident[key] = asked.get(key, incident[key])
        for key in ("scheduled_until", "metadata"):
            incident[key] = asked.get(key, incident[key])
        levels: dict[str, str] = asked.get("components", {})
        attached: list[str] = incident["attached"]
        if "component_ids" in asked:
            attached = asked["component_ids"]
        incident["attached"] = list(dict.fromkeys([*attached, *levels]))
        if not self.components.keys() >= {*incident["attached"]}:
            raise Refusal(422, "no such component")
        before = {one: self.components[one]["status"] for one in incident["attached"]}
        for one, level in levels.items():
            self._move(one, level)
            impact = IMPACT_OF_LEVEL[level]
            incident["worst"] = max(incident["worst"], impact, key=IMPACTS.index)
        if not asked.keys().isdisjoint({"status", "body"}):
            self._post(
                incident,
                incident["status"],
                asked.get("body", ""),
                before,
                shown_at or self._now(),
                is_told=asked.get("deliver_notifications", True),
            )
        incident["updated_at"] = self._now()
        return self.shown(incident["id"])

    def _post(  # noqa: PLR0913 - the parts of an update
        self,
        incident: Row,
        status: str,
        body: str,
        before: dict[str, str],
        shown_at: str,
        *,
        is_told: bool,
    ) -> None:
        rows = [
            {
                "code": one,
                "name": self.components[one]["name"],
                "old_status": before[one],
                "new_status": self.components[one]["status"],
            }
            for one in incident["attached"]
        ]
        self.mails += is_told
        incident["incident_updates"].append(
            {
                "id": self._id(),
                "status": status,
                "body": body,
                "incident_id": incident["id"],
                "created_at": self._now(),
                "updated_at": self._now(),
                "display_at": shown_at,
                "affected_components": rows or None,
                "deliver_notifications": is_told,
                "custom_tweet": None,
                "tweet_id": None,
            }
        )

    def _edit(self, incident: Row, id_: str, asked: Row) -> Row:
        for update in incident["incident_updates"]:
            if update["id"] == id_:
                update.update(asked)
                at = dt.datetime.fromisoformat(update["display_at"])
                update["display_at"] = _text(at)
                update["updated_at"] = incident["updated_at"] = self._now()
                answer: Row = json.loads(json.dumps(update))
                return answer
        raise Refusal(404, "no such update")

    def _publish(self, incident: Row, asked: Row) -> Row:
        if incident["status"] not in CLOSED and incident["postmortem_body"] is None:
            raise Refusal(422, "a post-mortem is of something resolved")
        if incident["draft"] is None:
            raise Refusal(422, "there is no draft")
        body = incident["postmortem_body"] = incident["draft"]
        self.mails += asked.get("notify_subscribers", True)
        told = [
            one for one in incident["incident_updates"] if one["status"] == "postmortem"
        ]
        if told:
            told[0] |= {"body": body, "updated_at": self._now()}
        else:
            before = {
                one: self.components[one]["status"] for one in incident["attached"]
            }
            self._post(incident, "postmortem", body, before, self._now(), is_told=False)
            incident["status"] = "postmortem"
        return {"body": body, "published_at": self._now()}

    def _move(self, id_: str, level: str) -> Row:
        if id_ not in self.components:
            raise Refusal(404, "no such component")
        self.components[id_] |= {"status": level, "updated_at": self._now()}
        return dict(self.components[id_])

    # -- what it gives ---------------------------------------------------------------

    def _component(self, id_: str, name: str) -> Row:
        return {
            "id": id_,
            "name": name,
            "status": "operational",
            "created_at": self._now(),
            "updated_at": self._now(),
            "position": 1,
            "description": None,
            "showcase": False,
            "start_date": None,
            "group_id": None,
            "page_id": self.page_id,
            "group": False,
            "only_show_if_degraded": False,
        }

    def _id(self) -> str:
        self._made += 1
        return f"v{self._made:011}"

    def _now(self) -> str:
        return _text(self.clock)


def _text(at: dt.datetime) -> str:
    text = at.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
