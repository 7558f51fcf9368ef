"""
What happened between two readings of a page, as typed events.

>>> from incidentkit import Incident, StatusPage
>>> from incidentkit.changes import apply, changes
>>> before = StatusPage("Parcelwise", components=["Search"], id="p1")
>>> incident = Incident.open("Search is slow", at="2026-05-04T08:00:00Z", id="i7")
>>> after = before.record(incident.resolve(at="2026-05-04T08:20:00Z"))
>>> for change in changes(before, after):
...     print(change)
2026-05-04T08:00:00Z Search is slow: opened, investigating
2026-05-04T08:20:00Z Search is slow: resolved
>>> changes(before, after)[1].key
'p1/incident/i7/resolved/2026-05-04T08:20:00Z'
>>> apply(before, changes(before, after)).fingerprint == after.fingerprint
True

Each class of change is one kind of event, and its fields are what happened: match on
the class. Some classes are of a wider one, which catches them all: `StatusChanged`,
`ImpactChanged`, `ComponentChanged`, `Appeared`, `FieldChanged`.
"""

from incidentkit.changes._change import Change, Subject, SubjectKind
from incidentkit.changes._compare import Reading, changes
from incidentkit.changes._entries import (
    ComponentAdded,
    ComponentChanged,
    ComponentEdited,
    ComponentRecovered,
    ComponentRemoved,
    ComponentRenamed,
    IndicatorChanged,
    PageMoved,
    PageRenamed,
    Rearranged,
    RecordChanged,
)
from incidentkit.changes._events import (
    Announced,
    Appeared,
    Corrected,
    Listed,
    Opened,
    Updated,
    Vanished,
    Withdrawn,
)
from incidentkit.changes._facts import (
    AddressChanged,
    EndCorrected,
    Escalated,
    FieldChanged,
    ImpactChanged,
    Lowered,
    PostmortemChanged,
    Renamed,
    Rescheduled,
    ScopeChanged,
    StartCorrected,
)
from incidentkit.changes._moves import (
    Cancelled,
    Completed,
    PostmortemPublished,
    Reopened,
    Resolved,
    Started,
    StatusChanged,
)
from incidentkit.changes._replay import apply

__all__ = [
    "AddressChanged",
    "Announced",
    "Appeared",
    "Cancelled",
    "Change",
    "Completed",
    "ComponentAdded",
    "ComponentChanged",
    "ComponentEdited",
    "ComponentRecovered",
    "ComponentRemoved",
    "ComponentRenamed",
    "Corrected",
    "EndCorrected",
    "Escalated",
    "FieldChanged",
    "ImpactChanged",
    "IndicatorChanged",
    "Listed",
    "Lowered",
    "Opened",
    "PageMoved",
    "PageRenamed",
    "PostmortemChanged",
    "PostmortemPublished",
    "Reading",
    "Rearranged",
    "RecordChanged",
    "Renamed",
    "Reopened",
    "Rescheduled",
    "Resolved",
    "ScopeChanged",
    "StartCorrected",
    "Started",
    "StatusChanged",
    "Subject",
    "SubjectKind",
    "Updated",
    "Vanished",
    "Withdrawn",
    "apply",
    "changes",
]
