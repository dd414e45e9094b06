"""Words of many languages that are common in titles, labels, names of venues, or beside papers."""

# fmt: off
FUNCTION_WORDS = frozenset([
    "the", "a", "an", "of", "for", "in", "on", "to", "and", "with", "from", "via", "by", "is",
    "are", "at", "as", "how", "why", "what", "do", "does", "can", "towards", "toward", "into",
    "der", "die", "das", "und", "ein", "eine", "für", "von", "zur", "zum", "über", "im", "mit",
    "le", "la", "les", "des", "du", "de", "et", "une", "un", "pour", "sur", "dans", "el", "los",
    "las", "y", "en", "del", "o", "da", "do", "os", "e", "il", "i", "per", "het", "een", "van",
    "att", "och", "і", "и", "в", "на", "о", "с", "для",
])
LABELS = frozenset([
    "pdf", "paper", "papers", "link", "links", "code", "html", "web", "arxiv", "doi", "pub",
    "abs", "url", "slides", "slide", "video", "videos", "project", "page", "website", "homepage",
    "blog", "bib", "bibtex", "poster", "supp", "supplementary", "demo", "dataset", "data",
    "github", "git", "notes", "note", "summary", "talk", "tweet", "twitter", "tutorial", "here",
    "text", "full", "openreview", "repo", "implementation", "readings", "reading", "title",
    "author", "authors", "venue", "year", "date", "presenter", "speaker", "source", "published",
    "abstract", "motivation", "comments", "comment", "tl;dr", "论文", "链接", "代码", "原文",
    "作者", "标题", "論文", "連結", "著者", "리뷰", "논문", "링크", "저자", "статья", "ссылка",
    "код", "автор", "авторы", "artikel", "volltext", "autor", "autoren", "titel", "article",
    "lien", "auteurs", "titre", "artículo", "enlace", "autores", "título",
])
VENUE_WORDS = frozenset([
    "conference", "conf", "journal", "proceedings", "proc", "transactions", "trans", "workshop",
    "workshops", "review", "letters", "symposium", "press", "arxiv", "preprint", "annals",
    "bulletin", "magazine", "corr", "biorxiv", "medrxiv", "ssrn", "thesis", "report", "findings",
    "university", "lecture", "international", "ieee", "acm", "usenix", "springer", "elsevier",
    "wiley", "nature", "science", "acta", "archives", "quarterly", "advances", "communications",
    "society", "research", "zeitschrift", "revue", "revista", "rivista", "tidskrift",
    "journal's", "журнал", "вестник", "труды", "вісник", "学报", "学会", "論文誌", "大会",
    "会议", "期刊", "학회", "학회지", "논문지", "مجلة", "كتب",
])
# In scripts without blanks these are parts of words.
PARTS_OF_VENUES = ("学报", "学会", "論文誌", "학회", "논문지", "مجلة", "журнал", "вестник", "труды")
# In the names of sections that hold other things than papers.
BESIDE_PAPERS = frozenset([
    "contents", "toc", "content", "news", "update", "updates", "changelog", "contributing",
    "contribute", "license", "licence", "tools", "toolboxes", "software", "libraries",
    "datasets", "data", "related", "resources", "links", "people", "maintainers", "contributors",
    "members", "acknowledgements", "acknowledgments", "citation", "cite", "reference", "quiz",
    "questions", "slides", "lectures", "material", "grading", "rules", "faq", "structure",
    "files", "inside", "table", "about", "schedule", "rubric", "features", "installation",
    "usage", "todo", "chores", "shopping", "events", "meetings", "目录", "更新", "贡献", "致谢",
    "inhalt", "lizenz", "courses", "course", "videos", "blogs", "talks", "frameworks",
    "lecturers", "instructors", "presenters", "agenda", "rota", "roadmap", "wishlist", "topics",
    "criteria", "commands", "workflow", "课程", "视频", "工具", "数据集", "资源", "博客",
])
# In the names of sections that hold papers.
OF_PAPERS = frozenset([
    "paper", "papers", "reading", "readings", "literature", "bibliography", "publications",
    "articles", "surveys", "references", "preprints", "classics", "论文", "文献", "论文列表",
    "阅读", "論文", "文献", "논문", "статьи", "литература", "литературы", "literatur", "lektüre",
    "artículos", "lecturas", "bibliografía", "bibliographie", "مراجع", "قراءة",
    "קריאה", "מאמרים",
])
TO_DO = frozenset([
    "todo", "todos", "to-do", "roadmap", "tasks", "checklist", "chores", "shopping", "steps",
    "milestones", "action", "actions", "minutes", "deadlines",
])
AND = frozenset([
    "and", "&", "und", "et", "y", "e", "en", "och", "i", "ve", "és", "và", "и", "та", "і", "και",
    "with",
])
# fmt: on
