"""How the documentation is built: offline, and with every reference resolved."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.ext import intersphinx
from sphinx.ext.napoleon import Config, GoogleDocstring

if TYPE_CHECKING:
    from docutils.nodes import Element, TextElement
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "incidentkit"
author = "incidentkit contributors"
copyright = f"2026, {author}"
release = importlib.metadata.version("incidentkit")
version = release

extensions = [
    "generated",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build", "_ext", "_generated", "_inventories"]
nitpicky = True
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = "incidentkit"
html_static_path = ["_static"]
html_css_files = ["incidentkit.css"]
html_logo = "_static/logo.svg"
html_favicon = "_static/logo.svg"
# Beside the pages, so that the schema has an address that stays.
html_extra_path = ["../src/incidentkit/incidentkit.schema.json"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b6e4f",
        "color-brand-content": "#0b6e4f",
        "color-step-standard": "#1d6fb8",
        "color-step-reopenable": "#b3541e",
        "font-stack": "system-ui, sans-serif",
    },
    "dark_css_variables": {
        "color-brand-primary": "#5fd3a6",
        "color-brand-content": "#5fd3a6",
        "color-step-standard": "#6db3f2",
        "color-step-reopenable": "#f0955a",
    },
}

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Prompts and output stay behind when an example is copied.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

autodoc_class_signature = "mixed"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
# A name in single backticks is a link where it names something of ours, else code.
default_role = "py:obj"
maximum_signature_line_length = 68
python_use_unqualified_type_names = True

# The inventories lie here (`_inventories/make.py` writes them), so that a build asks
# nobody; the addresses are for the readers of the result.
intersphinx_mapping = {
    name: (url, str(HERE / "_inventories" / f"{name}.inv"))
    for name, url in {
        "attrs": "https://www.attrs.org/en/stable/",
        "pendulum": "https://pendulum.eustace.io/docs/",
        "python": "https://docs.python.org/3/",
    }.items()
}

# Names that are imported for type checkers alone, as they stand in annotations.
ELSEWHERE = {
    name: f"{module}.{name}"
    for module, names in {
        "collections.abc": (
            "Callable Collection Hashable Iterable Iterator Mapping Sequence"
        ),
        "datetime": "date datetime timedelta tzinfo",
        "fractions": "Fraction",
        "pendulum": "Date DateTime Duration Timezone",
        "typing": "Any Final Literal Self TypeVar",
        "zoneinfo": "ZoneInfo",
    }.items()
    for name in names.split()
} | {f"dt.{name}": f"datetime.{name}" for name in ("date", "datetime", "tzinfo")}
nitpick_ignore_regex = [
    # Type variables are named in signatures, and there is nothing to say about them.
    ("py:.*", r"(incidentkit\.(.*\.)?)?_?[A-Z](_co|_contra)?"),
    # Nor about what only those need who work on the library itself.
    ("py:class", r"(.*\.)?(Clue|(Files)?(Reader|Writer)|Telling)"),
]


def where_it_is_public(
    app: Sphinx, env: BuildEnvironment, node: Element, content: TextElement
) -> TextElement | None:
    """
    Resolve a name that stands in an annotation as its module knows it.

    Ours live in private modules and are documented where people import them from;
    aliases of types are data to Sphinx; names that are imported for type checkers
    alone have lost their module.
    """
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"]
    if target in ELSEWHERE:
        node["reftarget"] = ELSEWHERE[target]
        node["reftype"] = "obj"
        return intersphinx.missing_reference(app, env, node, content)
    module, _, name = target.rpartition(".")
    found = None
    if not module or module.startswith("incidentkit"):
        found = env.domains.python_domain.resolve_xref(
            env,
            node["refdoc"],
            app.builder,
            "obj",
            f"incidentkit.{name}",
            node,
            content,
        )
    return content if found is None and node["reftype"] == "obj" else found


def google_style(
    _app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]
) -> None:
    """
    Read docstrings as napoleon does, but attributes as functions.

    Left to itself, it takes what stands before the first colon of an attribute's
    docstring for a type, and all sections of a property for text.
    """
    if what in {"attribute", "data", "property"}:
        what = "method"
    docstring = GoogleDocstring(lines, Config(), None, what, name, obj, options)
    lines[:] = docstring.lines()


def setup(app: Sphinx) -> None:
    """Take part in the build."""
    app.connect("missing-reference", where_it_is_public)
    app.connect("autodoc-process-docstring", google_style)
