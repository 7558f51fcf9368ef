"""
JSON Feed 1.1, for readers of feeds: every incident and maintenance is an item.

Source: https://jsonfeed.org/version/1.1.

- *Items stand newest first*, by when they were put up. `title` is the name,
  `content_text` the updates, the newest first, for people; `tags` are the status and
  the impact; `date_published` and `date_modified` are `created_at` and `updated_at`.
  Text is plain: there is no HTML in the feed.
- *All else stands in the extension* `_incidentkit`, of the feed (components, recorded
  days, what the page states) and of each item (updates, levels, times), under the names
  of the model. With it the whole page comes back. Readers of feeds pass over it.
- *Every item has an id*, as the format demands: that of the incident, or one derived
  from its key, which is a finding, as is a number added to an id that is not unique.
- *A feed has a title*: a page without a name is titled `Status`, with a finding.
- *Only addresses on the web are links* (`home_page_url`, `url`). Any other stands in
  the extension, where nothing is to be clicked.
- `status`, `began_at` and `ended_at` in the extension follow from the updates, for
  other programs; a reading compares them and believes the updates.
- *Not in it*: coverage, when it was observed, links and the extras of other formats.

A feed of somebody else is read as far as it goes: each item is an incident with one
update that has no status, a finding. HTML becomes its text. Version 1.0 is read as
well. Keys that we do not know (`authors`, `icon`, other extensions) are kept in
`extras` and written back, but within `_incidentkit`, which keeps only what it declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.jsonfeed._read import read
from incidentkit.formats.jsonfeed._shapes import NAME
from incidentkit.formats.jsonfeed._write import write

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue

__all__ = ["JSONFEED"]

_KEYS: Final = frozenset({"version", "title", "items"})


def _recognises(clue: Clue) -> bool:
    return clue.keys is not None and not clue.is_list and clue.keys >= _KEYS


JSONFEED: Final = Format(
    name=NAME,
    title="JSON Feed 1.1",
    media_type="application/feed+json",
    suffix=".json",
    recognises=_recognises,
    read=read,
    write=write,
)
