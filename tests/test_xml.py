"""XML in and out: what is refused, what is repaired, and what is escaped."""

from __future__ import annotations

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from defusedxml.ElementTree import DefusedXMLParser
from hypothesis import given
from hypothesis import strategies as st

from incidentkit import LimitExceeded, Limits, MalformedDocument
from incidentkit._finding import Report
from incidentkit.formats import _xml as xml
from incidentkit.formats._format import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Characters that XML 1.0 allows (section 2.2).
ALLOWED = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
        lambda one: one in "\t\n\r" or one >= " "
    ),
    max_size=20,
)


def parsed(
    data: bytes | str, limits: Limits | None = None
) -> tuple[xml.Element, list[str]]:
    """The root of a document, and the codes of what was found."""
    report = Report()
    root = xml.parse(Source(data=data, report=report, limits=limits or Limits()))
    return root, [finding.code for finding in report.converted(None).findings]


class TestReading:
    """What a document is taken for."""

    def test_an_element_has_its_text_its_parts_and_its_line(self) -> None:
        """In the order of the document."""
        root, found = parsed('<a x="1">\n <b>one</b>two\n <c xmlns="urn:c"/>\n</a>')
        assert found == []
        assert (root.name, root.attributes, root.place) == ("a", {"x": "1"}, "line 1")
        b, c = root.elements
        assert (b.text, b.line, c.name, c.local) == ("one", 2, "{urn:c}c", "c")
        assert root.text == "\n two\n \n"
        assert [type(part) is str for part in root.content] == [
            *(True, False, True, False, True),
        ]

    def test_carriage_returns_survive_as_references(self) -> None:
        """XML makes a line feed of any other (section 2.11)."""
        assert parsed("<a>&#13;\r\n</a>")[0].text == "\r\n"

    def test_comments_instructions_and_cdata_leave_their_text(self) -> None:
        """Only text is left of them."""
        root, _ = parsed("<a>x<!-- y --><?pi z?><![CDATA[<&nbsp;>]]></a>")
        assert root.content == ("x<&nbsp;>",)

    def test_a_mark_and_a_declaration_are_no_matter(self) -> None:
        """Bytes and text are read alike."""
        text = '<?xml version="1.0" encoding="UTF-8"?><a>é</a>'
        assert parsed(b"\xef\xbb\xbf" + text.encode()) == parsed(text)

    @pytest.mark.parametrize("data", ["", "a", "<a", "<a><b></a>", "<a/><b/>", "\x00"])
    def test_what_is_no_xml_is_refused_with_its_line(self, data: str) -> None:
        """And with words, not with the address of an object."""
        with pytest.raises(MalformedDocument) as refused:
            parsed(data)
        assert refused.value.path.startswith("line ")
        assert "0x" not in refused.value.reason

    @pytest.mark.parametrize(
        "data",
        [
            "<!DOCTYPE html><html/>",
            "\n <HTML lang='en'><p></HTML>",
            "<!-- moved --><!doctype HTML PUBLIC 'x'><html>",
            '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>',
        ],
    )
    def test_a_page_of_html_is_called_one(self, data: str) -> None:
        """A feed that moved answers with a page (definitions, trap 11)."""
        with pytest.raises(MalformedDocument, match="page of HTML, not a feed"):
            parsed(data)


class TestEncodings:
    """Which bytes are text."""

    @pytest.mark.parametrize(
        "name", ["utf-8", "UTF-8", "iso-8859-1", "windows-1252", "latin1"]
    )
    def test_a_declared_encoding_is_decoded(self, name: str) -> None:
        """If it is one that feeds use."""
        text = f'<?xml version="1.0" encoding="{name}"?><a>é</a>'
        root, found = parsed(text.encode(name))
        assert root.text == "é"
        is_utf = name.lower() == "utf-8"
        assert found == ([] if is_utf else ["document.encoding"])

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
    def test_the_bytes_themselves_may_tell(self, encoding: str) -> None:
        """By a mark, or by where their zeros are."""
        text = '<?xml version="1.0" encoding="utf-16"?><a>é</a>'
        root, found = parsed(text.encode(encoding))
        assert (root.text, found) == ("é", ["document.encoding"])

    @pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "x", "ebcdic", ""])
    def test_no_other_encoding_is_looked_up(self, name: str) -> None:
        """Python knows some that are no encodings of text."""
        text = f'<?xml version="1.0" encoding="{name}"?><a>b</a>'
        with pytest.raises(MalformedDocument, match="encoding"):
            parsed(text.encode())

    def test_text_is_text_whatever_it_declares(self) -> None:
        """A caller that decoded it knew better."""
        assert parsed('<?xml version="1.0" encoding="utf-7"?><a>é</a>')[0].text == "é"

    @pytest.mark.parametrize(
        "data",
        [
            b'<?xml version="1.0" encoding="ascii"?><a>\xe9</a>',
            b"<a>\xe9</a>",
        ],
    )
    def test_bytes_that_are_not_what_they_say_are_refused(self, data: bytes) -> None:
        """With the place of the first."""
        with pytest.raises(MalformedDocument) as refused:
            parsed(data)
        assert refused.value.path.startswith("byte ")


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(
        f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10)
    )
    + "]><lolz>&lol9;</lolz>"
)


#: A program that reads what it is given, and ends if that opens anything.
WATCHED = """
import sys
from incidentkit import MalformedDocument, read

read("<rss><channel/></rss>", "rss")
watched = ("open", "socket.", "urllib.", "subprocess.")
sys.addaudithook(lambda event, _: event.startswith(watched) and sys.exit(event))
for text in sys.argv[1:]:
    try:
        read(text, "rss")
    except MalformedDocument:
        pass
"""


class TestHostile:
    """What would grow, fetch or go too deep."""

    @pytest.mark.parametrize(
        "data",
        [
            LAUGHS,
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]><a/>',
            "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
            '<!DOCTYPE a [<!NOTATION n SYSTEM "n">]><a/>',
        ],
        ids=["laughs", "external", "parameter", "element", "notation"],
    )
    def test_a_dtd_of_ones_own_is_refused_at_once(self, data: str) -> None:
        """Before anything of it is expanded or fetched."""
        began = time.perf_counter()
        with pytest.raises(MalformedDocument, match="DTD"):
            parsed(data)
        assert time.perf_counter() - began < 0.5

    def test_an_entity_is_refused_even_if_a_dtd_were_not(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second line of defence is the library's."""
        original = DefusedXMLParser.feed

        def feed(parser: Any, data: str) -> None:
            parser.parser.StartDoctypeDeclHandler = None
            original(parser, data)

        monkeypatch.setattr(DefusedXMLParser, "feed", feed)
        with pytest.raises(MalformedDocument, match="declares an entity"):
            parsed(LAUGHS)

    def test_a_bare_doctype_passes_and_nothing_is_fetched(self) -> None:
        """RSS 0.91 has one, and its address is not asked."""
        bare = '<!DOCTYPE rss PUBLIC "-//N//DTD" "http://127.0.0.1/rss.dtd"><rss/>'
        assert parsed(bare)[1] == ["xml.doctype"]
        external = bare.replace("><rss", ' [<!ENTITY e SYSTEM "/etc/passwd">]><rss')
        # Who watches a process does so for life: it gets one of its own.
        command = [sys.executable, "-c", WATCHED, bare, external]
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (ran.returncode, ran.stderr) == (0, "")

    def test_depth_and_number_of_elements_are_limited(self) -> None:
        """And the size, before decoding."""
        deep = "<a>" * 100_000
        with pytest.raises(LimitExceeded, match="deeper than 64") as refused:
            parsed(deep)
        assert refused.value.path == "line 1"
        with pytest.raises(LimitExceeded, match="more than 3 elements"):
            parsed("<a>\n<b/>\n<b/>\n<b/></a>", Limits(items=3))
        with pytest.raises(LimitExceeded, match="bytes"):
            parsed(b'<?xml encoding="latin1"?>' + b"x" * 100, Limits(bytes=50))

    @pytest.mark.parametrize(
        "piece", ["<a x='1'>", "&", "<!--", "<?", "&#", "]]>", "<![CDATA[", "<dc:"]
    )
    def test_time_is_in_proportion(self, piece: str) -> None:
        """Whatever is repeated."""
        began = time.perf_counter()
        with pytest.raises(MalformedDocument):
            parsed("<a>" + piece * (200_000 // len(piece)))
        assert time.perf_counter() - began < 2


class TestRepairs:
    """What people break by hand."""

    @pytest.mark.parametrize(
        ("data", "text"),
        [
            ("\n\n <?xml version='1.0'?><a>b</a>", "b"),
            ("<a>b&nbsp;c &amp; d&copy;</a>", "b\xa0c & d©"),
            ("<a>b\x01c&#2;d&#x1F;&#xFFFF;&#233;</a>", "b\ufffdc\ufffdd\ufffd\ufffdé"),
        ],
        ids=["blanks", "entities", "characters"],
    )
    def test_what_is_plainly_meant_is_repaired(self, data: str, text: str) -> None:
        """And reported."""
        root, found = parsed(data)
        assert root.text == text
        assert found == ["document.repaired"]

    def test_blanks_before_the_declaration_keep_their_lines(self) -> None:
        """So that places hold."""
        root, _ = parsed("\n\n<?xml version='1.0'?>\n<a/>")
        assert root.line == 4

    def test_usual_prefixes_are_declared_and_others_are_not(self) -> None:
        """Those that mean one thing everywhere."""
        root, found = parsed("<rss><dc:date>x</dc:date></rss>")
        assert [one.name for one in root.elements] == [
            "{http://purl.org/dc/elements/1.1/}date"
        ]
        assert found == ["document.repaired"]
        with pytest.raises(MalformedDocument, match="unbound prefix"):
            parsed("<rss><nobody:date>x</nobody:date></rss>")
        again, _ = parsed('<r xmlns:dc="urn:x"><dc:a/><atom:b/></r>')
        assert [one.name for one in again.elements] == [
            "{urn:x}a",
            "{http://www.w3.org/2005/Atom}b",
        ]

    def test_entities_within_cdata_are_text(self) -> None:
        """They stand for themselves there."""
        assert parsed("<a>&nbsp;<![CDATA[&nbsp;]]></a>")[0].text == "\xa0&nbsp;"

    @pytest.mark.parametrize(
        "data", ["<a>&nobody;</a>", "<a>&nbsp;<b></a>", "&#99999999;"]
    )
    def test_what_is_not_plain_stays_refused(self, data: str) -> None:
        """A repair of one thing does not excuse another."""
        with pytest.raises(MalformedDocument):
            parsed(data)


class TestWriting:
    """What is written can be read."""

    @given(text=ALLOWED)
    def test_text_and_attributes_come_back(self, text: str) -> None:
        """By another parser than ours."""
        for quotes in (False, True):
            written = f"<a>{xml.escaped(text, quotes=quotes)}</a>"
            assert (ET.fromstring(written).text or "") == text  # noqa: S314 - our own
        written = f'<a b="{xml.attribute(text)}"/>'
        assert ET.fromstring(written).attrib == {"b": text}  # noqa: S314 - our own

    @given(text=st.text())
    def test_any_text_can_be_made_such_that_xml_allows_it(self, text: str) -> None:
        """Character for character."""
        allowed = xml.allowed(text)
        assert len(allowed) == len(text)
        assert parsed(f"<a>{xml.escaped(allowed)}</a>")[0].text == allowed
        assert xml.allowed(allowed) == allowed

    @staticmethod
    def elements() -> st.SearchStrategy[xml.Element]:
        """Give an element, as deep as chance has it."""
        names = st.sampled_from(["a", "{urn:x}b", "{urn:y}c"])
        keys = st.sampled_from(
            ["p", "{urn:z}q", "{http://www.w3.org/XML/1998/namespace}lang"]
        )

        def made(
            inner: st.SearchStrategy[xml.Element],
        ) -> st.SearchStrategy[xml.Element]:
            content = st.lists(ALLOWED.filter(bool) | inner, max_size=3).map(once)
            attributes = st.dictionaries(keys, ALLOWED, max_size=2)
            return st.builds(xml.Element, names, attributes, content, st.just(1))

        def once(parts: list[str | xml.Element]) -> tuple[str | xml.Element, ...]:
            return tuple(
                part
                for before, part in zip(["", *parts], parts, strict=False)
                if not (isinstance(before, str) and isinstance(part, str) and before)
            )

        leaf = st.builds(xml.Element, names, st.just({}), st.just(()), st.just(1))
        return st.recursive(leaf, made, max_leaves=6)

    @given(data=st.data())
    def test_an_element_stands_by_itself(self, data: st.DataObject) -> None:
        """With all the namespaces that it needs."""
        element = data.draw(self.elements())
        written = xml.rendered(element)
        assert unplaced(parsed(written)[0]) == unplaced(element)
        assert xml.element(written, Limits()) is not None

    @pytest.mark.parametrize("text", ["", "x", "<a>", "<a/><b/>", "<a ></a>", LAUGHS])
    def test_anything_else_is_no_element(self, text: str) -> None:
        """Whatever extras hold."""
        assert xml.element(text, Limits()) is None

    def test_depth_costs_nothing(self) -> None:
        """There is no recursion."""
        deep = xml.Element("a", {}, (), 1)
        for _ in range(5_000):
            deep = xml.Element("a", {}, (deep,), 1)
        assert xml.rendered(deep).count("<a>") == 5_000


def unplaced(element: xml.Element) -> tuple[object, ...]:
    """An element without its lines."""

    def parts() -> Iterator[object]:
        for part in element.content:
            yield part if isinstance(part, str) else unplaced(part)

    return element.name, dict(element.attributes), tuple(parts())
