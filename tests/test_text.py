"""Text as the model holds it: verbatim, but for half a character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import Component, ComponentRef, Detection, Incident, StatusPage, Update
from incidentkit._text import optional_text, shorten, text

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = strategies.NOON


@given(strategies.texts(50))
def test_text_is_kept_verbatim(value: str) -> None:
    """Control characters, bidirectional marks and line ends stay as they are."""
    assert value is text(value)
    assert value is optional_text(value)


@pytest.mark.parametrize("value", list(strategies.AWKWARD))
def test_awkward_text_is_text(value: str) -> None:
    """The model takes what no sink can carry as it is; sinks escape it."""
    assert value == Update(None, body=value, at=NOON).body
    assert value == Incident(value).name
    assert value == Component(value).name


@given(strategies.texts(), st.characters(categories=["Cs"]), strategies.texts())
def test_half_a_character_is_refused(before: str, half: str, after: str) -> None:
    """A lone surrogate is a ValueError that says where it is."""
    with pytest.raises(ValueError, match=str(len(before))):
        text(before + half + after)


HALVES = [chr(code) for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF)]


@pytest.mark.parametrize("half", [*HALVES, f"a{HALVES[0]}z"], ids=ascii)
def test_no_class_holds_half_a_character(half: str) -> None:
    """Every constructor refuses a lone surrogate, in every text it takes."""
    refused: tuple[Callable[[], object], ...] = (
        lambda: Update(None, body=half, at=NOON),
        lambda: Update(None, id=half, at=NOON),
        lambda: Update(None, at=NOON, links={"a": half}),
        lambda: Update(None, at=NOON, extras={"a": {"b": [half]}}),
        lambda: Incident(half),
        lambda: Incident("a", id=half),
        lambda: Incident("a", url=half),
        lambda: Incident("a", postmortem=half),
        lambda: Component(half),
        lambda: Component("a", description=half),
        lambda: Component("a", group=half),
        lambda: ComponentRef(half),
        lambda: ComponentRef(id=half),
        lambda: Detection(half),
        lambda: StatusPage(half),
        lambda: StatusPage(time_zone=half),
        lambda: StatusPage(stated_description=half),
        lambda: Incident.open("a", half, at=NOON),
        lambda: Incident.open("a", at=NOON).post(None, half, at=NOON),
        lambda: Incident.open("a", at=NOON).post(None, id=half, at=NOON),
        lambda: Incident.open("a", at=NOON, affects={half: "major_outage"}),
    )
    for make in refused:
        with pytest.raises(ValueError, match="surrogate"):
            make()


@pytest.mark.parametrize("value", [b"bytes", 1, ["a"], object()])
def test_what_is_no_text_is_refused(value: Any) -> None:
    """Something else than text is a TypeError."""
    with pytest.raises(TypeError):
        text(value)
    with pytest.raises(TypeError):
        Incident(value)
    with pytest.raises(TypeError):
        optional_text(value)


def test_text_may_be_missing() -> None:
    """None is no text, where text is optional."""
    assert optional_text(None) is None
    with pytest.raises(TypeError):
        text(None)  # type: ignore[arg-type]


@given(strategies.texts(200))
def test_shortened_text_is_one_printable_line(value: str) -> None:
    """What is shown of a text is one line, bounded, with nothing active in it."""
    shown = shorten(value, 20)
    assert shown.isprintable()
    assert 20 * len(r"\U0010ffff") + 2 >= len(shown)


def test_long_text_is_cut() -> None:
    """A long text ends in an ellipsis; a short one is shown whole."""
    assert repr("a" * 60) == shorten("a" * 60)
    assert repr("a" * 59 + "…") == shorten("a" * 61)


def test_text_of_a_kind_of_its_own_becomes_plain() -> None:
    """An encoder that knows only text could not write the other."""

    class Marked(str):
        __slots__ = ()

    assert type(text(Marked("x"))) is str
