"""Chinese, Japanese and Korean: faces that the extra ``cjk`` brings, at the weights in which text is set.

They come as variable fonts, whose own weight is far too thin to be read on paper: what a document uses of one is cut
out of it at the wanted weight. Widths are the same at all weights.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PACKAGE = "justmytype_intl_cjk"
_REGIONS = ("SC", "JP", "KR", "TC")
"""Who write the same ideographs in shapes of their own, in the order in which they are asked."""
_TAKEN = (
    (0x203B, 0x203B),
    *((0x2160, 0x2188), (0x2460, 0x26FF)),
    *((0x2E80, 0xA95F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF01, 0xFFEF)),
    (0x20000, 0x3FFFF),
)
"""What is taken of these faces: neither letters that others draw better, nor parts that would have to be joined."""
_REGULAR, _STRONG = 400, 600

_region: ContextVar[str] = ContextVar("region", default=_REGIONS[0])


@dataclass(frozen=True, slots=True)
class Cut:
    """A variable font at one weight, and what that is called."""

    name: str
    file: Path
    weight: int


def taken(point: int) -> bool:
    """Whether a character is taken from these faces where the others lack it."""
    return any(first <= point <= last for first, last in _TAKEN)


@contextmanager
def written_in(language: str) -> Generator[None]:
    """Ideographs are set in the shapes that the readers of a language are used to, given as a tag such as ``zh-TW``."""
    token = _region.set(_region_of(language))
    try:
        yield
    finally:
        _region.reset(token)


def _region_of(language: str) -> str:
    first, *rest = language.casefold().split("-")
    if first == "zh" and {"hant", "tw", "hk", "mo"} & set(rest):
        return "TC"
    return {"ja": "JP", "ko": "KR"}.get(first, _REGIONS[0])


def cuts(strong: bool) -> tuple[Cut, ...]:
    """The faces that are installed, those for the language first; none without the extra."""
    return _cuts(_region.get(), strong)


@cache
def _cuts(region: str, strong: bool) -> tuple[Cut, ...]:
    order = sorted(_REGIONS, key=lambda one: one != region)
    called, weight = ("SemiBold", _STRONG) if strong else ("Regular", _REGULAR)
    files = {one: _folder() / f"notosans{one.lower()}" / f"NotoSans{one}[wght].ttf" for one in order}
    return tuple(Cut(f"NotoSans{one}-{called}", file, weight) for one, file in files.items() if file.is_file())


@cache
def _folder() -> Path:
    """Where the fonts lie; a folder that does not exist where they are not installed."""
    found = find_spec(_PACKAGE) if find_spec("fontTools") else None
    return Path(found.origin).parent / "fonts" / "ofl" if found and found.origin else Path()


def font(cut: Cut) -> Any:
    """reportlab's object for a cut."""
    from reportlab.pdfbase import ttfonts

    held: Any = ttfonts.TTFont(cut.name, str(cut.file), asciiReadable=False)
    held.face.name = cut.name.encode()

    def subset(points: Sequence[int]) -> Any:
        return ttfonts.TTFontFace(io.BytesIO(_cut_out(cut, points))).makeSubset(points)

    held.face.makeSubset = subset
    return held


def _cut_out(cut: Cut, points: Sequence[int]) -> bytes:
    """A static font of some characters at the weight of ``cut``."""
    # Without a handler of its own, what it warns of ends up on the terminal.
    import logging

    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    # By name, for its modules have no types that could be checked.
    subset, instancer = import_module("fontTools.subset"), import_module("fontTools.varLib.instancer")
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "HVAR", "MVAR", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    target = io.BytesIO()
    with import_module("fontTools.ttLib").TTFont(cut.file, lazy=True, recalcTimestamp=False) as whole:
        cutter.subset(whole)
        instancer.instantiateVariableFont(whole, {"wght": cut.weight}, inplace=True)
        whole.save(target)
    return target.getvalue()
