"""
Write the inventories that let a reference to another project resolve offline.

An inventory is four lines of heading and then, compressed, a line for each name:
`name domain:role priority uri display`. A `$` at the end of a uri stands for the name,
and `-` as the display for the same. Add a name below and run this file.
"""

from __future__ import annotations

import zlib
from pathlib import Path

# Project, role, address, names.
NAMES = (
    ("attrs", "class", "api-attr.html#attr.Attribute", "attrs.Attribute"),
    ("attrs", "function", "api.html#$", "attrs.asdict attrs.define attrs.evolve"),
    ("attrs", "function", "api.html#$", "attrs.field attrs.fields attrs.frozen"),
    ("pendulum", "class", "#instantiation", "pendulum.DateTime"),
    ("pendulum", "class", "#instantiation", "pendulum.datetime.DateTime"),
    ("pendulum", "class", "#instantiation", "pendulum.Date pendulum.date.Date"),
    ("pendulum", "class", "#duration", "pendulum.Duration"),
    ("pendulum", "class", "#duration", "pendulum.duration.Duration"),
    ("pendulum", "class", "#timezones", "pendulum.Timezone"),
    ("pendulum", "class", "#timezones", "pendulum.tz.timezone.Timezone"),
    ("pendulum", "data", "#timezones", "pendulum.UTC"),
    ("python", "class", "library/functions.html#$", "bool float int object type"),
    ("python", "class", "library/functions.html#func-$", "bytearray memoryview"),
    ("python", "class", "library/stdtypes.html#$", "bytes dict frozenset list"),
    ("python", "class", "library/stdtypes.html#$", "set str tuple"),
    ("python", "function", "library/functions.html#$", "hash isinstance len repr"),
    ("python", "data", "library/constants.html#$", "False None True"),
    ("python", "data", "library/constants.html#$", "NotImplemented"),
    ("python", "exception", "library/exceptions.html#$", "AttributeError Exception"),
    ("python", "exception", "library/exceptions.html#$", "ImportError KeyError"),
    ("python", "exception", "library/exceptions.html#$", "LookupError OverflowError"),
    ("python", "exception", "library/exceptions.html#$", "RuntimeError TypeError"),
    (
        "python",
        "exception",
        "library/exceptions.html#$",
        "UnicodeDecodeError ValueError",
    ),
    ("python", "exception", "library/exceptions.html#$", "DeprecationWarning"),
    ("python", "module", "library/datetime.html#module-$", "datetime"),
    ("python", "class", "library/datetime.html#$", "datetime.date"),
    ("python", "class", "library/datetime.html#$", "datetime.datetime"),
    ("python", "class", "library/datetime.html#$", "datetime.timedelta"),
    ("python", "class", "library/datetime.html#$", "datetime.timezone"),
    ("python", "class", "library/datetime.html#$", "datetime.tzinfo"),
    ("python", "module", "library/zoneinfo.html#module-$", "zoneinfo"),
    ("python", "class", "library/zoneinfo.html#$", "zoneinfo.ZoneInfo"),
    ("python", "class", "library/enum.html#$", "enum.Enum"),
    ("python", "class", "library/decimal.html#$", "decimal.Decimal"),
    ("python", "class", "library/fractions.html#$", "fractions.Fraction"),
    ("python", "class", "library/pathlib.html#$", "pathlib.Path"),
    ("python", "class", "library/types.html#$", "types.MappingProxyType"),
    ("python", "class", "library/collections.abc.html#$", "collections.abc.Callable"),
    ("python", "class", "library/collections.abc.html#$", "collections.abc.Collection"),
    ("python", "class", "library/collections.abc.html#$", "collections.abc.Hashable"),
    ("python", "class", "library/collections.abc.html#$", "collections.abc.Iterable"),
    ("python", "class", "library/collections.abc.html#$", "collections.abc.Iterator"),
    ("python", "class", "library/collections.abc.html#$", "collections.abc.Mapping"),
    ("python", "class", "library/collections.abc.html#$", "collections.abc.Sequence"),
    ("python", "data", "library/typing.html#$", "typing.Any typing.Final typing.Self"),
    ("python", "data", "library/typing.html#$", "typing.Literal typing.Never"),
    ("python", "class", "library/typing.html#$", "typing.Generic typing.TypeVar"),
)


def inventory(project: str) -> bytes:
    """All names of a project, in the second version of Sphinx's format."""
    heading = (
        "# Sphinx inventory version 2\n"
        f"# Project: {project}\n"
        "# Version: \n"
        "# The remainder of this file is compressed using zlib.\n"
    )
    lines = sorted(
        f"{name} py:{role} 1 {uri} -\n"
        for owner, role, uri, names in NAMES
        if owner == project
        for name in names.split()
    )
    return heading.encode() + zlib.compress("".join(lines).encode(), 9)


if __name__ == "__main__":
    for each in sorted({owner for owner, *_ in NAMES}):
        path = Path(__file__).parent / f"{each}.inv"
        path.write_bytes(inventory(each))
