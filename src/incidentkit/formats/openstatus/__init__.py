"""
OpenStatus: the feed of its public pages, and the JSON of its two APIs.

Three families of documents tell the same things:

- `feed`, at `https://<slug>.openstatus.dev/feed/json`: the whole page, with components,
  reports, their updates and maintenances. It has no levels.
- `v1/status_report`, `v1/status_report_update`, `v1/maintenance`: the first REST API. A
  report's updates are documents of their own; what it affects are *monitors*, which
  have numbers of their own: `monitor-3` here.
- `rpc/status_report`, `rpc/maintenance`: protocol buffers as JSON, bare or in the key
  that answers wrap them in. Alone it has levels, update by update.

And `status`, how the whole page is in one word.

What is peculiar to them:

- *The words for incidents are ours*; a post-mortem has none.
- *UNSPECIFIED is not operational.* What protocol buffers leave out means the same: an
  impact or a status that nobody specified is unknown.
- Ids are numbers, but text in the RPC API and for updates in REST. They are text in the
  model, and where a document wants numbers, an id that is none becomes one.
- The name of a maintenance is `name` in the feed and `title` elsewhere.
- *A maintenance has no status*: it follows from `from`, `to` and the moment it was
  fetched. Give that with `at=`; without it the status is unknown. Its one message is
  shown under its beginning, for the feed does not say when it was put up.
- Updates stand newest first in the feed; the RPC API promises no order, and gets back
  the one it had. `date` is the time shown; only the RPC API has `createdAt` beside it.
- The feed does not say how a component is; `status` says how the page is in four words.
- A group 7 is `group-7` here, since a component 7 may stand beside it.
- What a monitor records by itself is called an incident there too. It is another thing,
  and is refused.

A document is written for the family it was read from; a key of one family is never
written into another's.

Sources: the code of `openstatusHQ/openstatus`: the routes of the feed and of v1, the
protocol buffers under `packages/proto`, the schema of the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit.formats._files import read_files
from incidentkit.formats._format import Format
from incidentkit.formats.openstatus._envelope import DOCUMENTS, FEED_KEYS, REST_UPDATES
from incidentkit.formats.openstatus._pen import NAME
from incidentkit.formats.openstatus._read import read
from incidentkit.formats.openstatus._write import write

if TYPE_CHECKING:
    from incidentkit._page import StatusPage
    from incidentkit.formats._clue import Clue
    from incidentkit.formats._format import SourceFiles

_MAINTENANCE: Final = frozenset({"title", "message", "from", "to"})
#: Keys that no other vendor's documents have together.
_SIGNS: Final = (
    frozenset({"statusReports"}),
    frozenset({"statusReport"}),
    frozenset({"statusReportId"}),
    frozenset({"statusReportUpdateIds"}),
    frozenset({"title", "pageComponentIds"}),
    _MAINTENANCE,
)


def recognises(clue: Clue) -> bool:
    """Whether its keys are those of the feed, or of an answer of an API."""
    keys = clue.keys
    if keys is None:
        return False
    is_feed = "title" in keys and not keys.isdisjoint(FEED_KEYS)
    is_wrapped = any(
        clue.under(key) >= _MAINTENANCE for key in ("maintenance", "maintenances")
    )
    return is_feed or is_wrapped or any(keys >= signs for signs in _SIGNS)


def read_all(sources: SourceFiles) -> StatusPage:
    """
    Several documents, joined.

    In the first REST API the updates of a report are documents of their own.
    """
    return read_files(sources, OPENSTATUS, REST_UPDATES)


OPENSTATUS: Final = Format(
    name=NAME,
    title="OpenStatus",
    media_type="application/json",
    suffix=".json",
    documents=DOCUMENTS,
    recognises=recognises,
    read=read,
    read_files=read_all,
    write=write,
)
