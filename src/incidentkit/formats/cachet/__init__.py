"""
Cachet: the JSON of its API, versions 2.3, 2.4 and 3.

Two formats, `cachet2` and `cachet3`, since the versions share hardly a key. A document
is named by its path below `/api/v1/` (version 2) or `/api/` (version 3): `incidents`,
`incidents/updates`, `schedules`, `components`, `components/groups`, `status`. Each is a
list or a single thing, in `data` as the API has it or bare as people keep it, and is
written back in the form in which it was read.

What is peculiar to both:

- *Times are naive*, in the zone of the installation, which no document names. Give it
  with `tz=`, else UTC is taken and said to be. It is written without a zone as well.
  The API gives seconds.
- *Statuses are numbers*, in version 2 sometimes written as text. Labels beside them are
  in the language of the installation and are never read.
- *The first word of an incident is the incident's `message`*, without an id and without
  a status of its own: every update overwrites the incident's. So it is known only where
  the incident was never written again, or (in old installations) where it disagrees
  with the latest update. Otherwise that update has no status.
- `occurred_at` is when it began, `created_at` when it was told.
- There is no impact, no post-mortem, and nothing to verify or call off.
- Groups have numbers of their own: a group 7 is `group-7` here, since a component 7 may
  stand beside it. 0 and null both mean that there is no component or no group.
- An empty object is `[]`.

Of version 2:

- *Incident status 0* is a maintenance up to 2.3, with `scheduled_at`. From 2.4 on there
  are schedules. Component status 0 is unknown, and never operational.
- An incident names one component at most, and no level.
- Updates stand newest first; `latest_status` says where it stands, before `status`.
- `completed_at` of a schedule that is not complete is the moment of the request: it is
  believed only where the status is 2.

Of version 3:

- It is JSON:API: `attributes`, `relationships`, and `included` where it was asked for.
  Updates and components are read from there; what is of another type is kept.
- *Incident status 0* says that nothing is known. Component status 5 is unknown, 6 is
  under maintenance.
- A status is `{"human", "value"}`, a time `{"human", "string"}`. How long ago it was
  depends on when it was asked, and is not written: `human` is null there.
- The `pivot` of an included component has its level in the incident. It is included
  once: where several incidents name the component nobody can tell whose level it is.
- A schedule's status follows from its times; `completed` is the end as planned until it
  is past. Its updates have no status. The order of updates is not promised.

Updates cannot be back-dated through the API of either version; a document can say when
each was posted, and so keeps what a migration through the API would lose.

Sources: for version 2 the code of `cachethq/cachet`, branch 2.4 and tag v2.3.18 (its
models and presenters); for version 3 `cachethq/core` (resources, enums); for the
meaning of numbers https://docs.cachethq.io/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.cachet import _rows as rows2
from incidentkit.formats.cachet import _rows3 as rows3
from incidentkit.formats.cachet._files import read_files
from incidentkit.formats.cachet._fitting import DOCUMENTS
from incidentkit.formats.cachet._read import read as read2
from incidentkit.formats.cachet._read3 import read as read3
from incidentkit.formats.cachet._recognise import recognises2, recognises3
from incidentkit.formats.cachet._words import V2, V3
from incidentkit.formats.cachet._write import Hand

if TYPE_CHECKING:
    from incidentkit._page import StatusPage
    from incidentkit.formats._format import SourceFiles

_HAND2: Final = Hand(version=V2, values=rows2.values, beside=rows2.beside, read=read2)
_HAND3: Final = Hand(version=V3, values=rows3.values, beside=rows3.beside, read=read3)


def read_files2(sources: SourceFiles) -> StatusPage:
    """Several documents of version 2, joined."""
    return read_files(sources, CACHET2)


def read_files3(sources: SourceFiles) -> StatusPage:
    """Several documents of version 3, joined."""
    return read_files(sources, CACHET3)


CACHET2: Final = Format(
    name=V2.name,
    title="Cachet 2.3 and 2.4, API v1",
    media_type="application/json",
    suffix=".json",
    documents=DOCUMENTS,
    recognises=recognises2,
    read=read2,
    write=_HAND2.write,
    read_files=read_files2,
    write_files=_HAND2.write_files,
)

CACHET3: Final = Format(
    name=V3.name,
    title="Cachet 3",
    media_type="application/vnd.api+json",
    suffix=".json",
    documents=DOCUMENTS,
    recognises=recognises3,
    read=read3,
    write=_HAND3.write,
    read_files=read_files3,
    write_files=_HAND3.write_files,
)
