"""The one table of what a record says of a work: its details.

A field of `Details` is a row of the table. A group's paper has a column for each; everything else
follows from here: forms, the paper's page, comparing, merging, archives, look-ups, and every format
that reads or writes them. A detail that a format has no way of its own for is text in one line,
under the names that its row gives.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

# Whatever else a record says: names and texts, in their order.
Further = tuple[tuple[str, str], ...]


class DetailKind(Enum):
    """The kind of a value, which says how it is stored and what happens if it is too long."""

    # Text in one line, clipped.
    PROSE = "prose"
    # Text in one line; nothing is better than a part of it.
    TERM = "term"
    # Text in paragraphs, clipped.
    PARAGRAPHS = "paragraphs"
    # A number from 1 to 2200.
    YEAR = "year"
    # A type of CSL that `kinds` knows.
    TYPE = "type"
    # Pairs of a name and a text.
    PAIRS = "pairs"


class DetailPlace(Enum):
    """The places of a detail on a paper's page and in its form."""

    # At the head of the page, and first in the form.
    HEAD = "head"
    # Among the metadata, and under *More* in the form.
    METADATA = "metadata"
    # Nowhere on the page, but under *More* in the form.
    FORM = "form"
    # Nowhere: it only comes and goes with records.
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Detail:
    label: str
    kind: DetailKind = DetailKind.TERM
    place: DetailPlace = DetailPlace.METADATA
    # What the form says of it.
    help_text: str = ""
    # Whether a look-up may fill it in.
    is_looked_up: bool = True
    # Whether, of two papers that are merged, the longer text is the better one.
    is_better_longer: bool = False
    # Whether a line of a list in Markdown says it.
    is_on_a_line: bool = False
    # Whether it is a number or address that the work is known by.
    is_identifier: bool = False
    # Its column in our own CSV; the label unless said otherwise.
    column: str = ""
    # What other tables call it, in the order in which they are believed; see `csv.columns`.
    columns: str = ""
    # The fields of BibTeX that say it, the tags of RIS, the variables of CSL and the meta tag of a
    # page; the first is written where the format has no way of its own for it.
    bibtex: tuple[str, ...] = ()
    ris: tuple[str, ...] = ()
    csl: tuple[str, ...] = ()
    meta_tag: str = ""

    @property
    def fields_of_bibtex(self) -> tuple[str, ...]:
        """The fields of BibTeX that say it; BibTeX takes any name."""
        return self.bibtex or ("".join(filter(str.isalnum, self.label.lower())),)


def detail(label: str, default: Any = "", **facts: Any) -> Any:
    """Declare a field of `Details` with its row of the table."""
    return field(default=default, metadata={"detail": Detail(label, **facts)})


# fmt: off
@dataclass(frozen=True, slots=True)
class Details:
    """The details of a work. Those that a record does not give are empty."""

    title: str = detail(
        "Title", kind=DetailKind.PROSE, place=DetailPlace.HEAD, is_on_a_line=True, column="title",
        columns="title, paper title, document title, article title, item title, primary title, "
        "display name, paper, papers, article, paper name, titel, titre, titulo, 标题, 题名, 篇名, "
        "論文, 论文, 论文标题, 论文题目, 文献标题, TI, beitrag, artikel, aufsatz, articulo, "
        "titolo, название, заголовок, статья, العنوان, عنوان, כותרת, מאמר, タイトル, 論文名, 제목, "
        "논문, 논문 제목, reading, readings, name, file name, note name",
        bibtex=("title",), ris=("TI",), csl=("title",), meta_tag="citation_title",
    )
    # People as `people` has them: as someone wrote them, or `Family, Given; Family, Given`.
    authors: str = detail(
        "Authors", kind=DetailKind.PROSE, place=DetailPlace.HEAD, is_on_a_line=True,
        is_better_longer=True,
        help_text="As they should appear on the list, for example “Han et al.”", column="authors",
        columns="authors, author, author names, authors names, author full names, creators, "
        "creator, written by, by, autoren, autor, autorinnen, autorin, verfasser, auteurs, "
        "auteur, autores, autora, autore, autori, 作者, автор, авторы, المؤلف, المؤلفون, מחבר, "
        "מחברים, 著者, 저자, AU, AF",
        bibtex=("author",), ris=("AU",), csl=("author",),
    )
    venue: str = detail(
        "Venue", kind=DetailKind.PROSE, place=DetailPlace.HEAD, is_on_a_line=True,
        is_better_longer=True,
        help_text="Where it was published, for example “NeurIPS”.", column="venue",
        columns="publication title, journal, journal title, journal name, journal book, source "
        "title, publication, publication name, published in, container title, container, venue, "
        "conference, conference name, proceedings title, book title, booktitle, periodical, "
        "secondary title, conference journal, journal conference, source, zeitschrift, konferenz, "
        "erschienen in, publikation, revue, conference revue, publie dans, revista, conferencia, "
        "publicacion, 期刊, 来源, 刊名, 会议, 出处, 期刊会议, 文献来源, SO, journal abbreviation, "
        "meeting name",
        ris=("T2",), csl=("container-title",),
    )
    year: int | None = detail(
        "Year", None, kind=DetailKind.YEAR, place=DetailPlace.HEAD, is_on_a_line=True,
        column="year",
        columns="publication year, year, pub year, published year, year of publication, "
        "year published, jahr, erscheinungsjahr, annee, annee de publication, ano, "
        "ano de publicacion, anno, 年份, 年, 出版年, 发表年份, 发表年度, год, السنة, سنة, "
        "שנה, 연도, 년도, PY",
        ris=("PY",), csl=("issued",),
    )
    # A web address; a file beside the list is no address.
    url: str = detail(
        "Link", place=DetailPlace.HEAD, is_on_a_line=True, is_looked_up=False, column="link",
        columns="url, link, links, urls, paper url, paper link, article url, web address, website, "
        "web page, source url, source urls, external url, full text url, fulltext url, pdf link, "
        "pdf url, pdf, href, adresse, webadresse, lien, liens, enlace, enlaces, 链接, 网址, 地址, "
        "UR",
        bibtex=("url",), ris=("UR",), csl=("URL",),
    )
    doi: str = detail(
        "DOI", place=DetailPlace.HEAD, is_on_a_line=True, is_identifier=True,
        columns="doi, item doi, digital object identifier, doi link, doi url, DI",
        bibtex=("doi",), ris=("DO",), csl=("DOI",), meta_tag="citation_doi",
    )
    arxiv: str = detail(
        "arXiv ID", place=DetailPlace.HEAD, is_on_a_line=True, is_identifier=True, column="arXiv",
        columns="arxiv, arxiv id, arxiv number, arxiv no, arxiv link, arxiv url, eprint",
        bibtex=("eprint",), ris=("AN",), csl=("archive", "archive_location"),
        meta_tag="citation_arxiv_id",
    )
    # A type of CSL: article-journal, paper-conference, book, chapter, thesis …
    kind: str = detail(
        "Kind", kind=DetailKind.TYPE, column="type",
        columns="item type, entry type, document type, publication type, content type, "
        "reference type, type, kind, dokumenttyp, typ, art, type de document, tipo, "
        "tipo de documento, 类型, 文献类型, 文章类型, DT",
        ris=("TY",), csl=("type",),
    )
    editors: str = detail(
        "Editors", kind=DetailKind.PROSE, is_better_longer=True, column="editors",
        help_text="Write them as “Family, Given; Family, Given”.",
        columns="editors, editor, herausgeber, editores, 编者, 主编, ED",
        bibtex=("editor",), ris=("A2",), csl=("editor",),
    )
    volume: str = detail(
        "Volume", column="volume",
        columns="volume, vol, journal volume, volume number, band, tome, volumen, 卷, VL",
        bibtex=("volume",), ris=("VL",), csl=("volume",), meta_tag="citation_volume",
    )
    issue: str = detail(
        "Issue", column="issue",
        columns="issue, issue number, journal issue, number, heft, ausgabe, numero, 期, 期号, IS",
        ris=("IS",), csl=("issue",), meta_tag="citation_issue",
    )
    # 12-34
    pages: str = detail(
        "Pages", is_better_longer=True, help_text="For example 12-34.", column="pages",
        columns="pages, page, page range, page numbers, seiten, seite, paginas, 页码, 页, 页数",
        bibtex=("pages",), ris=("SP", "EP"), csl=("page",),
    )
    publisher: str = detail(
        "Publisher", kind=DetailKind.PROSE, is_better_longer=True, column="publisher",
        columns="publisher, verlag, editeur, maison d edition, editorial, 出版社, 出版者, PU",
        bibtex=("publisher",), ris=("PB",), csl=("publisher",), meta_tag="citation_publisher",
    )
    # The day or month where more than the year is known: 2021-04-21, 2021-04.
    published: str = detail(
        "Published", is_better_longer=True, column="date",
        help_text="If you know more than the year: 2021-04-21 or 2021-04.",
        columns="date, publication date, date published, published, published date, cover date, "
        "pub date, datum, erscheinungsdatum, date de publication, fecha, fecha de publicacion, "
        "日期, 发表日期, 出版日期, 发表时间, day, jour, дата, "
        "التاريخ, تاريخ, תאריך, 日付, 日時, 날짜",
        ris=("DA",), csl=("issued",),
    )
    # Digits alone, the last of which may be an X. Several are parted by blanks.
    isbn: str = detail(
        "ISBN", is_identifier=True, columns="isbn 13, isbn13, isbn, isbns, isbn 10, isbn10, BN",
        bibtex=("isbn",), ris=("SN",), csl=("ISBN",), meta_tag="citation_isbn",
    )
    issn: str = detail(
        "ISSN", columns="issn, issns, print issn, eissn, e issn, electronic issn, SN",
        bibtex=("issn",), ris=("SN",), csl=("ISSN",), meta_tag="citation_issn",
    )
    pmid: str = detail(
        "PMID", is_identifier=True, column="PubMed", columns="pmid, pubmed, pubmed id",
        bibtex=("pmid",), csl=("PMID",), meta_tag="citation_pmid",
    )
    openalex: str = detail(
        "OpenAlex ID", is_identifier=True, column="OpenAlex", columns="openalex, openalex id",
        bibtex=("openalex",),
    )
    semantic_scholar: str = detail(
        "Semantic Scholar ID", is_identifier=True, column="Semantic Scholar",
        columns="semantic scholar, semantic scholar id, s2id, s2 paper id",
        bibtex=("semanticscholar",),
    )
    language: str = detail(
        "Language", column="language",
        columns="language, lang, language of original document, sprache, langue, idioma, 语言, "
        "语种, LA",
        bibtex=("language", "langid"), ris=("LA",), csl=("language",),
        meta_tag="citation_language",
    )
    # Parted by `; `.
    keywords: str = detail(
        "Keywords", kind=DetailKind.PROSE, is_better_longer=True, is_looked_up=False,
        column="keywords",
        help_text="Separate them by semicolons.",
        columns="manual tags, keywords, keyword, author keywords, tags, automatic tags, labels, "
        "index keywords, ieee terms, mesh terms, subjects, subject terms, schlagworter, "
        "schlagworte, stichworter, stichworte, schlusselworter, mots cles, etiquettes, "
        "palabras clave, etiquetas, 关键词, 关键字, 标签, DE, ID",
        bibtex=("keywords",), ris=("KW",), csl=("keyword",),
    )
    # Plain text; blank lines part its paragraphs.
    abstract: str = detail(
        "Abstract", kind=DetailKind.PARAGRAPHS, place=DetailPlace.HEAD, is_better_longer=True,
        column="abstract",
        columns="abstract, abstract note, abstracts, summary, zusammenfassung, kurzfassung, "
        "resume, resumen, 摘要, AB",
        bibtex=("abstract",), ris=("AB",), csl=("abstract",),
    )
    # The key that cites it in LaTeX. It is no identity.
    citation_key: str = detail(
        "Citation key", is_looked_up=False, column="citation key",
        help_text="The key that cites it in LaTeX.",
        columns="citation key, cite key, citekey, bibtex key, bibtexkey, key",
        ris=("ID",), csl=("citation-key",),
    )
    further: Further = detail(  # noqa: RUF009
        "Further", (), kind=DetailKind.PAIRS, place=DetailPlace.NOWHERE, is_better_longer=True,
        is_looked_up=False, column="further",
    )
# fmt: on


DETAILS: dict[str, Detail] = {one.name: one.metadata["detail"] for one in fields(Details)}
# Formats read and write these in ways of their own. All others are text in one line everywhere.
_IN_WAYS_OF_THEIR_OWN = {
    *("title", "authors", "venue", "year", "url", "doi", "arxiv", "kind", "editors", "volume"),
    *("issue", "pages", "publisher", "published", "isbn", "issn", "pmid", "openalex"),
    *("semantic_scholar", "language", "keywords", "abstract", "citation_key", "further"),
}
PLAIN = [name for name in DETAILS if name not in _IN_WAYS_OF_THEIR_OWN]


def names_where(holds: Callable[[Detail], bool]) -> tuple[str, ...]:
    """Return the names of the details of which something holds, in the order of the table."""
    return tuple(name for name, one in DETAILS.items() if holds(one))


def completed(said: Mapping[str, Any], read: Callable[[Detail], Any]) -> dict[str, Any]:
    """Add to what a format reads in its own way the details that it reads as any other."""
    return {name: read(one) for name, one in DETAILS.items() if name not in said} | dict(said)


def plain_details(work: object) -> Iterator[tuple[Detail, str]]:
    """Yield what a work says of the plain details."""
    for name in PLAIN:
        if value := getattr(work, name):
            yield DETAILS[name], value
