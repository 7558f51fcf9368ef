"""
A linter of timelines: what is wrong with them, why it matters, and what to do.

`check` holds a page or incidents to the `RULES`. Which steps are legal, and how often
something is to be said, is a matter of `Policy`; the cadence in it also tells when the
next update is owed.

>>> from incidentkit import Incident
>>> incident = Incident.open("API down", at="2024-05-01T12:00:00Z", impact="major")
>>> CADENCE.due_at(incident).isoformat()
'2024-05-01T12:30:00+00:00'
>>> report = check(incident, now="2024-05-01T20:00:00Z", select="IK3")
>>> [violation.rule.name for violation in report.violations]
['forgotten-open']
>>> report.exit_status()
1
"""

from incidentkit.conformance._cadence import CADENCE, Cadence
from incidentkit.conformance._check import check
from incidentkit.conformance._policy import POLICY, Policy
from incidentkit.conformance._report import Report
from incidentkit.conformance._rule import Rule, Severity
from incidentkit.conformance._rules import RULES
from incidentkit.conformance._violation import Violation

__all__ = [
    "CADENCE",
    "POLICY",
    "RULES",
    "Cadence",
    "Policy",
    "Report",
    "Rule",
    "Severity",
    "Violation",
    "check",
]
