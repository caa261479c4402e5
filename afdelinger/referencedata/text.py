"""From bytes to text: the mistakes an editor or a mail program makes before YAML is even looked at."""

import re

from .problems import Problem

LARGEST_FILE = 5_000_000
LINE_END = re.compile("\r\n|\r|\n")
# Control characters (all but tab and line ends) and code points that are no characters.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# UTF-8 that was read as Windows-1252 and saved again: "Ã¸" for "ø".
MANGLED = re.compile(r"Ã[\x80-\xbf†˜…]")
TAB_INDENT = re.compile(r"^ *\t")
LINE_FAULTS = [
    (MANGLED, "Æ, ø eller å er blevet ødelagt (fx 'Ã¸'). Ret bogstaverne, og gem som UTF-8."),
    (FORBIDDEN, "Linjen indeholder et usynligt styretegn. Slet linjen, og skriv den igen."),
    (TAB_INDENT, "Linjen er rykket ind med tabulator. Brug mellemrum i stedet."),
]


def decode(name: str, content: bytes) -> tuple[str, list[Problem]]:
    """The file's text and what is wrong with it; no text when it cannot be read at all."""
    if len(content) > LARGEST_FILE:
        return "", [Problem(name, None, "", "Filen er for stor. En fil må højst fylde 5 MB.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", [_wrong_encoding(name, content, error.start)]
    if not text.strip():
        return "", [Problem(name, None, "", "Filen er tom.")]
    return text, _bad_lines(name, text)


def _wrong_encoding(name, content, start):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(name, None, "", 'Filen er gemt som UTF-16 ("Unicode"). Gem den igen som UTF-8.')
    line = content.count(b"\n", 0, start) + 1
    return Problem(
        name,
        line,
        "",
        "Filen er ikke gemt som UTF-8, men nok som Windows-1252 (ANSI), så æ, ø og å "
        "kan ikke læses. Vælg tegnkodningen UTF-8, når du gemmer.",
    )


def _bad_lines(name, text):
    problems = []
    for number, line in enumerate(LINE_END.split(text), start=1):
        for pattern, message in LINE_FAULTS:
            if pattern.search(line):
                problems.append(Problem(name, number, "", message))
                break
    return problems
