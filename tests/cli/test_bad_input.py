"""Files that are none, and texts that break readers: one clear message, or what was typed."""

from __future__ import annotations

import os
import re
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.record.files import LARGEST
from tests.cli.conftest import Done, Run
from tests.naughty import KEPT, STRIPPED

ROOT = Path(__file__).parents[2]
NORTHWIND = ROOT / "agreements" / "northwind" / "agreement.toml"
CORPUS = ROOT.parent / "shared" / "data" / "toml-test.tar.gz"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "agreements" / "broken"
    folder.mkdir(parents=True)
    return folder / "agreement.toml"


def said(done: Done, file: Path) -> str:
    """The one error there is, without the place; it has line and column where ``file`` could be read."""
    assert done.code == 2
    assert "Traceback" not in done.out + done.err
    errors = [line for line in (done.out + done.err).splitlines() if line.startswith(os.fspath(file))]
    assert len(errors) == 1, errors
    found = re.fullmatch(r"(?::\d+:\d+)?: error: (?P<words>[\x20-\x7e\x80-\uffff]+)", errors[0].removeprefix(str(file)))
    assert found, errors
    return errors[0].removeprefix(str(file))


@pytest.mark.skipif(not CORPUS.exists(), reason="the public TOML corpus is not here")
def test_an_invalid_file_of_the_public_corpus_is_one_error_with_line_and_column(file: Path, run: Run) -> None:
    """Every fifth; what reads them is tried on all of them."""
    with tarfile.open(CORPUS) as archive:
        listed = archive.extractfile("toml-test/tests/files-toml-1.0.0")
        assert listed
        names = [name for name in listed.read().decode().split() if name.startswith("invalid/") and ".toml" in name]
        assert len(names) > 300
        for name in names[::5]:
            held = archive.extractfile(f"toml-test/tests/{name}")
            assert held
            file.write_bytes(held.read())
            assert re.match(r":[1-9]\d*:[1-9]\d*: ", said(run("check", file), file)), name


def link_to_itself(file: Path) -> None:
    file.symlink_to(file)


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (holding(b'[agreement]\ntitle = "\xff"\n'), ":2:10: error: the byte 0xff is not UTF-8"),
        (holding(b'[agreement]\ntitle = "\0"\n'), ":2:10: error: there is a NUL byte"),
        (holding("title = 1".encode("utf-16")), ":1:1: error: the file is in UTF-16"),
        (holding(b"\xef\xbb\xbftitle ="), ":1:8: error: "),
        (holding(b"a = " + b"[" * 5000 + b"]" * 5000), ":1:105: error: lists or braces are nested too deeply"),
        (holding(b"a = " + b"{a=" * 5000 + b"}" * 5000), ":1:305: error: lists or braces are nested too deeply"),
        (holding(b"a." * 5000 + b"a = 1"), ":1:1: error: a key has more than 64 parts"),
        (holding(b"#" * LARGEST + b"\n"), f": error: the file is larger than {LARGEST // 2**20} MB"),
        (lambda file: file.mkdir(), ": error: this is a folder"),
        (lambda file: os.mkfifo(file), ": error: this is no plain file"),
        (link_to_itself, ": error: cannot read it: the symbolic links lead in a circle"),
        (lambda file: file.symlink_to("/dev/zero"), ": error: this is no plain file"),
        (lambda file: file.symlink_to(file.with_name("gone")), ": error: cannot read it: there is no such file"),
    ],
)
def test_what_is_no_agreement_is_one_error(file: Path, run: Run, make: Callable[[Path], object], words: str) -> None:
    make(file)
    assert said(run("check", file.parent), file).startswith(words)
    done = run("set", file.parent, "agreement.title=New")
    assert done.code == 2
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1


def test_what_lies_beside_an_agreement_is_read_with_the_same_care(tmp_path: Path, run: Run) -> None:
    (tmp_path / "agreement.toml").write_text('[agreement]\ntitle = "SLA"\n')
    beside = {
        "quotas/2027-Q1.toml": (holding(b"[quota]\nnotice = nothing\n"), ":2:10: error: this is not written as TOML"),
        "quotas/2027-Q2.toml": (lambda file: os.mkfifo(file), ": error: this is no plain file"),
        "sittings/2026-11-30.toml": (holding(b"[sitting]\nplace = 5\n"), ":2:9: error: sitting.place: place must be"),
        "sittings/2026-12-01.toml": (link_to_itself, ": error: cannot read it: the symbolic links lead in a circle"),
        "leads.toml": (lambda file: file.mkdir(), ": error: this is a folder"),
    }
    for name, (make, _) in beside.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        make(tmp_path / name)
    together, formatted = run("check", tmp_path), run("fmt", tmp_path)
    assert together.code == formatted.code == 2
    for name, (_, words) in beside.items():
        assert f"{tmp_path / name}{words}" in together.out
        assert str(tmp_path / name) in formatted.err
        if not (tmp_path / name).is_dir():
            assert said(run("check", tmp_path / name), tmp_path / name).startswith(words)
            assert run("get", tmp_path / name).code == 2


def test_fifty_megabytes_are_refused_unread(file: Path, run: Run) -> None:
    with file.open("wb") as large:
        large.truncate(50 * 2**20)
    assert "larger than 8 MB" in said(run("check", file), file)


def test_a_byte_order_mark_stays_and_is_no_fault(file: Path, run: Run) -> None:
    file.write_bytes(b'\xef\xbb\xbf[agreement]\ntitle = "Old"\n')
    assert run("set", file, "agreement.title=New").code == 0
    assert file.read_bytes() == b'\xef\xbb\xbf[agreement]\ntitle = "New"\n'


TYPED = {
    "what breaks readers": "\n".join(KEPT),
    "what is stripped": "\n".join(f"{one}\r\n{one}" for one, _ in STRIPPED),
    "a megabyte": "x" * 10**6 + '"',
}


@pytest.mark.parametrize("kind", TYPED)
def test_whatever_is_set_as_a_text_comes_back(tmp_path: Path, run: Run, kind: str) -> None:
    """A text on one line has blanks for line ends."""
    typed, file = TYPED[kind], tmp_path / "agreement.toml"
    shutil.copy(NORTHWIND, file)
    lines = typed.replace("\r\n", "\n")
    for one, kept in STRIPPED:
        lines = lines.replace(one, kept)
    assert run("set", file, f"agreement.title={typed}", f"objective.purpose={typed}").code == 0
    after = Document.load(file, Agreement).value
    assert after.agreement
    assert after.objective
    assert after.agreement.title == " ".join(lines.split("\n"))
    assert after.objective.purpose == lines.strip()
