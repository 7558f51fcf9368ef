"""A page as the files that its public API consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._finding import Report
from incidentkit.formats.statuspage._event_rows import event_value
from incidentkit.formats.statuspage._rows import pen_for
from incidentkit.formats.statuspage._shapes import PAGED
from incidentkit.formats.statuspage._write import write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit.formats._format import Target

#: Where each document stands under the page's address.
PATHS: Mapping[str, str] = {
    name: f"api/v2/{name}.json" for name in PAGED if name != "incident"
}


def documents(target: Target) -> Mapping[str, str]:
    """
    Every document of the public API, by its path: a page that static files can serve.

    What one of them has no place for stands in another, so that only what none of them
    says is reported, and once. `incidents.json` has all incidents, though the vendor's
    has the newest fifty.
    """
    page, report = target.page, target.report
    pen = pen_for(page, report, "summary")
    for what, events in (
        ("incidents", page.incidents),
        ("maintenances", page.maintenances),
    ):
        for index, event in enumerate(events):
            event_value(pen, event, f"$.{what}[{index}]")
    for index, day in enumerate(page.recorded):
        detail = "the public API has no place for recorded days"
        path, key = f"$.recorded[{index}]", day.component.key
        report.leave_out("item.unfitting", path, detail, day.component.label, key)
    # Of each document by itself nothing more is to be told.
    return {
        path: write(attrs.evolve(target, document=name, report=Report()))
        for name, path in PATHS.items()
    }
