"""
Markdown: an incident log that people keep in a repository.

It is only written, to be read by people and compared by machines:

- Incidents stand in the page's order, each under a heading of its own, and what is
  told of them one fact a line; updates stand in posting order. So a new update adds
  lines, and changes only those that it makes untrue.
- Every text is inert: no markup of a title, a body or a name takes effect, and no
  address becomes a link. Bodies keep their lines and paragraphs, titles are one line.
- Times are in UTC, to the second, or finer where they are. Lengths are of what is over:
  what is not is *ongoing*, so that nothing depends on when the log was written.
- What a log has no place for (ids, when something was edited, the components of the
  page) is reported.

Source: https://spec.commonmark.org/0.31.2/
"""

from __future__ import annotations

from incidentkit.formats._format import Format
from incidentkit.formats.markdown._write import write

MARKDOWN = Format(
    name="markdown",
    title="Markdown, an incident log",
    media_type="text/markdown",
    suffix=".md",
    write=write,
)
