"""Text made safe to set: the unseen removed, what no face can draw spelt out, and where a line of it may end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence

_LINE_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_ODD_SPACES = re.compile("[\t\u2000-\u2006\u2008-\u200a\u205f\u3000]")
_DRAWS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_UNSEEN = ("Cc", "Cf", "Cs")
_FIRST_IDEOGRAPH = 0x2E80
_HANGUL = range(0xAC00, 0xD7A4)
"""Korean syllables, which are written in words with spaces between them."""
_NO_BREAK = "\u00a0\u2007\u202f"
_CLOSING = frozenset(
    "、。，．：；！？）〕］｝〉》」』】〙〗〟｡､｣’”…‥・･ー～〜ｰ々〻ゝゞヽヾ%％‰℃°),.:;!?]}»›"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯﾞﾟ" + _NO_BREAK
)
"""What no line begins with."""
_OPENING = frozenset("（〔［｛〈《「『【〘〖〝｢‘“([{«‹＄￥￡￦$¥£€₩№" + _NO_BREAK)
"""What no line ends with."""


def clean(text: str) -> str:
    """``text`` without controls, soft hyphens, direction marks, joiners and whatever else draws nothing.

    Letters and their marks are composed where one character stands for both; line feeds stay.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _ODD_SPACES.sub(" ", _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    return "".join(c for c in _DRAWS_NOTHING.sub("", text) if c == "\n" or unicodedata.category(c) not in _UNSEEN)


def one_line(text: str) -> str:
    """Clean ``text`` without line breaks, for what is not set on a page."""
    return clean(text).replace("\n", " ")


def spell_out(char: str) -> str:
    """A character no face can draw, as its code point: ``[U+1F680]``."""
    return f"[U+{ord(char):04X}]"


Face = tuple[str, Container[int]]
"""A face's name and the code points it can draw."""


def _faced(char: str, faces: Sequence[Face], current: str) -> tuple[str, str]:
    if char.isspace():
        return current, char
    for name, drawn in faces:
        if ord(char) in drawn:
            return name, char
    return faces[0][0], spell_out(char)


def pieces(text: str, faces: Sequence[Face]) -> Iterator[tuple[str, str]]:
    """Clean ``text`` cut into (face, text): each piece in the first of ``faces`` that can draw it."""
    first, drawn = faces[0]
    if all(ord(char) in drawn for char in text):
        yield first, text
        return
    held, name = "", first
    for char in text:
        face, shown = _faced(char, faces, name)
        if face != name and held:
            yield name, held
            held = ""
        held, name = held + shown, face
    if held:
        yield name, held


def parted(text: str, faces: Sequence[Face]) -> Iterator[str]:
    """Clean ``text`` without spaces cut where a line may end all the same: between ideographs, and code points."""
    start = 0
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if before in _OPENING or after in _CLOSING or unicodedata.category(after)[0] == "M":
            continue
        if _breaks(before, faces) or _breaks(after, faces):
            yield text[start:at]
            start = at
    yield text[start:]


def _breaks(char: str, faces: Sequence[Face]) -> bool:
    point = ord(char)
    if any(point in drawn for _, drawn in faces):
        return point >= _FIRST_IDEOGRAPH and point not in _HANGUL
    return True
