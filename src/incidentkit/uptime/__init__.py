"""
Uptime that can be trusted and questioned: figures with their rule, bounds and reasons.

Everyone computes uptime, and no two alike. Here a figure says by which policy it was
computed, on what it stands, how much of its window is unknown, between which bounds the
truth lies, and, when asked to explain itself, every stretch that it counted and
everything that it did not.
"""

from incidentkit.uptime._budget import Budget, budget
from incidentkit.uptime._evidence import Basis, Evidence, observed, recorded, told
from incidentkit.uptime._explanation import Counted, Explanation, NotCounted, Reason
from incidentkit.uptime._figure import Figure, uptime
from incidentkit.uptime._measured import Measured
from incidentkit.uptime._policy import (
    ANY_INCIDENT,
    INCIDENT_IO,
    STATUSPAGE,
    STRICT,
    Counts,
    Policy,
    Reach,
    Share,
    Together,
)
from incidentkit.uptime._ribbon import Day, ribbon
from incidentkit.uptime._table import Row, Table, table
from incidentkit.uptime._told import Rule

__all__ = [
    "ANY_INCIDENT",
    "INCIDENT_IO",
    "STATUSPAGE",
    "STRICT",
    "Basis",
    "Budget",
    "Counted",
    "Counts",
    "Day",
    "Evidence",
    "Explanation",
    "Figure",
    "Measured",
    "NotCounted",
    "Policy",
    "Reach",
    "Reason",
    "Row",
    "Rule",
    "Share",
    "Table",
    "Together",
    "budget",
    "observed",
    "recorded",
    "ribbon",
    "table",
    "told",
    "uptime",
]
