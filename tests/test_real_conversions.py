"""
The page this library began with, carried to every format and back.

It lies beside the checkout where the project is developed, and is not part of it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest

from incidentkit import (
    FORMATS,
    Converted,
    Finding,
    FindingKind,
    StatusPage,
    read,
    read_files,
    write_files,
)

DATA = Path(__file__).parents[2] / "shared" / "data"
KALIX = DATA / "pingoru/kalix-emr-2021-03-22.txt"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]

BOTH = [
    name
    for name, room in FORMATS.items()
    if (room.write or room.write_files) and (room.read or room.read_files)
]
#: What a reading adds of itself, and what no format carries for another.
NOT_TOLD = {"extras", "links", "coverage", "observed_at"}


@cache
def kalix() -> StatusPage:
    """Fifteen updates in eight days."""
    return read(KALIX.read_bytes(), "pingoru").value


def there_and_back(name: str) -> tuple[Converted[Any], StatusPage]:
    """The page as a format's files, and what they are read as."""
    went = write_files(kalix(), name)
    if FORMATS[name].read_files is None and len(went.value) == 1:
        return went, read(next(iter(went.value.values())), name).value
    return went, read_files(went.value, name).value


def differences(one: StatusPage, other: StatusPage) -> set[str]:
    """The fields in which two pages with one incident differ, by where they are."""
    found = fields("$", one, other) - {"$.incidents"}
    ours, theirs = one.incidents[0], other.incidents[0]
    found |= fields("$.incidents", ours, theirs) - {"$.incidents.updates"}
    assert len(ours.updates) == len(theirs.updates)
    for told, again in zip(ours.updates, theirs.updates, strict=True):
        found |= fields("$.incidents.updates", told, again)
    return found


def fields(path: str, one: Any, other: Any) -> set[str]:
    """The fields in which two things differ."""
    return {
        f"{path}.{field.name}"
        for field in attrs.fields(type(one))
        if field.name not in NOT_TOLD
        and getattr(one, field.name) != getattr(other, field.name)
    }


def reported(finding: Finding) -> str:
    """The field that a finding is about; of a thing without an id, its id."""
    path = re.sub(r"\[\d+\]", "", finding.path)
    if finding.code == "id.invented" and not path.endswith((".id", ".components")):
        path = f"{path}.id"
    return path


@pytest.mark.parametrize("name", BOTH)
def test_what_differs_is_what_was_found(name: str) -> None:
    """
    No field comes back otherwise unless a finding says so, and none says too much.

    What was made up for others to read may be known again as made up.
    """
    went, back = there_and_back(name)
    found = {reported(one): one.kind for one in went.findings}
    differ = differences(kalix(), back)
    assert differ <= set(found)
    assert {found[field] for field in set(found) - differ} <= {FindingKind.INVENTED}


@pytest.mark.parametrize("name", BOTH)
def test_the_story_is_the_same(name: str) -> None:
    """Who was down from when to when, whatever else was lost."""
    _, back = there_and_back(name)
    (incident,) = back.incidents
    ours = kalix().incidents[0]
    assert incident.name == ours.name
    assert incident.is_open is False
    assert incident.ended_at == ours.ended_at
    assert [update.at for update in incident.updates] == [
        update.at for update in ours.updates
    ]
