"""What keeps the house liveable: who may import whom, what a module says of itself, and tests that can fail."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for folder in ("sla_tui", "tests") for path in (ROOT / folder).rglob("*.py"))
PROGRAM = [path for path in MODULES if path.is_relative_to(ROOT / "sla_tui")]
TESTS = [path for path in MODULES if path.name.startswith("test_")]
LONGEST = 400
"""Lines of the longest module there may be."""
HOMES = {
    "textual": ("tui",),
    "duckdb": ("scoring",),
    "numpy": ("scoring",),
    "sqlglot": ("scoring/warehouse",),
    "psycopg": ("scoring/warehouse",),
    "reportlab": ("publish",),
    "fontTools": ("publish/pdf",),
    "pyhanko": ("publish/signed",),
    "pyhanko_certvalidator": ("publish/signed",),
    "pypdf": ("publish/signed",),
    "pypdfium2": ("tui",),
    "tomlkit": ("record", "tui"),
    "filelock": ("record", "workshop"),
    "click": ("cli",),
}
"""The rooms each library is at home in, or the parts of them."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_rooms_import_downward_only() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == 0


def test_each_library_is_used_in_the_room_it_is_there_for() -> None:
    strays = [
        f"{name(path)} imports {library}"
        for path in PROGRAM
        for library in imported(path) & set(HOMES)
        if not path.relative_to(ROOT / "sla_tui").as_posix().startswith(tuple(f"{home}/" for home in HOMES[library]))
    ]
    assert not strays


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("sla_tui.agreement.check", ("textual", "duckdb", "numpy", "reportlab", "tomlkit", "click")),
        ("sla_tui.cli.commands", ("textual", "duckdb", "numpy", "reportlab", "sqlglot", "tomlkit", "pydantic")),
        ("sla_tui.tui.app", ("duckdb", "numpy", "reportlab", "sqlglot", "tomlkit")),
        ("sla_tui.workshop.warehouse", ("duckdb", "numpy", "sqlglot", "psycopg")),
        ("sla_tui.workshop.draft", ("textual", "duckdb", "numpy", "reportlab")),
        ("sla_tui.workshop.export", ("reportlab", "pyhanko", "pypdf", "filelock", "tomlkit", "platformdirs")),
        ("sla_tui.workshop.verifying", ("reportlab", "pyhanko", "pypdf")),
    ],
)
def test_what_is_slow_to_import_is_imported_where_it_is_used(module: str, heavy: tuple[str, ...]) -> None:
    program = f"import sys, {module}; print(*sorted({{*{heavy!r}}} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_modules_first_line_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in MODULES
        if path.name != "__init__.py"
        and not (ast.get_docstring(tree(path)) or "").partition("\n")[0].endswith((".", "?"))
    ]
    assert not silent


def test_no_module_is_too_long_to_be_read() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in PROGRAM}
    assert not {path: length for path, length in lengths.items() if length > LONGEST}


def test_nothing_is_left_to_do_and_no_check_is_switched_off_at_large() -> None:
    unfinished = re.compile(
        "|".join(("TO" + "DO", "FIX" + "ME", "type: " + "ignore", "pyright: " + "ignore", "pragma: " + "no"))
    )
    assert not [name(path) for path in PROGRAM if unfinished.search(path.read_text("utf-8"))]
    bare = re.compile("# no" + r"qa(?!: [A-Z]+[0-9]+)")
    assert not [name(path) for path in MODULES if bare.search(path.read_text("utf-8"))]


def _looks(node: ast.AST) -> bool:
    """Whether a statement can fail a test: an assertion about something, or an error that must be raised."""
    if isinstance(node, ast.Assert):
        return any(isinstance(part, (ast.Name, ast.Call, ast.Attribute)) for part in ast.walk(node.test))
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Name) and node.exc.id == "AssertionError"
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in ("raises", "warns", "fail")


def _lookers() -> set[str]:
    """The helpers of the tests that look at something themselves."""
    return {
        one.name
        for path in MODULES
        if path not in PROGRAM
        for one in functions(path)
        if any(map(_looks, ast.walk(one)))
    }


@pytest.mark.parametrize(
    ("body", "looks"),
    [
        ("assert x == 1", True),
        ("assert f()", True),
        ("with pytest.raises(ValueError): f()", True),
        ("assert True", False),
        ("assert 1 == 1", False),
        ("f()", False),
        ("x = 1", False),
    ],
)
def test_what_cannot_fail_is_told_from_what_can(body: str, looks: bool) -> None:
    assert any(map(_looks, ast.walk(ast.parse(body)))) is looks


def test_every_test_can_fail() -> None:
    lookers = _lookers()
    blind = [
        f"{name(path)}: {one.name}"
        for path in TESTS
        for one in functions(path)
        if one.name.startswith("test_")
        and not any(_looks(node) for node in ast.walk(one))
        and not {
            node.func.id for node in ast.walk(one) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        & lookers
        and "snap_compare" not in {argument.arg for argument in one.args.args}
    ]
    assert not blind


def test_no_test_asserts_a_tuple_or_a_constant() -> None:
    idle = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert) and isinstance(node.test, (ast.Tuple, ast.Constant, ast.JoinedStr))
    ]
    assert not idle


def test_no_test_hides_another_of_its_name() -> None:
    for path in TESTS:
        names = [node.name for node in tree(path).body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        assert len(names) == len(set(names)), name(path)


def test_every_test_file_stands_in_its_rooms_folder_under_a_name_of_its_own() -> None:
    rooms = {path.name for path in (ROOT / "sla_tui").iterdir() if path.is_dir() and not path.name.startswith("_")}
    folders = {path.relative_to(ROOT / "tests").parts[0] for path in TESTS}
    assert folders <= rooms | {"houses", "examples"}
    without_package = [path.name for path in TESTS if not (path.parent / "__init__.py").exists()]
    assert len(without_package) == len(set(without_package))


def test_the_readme_names_every_command() -> None:
    from sla_tui.cli.commands import front

    readme = (ROOT / "README.md").read_text("utf-8")
    shown = [name for name, command in front.commands.items() if not command.hidden]
    missing = [name for name in shown if f"`{name}`" not in readme]
    assert len(shown) == 26
    assert not missing
