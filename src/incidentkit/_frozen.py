"""
Immutable mappings, frozen all the way down: what `extras` and `links` are made of.

`types.MappingProxyType` would do for reading, but it neither pickles nor hashes, and
it is only a view: whoever holds the dict underneath can still change it.
"""

from __future__ import annotations

import math
from collections.abc import ItemsView, Mapping
from typing import (
    TYPE_CHECKING,
    Generic,
    TypeAlias,
    TypeVar,
    cast,
    final,
    overload,
)

from incidentkit._override import override
from incidentkit._text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
V_co = TypeVar("V_co", covariant=True)

# What JSON can say, once frozen. (A recursive alias would be truer; mypy and pyright
# disagree on how to print one, and readers of an error message lose either way.)
Value: TypeAlias = object

#: How deep a frozen value may nest: more is an error, not a RecursionError.
DEPTH = 64


@final
class FrozenMapping(Mapping[str, V_co], Generic[V_co]):
    """
    A mapping that cannot change: hashable, picklable, safe to share.

    What it holds is frozen with it, all the way down.

    >>> FrozenMapping({"tags": ["db", "eu"]})
    {'tags': ('db', 'eu')}

    Raises:
        TypeError: something JSON could not say, a key that is not text included.
        ValueError: a number that is not finite, half a character, too deep a nesting.
    """

    __slots__ = ("_held",)

    def __init__(
        self, held: Mapping[str, V_co] | None = None, depth: int = DEPTH
    ) -> None:
        frozen = {text(key): freeze(item, depth) for key, item in (held or {}).items()}
        self._held = cast("dict[str, V_co]", frozen)

    @override
    def __getitem__(self, key: str) -> V_co:
        return self._held[key]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    @override
    def __len__(self) -> int:
        return len(self._held)

    @override
    def __contains__(self, key: object) -> bool:
        return key in self._held

    @override
    def items(self) -> ItemsView[str, V_co]:
        """What it holds, as a view."""
        return self._held.items()

    @overload
    def get(self, key: str, /) -> V_co | None: ...
    @overload
    def get(self, key: str, /, default: V_co | T) -> V_co | T: ...
    @override
    def get(self, key: str, /, default: object = None) -> object:
        """What it holds under a key, or the default."""
        return self._held.get(key, default)

    @override
    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMapping):
            return self._held == cast("FrozenMapping[object]", other)._held
        if isinstance(other, Mapping):
            return self._held == dict(cast("Mapping[object, object]", other))
        return NotImplemented

    @override
    def __hash__(self) -> int:
        return hash(frozenset(self._held.items()))

    @override
    def __repr__(self) -> str:
        return repr(self._held)

    @override
    def __reduce__(self) -> tuple[type[FrozenMapping[V_co]], tuple[dict[str, V_co]]]:
        return FrozenMapping, (self._held,)

    def __copy__(self) -> FrozenMapping[V_co]:
        return self

    def __deepcopy__(self, memo: object) -> FrozenMapping[V_co]:
        return self


def adopted(held: dict[str, V_co]) -> FrozenMapping[V_co]:
    """
    A frozen mapping around a dict whose parts are frozen already; nothing is checked.

    For readers, which take text and numbers from a decoder that lets nothing else
    through. The dict is given away: whoever keeps it can still change it.
    """
    made = cast("FrozenMapping[V_co]", FrozenMapping.__new__(FrozenMapping))
    made._held = held  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    return made


def opened(mapping: FrozenMapping[V_co]) -> Mapping[str, V_co]:
    """The dict within a frozen mapping, for encoders that know only dicts."""
    return mapping._held  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


EMPTY: FrozenMapping[object] = FrozenMapping()
NO_LINKS: FrozenMapping[str] = FrozenMapping()
NO_EXTRAS: FrozenMapping[FrozenMapping[object]] = FrozenMapping()


def freeze(value: object, depth: int = DEPTH) -> Value:
    """
    The same value, of immutable parts: mappings, tuples, text, numbers, bools, None.

    Raises:
        TypeError: something JSON could not say, a key that is not text included.
        ValueError: a number that is not finite, half a character, or nesting deeper
            than `DEPTH`.
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value!r} is not a number that JSON knows")
        return value
    if isinstance(value, FrozenMapping):
        return cast("FrozenMapping[object]", value)
    if depth <= 0:
        raise ValueError(f"nested more than {DEPTH} deep")
    if isinstance(value, Mapping):
        held = cast("Mapping[str, object]", value)
        return FrozenMapping(held, depth - 1) if held else EMPTY
    if isinstance(value, (list, tuple)):
        items = cast("list[object] | tuple[object, ...]", value)
        return tuple(freeze(item, depth - 1) for item in items)
    raise TypeError(
        f"{value!r} cannot be kept: only text, numbers, bools, None, lists, mappings"
    )


def thaw(value: object) -> object:
    """The inverse of `freeze`: plain dicts and lists, for encoders that want them."""
    if isinstance(value, FrozenMapping):
        held = cast("FrozenMapping[object]", value)
        return {key: thaw(item) for key, item in held.items()}
    if isinstance(value, tuple):
        return [thaw(item) for item in cast("tuple[object, ...]", value)]
    return value


def extras(
    value: Mapping[str, Mapping[str, object]],
) -> FrozenMapping[FrozenMapping[object]]:
    """
    The converter of every `extras`: what a format said, under the format's name.

    Raises:
        TypeError, ValueError: as `freeze`, or something other than a mapping under a
            format's name.
    """
    if value is NO_EXTRAS:
        return NO_EXTRAS
    frozen: FrozenMapping[object] = FrozenMapping(value)
    kept: dict[str, FrozenMapping[object]] = {}
    for name, held in frozen.items():
        if not isinstance(held, FrozenMapping):
            raise TypeError(f"extras[{name!r}] is to be a mapping, not {held!r}")
        if held:
            kept[name] = held
    return FrozenMapping(kept) if kept else NO_EXTRAS


def links(value: Mapping[str, str]) -> FrozenMapping[str]:
    """
    The converter of every `links`: what the thing is called in another place.

    Raises:
        TypeError: a name or target that is not text.
        ValueError: half a character.
    """
    if value is NO_LINKS:
        return NO_LINKS
    return FrozenMapping({name: text(to) for name, to in value.items()}) or NO_LINKS


#: Under these keys of `extras[format]` a reader keeps what is true only of the document
#: it read: the known keys that were absent from it, and what it stated that would be
#: derived otherwise. A verb makes both untrue and drops them.
ABSENT = "@absent"
STATED = "@stated"
_FLEETING = frozenset({ABSENT, STATED})

#: Under this key of a page's `extras[format]` stands which document was read.
DOCUMENT = "@document"

#: No vendor's own key may have one of these names.
RESERVED = _FLEETING | {DOCUMENT}


def lasting(
    said: FrozenMapping[FrozenMapping[object]],
) -> FrozenMapping[FrozenMapping[object]]:
    """Extras without what was true only of the document that was read."""
    if said is NO_EXTRAS or all(map(RESERVED.isdisjoint, said.values())):
        return said
    return extras(
        {
            name: {key: value for key, value in held.items() if key not in RESERVED}
            for name, held in said.items()
        }
    )
