"""
The words of cState, and ours.

cState knows three severities and no lifecycle: what an update is, its first word says,
in the language of whoever wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "cstate"

#: What an issue may be called in `severity`, and what that is to us. The theme's own
#: labels decide: *down* is "Experiencing major issues", *disrupted* "Experiencing
#: disruptions", and what *notice* does to a system is shown as "Maintenance".
SEVERITY_TO_IMPACT: Final[Mapping[str, Impact]] = {
    "down": Impact.CRITICAL,
    "disrupted": Impact.MINOR,
    "notice": Impact.MAINTENANCE,
}
#: Three words for five: a major impact is no more than *disrupted*, none at all a
#: *notice*.
IMPACT_TO_SEVERITY: Final[Mapping[Impact, str]] = {
    **{impact: word for word, impact in SEVERITY_TO_IMPACT.items()},
    Impact.MAJOR: "disrupted",
    Impact.NONE: "notice",
}
#: The level that an open issue puts its systems at, and how `index.json` shows them.
WORD_TO_LEVEL: Final[Mapping[str, ComponentStatus]] = {
    "down": ComponentStatus.MAJOR_OUTAGE,
    "disrupted": ComponentStatus.DEGRADED_PERFORMANCE,
    "notice": ComponentStatus.UNDER_MAINTENANCE,
    "ok": ComponentStatus.OPERATIONAL,
}
#: `summaryStatus` of `index.json`: the worst severity of all open issues.
WORD_TO_INDICATOR: Final[Mapping[str, Indicator]] = {
    "down": Indicator.CRITICAL,
    "disrupted": Indicator.MINOR,
    "notice": Indicator.MAINTENANCE,
    "ok": Indicator.NONE,
}

#: How an update of each status begins; those of incidents as the theme's examples have
#: them.
STATUS_TO_LABEL: Final[Mapping[Status | None, str]] = {
    IncidentStatus.INVESTIGATING: "Investigating",
    IncidentStatus.IDENTIFIED: "Identified",
    IncidentStatus.MONITORING: "Monitoring",
    IncidentStatus.RESOLVED: "Resolved",
    IncidentStatus.POSTMORTEM: "Post-mortem",
    MaintenanceStatus.SCHEDULED: "Scheduled",
    MaintenanceStatus.IN_PROGRESS: "In progress",
    MaintenanceStatus.VERIFYING: "Verifying",
    MaintenanceStatus.COMPLETED: "Completed",
    MaintenanceStatus.CANCELLED: "Cancelled",
    None: "Update",
}

_SAID: Final[Mapping[IncidentStatus | None, str]] = {
    IncidentStatus.INVESTIGATING: (
        "investigating investigation untersuchung untersuchen enquête investigando "
        "investigación investigação indagine onderzoek onderzoeken badamy badanie "
        "undersöker undersökning tiriama расследование исследуем розслідування "
        "досліджуємо araştırılıyor inceleniyor "  # noqa: RUF001 - Turkish
        "調査中 menyelidiki investigăm истражуваме"
    ),
    IncidentStatus.IDENTIFIED: (
        "identified identifiziert identifié identifiée identificado identificada "
        "identificato geïdentificeerd zidentyfikowano identifierat identifierad "
        "nustatyta определено выявлено визначено виявлено belirlendi 特定 原因特定 "
        "teridentifikasi identificat"
    ),
    IncidentStatus.MONITORING: (
        "monitoring watching überwachung beobachtung surveillance monitoreando "
        "monitorizando monitorando monitoramento monitorização monitoraggio "
        "monitoren monitorowanie monitorujemy övervakar övervakning stebima "
        "наблюдение мониторинг моніторинг спостереження izleniyor 監視中 経過観察中 "
        "memantau monitorizare"
    ),
    IncidentStatus.RESOLVED: (
        "resolved fixed complete completed closed close closing final end solved "
        "cancelled canceled behoben gelöst résolu résolue resuelto solucionado "
        "resolvido risolto opgelost rozwiązano rozwiązane rozwiązany naprawiono löst "
        "åtgärdat išspręsta решено исправлено вирішено виправлено çözüldü 解決 "
        "解決済み terselesaikan selesai rezolvat решен"
    ),
    IncidentStatus.POSTMORTEM: "post-mortem postmortem",
    None: (
        "update updated edit edited initial starting start started opening open "
        "scheduled verifying aktualisierung actualización atualização aggiornamento "
        "bijwerking aktualizacja uppdatering atnaujinimas обновление оновлення "
        "güncelleme 更新 pembaruan actualizare"
    ),
}
#: The first word of an update, in small letters, and the status it plainly names; None
#: where it is known to name none.
FIRST_TO_STATUS: Final[Mapping[str, IncidentStatus | None]] = {
    word: status for status, words in _SAID.items() for word in words.split()
}
#: What is written at the very beginning of an issue, wherever that stands.
_FIRST_TOLD: Final = frozenset({"initial", "starting", "start", "opening", "open"})

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: No label is longer.
LONGEST: Final = 60


def first_word(label: str) -> str:
    """The first word of a label, in small letters; empty if it has none."""
    found = _WORD.search(label[:LONGEST])
    return "" if found is None else found[0].lower()


def is_known(label: str) -> bool:
    """Whether a label begins with a word of the table."""
    return first_word(label) in FIRST_TO_STATUS


def status_of(label: str) -> IncidentStatus | None:
    """The status that a label names; None where it names none, or nobody knows it."""
    return FIRST_TO_STATUS.get(first_word(label))


def is_opening(label: str) -> bool:
    """Whether a label says that its update came first."""
    word = first_word(label)
    return word in _FIRST_TOLD or status_of(label) is IncidentStatus.INVESTIGATING


def is_closing(label: str) -> bool:
    """Whether a label says that it is over."""
    status = status_of(label)
    return status is not None and status.is_closed
