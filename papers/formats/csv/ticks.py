"""Read ticks and statuses in the words that tables have for them."""

from papers.formats.csv.columns import word

READ, TO_READ = "read", "to read"
_MARKS = {True: "✓✔✅☑xX☒", False: "☐□✗✘❌"}
_WORDS = {
    True: "read, yes, y, true, 1, done, finished, completed, complete, checked, gelesen, ja, "
    "erledigt, fertig, lu, lue, oui, fait, termine, leido, si, hecho, terminado, 已读, 是, 读完, "
    "完成, 已完成",
    False: "to read, toread, unread, not read, no, n, false, 0, todo, to do, open, unchecked, "
    "not started, planned, want to read, tbr, wishlist, wish list, next up, backlog, "
    "ungelesen, nein, offen, zu lesen, a lire, non lu, non, por leer, "
    "sin leer, pendiente, 未读, 否, 待读, 想读",
}
_MEANT = {word(one): is_read for is_read, words in _WORDS.items() for one in words.split(", ")}
# Statuses beyond read and to read, by what an entry calls them.
_STATUSES = {
    "reading": "reading, currently reading, in progress, started, doing, ongoing, wip, am lesen, "
    "angefangen, in arbeit, lese gerade, en cours, en cours de lecture, leyendo, en curso, 在读, "
    "阅读中, 进行中",
    "skimmed": "skimmed, browsed, überflogen, quergelesen, parcouru, survole, ojeado, 略读",
    "skipped": "skipped, did not finish, dnf, abandoned, stopped, stopped reading, gave up, "
    "dropped, abgebrochen, übersprungen, abandonne, abandonado, 弃读, 跳过",
}
_STATUS = {word(one): status for status, words in _STATUSES.items() for one in words.split(", ")}


def status(text: str) -> str:
    """Reading, skimmed or skipped; empty for anything else."""
    return _STATUS.get(word(text), "")


def tick(text: str) -> bool | None:
    """Read, to read, or not said: `status` knows what else there is. A mark may
    precede the word, as people choose them in Notion."""
    text = text.strip()
    for is_read, marks in _MARKS.items():
        if text and text[0] in marks and len(text) < 3:
            return is_read
    return _MEANT.get(word(text))
