"""
Atlassian Statuspage: the JSON that its public pages serve.

The documents are those of `https://<page>/api/v2/`: `summary.json`, `status.json`,
`components.json`, `incidents.json` and `scheduled-maintenances.json` with their
narrower fellows, an incident with its page, and, as archives keep them, a bare incident
or a bare array of them.

What is peculiar to them:

- Updates stand newest first. `display_at` is the time shown, and may be set back;
  `created_at` is when it was typed, and orders them.
- `started_at` is about when the incident was put up, often a moment before
  `created_at`; of a backfilled incident it is when it was published, which can be after
  its end. `resolved_at` is the `display_at` of the update that resolved it.
- `monitoring_at` is set when monitoring is first reached, and stays.
- `components` of an incident are rows of their *present* state; what they were in the
  incident stands in `affected_components` of its updates, where `name` has the group's
  name before it and `code` is the id.
- An incident belongs to `incidents` or to `scheduled_maintenances` by its list; its
  impact does not tell.
- `incidents.json` lists the newest fifty, `summary.json` only what is open: absence
  means little. `Coverage` says how much.
- Times have milliseconds and the page's own zone.
- Pages that imitate the vendor leave out keys, capitalise words and send nulls.

How it becomes ours: the words are the same. What the model derives
(`monitoring_at`, `page_id`, the children of a group) is not kept; where the source says
otherwise, or says more, that is in `extras["statuspage"]`, and written back.

Sources: the vendor's API pages at https://metastatuspage.com/api and
https://developer.statuspage.io/; the rules for order, nulls and roll-ups were measured
on 176,547 recorded summaries.
"""

from incidentkit.formats._clue import Clue
from incidentkit.formats._format import Format
from incidentkit.formats.statuspage._read import read
from incidentkit.formats.statuspage._shapes import DOCUMENTS, INCIDENT_KEYS
from incidentkit.formats.statuspage._write import write

_OF_A_DOCUMENT = frozenset(
    {"components", "incidents", "scheduled_maintenances", "status", "incident"}
)


def recognises(clue: Clue) -> bool:
    """Whether a document has a page and something of it, or is made of incidents."""
    if clue.keys is None:
        return False
    if clue.keys >= INCIDENT_KEYS:
        return True
    return not clue.is_list and "page" in clue.keys and bool(_OF_A_DOCUMENT & clue.keys)


STATUSPAGE = Format(
    name="statuspage",
    title="Atlassian Statuspage, public API v2",
    media_type="application/json",
    suffix=".json",
    documents=tuple(DOCUMENTS),
    recognises=recognises,
    read=read,
    write=write,
)
