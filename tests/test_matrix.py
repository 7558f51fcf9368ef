"""The table of what each format keeps, which the documentation shows."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from incidentkit import FORMATS, Converted, StatusPage, read, read_files, write_files

PLACE = Path(__file__).parents[1] / "docs" / "_ext" / "matrix.py"


@cache
def matrix() -> Any:
    """The module that makes the table; it is Sphinx that loads it otherwise."""
    spec = importlib.util.spec_from_file_location("matrix", PLACE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["matrix"] = module
    spec.loader.exec_module(module)
    return module


def back(page: StatusPage, name: str) -> Converted[StatusPage]:
    """A page written in a format and read again."""
    files = write_files(page, name).value
    if FORMATS[name].read_files is None and len(files) == 1:
        return read(next(iter(files.values())), name, at=page.updated_at)
    return read_files(files, name, at=page.updated_at)


def told(page: StatusPage) -> object:
    """What of a page a reader of it would notice, and the stated things."""
    return (
        page.fingerprint,
        page.time_zone,
        tuple(
            (
                *(one.id, one.stated_start, one.detection, one.postmortem, one.url),
                *((up.id, up.at, up.created_at, up.updated_at) for up in one.updates),
            )
            for one in (*page.incidents, *page.maintenances)
        ),
    )


def test_our_own_format_keeps_everything() -> None:
    """Each feature, whatever it is."""
    for feature, pair in matrix().CATALOGUE.items():
        assert matrix().made_of(pair, "incidentkit") == "kept", feature


@pytest.mark.parametrize("name", [one for one in FORMATS if FORMATS[one].write])
def test_every_word_is_one_of_the_table(name: str) -> None:
    """And no feature makes a writer fail."""
    words = {"kept", "coarser", "made up", "partly", "dropped"}
    for pair in matrix().CATALOGUE.values():
        assert matrix().made_of(pair, name) in words


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, room in FORMATS.items()
        if room.write and (room.read or room.read_files)
    ],
)
def test_what_is_kept_comes_back_and_what_is_dropped_does_not(name: str) -> None:
    """Read again, the two pages differ if and only if something was written of it."""
    for feature, (without, whole) in matrix().CATALOGUE.items():
        one, other = back(without, name).value, back(whole, name).value
        word = matrix().made_of((without, whole), name)
        if word == "dropped":
            assert told(one) == told(other), feature
        elif word == "kept":
            assert told(one) != told(other), feature


def test_a_feature_is_all_that_differs() -> None:
    """Both pages of a pair are the same page."""
    for without, whole in matrix().CATALOGUE.values():
        assert without != whole
        assert (without.id, without.updated_at) == (whole.id, whole.updated_at)
