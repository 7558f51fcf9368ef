"""
Showing incidents and pages to people.

`text` gives plain text for terminals, mails and logs. Whatever a page said is shown and
never obeyed: no control character of it reaches the reader's terminal.
"""

from incidentkit.rendering._text import text

__all__ = ["text"]
