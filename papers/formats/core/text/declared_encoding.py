"""The encoding that a file declares, in the ways in which programs write that."""

import codecs
import re

# Where programs write it, unless they write it into a comment at the end.
_SAMPLE = 4096
_SAID = (
    # <?xml version="1.0" encoding="ISO-8859-2"?>
    r"\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]+)[\"']",
    # JabRef: % Encoding: Cp1250
    r"^[ \t%#;/*]*encoding\s*[:=]\s*\"?([\w.:-]+)\"?[ \t]*$",
    # JabRef in a comment: @comment{jabref-meta: encoding:ISO8859_2;}
    r"jabref-meta:\s*encoding:\s*([\w.-]+)",
    # KBibTeX: @comment{x-kbibtex-encoding=latin1}
    r"x-kbibtex-encoding\s*=\s*([\w.:-]+)",
    # Emacs: -*- mode: bibtex; coding: iso-8859-1 -*-
    r"-\*-[^\n]{0,200}?\bcoding:\s*([\w.:-]+)",
    # Vim: vim: set fileencoding=latin2
    r"\bvim?:[^\n]{0,200}?\bf(?:ile)?enc(?:oding)?=([\w.-]+)",
    # BibDesk: %% Saved with string encoding Western (ISO Latin 1)
    r"^%%\s*Saved with string encoding ([^\n]{1,60}?)\s*$",
    # LaTeX: \usepackage[latin2]{inputenc}
    r"\[([\w.-]+)\]\s*\{inputenc\}",
)
_PATTERNS = tuple(re.compile(one, re.IGNORECASE | re.MULTILINE) for one in _SAID)

# What Java, LaTeX, Emacs and BibDesk call them, where Python's codecs have another name.
_NAMES = {
    "ansinew": "windows-1252",
    "applemac": "mac-roman",
    "macroman": "mac-roman",
    "western (iso latin 1)": "iso-8859-1",
    "western (iso latin 9)": "iso-8859-15",
    "western (windows latin 1)": "windows-1252",
    "western (mac os roman)": "mac-roman",
    "central european (iso latin 2)": "iso-8859-2",
    "central european (windows latin 2)": "windows-1250",
    "cyrillic (windows)": "windows-1251",
    "unicode (utf-8)": "utf-8",
    "utf8x": "utf-8",
}
# By the names of Python's codecs: those in which a byte below 128 is what it is in ASCII, and what
# each is called in a sentence and kept as.
_BELIEVED = {
    "utf-8": "utf-8",
    "ascii": "",
    "mac-roman": "mac-roman",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "euc_kr": "cp949",
    "cp949": "cp949",
    **{f"iso8859-{part}": f"iso-8859-{part}" for part in (*range(1, 12), *range(13, 17))},
    **{f"cp125{page}": f"windows-125{page}" for page in range(9)},
    **{f"cp{page}": f"cp{page}" for page in (437, 850, 852, 866)},
}


def of_bytes(data: bytes) -> str:
    """Return the encoding that the file says it is in; empty where it says none that can be
    believed.
    """
    return declared_encoding_of(
        data[:_SAMPLE].decode("latin-1") + "\n" + data[-_SAMPLE:].decode("latin-1")
    )


def declared_encoding_of(text: str) -> str:
    """Return the encoding that a decoded text declares, which it does in ASCII."""
    shown = text if len(text) <= 2 * _SAMPLE else f"{text[:_SAMPLE]}\n{text[-_SAMPLE:]}"
    said = (found[1] for pattern in _PATTERNS if (found := pattern.search(shown)))
    return next(filter(None, map(_named, said)), "")


def _named(name: str) -> str:
    name = _NAMES.get(name.casefold(), name)
    try:
        return _BELIEVED.get(codecs.lookup(name).name, "")
    except (LookupError, ValueError):
        return ""
