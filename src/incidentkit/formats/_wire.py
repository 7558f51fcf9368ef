"""
JSON to and from declared shapes, with unknown keys kept.

A vendor's room declares its documents as `Shape`s. The usual document decodes straight
into them, whole, typed, in one call. Where one does not fit (an unknown key, a null
where none belongs) the *careful way* goes down by raw pieces: what fits is still
decoded typed, only the odd piece is taken apart, its unknown keys put aside in
`Oddities`, a value of the wrong kind reported and left unset, a hopeless item left out.
Both ways give the same shapes, so a room is written once.

Fields are declared as `T | UnsetType` or `T | None | UnsetType`, unset by default: a
key has three states, absent, null and a value, and all three come back.
"""

from __future__ import annotations

import types
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

import attrs
import msgspec
from msgspec import UNSET

from incidentkit._frozen import (
    ABSENT,
    EMPTY,
    RESERVED,
    STATED,
    FrozenMapping,
    freeze,
    opened,
)
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats._format import Source, decoded, encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from incidentkit._finding import Report

T = TypeVar("T")
S = TypeVar("S", bound="Shape")

Id: TypeAlias = str | int
"""An id on the wire; text in the model."""


class Shape(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A JSON object whose keys are declared; shapes hold no circles, so no `gc`."""

    #: The keys that a verb on the model makes untrue: what they state is derived.
    derived: ClassVar[frozenset[str]] = frozenset()


@attrs.define
class Oddities:
    """What the careful way put aside: the unknown keys of each odd shape."""

    _unknown: dict[int, dict[str, object]] = attrs.field(
        factory=dict[int, dict[str, object]]
    )
    _lost: set[int] = attrs.field(factory=set[int])
    # Shapes are told by identity, which holds only while they live.
    _alive: list[object] = attrs.field(factory=list[object])

    def __bool__(self) -> bool:
        return bool(self._unknown)

    def put(self, shape: object, unknown: dict[str, object]) -> None:
        """Keep the unknown keys of a shape."""
        self._unknown[id(shape)] = unknown
        self._alive.append(shape)

    def lose(self, shape: object) -> None:
        """Mark a shape that stands in the place of an item that was left out."""
        self._lost.add(id(shape))
        self._alive.append(shape)

    def is_lost(self, shape: object) -> bool:
        """Whether a shape only stands in the place of an item that was left out."""
        return id(shape) in self._lost

    def of(self, shape: object) -> dict[str, object]:
        """The unknown keys of a shape; none if it was not odd."""
        return self._unknown.get(id(shape), {})


def utf8(source: Source) -> bytes:
    """
    The document as UTF-8 without a byte order mark.

    Raises:
        LimitExceeded: it is too large.
        MalformedDocument: it holds half a character, or is not in the encoding that it
            seems to be in.
    """
    source.check_size()
    data = source.data
    if isinstance(data, str):
        try:
            data = data.removeprefix("\ufeff").encode()
        except UnicodeEncodeError as error:
            reason = "half a character (a lone surrogate)"
            raise MalformedDocument(f"character {error.start}", reason) from None
    elif encoding_of(data) != "utf-8":
        data = decoded(data, source.report).encode()
    else:
        data = data.removeprefix(b"\xef\xbb\xbf")
    if len(data) > source.limits.bytes:
        reason = f"{len(data)} bytes, and the limit is {source.limits.bytes}"
        raise LimitExceeded("$", reason)
    return data


@cache
def decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type at all
    """The decoder of a type, made once."""
    return msgspec.json.Decoder(kind)


def parse(data: bytes | msgspec.Raw, kind: type[T]) -> T:
    """
    JSON of a type, or nothing.

    Raises:
        MalformedDocument: it is not JSON, or not of that type.
        LimitExceeded: it nests too deep to be read.
    """
    try:
        return cast("T", decoder(cast("Any", kind)).decode(data))
    except msgspec.MsgspecError as error:
        raise MalformedDocument(*_place(error)) from None
    except UnicodeDecodeError as error:
        raise MalformedDocument(f"byte {error.start}", "not UTF-8") from None
    except RecursionError:
        raise LimitExceeded("$", "nested too deep") from None


def _place(error: Exception) -> tuple[str, str]:
    # msgspec says "Expected `str`, got `int` - at `$.page.name`", and of broken syntax
    # "JSON is malformed: invalid character (byte 12)".
    said = str(error)
    reason, _, path = said.partition(" - at `")
    if path:
        return path.removesuffix("`"), reason
    _, _, byte = said.rpartition("(byte ")
    return (f"byte {byte.removesuffix(')')}", said) if byte != said else ("$", said)


def _check_text(data: bytes) -> None:
    # The decoder skips over text that it only has to pass by, and counts the bytes of
    # what it does not pass by from the beginning of the string.
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise MalformedDocument(f"byte {error.start}", "not UTF-8") from None


# What a decoder may say of a document that does not fit its shape, or is none at all.
_NOT_STRAIGHT = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def read(
    data: bytes, shape: type[S], report: Report, oddities: Oddities, limit: int
) -> S:
    """
    A document in its shape: straight if all of it fits, else carefully.

    Args:
        data: the document, in UTF-8.
        shape: what it is declared to be.
        report: where what did not fit is told.
        oddities: where unknown keys go.
        limit: how deep values may nest that are of no shape.

    Raises:
        MalformedDocument: it is not JSON, or not an object.
        LimitExceeded: it nests too deep.
    """
    try:
        return cast("S", decoder(shape).decode(data))
    except _NOT_STRAIGHT:
        _check_text(data)
        return _Careful(report, oddities, limit).whole(data, shape, "$")


def read_list(  # noqa: PLR0913, PLR0917 - as `read`, and where the array stands
    data: bytes,
    shape: type[S],
    report: Report,
    oddities: Oddities,
    limit: int,
    path: str = "$",
) -> list[S]:
    """As `read`, of an array of one shape."""
    try:
        return cast("list[S]", decoder(list[shape]).decode(data))  # type: ignore[valid-type]
    except _NOT_STRAIGHT:
        _check_text(data)
        return _Careful(report, oddities, limit).items(data, shape, path)


def careful(  # noqa: PLR0913, PLR0917 - what is read, how, and where all else goes
    data: bytes | msgspec.Raw,
    shape: type[S],
    report: Report,
    oddities: Oddities,
    limit: int,
    path: str,
) -> S:
    """As `read`, of an object already known not to fit."""
    return _Careful(report, oddities, limit).whole(data, shape, path)


@attrs.frozen
class _Careful:
    """The careful way: by raw pieces, down to the one that is odd."""

    report: Report
    oddities: Oddities
    depth: int

    def whole(self, data: bytes | msgspec.Raw, shape: type[S], path: str) -> S:
        """
        An object whose odd parts are put aside, reported or left unset.

        Raises:
            MalformedDocument: it is no object at all.
        """
        pieces = self.parse(data, dict[str, msgspec.Raw], path)
        known: dict[str, object] = {}
        unknown: dict[str, object] = {}
        for name, (field, wanted) in _fields(shape).items():
            raw = pieces.pop(name, None)
            if raw is not None:
                value = self.value(raw, wanted, f"{path}.{name}")
                if value is not UNSET:
                    known[field] = value
        for name, raw in pieces.items():
            if name in RESERVED:
                detail = f"the key {name!r} is one that extras keep for themselves"
                self.report.leave_out("key.reserved", path, detail)
            else:
                unknown[name] = self.untyped(raw, f"{path}.{name}")
        made = shape(**known)
        if unknown:
            self.oddities.put(made, unknown)
        return made

    def value(self, raw: msgspec.Raw, wanted: Any, path: str) -> object:  # noqa: ANN401 - a type
        """A value of a declared kind, or UNSET if it is of another."""
        try:
            value: object = decoder(wanted).decode(raw)
        except (msgspec.ValidationError, UnicodeDecodeError) as error:
            items, whole = _parts(wanted)
            opening = bytes(memoryview(raw)[:1])
            if items is not None and opening == b"[":
                return self.items(raw, items, path)
            if whole is not None and opening == b"{":
                return self.whole(raw, whole, path)
            said = self.untyped(raw, path)
            _, reason = _place(error)
            self.report.leave_out("value.malformed", path, reason, said)
            return UNSET
        return value

    def items(self, data: bytes | msgspec.Raw, shape: type[S], path: str) -> list[S]:
        """
        The items of an array; one that cannot be read leaves an empty shape, marked.

        So the others keep their places, and findings about them theirs.
        """
        made: list[S] = []
        typed = decoder(shape)
        for index, raw in enumerate(self.parse(data, list[msgspec.Raw], path)):
            try:
                made.append(typed.decode(raw))
            except (msgspec.ValidationError, UnicodeDecodeError):
                place = f"{path}[{index}]"
                try:
                    made.append(self.whole(raw, shape, place))
                except LimitExceeded:
                    raise
                except MalformedDocument as error:
                    self.report.leave_out("item.malformed", place, error.reason)
                    made.append(shape())
                    self.oddities.lose(made[-1])
        return made

    def untyped(self, raw: msgspec.Raw, path: str) -> object:
        """
        A value of no declared kind, frozen.

        Raises:
            MalformedDocument: it is none that JSON knows.
            LimitExceeded: it nests too deep.
        """
        value = self.parse(raw, object, path)
        try:
            return freeze(value, self.depth)
        except ValueError as error:
            raise LimitExceeded(path, str(error)) from None

    def parse(self, data: bytes | msgspec.Raw, kind: type[T], path: str) -> T:
        """A piece of the document, whose errors tell their place in the whole."""
        try:
            return parse(data, kind)
        except MalformedDocument as error:
            # A byte is counted from where the piece begins, and says nothing alone.
            place = error.path if path == "$" else path
            raise type(error)(place, error.reason) from None


@cache
def _fields(shape: type[Shape]) -> Mapping[str, tuple[str, Any]]:
    """By each key its field, which a keyword such as `from` makes another, and type."""
    return {
        field.encode_name: (field.name, field.type)
        for field in msgspec.structs.fields(shape)
    }


@cache
def _parts(wanted: Any) -> tuple[type[Shape] | None, type[Shape] | None]:  # noqa: ANN401 - a type
    """What a declared kind may hold: a list of which shape, and which shape itself."""
    item: type[Shape] | None = None
    whole: type[Shape] | None = None
    union = get_origin(wanted) in (Union, types.UnionType)
    for kind in get_args(wanted) if union else (wanted,):
        if get_origin(kind) is list:
            (inner,) = get_args(kind)
            item = (
                inner if isinstance(inner, type) and issubclass(inner, Shape) else None
            )
        elif isinstance(kind, type) and issubclass(kind, Shape):
            whole = kind
    return item, whole


# ------------------------------------------------------------------ what is kept


def kept(
    source: Shape,
    ours: Shape,
    unknown: Mapping[str, object],
    same: Callable[[str, object, object], bool],
    apart: frozenset[str],
) -> dict[str, object]:
    """
    What extras must hold for a writer to give a shape back as it was.

    Args:
        source: the shape that was read.
        ours: the shape that a writer would make of the model by itself.
        unknown: the unknown keys that came with it.
        same: whether two values of a key mean the same (equal instants do).
        apart: the keys that are kept in their own place.

    Returns:
        Unknown keys, keys we do not model that differ, what was stated and would be
        derived otherwise (under `STATED`), and what was absent (under `ABSENT`).
    """
    said: dict[str, object] = dict(unknown)
    stated: dict[str, object] = {}
    absent: list[str] = []
    derived = type(source).derived
    for field, name in _keys(type(source)):
        if name in apart:
            continue
        theirs, mine = getattr(source, field), getattr(ours, field)
        if theirs is mine or (theirs == mine and type(theirs) is type(mine)):
            continue
        if theirs is UNSET:
            absent.append(name)
        elif mine is UNSET or not same(name, theirs, mine):
            (stated if name in derived else said)[name] = freeze(theirs)
    if stated:
        said[STATED] = FrozenMapping(stated)
    if absent:
        said[ABSENT] = tuple(absent)
    return said


def restored(ours: Shape, said: Mapping[str, object] | None) -> object:
    """
    A shape, with what extras hold put back into it.

    Keys keep their places, and those of no shape follow, so that the same page is
    always the same text: then it is a plain dict.
    """
    if not said:
        return ours
    fields = _names(type(ours))
    more: dict[str, object] = {}
    absent = said.get(ABSENT)
    if isinstance(absent, tuple):
        for name in fields.keys() & cast("tuple[object, ...]", absent):
            setattr(ours, fields[name], UNSET)
    for held in (said, mapping(said.get(STATED))):
        for name, value in held.items():
            if name in fields:
                setattr(ours, fields[name], value)
            elif name not in RESERVED:
                more[name] = value
    if not more:
        return ours
    made = {name: getattr(ours, field) for field, name in _keys(type(ours))}
    return {name: one for name, one in made.items() if one is not UNSET} | more


@cache
def _keys(shape: type[Shape]) -> tuple[tuple[str, str], ...]:
    """The fields of a shape, each with its key."""
    names = shape.__struct_encode_fields__
    return tuple(zip(shape.__struct_fields__, names, strict=True))


@cache
def _names(shape: type[Shape]) -> Mapping[str, str]:
    """The fields of a shape by key."""
    return {name: field for field, name in _keys(shape)}


def mapping(value: object) -> Mapping[str, object]:
    """A mapping that extras hold, or an empty one if they hold something else there."""
    if isinstance(value, FrozenMapping):
        return cast("FrozenMapping[object]", value)
    return EMPTY


def encode(value: object) -> str:
    """A value made of shapes, plain and frozen parts, as JSON text."""
    return _ENCODER.encode(value).decode()


def canonical(value: object) -> bytes:
    """What a value is on the wire but for the order of keys; `==` takes 1 for true."""
    return _SORTING.encode(value)


def _plain(value: object) -> object:
    # What the encoder does not know: frozen mappings, and kinds of text and numbers
    # that somebody made for himself, which constructors let pass.
    if isinstance(value, FrozenMapping):
        return opened(cast("FrozenMapping[object]", value))
    for kind in (str, int):
        if isinstance(value, kind):
            return kind(value)
    return float(cast("float", value))


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)
_SORTING = msgspec.json.Encoder(enc_hook=_plain, order="sorted")
