"""Mappings that cannot change, and what extras and links make of theirs."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import FrozenMapping, Incident
from incidentkit._frozen import (
    ABSENT,
    DEPTH,
    EMPTY,
    NO_EXTRAS,
    NO_LINKS,
    STATED,
    adopted,
    extras,
    freeze,
    lasting,
    links,
    thaw,
)

mappings = st.dictionaries(strategies.texts(), strategies.json_values(), max_size=3)


def is_frozen(value: object) -> bool:
    """Whether a value cannot change, nor anything in it."""
    if isinstance(value, FrozenMapping):
        return all(map(is_frozen, value.values()))
    if isinstance(value, tuple):
        return all(map(is_frozen, value))
    return value is None or isinstance(value, (str, bool, int, float))


def nested(depth: int, leaf: object = None) -> object:
    """Lists in mappings in lists, so many of them."""
    for level in range(depth):
        leaf = [leaf] if level % 2 else {"a": leaf}
    return leaf


@given(strategies.json_values())
def test_what_is_frozen_cannot_change(value: object) -> None:
    """Whatever JSON can say is frozen all the way down, and hashable."""
    frozen = freeze(value)
    assert is_frozen(frozen)
    assert isinstance(hash(frozen), int)


@given(strategies.json_values())
def test_thawing_undoes_freezing(value: object) -> None:
    """Thawed, a value is what it was, of plain dicts and lists."""
    assert value == thaw(freeze(value))
    assert freeze(value) == freeze(thaw(freeze(value)))


def test_tuples_thaw_as_lists() -> None:
    """A tuple is a list to JSON, and thaws as one."""
    assert thaw(freeze({"a": (1, (2,))})) == {"a": [1, [2]]}


@given(mappings)
def test_a_frozen_mapping_is_a_mapping(held: dict[str, object]) -> None:
    """It has the keys, in their order, and nothing else."""
    frozen = FrozenMapping(held)
    assert list(held) == list(frozen)
    assert list(held) == [key for key, _ in frozen.items()]
    assert len(held) == len(frozen)
    assert all(key in frozen for key in held)
    assert object() not in frozen
    assert [freeze(value) for value in held.values()] == list(frozen.values())
    assert isinstance(frozen, Mapping)


@given(mappings)
def test_equal_mappings_hash_alike(held: dict[str, object]) -> None:
    """The order of keys does not matter to equality, nor to the hash."""
    frozen = FrozenMapping(held)
    turned = FrozenMapping(dict(reversed(held.items())))
    assert frozen == turned
    assert hash(frozen) == hash(turned)
    assert frozen == dict(frozen)
    assert frozen == MappingProxyType(dict(frozen))
    assert frozen != [*frozen]
    assert frozen != FrozenMapping({**held, "one more": 1})


@given(mappings)
def test_a_frozen_mapping_survives_copies(held: dict[str, object]) -> None:
    """Copied it stays itself; pickled it comes back equal, with an equal hash."""
    frozen = FrozenMapping(held)
    assert frozen is copy.copy(frozen)
    assert frozen is copy.deepcopy(frozen)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps(frozen, protocol))
        assert frozen == back
        assert hash(frozen) == hash(back)


def test_what_it_was_made_of_may_change() -> None:
    """It holds copies: changing the dict or the list it was given changes nothing."""
    tags = ["db"]
    held: dict[str, object] = {"tags": tags}
    frozen = FrozenMapping(held)
    tags.append("eu")
    held["more"] = 1
    assert FrozenMapping({"tags": ["db"]}) == frozen


def test_a_frozen_mapping_has_no_way_to_change() -> None:
    """Neither items nor attributes can be set, and a view gives no way in."""
    frozen = cast("dict[str, object]", FrozenMapping({"a": 1}))
    with pytest.raises(TypeError):
        frozen["a"] = 2
    with pytest.raises(TypeError):
        del frozen["a"]
    with pytest.raises(AttributeError):
        frozen.b = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        frozen.items().mapping["a"] = 2  # type: ignore[index]
    assert frozen == {"a": 1}


def test_it_shows_as_a_dict() -> None:
    """Its repr is that of the dict it holds."""
    assert repr(FrozenMapping({"a": ["b"]})) == "{'a': ('b',)}"


def test_a_missing_key_is_a_key_error() -> None:
    """Asking for what it does not hold is what it is for a dict."""
    with pytest.raises(KeyError):
        EMPTY["a"]
    assert EMPTY.get("a") is None


@pytest.mark.parametrize(
    "wrong", [object(), {1, 2}, b"bytes", {1: "a"}, [{"a": {None: 1}}], 1j]
)
def test_what_json_cannot_say_is_refused(wrong: object) -> None:
    """Something else than JSON's kinds of values is a TypeError, wherever it is."""
    with pytest.raises(TypeError):
        freeze(wrong)
    with pytest.raises(TypeError):
        FrozenMapping({"a": wrong})


@pytest.mark.parametrize(
    "wrong", [math.nan, math.inf, -math.inf, "\ud800", {"\udfff": 1}]
)
def test_what_json_cannot_write_is_refused(wrong: object) -> None:
    """A number that is not finite and half a character are ValueErrors."""
    with pytest.raises(ValueError, match=r"."):
        freeze([wrong])
    with pytest.raises(ValueError, match=r"."):
        FrozenMapping({"a": wrong})


@given(mappings)
def test_what_is_adopted_is_equal(held: dict[str, object]) -> None:
    """Of frozen parts, a mapping may be made without looking at them again."""
    parts = {key: freeze(value) for key, value in held.items()}
    assert FrozenMapping(held) == adopted(parts)
    assert hash(FrozenMapping(held)) == hash(adopted(parts))
    assert pickle.loads(pickle.dumps(adopted(parts))) == adopted(parts)


def test_too_deep_is_an_error_and_no_crash() -> None:
    """Nesting is bounded: what is deeper is a ValueError, never a RecursionError."""
    assert is_frozen(freeze(nested(DEPTH)))
    for depth in (DEPTH + 1, 100_000):
        with pytest.raises(ValueError, match=str(DEPTH)):
            freeze(nested(depth))


@given(strategies.extras())
def test_extras_are_kept_by_format(
    said: Mapping[str, Mapping[str, object]],
) -> None:
    """What formats said is kept under their names, where they said anything."""
    kept = extras(said)
    assert {name: freeze(held) for name, held in said.items() if held} == kept
    assert is_frozen(kept)
    assert kept == extras(kept)
    assert hash(kept) == hash(extras(kept))


def test_no_extras_are_one_object() -> None:
    """Nothing said is the same nothing everywhere."""
    assert extras({}) is NO_EXTRAS
    assert extras({"statuspage": {}}) is NO_EXTRAS
    assert extras(NO_EXTRAS) is NO_EXTRAS
    assert extras(FrozenMapping()) is NO_EXTRAS
    assert links({}) is NO_LINKS
    assert links(NO_LINKS) is NO_LINKS


@pytest.mark.parametrize("wrong", [{"statuspage": 3}, {"rss": ["a"]}, {1: {"a": 1}}])
def test_extras_hold_mappings_by_format(wrong: object) -> None:
    """Anything but a mapping under a format's name is a TypeError, frozen or not."""
    with pytest.raises(TypeError):
        extras(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Incident("API down", extras=wrong)  # type: ignore[arg-type]


def test_a_frozen_mapping_of_something_else_is_no_extras() -> None:
    """That a mapping is frozen does not make it extras, or links."""
    with pytest.raises(TypeError):
        extras(FrozenMapping({"a": 1}))  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        links(FrozenMapping({"a": 1}))  # type: ignore[dict-item]


@given(strategies.links())
def test_links_map_text_to_text(told: Mapping[str, str]) -> None:
    """Links are kept as they are given."""
    assert told == links(told)
    assert links(told) == links(links(told))


@pytest.mark.parametrize("wrong", [{"a": 1}, {"a": None}, {1: "a"}])
def test_links_are_text(wrong: object) -> None:
    """A name or target that is not text is a TypeError."""
    with pytest.raises(TypeError):
        links(wrong)  # type: ignore[arg-type]


def test_half_a_character_is_no_link() -> None:
    """Links can be written: a lone surrogate is a ValueError."""
    with pytest.raises(ValueError, match="surrogate"):
        links({"a": "\udc00"})


def test_what_is_true_of_the_document_does_not_last() -> None:
    """Only what is not about the document read outlives a change."""
    said = extras(
        {
            "statuspage": {ABSENT: ["shortlink"], STATED: {"a": 1}, "page_id": "x"},
            "rss": {ABSENT: ["guid"]},
            "cachet3": {"visible": 1},
        }
    )
    assert lasting(said) == {"statuspage": {"page_id": "x"}, "cachet3": {"visible": 1}}


def test_what_lasts_is_left_as_it_is() -> None:
    """Extras without anything about the document are not even copied."""
    said = extras({"cachet3": {"visible": 1}})
    assert lasting(said) is said
    assert lasting(NO_EXTRAS) is NO_EXTRAS
    assert lasting(extras({"rss": {ABSENT: []}})) is NO_EXTRAS
