"""
From a page as it is to the page as it is to be, in calls of its vendor's API.

`statuspage` builds the calls for Atlassian Statuspage, API v1, `cachet2` and `cachet3`
those for Cachet, versions 2.4 and 3: method, path and JSON body, in order. Nothing here
sends anything: send them with the client you like, and take each answer in, since only
the vendor gives ids.

>>> from incidentkit import Component, Incident, StatusPage
>>> page = StatusPage(
...     "Acme", id="pw7c1r5k2m9x", components=[Component("API", id="8l4ygp009s5s")]
... )
>>> incident = Incident.open(
...     "API down",
...     "We look into it.",
...     at="2026-03-10T09:21:00Z",
...     affects={"API": "major_outage"},
...     impact="critical",
... )
>>> first, second = statuspage(None, incident, page=page).value
>>> first.method, first.path
('POST', '/pages/pw7c1r5k2m9x/incidents')
>>> first.payload["incident"]["components"]
{'8l4ygp009s5s': 'major_outage'}

The second call sets the time that the update is shown under. Its path wants ids that
the answer to the first one gives; until then it cannot be sent.

>>> second.route
'/pages/pw7c1r5k2m9x/incidents/{incident}/incident_updates/{update 0}'
>>> second.is_ready
False
>>> answer = {
...     "id": "9h2k5t8w1q4z",
...     "incident_updates": [{"id": "u3k9s0d7x1v5", "body": "We look into it."}],
... }
>>> incident = first.adopt(incident, answer)
>>> second.filled(incident).path
'/pages/pw7c1r5k2m9x/incidents/9h2k5t8w1q4z/incident_updates/u3k9s0d7x1v5'

Keep the incident with what was adopted: it is the `before` of the next step.
"""

from incidentkit.publishing._cachet import cachet2, cachet3
from incidentkit.publishing._call import (
    Answer,
    Call,
    Placeholder,
    Publishable,
    Said,
    Vendor,
)
from incidentkit.publishing._refusals import CannotPublish, UnfilledCall
from incidentkit.publishing._statuspage import statuspage

__all__ = [
    "Answer",
    "Call",
    "CannotPublish",
    "Placeholder",
    "Publishable",
    "Said",
    "UnfilledCall",
    "Vendor",
    "cachet2",
    "cachet3",
    "statuspage",
]
