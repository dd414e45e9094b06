"""What a column holds, told by its name."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from papers.formats.csv.programs import program_of

# The name of each of our own columns, by what an entry calls it. A table of ours has all of them in
# this order, `status` only where somebody's ticks are written.
OURS = {
    "title": "title",
    "authors": "authors",
    "venue": "venue",
    "year": "year",
    "url": "link",
    "doi": "DOI",
    "arxiv": "arXiv",
    "topic": "topic",
    "checked": "status",
    "note": "notes",
    "kind": "type",
    "editors": "editors",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "publisher": "publisher",
    "published": "date",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PubMed",
    "openalex": "OpenAlex",
    "semantic_scholar": "Semantic Scholar",
    "language": "language",
    "keywords": "keywords",
    "abstract": "abstract",
    "citation_key": "citation key",
    "file": "file",
    "further": "further",
}
# In English, German, French, Spanish and Chinese, and as Web of Science calls it; what is believed
# first stands first. Case, accents, blanks and punctuation do not matter.
_NAMES = {
    "title": "title, paper title, document title, article title, item title, primary title, "
    "display name, paper, papers, article, paper name, titel, titre, titulo, 标题, 题名, 篇名, "
    "論文, 论文, 论文标题, 论文题目, 文献标题, TI, name, file name, "
    "note name",
    "authors": "authors, author, author names, authors names, author full names, creators, "
    "creator, written by, by, autoren, autor, autorinnen, autorin, verfasser, auteurs, auteur, "
    "autores, autora, 作者, AU, AF",
    "editors": "editors, editor, herausgeber, editores, 编者, 主编, ED",
    "venue": "publication title, journal, journal title, journal name, journal book, source title, "
    "publication, publication name, published in, container title, container, venue, "
    "conference, conference name, proceedings title, book title, booktitle, periodical, "
    "secondary title, conference journal, journal conference, source, zeitschrift, konferenz, "
    "erschienen in, publikation, revue, conference revue, publie dans, revista, conferencia, "
    "publicacion, 期刊, 来源, 刊名, 会议, 出处, 期刊会议, 文献来源, SO, journal abbreviation, "
    "meeting name",
    "year": "publication year, year, pub year, published year, year of publication, "
    "year published, jahr, erscheinungsjahr, annee, annee de publication, ano, "
    "ano de publicacion, 年份, 年, 出版年, 发表年份, 发表年度, PY",
    "published": "date, publication date, date published, published, published date, cover date, "
    "pub date, datum, erscheinungsdatum, date de publication, fecha, fecha de publicacion, 日期, "
    "发表日期, 出版日期, 发表时间",
    "url": "url, link, links, urls, paper url, paper link, article url, web address, website, "
    "web page, source url, source urls, external url, full text url, fulltext url, pdf link, "
    "pdf url, pdf, href, adresse, webadresse, lien, liens, enlace, enlaces, 链接, 网址, 地址, UR",
    "doi": "doi, item doi, digital object identifier, doi link, doi url, DI",
    "arxiv": "arxiv, arxiv id, arxiv number, arxiv no, arxiv link, arxiv url, eprint",
    "abstract": "abstract, abstract note, abstracts, summary, zusammenfassung, kurzfassung, "
    "resume, resumen, 摘要, AB",
    "isbn": "isbn 13, isbn13, isbn, isbns, isbn 10, isbn10, BN",
    "issn": "issn, issns, print issn, eissn, e issn, electronic issn, SN",
    "pages": "pages, page, page range, page numbers, seiten, seite, paginas, 页码, 页, 页数",
    "first_page": "start page, page start, first page, beginning page, BP",
    "last_page": "end page, page end, last page, ending page, EP",
    "volume": "volume, vol, journal volume, volume number, band, tome, volumen, 卷, VL",
    "issue": "issue, issue number, journal issue, number, heft, ausgabe, numero, 期, 期号, IS",
    "publisher": "publisher, verlag, editeur, maison d edition, editorial, 出版社, 出版者, PU",
    "keywords": "manual tags, keywords, keyword, author keywords, tags, automatic tags, labels, "
    "index keywords, ieee terms, mesh terms, subjects, subject terms, schlagworter, schlagworte, "
    "stichworter, stichworte, schlusselworter, mots cles, etiquettes, palabras clave, etiquetas, "
    "关键词, 关键字, 标签, DE, ID",
    "kind": "item type, entry type, document type, publication type, content type, "
    "reference type, type, kind, dokumenttyp, typ, art, type de document, tipo, "
    "tipo de documento, 类型, 文献类型, 文章类型, DT",
    "topic": "topic, topics, category, categories, section, tag, group, theme, collection, "
    "collections, folder, thema, themen, kategorie, bereich, gruppe, abschnitt, categorie, "
    "rubrique, sujet, tema, temas, categoria, seccion, grupo, 主题, 类别, 分类, 专题, 领域, 方向, "
    "term, semester, quarter, trimester, module, unit, semestre, trimestre, 学期",
    "checked": "status, read, done, reading status, read status, checked, completed, finished, "
    "is read, have read, gelesen, erledigt, lu, fait, statut, leido, hecho, estado, 已读, 状态, "
    "阅读状态, 完成, 是否已读",
    "note": "notes, note, comments, comment, remarks, remark, bemerkungen, bemerkung, notizen, "
    "notiz, kommentare, kommentar, anmerkungen, anmerkung, remarques, remarque, commentaires, "
    "notas, nota, comentarios, comentario, 备注, 笔记, 评论, 注释, 说明",
    "language": "language, lang, language of original document, sprache, langue, idioma, 语言, "
    "语种, LA",
    "citation_key": "citation key, cite key, citekey, bibtex key, bibtexkey, key",
    "pmid": "pmid, pubmed, pubmed id",
    "openalex": "openalex, openalex id",
    "semantic_scholar": "semantic scholar, semantic scholar id, s2id, s2 paper id",
    "presenters": "presenter, presenters, presented by, speaker, vortragende, referent, "
    "referentin, presentateur, ponente, 报告人, 主讲人",
    # Further people beside the first, who has a column of their own.
    "more_authors": "co authors, coauthors, other authors, additional authors",
    "proposer": "proposer, proposed by, suggested by, vorgeschlagen von, propose par, 推荐人",
    "extra": "extra",
    "file": "file",
    # When and how the program that kept it did so.
    "": "date added, date modified, access date, file attachments, link attachments, "
    "library catalog, zotero key, query date, timestamp, created time, last edited time",
}
# A running number unless there are volumes, and pages of a newspaper.
_ISSUE_ONLY_WITH_VOLUME = {"number", "numero"}
_OF_ZOTERO = {"itemtype", "publicationtitle", "manualtags"}
# There a key is no citation key, and a section is that of a newspaper.
_ZOTERO_KEY = "zoterokey"
_NOT_IN_ZOTERO = {"section"}

Columns = dict[str, list[int]]


def word(name: str) -> str:
    """The name of a column as it is compared."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, bare))


_MEANT = {
    word(name): (meaning, rank)
    for meaning, names in _NAMES.items()
    for rank, name in enumerate(names.split(", "))
}
# `TI` and its like mean something only where the whole row speaks so.
_TAGS = {
    name.casefold() for names in _NAMES.values() for name in re.findall(r"\b[A-Z]{2}\b", names)
}
_LEAST_TAGS = 4


def meant(header: Sequence[str]) -> tuple[str, ...]:
    """What each column holds, as an entry calls it; one that nobody knows is its name after `?`.

    A column without a name, or called `#`, counts the rows and holds nothing of a paper.
    """
    words = [word(name) for name in header]
    if set(words) >= _OF_ZOTERO:
        words = [_ZOTERO_KEY if one == "key" else one for one in words]
    unknown = _unknown_among(words)
    program = program_of(words)
    special = {**program.personal, **program.meanings} if program else {}
    return tuple(
        special[one]
        if one in special
        else _MEANT[one][0]
        if one in _MEANT and one not in unknown
        else one and f"?{name.strip()}"
        for one, name in zip(words, header, strict=True)
    )


def ranked(header: Sequence[str], meanings: Sequence[str]) -> Columns:
    """Of each meaning the columns that have it, the one believed first standing first."""
    found: Columns = {}
    for at, meaning in enumerate(meanings):
        found.setdefault(meaning, []).append(at)
    for columns in found.values():
        columns.sort(key=lambda at: _MEANT.get(word(header[at]), ("", 0))[1])
    return found


def known(meanings: Iterable[str]) -> set[str]:
    """The details among the meanings."""
    return {meaning for meaning in meanings if meaning in _NAMES and meaning}


def _unknown_among(words: Sequence[str]) -> set[str]:
    """What means nothing in this company."""
    unknown: set[str] = set()
    if set(words) >= _OF_ZOTERO:
        unknown |= _NOT_IN_ZOTERO
    if not any(_MEANT.get(one, ("",))[0] == "volume" for one in words):
        unknown |= _ISSUE_ONLY_WITH_VOLUME
    if len(set(words) & _TAGS) < _LEAST_TAGS:
        unknown |= _TAGS
    return unknown
