"""Lead files as they come: encodings, delimiters, broken rows, and what is no table at all."""

from __future__ import annotations

import io
import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.compare import compared
from sla_tui.scoring.engine import Engine, Stopped
from sla_tui.scoring.export import write_csv
from sla_tui.scoring.headers import Names
from sla_tui.scoring.simulate import Simulation, simulate, start
from sla_tui.scoring.tablefile import opened

from .conftest import Written

OPENS = Scoring.model_validate({"rules": [{"id": "opens", "when": "opens", "points": 2}]})
CITY = Scoring.model_validate({"rules": [{"id": "city", "when": {"field": "city", "is": "Zürich"}, "points": 5}]})


def scores(found: Simulation) -> dict[str, int]:
    return {row.id: row.score for row in found.board.page(0, found.board.size)}


def rejects(found: Simulation) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in found.summary.rejected]


def refused(path: Path, scoring: Scoring = OPENS, **more: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        simulate(scoring, path, **more)
    assert caught.value.message
    return caught.value


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"], ids=str
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_every_usual_encoding_and_line_end_is_read(write: Written, encoding: str, end: str):
    text = end.join(("id,city,opens", "007,Zürich,3", "008,Genève,1", ""))
    found = simulate(CITY, write(text.encode(encoding)))
    assert scores(found) == {"007": 5, "008": 0}


def test_a_copy_made_to_read_it_is_gone_afterwards(write: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    copies = tmp_path / "copies"
    copies.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(copies))
    assert scores(simulate(CITY, write("id,city\n1,Zürich\n".encode("utf-16")))) == {"1": 5}
    with pytest.raises(UserError):
        simulate(CITY, write("id,town\n1,Zürich\n".encode("utf-16")))
    assert list(copies.iterdir()) == []


def test_windows_letters_far_down_the_file_are_found_too(write: Written):
    filler = "".join(f"{n},Bern,1\n" for n in range(60_000))
    found = simulate(CITY, write(b"id,city,opens\n" + filler.encode() + "x,Zürich,1\n".encode("cp1252")))
    assert scores(found)["x"] == 5
    assert not found.summary.rejected


def test_one_broken_letter_in_utf_8_costs_its_row_alone(write: Written):
    filler = "".join(f"{n},Zürich\n" for n in range(40_000))
    found = simulate(CITY, write(b"id,city\n" + filler.encode() + b"x,Z\xfcrich\n"))
    assert found.summary.leads + len(found.summary.rejected) == 40_001
    assert scores(found)["17"] == 5


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(write: Written, delimiter: str):
    rows = (("id", "city", "opens"), ("1", '"Zürich, ZH; CH"', "3"), ("2", "Zürich", "1"))
    found = simulate(CITY, write("\n".join(delimiter.join(row) for row in rows)))
    assert scores(found) == {"1": 0, "2": 5}


def test_a_decimal_comma_does_not_pass_for_the_delimiter(write: Written):
    assert scores(simulate(CITY, write("id;price;city\n1;2,50;Zürich\n2;3,75;Bern\n"))) == {"1": 5, "2": 0}


def test_line_ends_may_be_mixed(write: Written):
    text = b"id,opens\r\n1,1\n2,2\r\n3,3\n"
    assert scores(simulate(OPENS, write(text))) == {"1": 2, "2": 4, "3": 6}
    late = b"id,opens\r\n" + b"".join(b"%d,1\r\n" % n for n in range(60_000)) + b"x,4\ny,5\r\n"
    found = scores(simulate(OPENS, write(late)))
    assert (found["x"], found["y"], len(found)) == (8, 10, 60_002)


def test_ragged_rows_are_rejected_with_their_line(write: Written):
    text = 'id,note,opens\n1,"two\nlines",1\n\n2,short\n3,x,1,long\n4,"open"x,1\n5,fine,2\n'
    found = simulate(OPENS, write(text))
    assert scores(found) == {"1": 2, "5": 4}
    assert [line for line, _ in rejects(found)] == [5, 6, 7]
    assert "too few" in rejects(found)[0][1]
    assert "too many" in rejects(found)[1][1]


def test_an_unclosed_quotation_mark_is_told_where_it_opens(write: Written):
    found = simulate(OPENS, write('id,opens\n1,1\n"2,2\n3,3\n'))
    assert scores(found) == {"1": 2}
    assert rejects(found)[0][0] == 3


@pytest.mark.parametrize(
    "count", ["-1", "-0.5", "many", "1_000", "+-1", "1,5", "0x10", "nan", "inf", "1e400", "2000000000"]
)
def test_what_is_no_count_rejects_its_row(write: Written, count: str):
    found = simulate(OPENS, write(f'id,opens\n1,1\n"a\nb",2\n3,"{count}"\n4,\n'))
    assert scores(found) == {"1": 2, "a b": 4, "4": 0}
    ((line, reason),) = rejects(found)
    assert line == 5
    assert count in reason
    assert "opens" in reason


@pytest.mark.parametrize(("count", "points"), [("2.9", 4), (" 3 ", 6), ("1e2", 200), ("-0", 0), ("70000", 140_000)])
def test_fractions_and_spellings_of_a_count(write: Written, count: str, points: int):
    assert scores(simulate(OPENS, write(f"id,opens\n1,{count}\n2,1\n"))) == {"1": points, "2": 2}


def test_a_count_matters_only_where_it_is_used_as_one(write: Written):
    path = write("id,city,opens\n1,Zürich,many\n2,Bern,1\n")
    assert scores(simulate(CITY, path)) == {"1": 5, "2": 0}
    board = start(CITY, path, everything=True)
    assert board.size == 2
    assert board.with_scoring(OPENS).size == 1
    assert board.with_scoring(OPENS).with_scoring(CITY).size == 2


def test_a_repeated_or_missing_id_rejects_the_row(write: Written):
    found = simulate(OPENS, write("id,opens\n1,1\n2,2\n1,3\n,4\n 2 ,5\n"))
    assert scores(found) == {"1": 2, "2": 4}
    assert rejects(found) == [
        (4, "repeats the id '1' of line 2"),
        (5, "has no id"),
        (6, "repeats the id '2' of line 3"),
    ]


def test_without_an_id_leads_are_named_by_their_rows_number(write: Written):
    found = simulate(OPENS, write("name,opens\na,1\nb\nc,3\n"))
    assert scores(found) == {"1": 2, "3": 6}


def test_ids_keep_their_zeros_and_are_never_formulas(write: Written):
    found = simulate(OPENS, write('id,opens\n007,1\n=cmd(),2\n+1,3\n-x,4\n@y,5\n"\x1b[31mred",6\n'))
    out = io.StringIO()
    write_csv(found.board, out)
    names = [line.split(",")[0] for line in out.getvalue().splitlines()[1:]]
    assert names == ["007", "'=cmd()", "'+1", "'-x", "'@y", "[31mred"]


@pytest.mark.parametrize("text", ["", "  \n\n", "\ufeff"])
def test_an_empty_file_is_refused(write: Written, text: str):
    assert "empty" in refused(write(text)).message or "header" in refused(write(text)).message


def test_a_header_alone_is_no_error_and_no_lead(write: Written):
    found = simulate(OPENS, write("id,opens\n"))
    assert found.summary.leads == 0
    assert found.summary.score.min is None


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04junk" * 50, "workbook"),
        (b"%PDF-1.7\n" * 50, "PDF"),
        (b"\x1f\x8b\x08\x00" * 50, "compressed"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x01\x00\x00\xff\x00" * 300, "binary"),
    ],
)
def test_what_is_no_text_is_told_apart(write: Written, data: bytes, word: str):
    error = refused(write(data))
    assert word in error.message
    assert "CSV" in error.remedy
    assert error.place.file.endswith("leads.csv")


def test_random_bytes_never_crash(write: Written):
    draw = random.Random(7)
    for size in (1, 7, 300, 5000):
        for letters in (bytes(range(256)), bytes(range(1, 256)), b'a,;|\t"\n\r\x00\xff1 '):
            path = write(bytes(draw.choice(letters) for _ in range(size)))
            with suppress(UserError):
                assert simulate(OPENS, path).summary.leads >= 0


def test_a_folder_a_missing_file_and_a_near_name(write: Written, tmp_path: Path):
    write("id,opens\n")
    assert "folder" in refused(tmp_path).message
    error = refused(tmp_path / "lead.csv")
    assert "no such file" in error.message
    assert "leads.csv" in error.remedy


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path):
    pipe = tmp_path / "leads.csv"
    os.mkfifo(pipe)
    assert "no plain file" in refused(pipe).message


def test_a_file_that_may_not_be_read(write: Written):
    path = write("id,opens\n1,1\n")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert "may not be read" in refused(path).message
    finally:
        path.chmod(0o600)


@pytest.mark.parametrize("name", ["a*b?.csv", "lead[1].csv", "it's; drop.csv", "ünï 'x'.csv", "x.csv.gz.csv"])
def test_a_files_name_is_only_a_name(write: Written, name: str):
    write("id,opens\n9,9\n", "aXbY.csv")
    write("id,opens\n9,9\n", "lead1.csv")
    assert scores(simulate(OPENS, write("id,opens\n1,1\n", name))) == {"1": 2}


def test_a_missing_column_names_the_nearest(write: Written):
    with pytest.raises(InvalidFile) as caught:
        simulate(OPENS, write("id,email_opens,openings\n1,1,1\n"))
    (fault,) = caught.value.faults
    assert fault.key == "scoring.rules.opens.when"
    assert "opens" in fault.message
    assert "openings" in fault.fix
    assert fault.place.line == 1


def test_every_missing_name_is_told_at_once(write: Written):
    both = Scoring.model_validate({"rules": [{"id": "a", "when": "x"}, {"id": "b", "when": "y", "points": 1}]})
    more = both.model_copy(
        update={"rules": tuple(rule.model_copy(update={"points": 1}) for rule in both.rules)},
    )
    with pytest.raises(InvalidFile) as caught:
        simulate(more, write("id,z\n1,1\n"))
    assert [fault.key for fault in caught.value.faults] == ["scoring.rules.a.when", "scoring.rules.b.when"]


def test_a_column_twice_is_an_error_only_where_it_is_used(write: Written):
    path = write("id,opens,city,opens\n1,1,Zürich,2\n")
    assert scores(simulate(CITY, path)) == {"1": 5}
    with pytest.raises(InvalidFile) as caught:
        simulate(OPENS, path)
    assert "column 2" in caught.value.message
    assert "column 4" in caught.value.message


def test_one_column_whose_name_holds_a_delimiter_is_refused(write: Written):
    error = refused(write('"id,opens"\n"1,2"\n'))
    assert "only one column" in error.message
    assert "a comma" in error.message


def test_header_names_may_hold_line_breaks_and_quotes(write: Written):
    found = simulate(OPENS, write('\n\n"id","a ""b""\nc",opens\n1,x,1\n2,y\n'))
    assert scores(found) == {"1": 2}
    assert rejects(found)[0][0] == 6


def test_a_name_in_another_case_is_found_but_not_when_two_are(write: Written):
    assert scores(simulate(OPENS, write("ID,Opens\n1,1\n"))) == {"1": 2}
    with pytest.raises(InvalidFile, match="2 columns"):
        simulate(OPENS, write("ID,Opens,OPENS\n1,1,1\n"))


def test_crm_headers_are_known(write: Written):
    scoring = Scoring.model_validate(
        {
            "rules": [
                {"id": "open", "when": "email_open", "points": 1},
                {"id": "where", "when": {"field": "country", "is": "US"}, "points": 10},
            ]
        }
    )
    path = write("Record ID,Marketing emails opened,Country/Region\n5001,3,US\n5002,,DE\n")
    assert scores(simulate(scoring, path)) == {"5001": 13, "5002": 0}


def test_the_mapping_comes_first_and_is_held_to_the_file(write: Written):
    path = write("id,opens,Mails read\n1,1,5\n")
    mapping = LeadMapping(names={"opens": "Mails read"})
    assert scores(simulate(OPENS, path, mapping=mapping)) == {"1": 10}
    with pytest.raises(InvalidFile, match="which leads") as caught:
        simulate(OPENS, path, mapping=LeadMapping(names={"opens": "Mail read"}))
    assert "Mails read" in caught.value.remedy
    with pytest.raises(UserError, match="as the id"):
        simulate(OPENS, path, mapping=LeadMapping(id="key"))


def test_outcomes(write: Written):
    path = write("id,opens,won\n1,1,Yes\n2,1,0\n3,1,\n4,1,1.0\n5,1,Select\n")
    mapping = LeadMapping(unknown=("Select",))
    found = simulate(OPENS, path, mapping=mapping, outcome="won").summary
    assert (found.outcome.known, found.outcome.positive) == (3, 2)
    error = refused(path, outcome="won")
    assert "Select" in error.message
    assert "positive" in error.remedy
    assert "won" in refused(path, outcome="wan").remedy
    own = LeadMapping(unknown=("Select",), positive=("yes", "1.0"), outcome="won")
    assert simulate(OPENS, path, mapping=own).summary.outcome.positive == 2


def test_parquet_and_json_are_read_like_csv(write: Written, tmp_path: Path):
    import duckdb

    rows = "SELECT * FROM (VALUES ('007', 3, 'Zürich', true), ('008', NULL, 'Bern', false)) AS t(id, opens, city, won)"
    for name, form in (("leads.parquet", "parquet"), ("leads.json", "json")):
        path = tmp_path / name
        duckdb.sql(f"COPY ({rows}) TO '{path}' (FORMAT {form})")
        found = simulate(OPENS, path, outcome="won")
        assert scores(found) == {"007": 6, "008": 0}
        assert found.summary.outcome.positive == 1
    for name in ("bad.parquet", "bad.json"):
        assert refused(write("{not a table", name)).remedy


def test_changes_to_the_file_are_noticed_where_they_matter(write: Written):
    path = write("id,opens\n1,1\n2,2\n")
    found = simulate(OPENS, path)
    path.write_text("id,opens\n3,1\n4,2\n5,6\n")
    with pytest.raises(UserError, match="has changed"):
        found.board.page(0, 5)


def test_leads_in_a_place_that_has_no_name_in_utf_8_are_refused_in_words(tmp_path: Path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    (folder / "leads.csv").write_text("id,opens\n1,2\n")
    assert "not UTF-8" in refused(folder / "leads.csv").message


def test_a_row_left_out_for_a_count_uses_up_no_id(write: Written):
    found = simulate(OPENS, write("id,opens\na,many\na,2\na,3\nb,-1\nb,x\nc,1\n"))
    assert scores(found) == {"a": 4, "c": 2}
    assert [line for line, _ in rejects(found)] == [2, 4, 5, 6]
    assert "repeats the id 'a' of line 3" in dict(rejects(found))[4]


def test_which_of_several_rows_is_read_follows_every_edit_of_what_counts(write: Written):
    path = write("id,city,opens,clicks\na,Zürich,many,1\na,Bern,2,x\na,Basel,3,2\n,Zürich,1,1\nb,Zürich,1,1\n")
    clicks = {"id": "clicks", "when": "clicks", "points": 5}
    both = Scoring.model_validate({"rules": [{"id": "opens", "when": "opens", "points": 2}, clicks]})
    steps = [CITY, OPENS, both, CITY]
    board = start(CITY, path, everything=True)
    for step in steps:
        board = board.with_scoring(step)
        fresh = simulate(step, path)
        assert {row.id: row.score for row in board.page(0, 9)} == scores(fresh)
        assert board.rejected == fresh.summary.rejected
    assert [scores(simulate(step, path)) for step in steps] == [
        {"a": 5, "b": 5},
        {"a": 4, "b": 2},
        {"a": 16, "b": 7},
        {"a": 5, "b": 5},
    ]
    assert simulate(OPENS, path).board.left_out == 3
    beside = compared(simulate(OPENS, path).board, both, "mql")
    assert {row.id: row.score for row in beside.before.page(0, 9)} == {"a": 16, "b": 7}


def test_putting_a_file_into_utf8_says_how_far_it_is_and_can_be_stopped(write: Written):
    path = write(f"id,opens\n{'1,1' * 400_000}\n".encode("utf-16"))
    shares: list[float] = []
    with opened(path, passed=shares.append) as table:
        assert table.columns == ("id", "opens")
    assert shares == sorted(shares)
    assert (len(shares) > 1, shares[-1]) == (True, 1)
    engine = Engine()
    engine.stop()
    with pytest.raises(Stopped), opened(path, passed=engine.passed):
        pass
    with opened(path, head=True, passed=shares.append) as table:
        assert table.columns == ("id", "opens")
    assert shares.count(1) == 1


@pytest.mark.parametrize(
    ("header", "name"),
    [("property_jobtitle", "title"), ("property_company", "company"), ("PROPERTY_Segment", "segment")],
)
def test_what_hubspot_calls_a_property_is_found_by_its_name(header: str, name: str):
    assert Names(("id", header), None).column(name) == 1
