"""
What must be true of the real sites of cState: Jenkins, Tor, and the theme's examples.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

from incidentkit import (
    Component,
    ComponentStatus,
    Converted,
    Impact,
    Incident,
    IncidentStatus,
    Indicator,
    StatusPage,
    detect,
    read,
    read_files,
    write,
    write_files,
)

DATA = Path(__file__).parents[2] / "shared" / "data" / "oss" / "cstate"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]

JENKINS = sorted(DATA.glob("jenkins-infra-status/*.md"))
EXAMPLES = sorted(DATA.glob("cstate-example/*.md"))

SEVERITIES = {
    "down": (Impact.CRITICAL, ComponentStatus.MAJOR_OUTAGE),
    "disrupted": (Impact.MINOR, ComponentStatus.DEGRADED_PERFORMANCE),
    "notice": (Impact.MAINTENANCE, ComponentStatus.UNDER_MAINTENANCE),
}

#: The files of Jenkins whose end is before their date, or the same.
BACKWARDS = {
    "2021-04-15-jira-upgrade.md",
    "2021-09-23-puppet-outage.md",
    "2021-11-18-jenkins-io-outage.md",
    "2022-06-13-repo-slow.md",
    "2023-02-23-maintenance-aks-k8s-1-24.md",
    "2023-06-02-trusted.ci-migration-to-azure.md",
    "2023-12-06-systempool-tainted.md",
    "2024-03-28-acp-1.0.0.md",
    "2024-06-05-RPU-trusted.md",
    "2026-04-29-ci-maintenance-sec-advisory.md",
}


def named(path: Path) -> str:
    """What a test calls a file."""
    return path.name


def front(path: Path) -> dict[str, Any]:
    """Front matter as PyYAML reads it, every scalar as text."""
    text = path.read_text(encoding="utf-8").split("---\n")[1]
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes text
    return found


def moment(text: str) -> dt.datetime:
    """A time of front matter, read by other means than ours."""
    padded = re.sub(r"([T ])(\d):", r"\g<1>0\2:", text.strip())
    read_at = dt.datetime.fromisoformat(padded)
    return read_at if read_at.tzinfo else read_at.replace(tzinfo=dt.UTC)


def only(path: Path) -> tuple[Incident, Converted[StatusPage]]:
    """The one incident of a file, and all that was found."""
    came = read(path.read_bytes(), "cstate")
    (incident,) = came.value.incidents
    return incident, came


def test_the_files_are_there() -> None:
    """297 issues of Jenkins, 17 of the theme."""
    assert (len(JENKINS), len(EXAMPLES)) == (297, 17)


@pytest.mark.parametrize("path", JENKINS, ids=named)
def test_an_issue_of_jenkins_says_what_its_front_matter_says(path: Path) -> None:
    """Title, times, severity and systems, and the whole of its text."""
    told = front(path)
    incident, _ = only(path)
    impact, level = SEVERITIES[told["severity"]]
    began, ended = moment(told["date"]), moment(told["resolvedWhen"])
    systems = told.get("affected") or []
    assert incident.name == told["title"]
    assert incident.impact is impact
    assert incident.began_at == began
    assert incident.ended_at == ended
    assert incident.status is IncidentStatus.RESOLVED
    assert [one.name for one in incident.components] == systems
    assert all(incident.worst_status(one) in {level, None} for one in systems)
    if path.name not in BACKWARDS:
        assert incident.duration == ended - began
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    words = " ".join(update.body for update in incident.updates).split()
    shown = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).split()
    assert not Counter(words) - Counter(shown)


@pytest.mark.parametrize("path", [*JENKINS, *EXAMPLES], ids=named)
def test_a_file_is_written_as_it_was(path: Path) -> None:
    """Byte for byte, front matter included, alone and as an incident."""
    data = path.read_bytes()
    incident, came = only(path)
    assert write(came.value, "cstate").exact().encode() == data
    assert write(incident, "cstate").exact().encode() == data
    assert detect(data) == "cstate"


def test_what_is_found_in_jenkins_files() -> None:
    """Counts against the files: labels, times, comments and what goes backwards."""
    found: Counter[str] = Counter()
    backwards: set[str] = set()
    for path in JENKINS:
        _, came = only(path)
        for finding in came.findings:
            found[finding.code] += finding.count
            if finding.code == "duration.negative":
                backwards.add(path.name)
    assert found == {
        "duration.negative": 8,
        "status.derived": 174,
        "text.commented": 17,
        "time.derived": 381,
        "time.naive": 21,
    }
    assert backwards < BACKWARDS
    naive = [
        told
        for path in JENKINS
        for key in ("date", "resolvedWhen")
        if re.fullmatch(r"[\d-]+[ T][\d:]+", told := front(path)[key].strip())
    ]
    assert found["time.naive"] == len(naive)
    text = "".join(path.read_text(encoding="utf-8") for path in JENKINS)
    assert found["text.commented"] == text.count("<!--")


def test_the_messages_of_jenkins_are_updates() -> None:
    """What stands under a head in brackets, each with its status."""
    heads = re.compile(r"^\[(?:final|initial)", re.MULTILINE | re.IGNORECASE)
    counted = 0
    for path in JENKINS:
        incident, _ = only(path)
        text = re.sub(
            r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        expected = len(heads.findall(text.split("---\n", 2)[2]))
        labels = [
            one.extras["cstate"]["label"] for one in incident.updates if one.extras
        ]
        assert (
            sum(
                isinstance(label, str) and bool(heads.match(f"[{label}"))
                for label in labels
            )
            >= expected
        )
        counted += expected
    assert counted > 300


def test_the_site_of_jenkins_is_a_page_and_comes_back() -> None:
    """297 issues and their configuration, as one page and as 298 files."""
    folder = DATA / "jenkins-infra-status"
    files = {path.name: path.read_bytes() for path in [*JENKINS, folder / "config.yml"]}
    came = read_files(files, "cstate")
    page = came.value
    config = yaml.safe_load(files["config.yml"])
    assert (page.name, page.url) == (config["title"], config["baseURL"])
    assert [one.name for one in page.components if not one.is_group] == [
        row["name"] for row in config["params"]["systems"]
    ]
    assert [one.name for one in page.components if one.is_group] == [
        row["name"] for row in config["params"]["categories"]
    ]
    assert page.rolled_up is Indicator.NONE
    assert len(page.incidents) == 297
    assert [one.began_at for one in page.incidents] == sorted(
        (one.began_at for one in page.incidents if one.began_at), reverse=True
    )
    went = write_files(page, "cstate")
    assert went.findings == ()
    assert {
        name.removeprefix("content/issues/"): text.encode()
        for name, text in went.value.items()
    } == files


def test_a_retitled_incident_keeps_its_file_and_its_comments() -> None:
    """One line of one file changes."""
    files = {path.name: path.read_bytes() for path in JENKINS[:20]}
    incident = read_files(files, "cstate").value.incidents[0]
    (name, text), *more = write_files(
        attrs.evolve(incident, name="Otherwise"), "cstate"
    ).value.items()
    assert more == []
    before = files[name.removeprefix("content/issues/")].decode().splitlines()
    changed = [
        pair for pair in zip(before, text.splitlines(), strict=True) if len({*pair}) > 1
    ]
    assert changed == [(f"title: {incident.name}", "title: Otherwise")]


UPDATES = {
    "2018-01-17-sending-dms-impacted.md": "i-r",
    "2018-04-13-unavailable-guilds-connection-issues.md": "im-r",
    "2018-05-25-us-east-conn-issues.md": "imr",
    "2019-10-08-testing-new-pipeline.md": "-r",
    "2024-02-24-maintenance-window.md": "-",
    "i-testing-cstate-functions.md": "-",
    "themeExampleSite-2018-01-17-sending-dms-impacted.md": "i-r",
    "themeExampleSite-2018-04-13-unavailable-guilds-connection-issues.md": "im-r",
    "themeExampleSite-2018-05-25-us-east-conn-issues.md": "imr",
    "themeExampleSite-2019-10-08-testing-new-pipeline.md": "-r",
    "themeExampleSite-2023-04-16-formatting-testing.md": "-",
    "themeExampleSite-2024-02-24-maintenance-window.md": "-r",
    "themeExampleSite-2024-05-23-planning-meeting.md": "-",
    "themeExampleSite-2024-07-23-excitement.md": "-ir",
    "themeExampleSite-2024-12-24-cstate-showdown.md": "-r",
    "themeExampleSite-2024-12-27-dns-resolution-api.md": "--",
    "themeExampleSite-i-testing-cstate-functions.md": "-",
}


@pytest.mark.parametrize("path", EXAMPLES, ids=named)
def test_the_examples_of_the_theme(path: Path) -> None:
    """The statuses of their updates, in order, the one of front matter included."""
    incident, _ = only(path)
    letters = [one.status.value[0] if one.status else "-" for one in incident.updates]
    assert "".join(letters) == UPDATES[path.name]
    assert (incident.postmortem is not None) == ("unavailable-guilds" in path.name)


@pytest.mark.parametrize("name", ["no-issues", "with-issues"])
def test_what_tor_builds_is_read(name: str) -> None:
    """Systems, categories and levels, against the document."""
    data = (DATA / f"torproject-index-{name}.json").read_bytes()
    document = json.loads(data)
    assert detect(data) == "cstate"
    came = read(data)
    page = came.value
    rows = [*document["categories"], *document["systems"]]
    assert [one.name for one in page.components] == [row["name"] for row in rows]
    assert [one.description for one in page.components] == [
        row.get("description") for row in rows
    ]
    levels = {"ok": "operational", "disrupted": "degraded_performance"}
    assert [shown(one) for one in page.components] == [
        levels.get(row.get("status")) for row in rows
    ]
    assert page.updated_at == dt.datetime(2025, 5, 1, 15, 22, tzinfo=dt.UTC)
    issues = [row for one in document["systems"] for row in one["unresolvedIssues"]]
    assert [one.name for one in page.incidents] == [row["title"] for row in issues]
    # One issue under three titles: its testers made the other two up.
    assert [(one.code, one.count) for one in came.findings] == (
        [("id.duplicate", 2)] if issues else []
    )


def shown(component: Component) -> str | None:
    """The level of a component, as a word."""
    return None if component.status is None else component.status.value
