"""Texts that break readers, and what is documented as stripped from texts."""

from __future__ import annotations

STRIPPED = [
    ("a\x00b\x07c\x7fd\x9be", "abcde"),
    ("\x1b[31mred\x1b[0m", "[31mred[0m"),
    ("\x1b]8;;http://x\x07link", "]8;;http://xlink"),
    ("\u202eevil\u202c \u2066x\u2069", "evil x"),
    ("lone\ud800\udfff\udc80ly", "lonely"),
    ("\ufeffmark", "mark"),
    ("tab\tbed", "tab bed"),
]
KEPT = (
    *(
        "]]",
        '"""',
        "'''",
        '"',
        '""',
        "\\",
        "\\u0000",
        "\\x1b",
        "#",
        "[x]",
        "[[x]]",
        "{ a = 1 }",
        "a = 1",
        "=",
        ",",
        ".",
    ),
    *("<<<<<<< ours", "=======", ">>>>>>> theirs", "null", "None", "nan", "true", "0x10", "2027-01-31", "1e400", "-"),
    *("[bold]red[/]", "<script>alert(1)</script>", "=HYPERLINK(1)", "%s%n", "{0}", "${HOME}", "$(id)", "`id`", "; ls"),
    *(
        "e\u0301",
        "Å",
        "ß",
        "שלום",
        "مرحبا",
        "👩\u200d👩\u200d👧",
        "🇺🇳",
        "𝄞",
        "x\u00a0y",
        "\u200bx",
        "漢字",
        "Ω≈ç√∫",
    ),
    *("../../etc/passwd", "CON", "a/b", "C:\\x", "' OR 1=1 --", "\\\\server\\share", "end\\"),
)
