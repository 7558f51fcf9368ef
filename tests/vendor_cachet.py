"""
A small Cachet that lives in memory, for what is built to be sent there.

It takes the calls of version 2.4 (below `/api/v1`) or 3 (below `/api`), as method, path
and body, checks each body against the keys, numbers and forms of time that the vendor's
code has, and answers as the vendor does: with `data` alone. It gives numbers, sets its
own clock, and serves what it has as its lists do.

Where the vendor's code was not read, it is as narrow as a vendor could be: a body with
a key that is not known is refused, a component that is not named again stays attached.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema

Row = dict[str, Any]

_FLAG: Row = {"type": "boolean"}
_NUMBER: Row = {"type": "integer", "minimum": 1}
_MINUTES: Row = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$",
}
_ISO: Row = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
}
_TEXT: Row = {"type": "string", "minLength": 1}


def _object(*required: str, **properties: Row) -> Row:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        "minProperties": 1,
    }


def _of(levels: list[int]) -> Row:
    return {
        "type": "array",
        "items": _object("id", "status", id=_NUMBER, status={"enum": levels}),
    }


def _schemas(major: int) -> list[tuple[str, str, Row]]:
    if major == 2:
        levels, time, told = [0, 1, 2, 3, 4], _MINUTES, "notify"
        incident: Row = {
            "name": _TEXT,
            "status": {"enum": [1, 2, 3, 4]},
            "message": _TEXT,
            "visible": {"enum": [0, 1]},
            "component_id": _NUMBER,
            "component_status": {"enum": levels},
        }
        schedule: Row = {"status": {"enum": [0, 1, 2]}}
        edit = {**incident, "notify": _FLAG}
        required = ["name", "message", "status", "scheduled_at"]
    else:
        levels, time, told = [1, 2, 3, 4, 5, 6], _ISO, "notifications"
        incident = {
            "name": {**_TEXT, "maxLength": 255},
            "status": {"enum": [0, 1, 2, 3, 4]},
            "message": _TEXT,
            "visible": {"enum": [0, 1, 2]},
        }
        schedule = {}
        edit = incident
        incident = {**incident, "components": _of(levels)}
        required = ["name", "message", "scheduled_at"]
    more: Row = {"stickied": _FLAG, "occurred_at": time}
    schedule |= {
        "name": incident["name"],
        "message": _TEXT,
        "scheduled_at": time,
        "completed_at": time,
        "components": _of(levels),
    }
    update: Row = {"status": incident["status"], "message": _TEXT}
    asked = ["name", "status", "message", told, "visible", "stickied"]
    flag = {told: _FLAG}
    made = [
        ("POST", "/incidents", _object(*asked, **incident, **more, **flag)),
        ("PUT", "/incidents/{incident}", _object(**edit, **more)),
        (
            "POST",
            "/incidents/{incident}/updates",
            _object("status", "message", **update),
        ),
        ("PUT", "/incidents/{incident}/updates/{update}", _object(**update)),
        ("POST", "/schedules", _object(*required, told, **schedule, **flag)),
        ("PUT", "/schedules/{schedule}", _object(**schedule)),
        (
            "PUT",
            "/components/{component}",
            _object("status", status={"enum": levels}),
        ),
    ]
    if major == 3:
        posted = _object("message", message=_TEXT, completed_at=time)
        edited = _object("message", message=_TEXT)
        made += [
            ("POST", "/schedules/{schedule}/updates", posted),
            ("PUT", "/schedules/{schedule}/updates/{update}", edited),
        ]
    return made


_ROUTES = {major: _schemas(major) for major in (2, 3)}
_VALIDATORS = {
    (major, verb, template): jsonschema.Draft202012Validator(schema)
    for major, routes in _ROUTES.items()
    for verb, template, schema in routes
}


class Refusal(Exception):
    """The vendor does not take a call."""


class Cachet:
    """An installation of one major version."""

    def __init__(
        self, major: int, components: dict[int, str], zone: str = "UTC"
    ) -> None:
        """Set it up with components: what they are called, by number."""
        self.major = major
        self.zone = ZoneInfo(zone)
        self.clock = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
        self.told: list[str] = []
        self.names = components
        self.levels = dict.fromkeys(components, 1)
        self.incidents: dict[int, Row] = {}
        self.schedules: dict[int, Row] = {}
        self._made = 100_000

    # -- what is asked of it ---------------------------------------------------------

    def call(self, method: str, path: str, body: object) -> Row:
        """Do what a call asks, and answer."""
        self.clock += dt.timedelta(seconds=1)
        sent: Row = json.loads(json.dumps(body))
        template, ids = self._route(method, path, sent)
        if "component" in ids:
            self.levels[self._known(ids["component"], self.levels)] = sent["status"]
            return {"data": {"id": ids["component"]}}
        is_incident = template.startswith("/incidents")
        things = self.incidents if is_incident else self.schedules
        if "incident" in ids or "schedule" in ids:
            number = self._known(ids.get("incident") or ids["schedule"], things)
        else:
            number = self._number()
            if sent["notify" if self.major == 2 else "notifications"]:
                self.told.append(sent["name"])
            things[number] = self._blank(number)
        thing = things[number]
        if "/updates" in template:
            return self._update(thing, sent, ids.get("update"), is_incident=is_incident)
        self._set(thing, sent)
        if is_incident:
            return {"data": self._incident(thing)[0]}
        return {"data": self._schedule(thing)[0]}

    def shown(self, number: int, *, is_incident: bool = True) -> bytes:
        """Show an incident or schedule as the API does, all included."""
        things = self.incidents if is_incident else self.schedules
        row, included = (self._incident if is_incident else self._schedule)(
            things[number]
        )
        document: Row = {"data": row}
        if self.major == 3:
            document["included"] = included
        return json.dumps(document).encode()

    # -- what it does ----------------------------------------------------------------

    def _route(self, method: str, path: str, body: Row) -> tuple[str, dict[str, int]]:
        for verb, template, _ in _ROUTES[self.major]:
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[0-9]+)", template)
            found = re.fullmatch(pattern, path)
            if verb == method and found is not None:
                validator = _VALIDATORS[self.major, verb, template]
                for error in validator.iter_errors(body):
                    raise Refusal(error.message)
                if ("component_id" in body) != ("component_status" in body):
                    raise Refusal("one of component_id and component_status alone")
                return template, {
                    key: int(id_) for key, id_ in found.groupdict().items()
                }
        raise Refusal(f"{method} {path}")

    def _known(self, number: int, things: dict[int, Any]) -> int:
        if number not in things:
            raise Refusal(f"there is no {number}")
        return number

    def _blank(self, number: int) -> Row:
        return {
            "id": number,
            "created_at": self.clock,
            "updated_at": self.clock,
            "components": {},
            "updates": [],
            "component_id": 0,
            "completed_at": None,
        }

    def _set(self, thing: Row, sent: Row) -> None:
        for key, value in sent.items():
            if key == "components":
                for one in value:
                    component = self._known(one["id"], self.levels)
                    thing["components"][component] = one["status"]
                    if "scheduled_at" not in thing and "scheduled_at" not in sent:
                        self.levels[component] = one["status"]
            elif key.endswith("_at"):
                thing[key] = self._instant(value)
            else:
                thing[key] = value
        if "component_id" in sent:
            component = self._known(sent["component_id"], self.levels)
            self.levels[component] = sent["component_status"]
        thing["updated_at"] = self.clock

    def _update(
        self, thing: Row, sent: Row, number: int | None, *, is_incident: bool
    ) -> Row:
        if number is None:
            row: Row = {
                "id": self._number(),
                "created_at": self.clock,
                "parent": thing["id"],
            }
            thing["updates"].append(row)
            if is_incident:
                thing["status"] = sent["status"]
        else:
            rows = {one["id"]: one for one in thing["updates"]}
            row = rows[self._known(number, rows)]
        if "completed_at" in sent:
            thing["completed_at"] = self._instant(sent.pop("completed_at"))
        row |= {**sent, "updated_at": self.clock}
        thing["updated_at"] = self.clock
        shown = self._shown_update(row, "incident" if is_incident else "schedule")
        return {"data": shown}

    # -- how it shows what it has ----------------------------------------------------

    def _incident(self, thing: Row) -> tuple[Row, list[Row]]:
        now = thing["updates"][-1]["status"] if thing["updates"] else thing["status"]
        plain = {key: thing[key] for key in ("id", "name", "message")}
        plain |= {key: thing[key] for key in ("visible", "stickied")}
        if self.major == 3:
            return self._resource(
                thing,
                "incidents",
                {
                    **plain,
                    "notifications": thing["notifications"],
                    "status": {"human": None, "value": thing["status"]},
                    "occurred": self._time(thing.get("occurred_at")),
                },
            )
        updates = [
            self._shown_update(one, "incident") for one in reversed(thing["updates"])
        ]
        return {
            **plain,
            **self._clocks(thing),
            "component_id": thing["component_id"],
            "status": thing["status"],
            "occurred_at": self._text(thing.get("occurred_at") or self.clock),
            "deleted_at": None,
            "is_resolved": now == 4,
            "updates": updates,
            "latest_status": now,
            "latest_update_id": updates[0]["id"] if updates else None,
            "meta": [],
        }, []

    def _schedule(self, thing: Row) -> tuple[Row, list[Row]]:
        plain = {key: thing[key] for key in ("id", "name", "message")}
        done, begin = thing["completed_at"], thing["scheduled_at"]
        if self.major == 3:
            status = 2 if done is not None and done < self.clock else 1
            return self._resource(
                thing,
                "schedules",
                {
                    **plain,
                    "status": {
                        "human": None,
                        "value": 0 if begin > self.clock else status,
                    },
                    "scheduled": self._time(begin),
                    "completed": self._time(done),
                },
            )
        return {
            **plain,
            **self._clocks(thing),
            "status": thing["status"],
            "scheduled_at": self._text(begin),
            # Of what has none the vendor says that it was just now.
            "completed_at": self._text(done or self.clock),
            "components": [
                {"id": 1, "component_id": one, "component_status": level}
                for one, level in thing["components"].items()
            ],
        }, []

    def _resource(
        self, thing: Row, kind: str, attributes: Row
    ) -> tuple[Row, list[Row]]:
        updates = [self._shown_update(one, kind[:-1]) for one in thing["updates"]]
        components = [
            {
                "id": str(one),
                "type": "components",
                "attributes": {
                    "id": one,
                    "name": self.names[one],
                    "status": {"human": None, "value": self.levels[one]},
                    "pivot": {"component_status": {"human": None, "value": level}},
                },
            }
            for one, level in thing["components"].items()
        ]
        for key in ("created", "updated"):
            attributes[key] = self._time(thing[f"{key}_at"])
        row = {
            "id": str(thing["id"]),
            "type": kind,
            "attributes": attributes,
            "relationships": {
                name: {"data": [{"id": one["id"], "type": name} for one in some]}
                for name, some in (("updates", updates), ("components", components))
            },
        }
        return row, updates + components

    def _shown_update(self, row: Row, kind: str) -> Row:
        if self.major == 2:
            return {
                "id": row["id"],
                "incident_id": row["parent"],
                "status": row["status"],
                "message": row["message"],
                **self._clocks(row),
            }
        attributes: Row = {
            "id": row["id"],
            "updateable_id": row["parent"],
            "updateable_type": kind,
            "message": row["message"],
            "created": self._time(row["created_at"]),
            "updated": self._time(row["updated_at"]),
        }
        if "status" in row:
            attributes["status"] = {"human": None, "value": row["status"]}
        return {"id": str(row["id"]), "type": "updates", "attributes": attributes}

    # -- numbers and times -----------------------------------------------------------

    def _number(self) -> int:
        self._made += 1
        return self._made

    def _clocks(self, row: Row) -> Row:
        return {key: self._text(row[key]) for key in ("created_at", "updated_at")}

    def _instant(self, text: str) -> dt.datetime:
        at = dt.datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=self.zone).astimezone(dt.UTC)

    def _text(self, at: dt.datetime) -> str:
        there = at.astimezone(self.zone).replace(tzinfo=None)
        return there.isoformat(" ", "seconds")

    def _time(self, at: dt.datetime | None) -> Row:
        return {"human": None, "string": None if at is None else self._text(at)}
