"""The tags and types of RIS, as the programs use them that write it."""

# What a tag says that is no detail of its own, by the names of CSL.
FURTHER_NAMES = {
    "CY": "publisher-place",
    "ET": "edition",
    "J2": "container-title-short",
    "N1": "note",
    "ST": "title-short",
    "T3": "collection-title",
    "Y2": "accessed",
}
TAG_OF_FURTHER = {name: tag for tag, name in FURTHER_NAMES.items()}

KINDS = {
    "ABST": "article-journal",
    "BILL": "legislation",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legislation",
    "CHAP": "chapter",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry",
    "GOVDOC": "report",
    "INPR": "article-journal",
    "JFULL": "article-journal",
    "JOUR": "article-journal",
    "LEGAL": "legislation",
    "MANSCPT": "manuscript",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "NEWS": "article-newspaper",
    "PAT": "patent",
    "PREPRINT": "article",
    "RPRT": "report",
    "SLIDE": "speech",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "manuscript",
    "UNPD": "manuscript",
    "VIDEO": "motion_picture",
    "WEB": "webpage",
    "WHOLE": "book",
}
TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry": "ENCYC",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "motion_picture": "VIDEO",
    "paper-conference": "CONF",
    "patent": "PAT",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "speech": "SLIDE",
    "thesis": "THES",
    "webpage": "ELEC",
}
# A work of any type. What it is the record leaves open.
ANY = "GEN"

TITLES = ("TI", "T1", "CT", "BT", "TT", "ST")
AUTHORS = ("AU", "A1")
EDITORS = ("A2", "ED")
VENUES = ("JF", "T2", "JO", "BT", "C3", "JA", "J2", "J1", "T3")
DAYS = ("DA", "Y1", "PY")
YEARS = ("PY", "Y1", "YR", "DA")
LINKS = ("UR", "LK", "L2", "L1")
DOIS = ("DO", "DI", "M3", "L3", "UR", "LK", "L2", "N1")

# Those of which a line may begin with odd spacing: `AU - `, `AU  -`.
KNOWN = frozenset(
    {
        *(f"{letter}{number}" for letter in "ACLMT" for number in range(1, 5)),
        *("A5", "A6", "C5", "C6", "C7", "C8", "J1", "J2", "N1", "N2", "U1", "U2", "Y1", "Y2"),
        *("AB", "AD", "AN", "AU", "AV", "BT", "CA", "CN", "CP", "CT", "CY", "DA", "DB", "DI"),
        *("DO", "DP", "ED", "EP", "ER", "ET", "ID", "IS", "JA", "JF", "JO", "KW", "LA", "LB"),
        *("LK", "NV", "OP", "PB", "PY", "RI", "RN", "RP", "SE", "SN", "SP", "ST", "TA", "TI"),
        *("TT", "TY", "UR", "VL", "VO", "YR"),
    }
)
