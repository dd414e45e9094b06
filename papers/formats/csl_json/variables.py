"""The types and variables of CSL 1.0.2, and what other programs call them."""

# fmt: off
TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
})
# Those that hold one text.
TEXTS = frozenset({
    "abstract", "annote", "archive", "archive_collection", "archive_location", "archive-place",
    "authority", "call-number", "chapter-number", "citation-key", "citation-label",
    "collection-number", "collection-title", "container-title", "container-title-short",
    "dimensions", "division", "DOI", "edition", "event", "event-place", "event-title", "genre",
    "ISBN", "ISSN", "issue", "jurisdiction", "keyword", "language", "license", "medium", "note",
    "number", "number-of-pages", "number-of-volumes", "original-publisher",
    "original-publisher-place", "original-title", "page", "page-first", "part", "part-title",
    "PMCID", "PMID", "printing", "publisher", "publisher-place", "references", "reviewed-genre",
    "reviewed-title", "scale", "section", "source", "status", "supplement", "title",
    "title-short", "URL", "version", "volume", "volume-title", "volume-title-short",
    "year-suffix",
})
DATES = frozenset({
    "accessed", "available-date", "event-date", "issued", "original-date", "submitted",
})
# fmt: on

KINDS = {
    "article": "article",
    "article-journal": "article-journal",
    "article-magazine": "article-magazine",
    "article-newspaper": "article-newspaper",
    "bill": "legislation",
    "book": "book",
    "chapter": "chapter",
    "dataset": "dataset",
    "document": "document",
    "entry": "entry",
    "entry-dictionary": "entry",
    "entry-encyclopedia": "entry",
    "legal_case": "legislation",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "motion_picture": "motion_picture",
    "paper-conference": "paper-conference",
    "patent": "patent",
    "post": "post-weblog",
    "post-weblog": "post-weblog",
    "regulation": "legislation",
    "report": "report",
    "review": "article-journal",
    "review-book": "article-journal",
    "software": "software",
    "speech": "speech",
    "standard": "report",
    "thesis": "thesis",
    "webpage": "webpage",
    # The registries' and reference managers' own.
    "blogpost": "post-weblog",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "booksection": "chapter",
    "computerprogram": "software",
    "conferencepaper": "paper-conference",
    "dissertation": "thesis",
    "edited-book": "book",
    "encyclopediaarticle": "entry",
    "journal-article": "article-journal",
    "journalarticle": "article-journal",
    "magazinearticle": "article-magazine",
    "monograph": "book",
    "newspaperarticle": "article-newspaper",
    "posted-content": "article",
    "preprint": "article",
    "presentation": "speech",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
    "videorecording": "motion_picture",
}

# What a registry says of its own record, or of other works.
# fmt: off
OF_THE_REGISTRY = frozenset({
    "alternative-id", "assertion", "content-created", "content-domain", "content-updated",
    "created", "deposited", "funder", "indexed", "is-referenced-by-count", "issn-type",
    "isbn-type", "journal-issue", "license", "link", "member", "prefix", "published",
    "published-online", "published-print", "reference", "reference-count", "references-count",
    "relation", "resource", "score", "update-policy", "posted", "accepted", "approved",
})
# fmt: on

# What others call a variable that is no detail of an entry.
NAMES = {
    "short-container-title": "container-title-short",
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "short-title": "title-short",
}
