"""
Atlassian Statuspage: the JSON that its pages serve, send and show.

The documents are those of `https://<page>/api/v2/`: `summary.json`, `status.json`,
`components.json`, `incidents.json` and `scheduled-maintenances.json` with their
narrower fellows, an incident with its page, and, as archives keep them, a bare incident
or a bare array of them. Beside these, each with a module that tells what is peculiar to
it: webhooks (`_webhook`), responses of the management API (`_management`), the calendar
of `/history.json` (`_history`), recorded outages (`_uptime`), and the JSON within pages
for people (`_html`).

What is peculiar to them all:

- Updates stand newest first. `display_at` is the time shown, and may be set back;
  `created_at` is when it was typed, and orders them.
- `started_at` is about when the incident was put up, often a moment before
  `created_at`; of a backfilled incident it is when it was published, which can be after
  its end. `resolved_at` is the `display_at` of the update that resolved it.
- An incident is *backfilled* if it was put up after it was over. Its `created_at` is
  then the day chosen for it, at noon where the API made it, and says no more than the
  day; its updates are typed later and shown under that time. So an incident begins with
  the earliest of all its times, never with `started_at` alone; one that was first told
  as over has an unknown start, unless a start before its end is stated; and one that
  states no `resolved_at` and has no update that resolves it is over, nobody knows since
  when. `backfilled` itself stands in webhooks and the management API alone, and is kept
  in extras.
- `monitoring_at` is set when monitoring is first reached, and stays.
- `components` of an incident are rows of their *present* state; what they were in the
  incident stands in `affected_components` of its updates, where `name` has the group's
  name before it and `code` is the id.
- An incident belongs to `incidents` or to `scheduled_maintenances` by its list, and
  where there is but one list by `scheduled_for`; its impact does not tell.
- A post-mortem is an update with the status `postmortem`, and in webhooks and the
  management API its text stands in `postmortem_body` as well: it becomes
  `event.postmortem` only if it is not that of the update, word for word.
- `incidents.json` lists the newest fifty, `summary.json` only what is open: absence
  means little. `_coverage` says how much.
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
from incidentkit.formats.statuspage._html import is_page
from incidentkit.formats.statuspage._read import read
from incidentkit.formats.statuspage._shapes import DOCUMENTS, INCIDENT_KEYS
from incidentkit.formats.statuspage._tree import documents
from incidentkit.formats.statuspage._write import write

_OF_A_DOCUMENT = frozenset(
    {"components", "incidents", "scheduled_maintenances", "status", "incident"}
)
# Keys that stand together in no other vendor's documents.
_TELLING: tuple[frozenset[str], ...] = (
    INCIDENT_KEYS,
    frozenset({"component_update", "component"}),
    frozenset({"page_status", "months"}),
    frozenset({"component", "months", "is_group"}),
    frozenset({"name", "status", "position", "showcase", "page_id"}),
    frozenset({"name", "components", "position", "page_id"}),
)


def recognises(clue: Clue) -> bool:
    """
    Whether a document has a page and something of it, or is made of its parts.

    A table of recorded days has no keys of its own: it must be named.
    """
    keys = clue.keys
    if keys is None:
        return is_page(clue.text)
    if any(keys >= known for known in _TELLING):
        return True
    return not clue.is_list and "page" in keys and bool(_OF_A_DOCUMENT & keys)


STATUSPAGE = Format(
    name="statuspage",
    title="Atlassian Statuspage",
    media_type="application/json",
    suffix=".json",
    documents=DOCUMENTS,
    recognises=recognises,
    read=read,
    write=write,
    write_files=documents,
)
