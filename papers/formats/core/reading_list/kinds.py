"""The kinds of works: the types of CSL, of those that people read together."""

KINDS = {
    "article-journal": "Article in a journal",
    "paper-conference": "Conference paper",
    "article": "Preprint",
    "chapter": "Chapter of a book",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "article-magazine": "Article in a magazine",
    "article-newspaper": "Article in a newspaper",
    "webpage": "Web page",
    "post-weblog": "Blog post",
    "entry": "Entry in a reference work",
    "speech": "Talk",
    "motion_picture": "Video",
    "dataset": "Data set",
    "software": "Software",
    "patent": "Patent",
    "legislation": "Law",
    "manuscript": "Manuscript",
    "document": "Something else",
}
