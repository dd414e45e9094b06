"""Whether somebody has read it, in the words that tables have for that."""

from papers.formats.csv.columns import word

READ, TO_READ = "read", "to read"
_MARKS = {True: "✓✔✅☑xX☒", False: "☐□✗✘❌"}
_WORDS = {
    True: "read, yes, y, true, 1, done, finished, completed, complete, checked, gelesen, ja, "
    "erledigt, fertig, lu, lue, oui, fait, termine, leido, si, hecho, terminado, 已读, 是, 读完, "
    "完成, 已完成",
    False: "to read, toread, unread, not read, no, n, false, 0, todo, to do, open, unchecked, "
    "not started, planned, ungelesen, nein, offen, zu lesen, a lire, non lu, non, por leer, "
    "sin leer, pendiente, 未读, 否, 待读, 想读",
}
_MEANT = {word(one): is_read for is_read, words in _WORDS.items() for one in words.split(", ")}


def tick(text: str) -> bool | None:
    """Read, to read, or not said; who is reading it has not read it."""
    text = text.strip()
    for is_read, marks in _MARKS.items():
        if text and text[0] in marks and len(text) < 3:
            return is_read
    return _MEANT.get(word(text))
