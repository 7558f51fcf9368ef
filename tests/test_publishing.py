"""
Calls that carry a Statuspage page, sent to one that lives in memory.

The laws: what is there afterwards is what was wanted, up to what the findings say; an
incident put up whole and one put up state by state come out the same; what is the same
before and after wants no call; and nobody is told who was not to be.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import attrs
from hypothesis import given, reject
from hypothesis import strategies as st

import strategies
from carried import (
    differences,
    page_for,
    published,
    published_stepwise,
    read_back,
    repeated,
    states,
    unexcused,
)
from incidentkit.publishing import CannotPublish, statuspage

if TYPE_CHECKING:
    from incidentkit import (
        ComponentRef,
        Incident,
        Maintenance,
        StatusPage,
    )
    from vendor_statuspage import Statuspage

NOON = strategies.NOON
MINUTE = strategies.MINUTE
events = st.one_of(strategies.valid_incidents(), strategies.valid_maintenances())


def account(event: Incident | Maintenance) -> tuple[Statuspage, StatusPage]:
    """Set up a page that knows without a doubt all that an event mentions."""
    met: dict[str, ComponentRef] = {}
    rows = (row.component for update in event.updates for row in update.states)
    for mention in (*event.components, *rows):
        if met.setdefault(mention.key, mention) != mention:
            reject()
    vendor, page = page_for(event.affected)
    try:
        statuspage(None, event, page=page)
    except CannotPublish:
        reject()
    return vendor, page


# -- laws ------------------------------------------------------------------------------


@given(events)
def test_what_is_not_reported_is_there(event: Incident | Maintenance) -> None:
    """What was put up whole reads as it was wanted, but for what a finding names."""
    vendor, page = account(event)
    adopted, findings = published(vendor, None, event, page)
    found = read_back(vendor, adopted)
    assert unexcused(event, found, page, findings) == {}
    if len(found.updates) == len(event.updates):
        assert repeated(event) == [update.status for update in found.updates]


@given(events)
def test_whole_and_step_by_step_come_out_the_same(
    event: Incident | Maintenance,
) -> None:
    """An incident put up when it is over is as one that was put up as it went."""
    vendor, page = account(event)
    adopted, _ = published(vendor, None, event, page)
    slowly, _ = account(event)
    step_by_step, findings = published_stepwise(slowly, event, page)
    found = read_back(slowly, step_by_step)
    assert unexcused(event, found, page, findings) == {}
    whole = read_back(vendor, adopted)
    assert differences(event, whole, page) == differences(event, found, page)


@given(events)
def test_what_is_as_it_was_wants_no_call(event: Incident | Maintenance) -> None:
    """Nothing is built and nothing is found where before is after, adopted or not."""
    vendor, page = account(event)
    adopted, _ = published(vendor, None, event, page)
    for before, after in ((event, event), (adopted, adopted), (event, adopted)):
        built = statuspage(before, after, page=page)
        assert (built.value, built.findings) == ((), ())


@given(events)
def test_nobody_is_told_who_is_not_to_be(event: Incident | Maintenance) -> None:
    """Every body says whether subscribers are told, and none is told unless asked."""
    vendor, page = account(event)
    published(vendor, None, event, page)
    assert vendor.mails == 0
    vendor, page = account(event)
    adopted, _ = published(vendor, None, event, page, notify=True)
    shown = vendor.shown(adopted.links["statuspage"])
    assert len(shown["incident_updates"]) == vendor.mails


@given(events, st.data())
def test_edits_arrive(event: Incident | Maintenance, data: st.DataObject) -> None:
    """Names, impacts, texts and times that change later are there as well."""
    vendor, page = account(event)
    adopted, _ = published(vendor, None, event, page)
    place = data.draw(st.integers(0, len(event.updates) - 1))
    edited = attrs.evolve(
        adopted,
        name=data.draw(strategies.names()),
        impact=data.draw(strategies.impacts),
        updates=[
            attrs.evolve(update, body=data.draw(strategies.texts()), at=NOON)
            if index == place
            else update
            for index, update in enumerate(adopted.updates)
        ],
    )
    after, findings = published(vendor, adopted, edited, page)
    told = statuspage(None, event, page=page).findings
    found = read_back(vendor, after)
    assert unexcused(edited, found, page, (*told, *findings)) == {}
    again = statuspage(after, after, page=page)
    assert again.value == ()


@given(strategies.valid_incidents())
def test_links_are_not_needed_to_know_what_is_there(event: Incident) -> None:
    """The updates of an incident without links are known by when they were posted."""
    vendor, page = account(event)
    slowly: Incident | None = None
    for state in states(event):
        # As a bot that keeps only the link of the incident itself.
        links = {} if slowly is None else slowly.links
        slowly, _ = published(vendor, slowly, attrs.evolve(state, links=links), page)
    assert slowly is not None
    found = read_back(vendor, slowly)
    findings = statuspage(None, event, page=page).findings
    assert unexcused(event, found, page, findings) == {}


@given(strategies.incidents() | strategies.maintenances())
def test_odd_histories_are_there_too(event: Incident | Maintenance) -> None:
    """Whatever a constructor takes and is not refused, the vendor takes as well."""
    bare = attrs.evolve(
        event,
        links={},
        updates=[attrs.evolve(update, links={}) for update in event.updates],
    )
    vendor, page = account(bare)
    adopted, findings = published(vendor, None, bare, page)
    found = read_back(vendor, adopted)
    assert unexcused(bare, found, page, findings) == {}


@given(
    strategies.incidents() | strategies.maintenances(),
    st.none() | strategies.incidents() | strategies.maintenances(),
    strategies.pages(),
)
def test_only_promised_errors_are_raised(
    after: Incident | Maintenance,
    before: Incident | Maintenance | None,
    page: StatusPage,
) -> None:
    """Whatever is to be published, calls come of it or an error that says why not."""
    try:
        built = statuspage(before, after, page=page)
    except (CannotPublish, TypeError):
        return
    for call in built.value:
        assert call.is_ready or "{" in call.route


@given(strategies.pages(), st.none() | strategies.pages())
def test_pages_too(after: StatusPage, before: StatusPage | None) -> None:
    """The same of whole pages; and what is as it was wants no call."""
    with suppress(CannotPublish, TypeError):
        statuspage(before, after, page=after)
    same = attrs.evolve(after, id="p1")
    try:
        built = statuspage(same, same, page=same)
    except CannotPublish:
        return
    assert built.value == ()
