"""Print the JSON Schema: `python -m incidentkit.formats.native`."""

import sys

from incidentkit.formats.native import schema_text

sys.stdout.write(schema_text())
