"""
Figures over many incidents, each with the number it was taken from.

`time_between` measures from one named anchor to another, so that nobody has to guess
what was measured; `tally` counts incidents and their hours by month, weekday, impact
or component. What could not be measured is counted, never dropped.

>>> from incidentkit import Incident
>>> incident = Incident.open("API down", at="2024-05-01T12:00:00Z")
>>> incident = incident.resolve(at="2024-05-01T13:00:00Z")
>>> print(time_between([incident], "began", "ended"))
began to ended: median 1h, p90 1h, mean 1h; n = 1 of 1
"""

from incidentkit.statistics._anchor import Anchor
from incidentkit.statistics._between import (
    ConfidenceInterval,
    TimeBetween,
    time_between,
)
from incidentkit.statistics._tally import By, Row, Tally, tally

__all__ = [
    "Anchor",
    "By",
    "ConfidenceInterval",
    "Row",
    "Tally",
    "TimeBetween",
    "tally",
    "time_between",
]
