"""
Status-page incidents as typed values: hold, check, measure, read and write them.

>>> import incidentkit
>>> incident = incidentkit.Incident.open("API down", at="2021-03-22T19:22:00Z")
>>> incident.resolve(at="2021-03-22T20:22:00Z").duration.in_words()
'1 hour'
"""

from incidentkit._component import (
    Component,
    ComponentLike,
    ComponentRef,
    ComponentState,
    Outage,
)
from incidentkit._coverage import Coverage
from incidentkit._event import Detection, Event
from incidentkit._finding import (
    FINDINGS,
    Converted,
    Finding,
    FindingCode,
    FindingKind,
    LeftOut,
)
from incidentkit._frozen import FrozenMapping
from incidentkit._incident import Incident
from incidentkit._lifecycle import (
    FORWARD,
    LINEAR,
    MAINTENANCE,
    REOPENABLE,
    STANDARD,
    Lifecycle,
    Step,
)
from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit._recorded import RecordedDay
from incidentkit._stretch import Stretch
from incidentkit._update import Update
from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
)
from incidentkit.errors import (
    IllegalTransition,
    IncidentKitError,
    InexactConversion,
    LimitExceeded,
    MalformedDocument,
    MissingExtra,
    UnknownFormat,
)

__all__ = [
    "FINDINGS",
    "FORWARD",
    "LINEAR",
    "MAINTENANCE",
    "REOPENABLE",
    "STANDARD",
    "Component",
    "ComponentLike",
    "ComponentRef",
    "ComponentState",
    "ComponentStatus",
    "Converted",
    "Coverage",
    "Detection",
    "Event",
    "Finding",
    "FindingCode",
    "FindingKind",
    "FrozenMapping",
    "IllegalTransition",
    "Impact",
    "Incident",
    "IncidentKitError",
    "IncidentStatus",
    "Indicator",
    "InexactConversion",
    "LeftOut",
    "Lifecycle",
    "LimitExceeded",
    "Maintenance",
    "MaintenanceStatus",
    "MalformedDocument",
    "MissingExtra",
    "Outage",
    "RecordedDay",
    "StatusPage",
    "Step",
    "Stretch",
    "UnknownFormat",
    "Update",
]
from incidentkit.formats import (
    FORMATS,
    Format,
    Limits,
    convert,
    detect,
    read,
    read_files,
    write,
    write_files,
)

__all__ = [
    "FINDINGS",
    "FORMATS",
    "FORWARD",
    "LINEAR",
    "MAINTENANCE",
    "REOPENABLE",
    "STANDARD",
    "Component",
    "ComponentLike",
    "ComponentRef",
    "ComponentState",
    "ComponentStatus",
    "Converted",
    "Coverage",
    "Detection",
    "Event",
    "Finding",
    "FindingCode",
    "FindingKind",
    "Format",
    "FrozenMapping",
    "IllegalTransition",
    "Impact",
    "Incident",
    "IncidentKitError",
    "IncidentStatus",
    "Indicator",
    "InexactConversion",
    "LeftOut",
    "Lifecycle",
    "LimitExceeded",
    "Limits",
    "Maintenance",
    "MaintenanceStatus",
    "MalformedDocument",
    "MissingExtra",
    "Outage",
    "RecordedDay",
    "StatusPage",
    "Step",
    "Stretch",
    "UnknownFormat",
    "Update",
    "convert",
    "detect",
    "read",
    "read_files",
    "write",
    "write_files",
]


def __dir__() -> list[str]:
    # What is promised, for those who look around in a shell.
    return __all__
