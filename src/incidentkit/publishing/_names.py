"""Whose component is meant: the one of the page, or nobody's; never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit.publishing._refusals import CannotPublish

if TYPE_CHECKING:
    from incidentkit._component import Component, ComponentRef
    from incidentkit._page import StatusPage

#: How many names an error repeats.
_SHOWN = 12


class Names:
    """
    The components of a vendor's page, by the vendor's ids and by their names.

    A component goes by its bare name and by `Group - Name`, as the vendor writes it
    within updates. The same bare name may stand in several groups.
    """

    def __init__(self, page: StatusPage, vendor: str, ours: StatusPage | None) -> None:
        """
        Take in a page.

        Args:
            page: the vendor's page as it stands.
            vendor: its name under `links`.
            ours: the page that mentions components, if there is one: it knows groups
                and links that a mention does not.
        """
        self._vendor = vendor
        self._by_id: dict[str, Component] = {}
        self._by_name: dict[str, dict[str, Component]] = {}
        components = page.components
        for one in components:
            self._by_id.setdefault(self.id_of(one) or "", one)
        for one in components:
            self._by_id.setdefault(one.id or "", one)
        self._by_id.pop("", None)
        groups = _groups(page)
        self._labels: dict[int, str] = {}
        for one in components:
            full = self._labels[id(one)] = _full_name(one, groups)
            for name in (one.name, full):
                key = self.id_of(one) or full
                self._by_name.setdefault(name, {}).setdefault(key, one)
        self._ours: dict[str, Component] = {}
        self._our_groups: dict[str, str] = {}
        if ours is not None:
            self._our_groups = _groups(ours)
            for one in ours.components:
                self._ours.setdefault(one.key, one)

    def id_of(self, component: Component) -> str | None:
        """What the vendor calls a component of the page."""
        return component.links.get(self._vendor) or component.id or None

    def find(self, mention: ComponentRef, path: str) -> Component:
        """
        The component of the page that is meant; it has an id of the vendor's.

        Raises:
            CannotPublish: none is, or several may be, or it has no id.
        """
        alike = self.alike(mention)
        if len(alike) > 1:
            shown = [f"{self._labels[id(one)]!r} ({self.id_of(one)})" for one in alike]
            raise CannotPublish(
                path,
                f"the component {mention.label!r} may be any of {', '.join(shown)}: "
                "say which by id",
                tuple(self.id_of(one) or one.name for one in alike),
            )
        if not alike:
            names = tuple(self._labels.values())
            known = ", ".join(map(repr, names[:_SHOWN])) or "none"
            more = ", …" if len(names) > _SHOWN else ""
            raise CannotPublish(
                path,
                f"the page has no component {mention.label!r}; it has {known}{more}",
                names,
            )
        if self.id_of(alike[0]) is None:
            raise CannotPublish(
                path,
                f"the component {mention.label!r} has no id on the page: read the page "
                "from its vendor",
            )
        return alike[0]

    def alike(self, mention: ComponentRef) -> tuple[Component, ...]:
        """Those that may be meant: the one of that id, else all of that name."""
        ours = self._ours.get(mention.key)
        link = None if ours is None else ours.links.get(self._vendor)
        for id_ in (link, mention.id):
            if id_ is not None and id_ in self._by_id:
                return (self._by_id[id_],)
        if ours is not None and ours.group is not None:
            full = _full_name(ours, self._our_groups)
            if full in self._by_name:
                return tuple(self._by_name[full].values())
        return tuple(self._by_name.get(mention.name or "", {}).values())


def _groups(page: StatusPage) -> dict[str, str]:
    return {one.key: one.name for one in page.components if one.is_group}


def _full_name(component: Component, groups: dict[str, str]) -> str:
    group = None if component.group is None else groups.get(component.group)
    return component.name if group is None else f"{group} - {component.name}"
