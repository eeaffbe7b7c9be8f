"""What every room's tests share: how hard hypothesis looks, and a state folder of the test's own.

The suite draws few examples and always the same ones, so that a run says the same twice and is soon done.
``HYPOTHESIS_PROFILE=deep`` looks further, with new examples each time: 2,000 of each property, 3,000 random merges (in
``tests/agreement/test_merge.py`` and ``tests/record/test_merging.py``), a kill at every call (in
``tests/cli/test_kill.py``) and, with ``SLA_TUI_EXAMPLES=20000``, so many random edits (in
``tests/record/test_random_edits.py``).
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

if sys.dont_write_bytecode:
    # Whoever wants no bytecode in the checkout still does not want to compile all of it in every worker and in every
    # program that a test starts.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "small", max_examples=20, derandomize=True, database=None, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile("deep", max_examples=2000, deadline=None, suppress_health_check=_SLOW_IS_FINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "small"))


def pytest_collection_finish() -> None:
    """Leaves what was read for all tests out of every later search for garbage, and searches less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    """Lets go of it at the end: libraries that count what is left over at exit would report it."""
    gc.unfreeze()


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the program remembers things during one test."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("SLA_TUI_STATE", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder
