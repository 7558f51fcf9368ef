"""The command line: what it puts out, what it says, and how it ends."""

from __future__ import annotations

import errno
import importlib.metadata
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

import incidentkit
from incidentkit import FORMATS, Limits, cli
from incidentkit.__main__ import main
from incidentkit.cli import _streams

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = Path(__file__).parents[1] / "examples" / "api-down.txt"
#: A page of which reading has something to say.
ODD = EXAMPLE.read_text(encoding="utf-8").replace(
    "Payments APIWebhooks", "WebhooksPayments API"
)

#: A machine that knows only ASCII.
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def odd(tmp_path: Path) -> str:
    """A file with a page that is not quite right."""
    path = tmp_path / "odd.txt"
    path.write_text(ODD, encoding="utf-8")
    return str(path)


def command(
    *words: str, data: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, in an environment with a little changed."""
    return subprocess.run(
        [sys.executable, "-m", "incidentkit", *words],
        env=os.environ | (environment or {}),
        input=data,
        capture_output=True,
        check=False,
    )


class TestShow:
    """`incidentkit show`."""

    def test_it_shows_a_document(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The format is found out, and there is nothing to say."""
        assert cli.run(["show", str(EXAMPLE)]) == 0
        out, err = capsys.readouterr()
        assert "Payments API and Webhooks, lasting 5h 47m." in out
        assert "Timeline: 7 updates" in out
        assert err == ""

    def test_what_was_found_is_said_beside_it(
        self, odd: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """One line each, with the file and the line in it."""
        assert cli.run(["show", odd, "--format", "pingoru"]) == 0
        out, err = capsys.readouterr()
        assert "API Down" in out
        assert [line.split(": ")[:3] for line in err.splitlines()] == [
            [odd, "line 7", "amiss"],
            [odd, "line 20", "guessed"],
        ]

    def test_a_zone_is_for_reading_and_for_showing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Times that name none are in it, and all are shown in it."""
        path = tmp_path / "naive.txt"
        path.write_text(
            EXAMPLE.read_text(encoding="utf-8").replace(" UTC", ""), encoding="utf-8"
        )
        assert cli.run(["show", str(path), "--tz", "Europe/Berlin"]) == 0
        assert "Started   Nov 14, 2023, 08:12 AM CET" in capsys.readouterr().out

    def test_it_reads_what_is_piped_in(self) -> None:
        """Under the name of a dash."""
        came = command("show", "-", data=EXAMPLE.read_bytes())
        assert came.returncode == 0
        assert b"Larkspur Payments" in came.stdout

    def test_a_terminal_decides_the_width(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Up to where lines are too long to read."""
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        for wide, most in (("50", 50), ("300", 100)):
            monkeypatch.setenv("COLUMNS", wide)
            assert cli.run(["show", str(EXAMPLE)]) == 0
            shown = capsys.readouterr().out.splitlines()
            assert most - 10 < max(map(len, shown)) <= most


class TestConvert:
    """`incidentkit convert`."""

    def test_it_puts_out_the_document(
        self, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """Its bytes, and nothing else."""
        assert cli.run(["convert", str(EXAMPLE), "--to", "pingoru"]) == 0
        out, err = capsysbinary.readouterr()
        assert out == EXAMPLE.read_bytes()
        assert err == b""

    def test_what_was_found_is_said(
        self, odd: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Of the reading and of the writing; or nothing, if that is asked."""
        words = ["convert", odd, "--to", "statuspage", "--to-document", "bare-incident"]
        assert cli.run(words) == 0
        out, err = capsys.readouterr()
        assert json.loads(out)["name"] == "API Down"
        assert f"{odd}: line 7: amiss: " in err
        assert "invented" in err
        assert cli.run([*words, "--quiet"]) == 0
        assert capsys.readouterr().err == ""

    def test_exactly_or_not_at_all(
        self, odd: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing is put out if anything was found."""
        assert cli.run(["convert", odd, "--to", "pingoru", "--exact"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "amiss" in err
        assert cli.run(["convert", str(EXAMPLE), "--to", "pingoru", "--exact"]) == 0
        assert capsys.readouterr().out

    def test_it_writes_to_a_file(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The same bytes, and nothing is put out."""
        path = tmp_path / "out.txt"
        assert (
            cli.run(["convert", str(EXAMPLE), "--to", "pingoru", "--output", str(path)])
            == 0
        )
        assert path.read_bytes() == EXAMPLE.read_bytes()
        assert capsys.readouterr().out == ""
        words = ["convert", str(EXAMPLE), "--to", "pingoru", "--output"]
        assert cli.run([*words, str(tmp_path)]) == 1
        assert capsys.readouterr().err == f"{tmp_path}: Is a directory\n"
        assert cli.run([*words, "-"]) == 0
        assert capsys.readouterr().out

    def test_a_terminal_gets_it_made_harmless(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """A file gets it as it is."""
        path = tmp_path / "evil.txt"
        evil = EXAMPLE.read_text(encoding="utf-8").replace("The queue", "\x1b[2J")
        path.write_text(evil, encoding="utf-8")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        assert cli.run(["convert", str(path), "--to", "pingoru"]) == 0
        out = capsys.readouterr().out
        assert "\\x1b[2J" in out
        assert "\x1b" not in out
        monkeypatch.undo()
        assert cli.run(["convert", str(path), "--to", "pingoru"]) == 0
        assert "\x1b[2J" in capsys.readouterr().out


class TestTheRest:
    """What needs no document."""

    def test_formats_are_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With what can be done with them."""
        assert cli.run(["formats"]) == 0
        out = capsys.readouterr().out
        assert out.startswith("NAME")
        for name, room in FORMATS.items():
            assert name in out
            assert " ".join(room.title.split()) in " ".join(out.split())
        assert "documents: summary, " in out

    def test_the_version_is_said(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """That of what is installed, if it is."""
        monkeypatch.setattr(importlib.metadata, "version", lambda _: "1.2.3")
        assert cli.run(["--version"]) == 0
        assert capsys.readouterr().out == "incidentkit 1.2.3\n"

        def missing(name: str) -> str:
            raise importlib.metadata.PackageNotFoundError(name)

        monkeypatch.setattr(importlib.metadata, "version", missing)
        assert cli.run(["--version"]) == 0
        assert "not installed" in capsys.readouterr().out

    @pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
    def test_help_is_given(
        self, words: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Also to who says nothing."""
        assert cli.run(words) == 0
        out = capsys.readouterr().out
        assert "Usage: incidentkit" in out
        for name in ("show", "convert", "formats"):
            assert f"\n  {name} " in out

    def test_python_runs_it_too(self) -> None:
        """As a module, and under its own name."""
        assert command("formats").stdout.startswith(b"NAME")
        (script,) = (
            line
            for line in (Path(__file__).parents[1] / "pyproject.toml")
            .read_text()
            .splitlines()
            if line.startswith("incidentkit = ")
        )
        assert script == 'incidentkit = "incidentkit.__main__:main"'

    def test_without_its_extra_it_says_which(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """In one line, and no traceback."""
        monkeypatch.delitem(sys.modules, "incidentkit.cli")
        monkeypatch.delattr(incidentkit, "cli", raising=False)
        monkeypatch.setitem(sys.modules, "click", None)
        assert main() == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "incidentkit[cli]" in err

    def test_another_missing_module_is_not_its_extra(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is said as it is."""
        for name in [one for one in sys.modules if one.startswith("incidentkit.cli")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr(incidentkit, "cli", raising=False)
        monkeypatch.setitem(sys.modules, "incidentkit.rendering", None)
        with pytest.raises(ModuleNotFoundError):
            main()


HISTORY = json.dumps(
    {
        "page": {"id": "p1", "name": "Acme", "time_zone": "Etc/UTC"},
        "incidents": [
            {
                "id": f"i{number}",
                "name": "API down",
                "status": "resolved",
                "impact": "major",
                "created_at": f"2026-03-0{number}T10:00:00.000Z",
                "incident_updates": [
                    {
                        "id": f"i{number}u{nth}",
                        "status": status,
                        "body": "",
                        "created_at": f"2026-03-0{number}T{hour}:00:00.000Z",
                        "display_at": f"2026-03-0{number}T{hour}:00:00.000Z",
                    }
                    for nth, (status, hour) in enumerate(
                        [("resolved", 10 + 2 * number), ("investigating", 10)]
                    )
                ],
            }
            for number in (2, 1)
        ],
    }
)


@pytest.fixture
def history(tmp_path: Path) -> str:
    """A file with two incidents, of two hours and of four."""
    path = tmp_path / "incidents.json"
    path.write_text(HISTORY, encoding="utf-8")
    return str(path)


class TestCheck:
    """`incidentkit check`."""

    def test_it_tells_what_is_wrong(
        self, history: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """One line each, and a line that sums up."""
        assert cli.run(["check", history]) == 0
        out = capsys.readouterr().out
        assert (
            "$.incidents[0].updates[1]: IK301 warning: nothing was said for 4h" in out
        )
        assert "in 2 checked" in out

    def test_it_fails_on_what_it_is_told_to(self, history: str) -> None:
        """So that a pipeline stops."""
        assert cli.run(["check", history, "--fail-on", "warning"]) == 1
        words = ["check", history, "--fail-on", "warning", "--ignore", "IK"]
        assert cli.run(words) == 0

    def test_it_judges_what_it_is_told_to(
        self, history: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """By code or the beginning of one; as JSON, and as Markdown."""
        words = ["check", history, "--select", "IK3", "--now", "2026-04-01T00:00:00Z"]
        assert cli.run([*words, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["counts"] == {"IK301": 2}
        assert cli.run([*words, "--markdown"]) == 0
        assert capsys.readouterr().out.count("- **IK301** silence (warning)") == 2

    @pytest.mark.parametrize(
        ("option", "said"),
        [
            (["--select", "IK9"], "IK9"),
            (["--now", "yesterday"], "'yesterday' is not an RFC 3339 time"),
        ],
        ids=["code", "time"],
    )
    def test_it_says_what_it_cannot_take(
        self,
        history: str,
        option: list[str],
        said: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """A code that no rule has, a time that is none."""
        assert cli.run(["check", history, *option]) == 2
        assert said in capsys.readouterr().err


class TestDiff:
    """`incidentkit diff`."""

    @pytest.fixture
    @staticmethod
    def later(tmp_path: Path) -> str:
        """The file with the incidents, when one more update had been posted."""
        told = json.loads(HISTORY)
        told["page"]["updated_at"] = "2026-03-03T09:00:00.000Z"
        told["incidents"][0]["name"] = "API down\x1b[2J"
        told["incidents"][0]["updated_at"] = "2026-03-03T08:00:00.000Z"
        path = tmp_path / "later.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        return str(path)

    def test_it_tells_what_happened(
        self, history: str, later: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """One line each, harmless; nothing where nothing did."""
        assert cli.run(["diff", history, later]) == 0
        (line,) = capsys.readouterr().out.splitlines()
        assert line.startswith("2026-03-03T08:00:00Z API down")
        assert "renamed" in line
        assert "\x1b" not in line
        assert cli.run(["diff", history, history]) == 0
        assert capsys.readouterr().out == ""

    def test_programs_get_json(
        self, history: str, later: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With the key under which to announce it once."""
        assert cli.run(["diff", history, later, "--json"]) == 0
        (told,) = json.loads(capsys.readouterr().out)
        assert told["key"] == "p1/incident/i2/renamed/2026-03-03T08:00:00Z"
        assert told["subject"]["kind"] == "incident"
        assert cli.run(["diff", history, history, "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == []


class TestUptime:
    """`incidentkit uptime`."""

    DAY = ("--start", "2026-03-01T00:00:00Z", "--end", "2026-03-02T00:00:00Z")

    @pytest.fixture
    @staticmethod
    def down(tmp_path: Path) -> str:
        """A file with a page on which the API was down for 36 minutes."""
        page = incidentkit.StatusPage(
            "Acme",
            id="p1",
            components=[incidentkit.Component("API\x1b[2J", id="c1")],
            recorded=[
                incidentkit.RecordedDay(
                    incidentkit.ComponentRef(id="c1"), "2026-03-01", major_outage=864
                )
            ],
        )
        api = page.components[0]
        incident = incidentkit.Incident.open(
            "API down", at="2026-03-01T10:00:00Z", affects={api: "major_outage"}
        )
        vague = incidentkit.Incident.open(
            "Hm", at="2026-03-01T20:00:00Z", impact="minor"
        )
        for one in (
            incident.resolve(at="2026-03-01T10:36:00Z"),
            vague.resolve(at="2026-03-01T21:00:00Z"),
        ):
            page = page.record(one)
        path = tmp_path / "page.json"
        told = incidentkit.write(page, "incidentkit").exact()
        path.write_text(told, encoding="utf-8")
        return str(path)

    def test_it_tells_the_figure_and_its_bounds(
        self, down: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What is in doubt, and by which rule."""
        assert cli.run(["uptime", down, "c1", *self.DAY, "--covering"]) == 0
        out, err = capsys.readouterr()
        assert out.splitlines() == [
            "97.5000 %, between 93.3333 and 97.5000 % (told, by statuspage)",
            "in doubt: 1 that do not say what broke",
        ]
        assert err == ""

    def test_what_is_not_covered_is_unknown(
        self, down: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """And it is said how to declare it."""
        assert cli.run(["uptime", down, "c1", *self.DAY]) == 0
        out, err = capsys.readouterr()
        assert out.splitlines()[:2] == [
            "unknown, between 0.0000 and 97.5000 % (told, by statuspage)",
            "unknown: 1 day",
        ]
        assert "page.covering(start, end)" in err

    def test_it_explains_itself(
        self, down: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Every stretch; what the page says is shown and never obeyed."""
        words = ["uptime", down, "c1", *self.DAY, "--covering", "--explain"]
        assert cli.run(words) == 0
        out = capsys.readouterr().out
        assert "Counted: 1" in out
        assert "\x1b" not in out
        assert cli.run([*words, "--json", "--digits", "1"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["percent"] == "97.5"
        assert told["fraction"] == "39/40"
        assert [one["seconds"] for one in told["counted"]] == [36 * 60]
        assert [one["reason"] for one in told["not_counted"]] != []

    def test_when_it_was_fetched_decides_what_is_covered(
        self, history: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A list of incidents covers the time from its oldest until then."""
        window = ("--start", "2026-03-02T00:00:00Z", "--end", "2026-03-03T00:00:00Z")
        words = ["uptime", history, "--policy", "any-incident", *window]
        assert cli.run(words) == 0
        assert "unknown: 1 day" in capsys.readouterr().out
        assert cli.run([*words, "--at", "2026-03-05T00:00:00Z"]) == 0
        assert "unknown:" not in capsys.readouterr().out

    def test_programs_get_json(
        self, down: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Exact fractions as text, and what the vendor recorded if asked."""
        words = ["uptime", down, "c1", *self.DAY, "--json"]
        assert cli.run([*words, "--recorded"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["basis"], told["percent"]) == ("recorded", "99.0000")
        assert "counted" not in told
        policy = ["--policy", "any-incident", "--covering"]
        assert cli.run(["uptime", down, *self.DAY, "--json", *policy]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["component"], told["policy"]) == (None, "any incident")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["AP"], "no component 'AP'"),
            ([], "has no rule for a whole page"),
        ],
        ids=["component", "page"],
    )
    def test_it_says_what_it_cannot_tell(
        self,
        down: str,
        words: list[str],
        said: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """A component that is not there, a rule that says nothing of a page."""
        assert cli.run(["uptime", down, *words, *self.DAY]) == 2
        assert said in capsys.readouterr().err

    def test_without_any_time_there_is_no_figure(
        self, down: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing is up, nothing is down, and no bound is made up."""
        words = ["uptime", down, "c1", "--recorded"]
        day = ("--start", "2026-03-05T00:00:00Z", "--end", "2026-03-06T00:00:00Z")
        assert cli.run([*words, *day]) == 0
        out = capsys.readouterr().out
        assert out.startswith("unknown, between 0.0000 and 100.0000 %")


class TestStats:
    """`incidentkit stats`."""

    def test_it_tells_how_long_things_took(
        self, history: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With the number they are taken from."""
        assert cli.run(["stats", history]) == 0
        out = capsys.readouterr().out
        assert out.startswith("began to ended: median 3h (95% interval 2h to 4h)")
        assert "n = 2 of 2" in out

    def test_it_counts_by_month(
        self, history: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """In the zone that it is told, after the figures."""
        words = ["stats", history, "--by", "month", "--tz", "Asia/Tokyo"]
        assert cli.run(words) == 0
        assert capsys.readouterr().out.splitlines()[-1].split() == [
            *("2", "0", "6h", "2026-03")
        ]

    def test_programs_get_json(
        self, history: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Lengths in seconds, and null for what cannot be measured."""
        words = ["stats", history, "--json", "--by", "impact"]
        assert cli.run(words) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["time_between"]["n"] == 2
        assert told["time_between"]["median_seconds"] == 3 * 3600
        assert told["time_between"]["interval"]["low_seconds"] == 2 * 3600
        assert told["tally"]["rows"] == [
            {
                "group": "major",
                "label": "major",
                "incidents": 2,
                "unmeasured": 0,
                "seconds": 6 * 3600,
            }
        ]
        assert cli.run(["stats", history, "--json", "--from", "detected"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["time_between"]["missing"] == 2
        assert told["time_between"]["median_seconds"] is None
        assert told["time_between"]["interval"] is None
        assert "tally" not in told


class TestFailures:
    """A failure is one line that says where, and an exit status."""

    @pytest.mark.parametrize(
        ("words", "status", "said"),
        [
            (["show", "nowhere.txt"], 1, "nowhere.txt: No such file or directory"),
            (["show", "."], 1, ".: Is a directory"),
            (
                ["show", str(EXAMPLE), "--format", "statuspage"],
                1,
                f"{EXAMPLE}: byte 0: ",
            ),
            (
                ["convert", str(EXAMPLE), "--to", "statuspage", "--to-document", "x"],
                2,
                "'statuspage'",
            ),
            (["show", str(EXAMPLE), "--document", "x"], 2, "'pingoru'"),
            (["show", str(EXAMPLE), "--format", "x"], 2, "'--format'"),
            (["show", str(EXAMPLE), "--tz", "Mars"], 2, "'--tz'"),
            (["show", str(EXAMPLE), "--nope"], 2, "'--nope'"),
            (["show"], 2, "FILE"),
            (["convert", str(EXAMPLE)], 2, "'--to'"),
            (["nope"], 2, "'nope'"),
        ],
    )
    def test_it_is_one_line(
        self,
        words: list[str],
        status: int,
        said: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """1 if something failed, 2 if it was called wrongly."""
        assert cli.run(words) == status
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert said in err

    def test_what_is_no_document_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What fits no format, and what is too large."""
        path = tmp_path / "x"
        for data in (b"", b"hello", b"\xff\xfe\x00", b"{", b"x" * (Limits().bytes + 9)):
            path.write_bytes(data)
            assert cli.run(["show", str(path)]) == 1
            assert capsys.readouterr().err.startswith(f"{path}: ")

    def test_a_name_cannot_break_the_line(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Whatever a file is called."""
        assert cli.run(["show", "a\nb\x1b[2J\udc80"]) == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "\x1b" not in err

    def test_an_interruption_is_quiet(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """130, and no traceback."""

        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(_streams, "read", interrupted)
        assert cli.run(["show", str(EXAMPLE)]) == 128 + signal.SIGINT
        assert capsys.readouterr().err.strip() == ""

    def test_a_fault_of_ours_is_one_line_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """That asks to be told of it."""

        def faulty(*_: object, **__: object) -> None:
            raise LookupError("lost\nand found")

        monkeypatch.setattr(_streams, "read", faulty)
        assert cli.run(["show", str(EXAMPLE)]) == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "LookupError: lost and found" in err

    def test_a_reader_that_goes_away_is_no_failure(self) -> None:
        """As with any command whose output is cut short."""
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as closed:
            came = subprocess.run(
                [sys.executable, "-m", "incidentkit", "show", str(EXAMPLE)],
                stdout=closed,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert came.returncode == 128 + signal.SIGPIPE
        assert came.stderr == b""

    def test_nobody_need_listen(self) -> None:
        """What cannot be said on standard error is left unsaid; the status tells."""
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as closed:
            came = subprocess.run(
                [sys.executable, "-m", "incidentkit", "show", "nowhere.txt"],
                stdout=subprocess.PIPE,
                stderr=closed,
                check=False,
            )
        assert came.returncode == 1
        assert came.stdout == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
    def test_a_full_disk_is_said(self) -> None:
        """Once, by us."""
        with Path("/dev/full").open("wb") as full:
            came = subprocess.run(
                [sys.executable, "-m", "incidentkit", "show", str(EXAMPLE)],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert came.returncode == 1
        assert came.stderr.decode() == f"<stdout>: {os.strerror(errno.ENOSPC)}\n"


class TestSurroundings:
    """What it depends on: nothing but its words."""

    def test_an_ascii_terminal_is_served(self) -> None:
        """What it cannot say is said in escapes; documents are UTF-8 all the same."""
        odd = ODD.replace("API Down", "API à terre").encode()
        shown = command("show", "-", data=odd, environment=PLAIN)
        assert shown.returncode == 0
        assert b"API \\xe0 terre" in shown.stdout
        assert shown.stderr.isascii()
        words = ("convert", "-", "--to", "pingoru", "--quiet")
        assert command(*words, data=odd, environment=PLAIN).stdout == odd

    def test_neither_clock_nor_zone_nor_seed_matters(self) -> None:
        """The same words give the same bytes."""
        shown = {
            command(
                "show", str(EXAMPLE), environment={"TZ": where, "PYTHONHASHSEED": seed}
            ).stdout
            for where, seed in (("Asia/Kolkata", "0"), ("America/St_Johns", "1"))
        }
        assert len(shown) == 1

    def test_streams_that_cannot_be_told_are_left_alone(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An embedding program may have put anything in their place."""
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdout", out)
        assert cli.run(["formats"]) == 0
        assert out.getvalue().startswith("NAME")

    def test_every_command_has_help(self) -> None:
        """In words that fit a terminal."""
        top = click.Context(cli.command, info_name="incidentkit", terminal_width=80)
        for name in cli.command.list_commands(top):
            each = cli.command.get_command(top, name)
            assert each is not None
            shown = each.get_help(click.Context(each, top, info_name=name))
            assert max(map(len, shown.splitlines())) <= 80
