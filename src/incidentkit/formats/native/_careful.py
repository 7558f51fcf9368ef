"""
The careful way to read a document of ours that somebody else has had a hand in.

It goes down the document with the shapes beside it. What fits is taken; what does not
is left out, the smallest thing that can be, and told with its own place; keys and words
that nobody knows are put into extras. What it gives fits the shapes, and its times are
times.
"""

from __future__ import annotations

import json
import types
from enum import Enum
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

import attrs
import msgspec
from msgspec import UNSET

from incidentkit._frozen import RESERVED, freeze
from incidentkit._time import date, rfc3339
from incidentkit._vocabulary import words
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats.native._shapes import (
    A_DATE,
    AN_INSTANT,
    NAME,
    VERSION,
    Shape,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from incidentkit._finding import Report

S = TypeVar("S", bound=Shape)

#: What reads text of a kind that a type alone does not tell.
_READERS: Mapping[msgspec.Meta, Callable[[str], object]] = {
    AN_INSTANT: rfc3339,
    A_DATE: date,
}
_STEPS: Final = frozenset(".[]")
_NO_TIME: Final = "not a time or date as RFC 3339 has them, or there was no such day"


@attrs.frozen
class Careful:
    """One reading of one document."""

    report: Report
    depth: int

    def thing(self, said: dict[str, Any], shape: type[S], path: str) -> S:
        """
        An object without what is wrong in it.

        Raises:
            MalformedDocument: what it cannot be without is not there or wrong.
            LimitExceeded: it nests too deep.
        """
        known: dict[str, Any] = {}
        unknown = dict(said)
        fields = _fields(shape)
        for name, field in fields.items():
            if name in said:
                place = _place(path, name)
                if "extras" in fields and field.misses(said[name]):
                    detail = f"{name!r} is none of {', '.join(map(repr, field.words))}"
                    self.report.add("word.unknown", place, detail, said[name])
                    known[name] = None
                    value = None
                else:
                    value = self.value(unknown.pop(name), field, place)
                if value is not UNSET:
                    known[name] = value
            if field.required and name not in known:
                how = "that can be read" if name in said else "at all"
                raise MalformedDocument(path, f"it has no {name!r} {how}")
        self.keep(unknown, known, shape, path)
        try:
            return shape(**known)
        except ValueError as error:
            raise MalformedDocument(path, str(error)) from None

    def value(self, said: object, field: _Field, path: str) -> object:
        """What a key holds, or UNSET if it is nothing that belongs there."""
        if field.item is not None and isinstance(said, list):
            items = cast("list[object]", said)
            return list(self.items(items, field.item, path))
        held = _object(said)
        if field.entry is not None and held is not None:
            return self.entries(held, field.entry, path)
        try:
            if field.whole is not None and held is not None:
                return self.thing(held, field.whole, path)
            value: object = msgspec.convert(said, field.kind)
        except LimitExceeded:
            raise
        except (MalformedDocument, msgspec.ValidationError) as error:
            self.leave_out("value.malformed", path, _reason(error), said)
            # Of a word it is not the default that is meant, but one that nobody knows.
            return None if field.words else UNSET
        if field.read is not None and isinstance(value, str):
            try:
                field.read(value)
            except ValueError:
                self.leave_out("time.malformed", path, _NO_TIME, said)
                return UNSET
        return value

    def items(self, said: list[object], shape: type[S], path: str) -> Iterator[S]:
        """The items of a list that can be read."""
        for index, item in enumerate(said):
            place = f"{path}[{index}]"
            one = _object(item)
            if one is None:
                self.leave_out("item.malformed", place, "not an object", item)
                continue
            try:
                yield self.thing(one, shape, place)
            except LimitExceeded:
                raise
            except MalformedDocument as error:
                self.leave_out("item.malformed", place, error.reason, one)

    def entries(self, said: dict[str, Any], kind: Any, path: str) -> dict[str, object]:  # noqa: ANN401 - a type
        """The entries of a mapping whose values are of a kind."""
        held: dict[str, object] = {}
        for name, value in said.items():
            place = _place(path, name)
            self.check_depth(value, place)
            try:
                held[name] = msgspec.convert(value, kind)
            except msgspec.ValidationError as error:
                self.leave_out("value.malformed", place, _reason(error), value)
        return held

    def keep(
        self,
        unknown: dict[str, Any],
        known: dict[str, Any],
        shape: type[Shape],
        path: str,
    ) -> None:
        """Put the keys that nobody knows where they come back from, or tell of them."""
        kept: dict[str, Any] = {}
        for name, value in unknown.items():
            place = _place(path, name)
            if name in RESERVED:
                detail = "the key is one that extras keep for themselves"
                self.leave_out("key.reserved", place, detail, value)
            elif "extras" in _fields(shape):
                self.check_depth({name: value}, place)
                kept[name] = value
            else:
                detail = f"version {VERSION} has no such key here"
                self.leave_out("value.left_out", place, detail, value)
        if kept:
            extras = known.setdefault("extras", {})
            held = extras.get(NAME, {})
            for name in (name for name in held if name in kept):
                detail = "the object has a key of its own that takes its place"
                place = _place(f"{path}.extras.{NAME}", name)
                self.leave_out("value.left_out", place, detail, held[name])
            extras[NAME] = {**held, **kept}

    def leave_out(self, code: str, path: str, detail: str, said: object) -> None:
        """
        Tell of something that is not in the result.

        Raises:
            LimitExceeded: it nests too deep even to be shown.
        """
        self.check_depth(said, path)
        called = (_object(said) or {}).get("id")
        self.report.leave_out(
            code, path, detail, said, called if isinstance(called, str) else None
        )

    def check_depth(self, value: object, path: str) -> None:
        """
        Refuse what nests too deep to be kept.

        Raises:
            LimitExceeded: it does.
        """
        try:
            freeze(value, self.depth)
        except ValueError as error:
            raise LimitExceeded(path, str(error)) from None


@attrs.frozen(kw_only=True)
class _Field:
    """What a key of a shape may hold."""

    kind: Any
    """Its declared type."""
    required: bool
    """Whether an object is nothing without it."""
    item: type[Shape] | None
    """Of a list, the shape of its items."""
    entry: Any
    """Of a mapping, the type of its values."""
    whole: type[Shape] | None
    """The shape that it is itself."""
    words: tuple[str, ...]
    """Of a word, all those that are known."""
    read: Callable[[str], object] | None
    """What reads its text, where a type does not tell."""

    def misses(self, said: object) -> bool:
        """Whether it is a word, and this is one that nobody knows."""
        return bool(self.words) and isinstance(said, str) and said not in self.words


@cache
def _fields(shape: type[Shape]) -> Mapping[str, _Field]:
    return {
        field.encode_name: _field(field.type, required=field.required)
        for field in msgspec.structs.fields(shape)
    }


def _field(kind: Any, *, required: bool) -> _Field:  # noqa: ANN401 - a type
    parts = list(_parts(kind))
    return _Field(
        kind=kind,
        required=required,
        item=next(
            (get_args(part)[0] for part in parts if get_origin(part) is list), None
        ),
        entry=next(
            (get_args(part)[1] for part in parts if get_origin(part) is dict), None
        ),
        whole=next((part for part in parts if _is(part, Shape)), None),
        words=next((tuple(words(part)) for part in parts if _is(part, Enum)), ()),
        read=next((_READERS[part] for part in parts if part in _READERS), None),
    )


def _parts(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - a type
    """The types in a union and what they are annotated with, as one row."""
    if get_origin(kind) in {Annotated, Union, types.UnionType}:
        for part in get_args(kind):
            yield from _parts(part)
        yield from getattr(kind, "__metadata__", ())
    else:
        yield kind


def _place(path: str, key: str) -> str:
    # As in JSONPath (RFC 9535), where a key might be taken for more than one step.
    plain = key and not _STEPS.intersection(key)
    return f"{path}.{key}" if plain else f"{path}[{json.dumps(key)}]"


def _object(said: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", said) if isinstance(said, dict) else None


def _is(part: object, kind: type) -> bool:
    return isinstance(part, type) and issubclass(part, kind)


def _reason(error: MalformedDocument | msgspec.ValidationError) -> str:
    if isinstance(error, MalformedDocument):
        return error.reason
    # msgspec says "Expected `str`, got `int`"; deeper down it adds " - at `$.path`".
    return str(error).partition(" - at `")[0]
