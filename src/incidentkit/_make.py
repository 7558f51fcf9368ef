"""
Building frozen values from parts already checked, without paying for the checks.

The `__init__` of a frozen attrs class sets every field through `object.__setattr__`
and runs its converters: right for people, and several times the cost of the rest of a
reader. A *maker* fills the slots of a mutable twin by plain assignment and then gives
the object its real class. Only readers and verbs call makers, with parts of exactly
the types the fields have; tests hold every maker equal to its constructor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

# attrs declares Factory as a function to type checkers; at run time it is a class.
_FACTORY = cast("type", attrs.Factory)


def maker(cls: Callable[P, T]) -> Callable[P, T]:
    """
    A function with the signature of `cls` that converts and checks nothing.

    Args:
        cls: a frozen, slotted attrs class.

    Returns:
        The maker; its defaults are the class's own, which must be immutable values.
    """
    frozen = cast("type[attrs.AttrsInstance]", cls)
    fields = attrs.fields(frozen)
    twin = _twin(cast("type", cls))
    scope: dict[str, object] = {
        "_twin": twin,
        "_frozen": frozen,
    }
    parameters: list[str] = []
    for field in fields:
        if field.default is attrs.NOTHING or isinstance(field.default, _FACTORY):
            parameters.append(field.name)
        else:
            scope[f"_default_{field.name}"] = field.default
            parameters.append(f"{field.name}=_default_{field.name}")
    required_first = sorted(parameters, key=lambda parameter: "=" in parameter)
    source = "\n    ".join(
        [
            f"def make({', '.join(required_first)}):",
            "self = _twin()",
            *(f"self.{field.name} = {field.name}" for field in fields),
            "self.__class__ = _frozen",
            "return self",
        ]
    )
    exec(source, scope)  # noqa: S102 - the names of our own fields, and nothing else
    made = cast("Callable[P, T]", scope["make"])
    made.__doc__ = f"Make one {frozen.__name__} of checked parts."
    made.__qualname__ = made.__name__ = f"make_{frozen.__name__}"
    return made


def changer(cls: type[T], *names: str) -> Callable[..., T]:
    """
    A function that copies a value with some fields replaced, and checks nothing.

    What `attrs.evolve` does, without the checks and at a sixth of the cost.

    Args:
        cls: a frozen, slotted attrs class that has a maker.
        names: the fields to replace, in the order in which the function takes them
            after the value to copy.
    """
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", cls))
    twin = _twin(cls)
    scope: dict[str, object] = {"_twin": twin, "_frozen": cls}
    source = "\n    ".join(
        [
            f"def change(_old, {', '.join(names)}):",
            "self = _twin()",
            *(
                f"self.{field.name} = "
                f"{field.name if field.name in names else '_old.' + field.name}"
                for field in fields
            ),
            "self.__class__ = _frozen",
            "return self",
        ]
    )
    exec(source, scope)  # noqa: S102 - the names of our own fields, and nothing else
    return cast("Callable[..., T]", scope["change"])


def _twin(frozen: type) -> type:
    # A mutable class of the same layout; objects of it only ever live inside a maker.
    return type(
        f"_{frozen.__name__}Twin",
        (frozen,),
        {
            "__slots__": (),
            # The frozen class's own would raise; with object's the interpreter stores
            # straight into the slot.
            "__setattr__": object.__setattr__,
            "__delattr__": object.__delattr__,
            # Called without arguments, to be filled: quicker than object.__new__(twin).
            "__init__": object.__init__,
        },
    )
