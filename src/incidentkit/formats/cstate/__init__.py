"""
cState: a status page that Hugo builds from a directory of Markdown files.

What is peculiar to it:

- An issue is a file, `content/issues/2024-05-02-uploads.md`: YAML front matter, and a
  body of Markdown. Which file it is, is what tells it from others: a reading of files
  keeps the name in `links["cstate"]`, and a writing gives it back.
- `severity` is one of three words, `affected` lists systems by name, and an open issue
  puts all of them at its severity. The theme shows *notice* as "Maintenance".
- There is no lifecycle and no machine timeline. An issue is `resolved` or it is not;
  updates are paragraphs that begin with a word in emphasis, in any language, and end
  with the shortcode `track`, which holds a time. So a status is derived from the word,
  and said to be so. Where there are no such paragraphs the body is one update, under
  the date of the issue.
- `resolved` and `resolvedWhen` are an update that nobody wrote: a resolution without a
  word, unless an update tells of one. Ten of 297 real issues ended before they began;
  then the end is stated, as `resolvedWhen` has it, and reported.
- `resolved` is missing in announcements, and the theme does not count them among the
  open: they are read as over, with no start and no end.
- A time without a zone is UTC, unless `tz=` says otherwise.
- There are no maintenances. One is written as an issue, a *notice* as a rule; a notice
  is read as an incident, since nothing tells a planned one from another.
- Drafts are not published by Hugo, and are left out.
- A body is Markdown, and stays as it is. Written, raw HTML, shortcodes and links to
  strange addresses within it are made harmless.
- The file that was read is kept in `extras["cstate"]` under `@file`, where we would
  have written another, and is edited rather than rewritten.

One document is one issue; of a page with several, `write` writes the newest that is
open, and `write_files` all, with `config.yml`. What Hugo builds, `index.json` and its
like, is only read: see `_index`.

Sources: https://github.com/cstate/cstate, https://github.com/cstate/example,
https://github.com/cstate/cstate/wiki, https://github.com/jenkins-infra/status
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.cstate._read import read, read_files
from incidentkit.formats.cstate._write import write, write_files

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue

_FRONT: Final = re.compile(
    r"---[ \t]*\r?\n(?:.*\n)*?(?:section: *[\"']?issue\b|resolvedWhen:|informational:)"
)
_BUILT: Final = re.compile(r'\s*\{\s*"is": ?"(?:index|issues|issue|system)"')
_CONFIG: Final = re.compile(r"(?:.*\n)*?theme: *[\"']?cstate\b")


def recognises(clue: Clue) -> bool:
    """Whether it is an issue, a site's configuration, or what the theme builds."""
    if clue.keys is not None:
        return "cStateVersion" in clue.keys or {"is", "title"} <= clue.keys
    return any(shape.match(clue.text) for shape in (_FRONT, _BUILT, _CONFIG))


CSTATE = Format(
    name="cstate",
    title="cState, files and index.json",
    media_type="text/markdown",
    suffix=".md",
    recognises=recognises,
    read=read,
    write=write,
    read_files=read_files,
    write_files=write_files,
)
