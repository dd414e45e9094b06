"""Links beside a title: what people call them, and which of them leads to the paper itself."""

import re
from dataclasses import dataclass
from functools import lru_cache

from papers.formats.core import identifiers

# fmt: off
_TO_THE_PAPER = frozenset({
    "abs", "abstract", "acl", "acm", "arxiv", "article", "biorxiv", "camera", "copy", "cvf",
    "direct", "doc", "doi", "download", "epub", "full", "full-text", "fulltext", "hal", "html",
    "http", "https", "ieee", "journal", "jmlr", "lien", "link", "online", "openreview", "paper",
    "papers", "paperlink", "pdf", "pmc", "pmlr", "preprint", "preprints", "ps", "pub",
    "publication",
    "publisher", "pubmed", "read", "site", "source", "springer", "ssrn", "tech", "text", "url",
    "version", "web", "webpage", "论文", "原文", "链接", "下载", "論文", "here", "artikel",
})
_BESIDE_IT = frozenset({
    "appendix", "audio", "bib", "bibtex", "blog", "blogpost", "book", "caffe", "checkpoint",
    "checkpoints", "chainer", "cite", "code", "codes", "colab", "data", "dataset", "datasets",
    "demo", "discussion", "docs", "errata", "examples", "gh", "git", "github", "gitlab", "hf",
    "home", "homepage", "huggingface", "implementation", "jax", "keras", "lecture", "matlab",
    "medium", "model", "models", "more", "mxnet", "news", "note", "notebook", "notes", "page",
    "part", "podcast", "post", "poster", "ppt", "presentation", "project", "pytorch", "recording",
    "replication", "repo", "repository", "review", "reviews", "scholar", "slide", "slides",
    "software", "star", "stars", "summary", "supp", "supplement", "supplementary", "talk",
    "tensorflow", "tf", "thread", "toc", "torch", "tutorial", "tweet", "twitter", "video",
    "videos", "website", "weights", "wiki", "youtube", "zhihu", "代码", "代碼", "项目", "主页",
    "视频", "博客", "解读", "幻灯片", "数据集", "vidéo", "folien",
})
_ALONGSIDE = frozenset({
    "a", "an", "and", "alternative", "by", "extended", "final", "for", "free", "long", "my", "of",
    "official", "old", "original", "our", "short", "the", "to", "unofficial", "updated", "with",
})
# fmt: on
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_SCHEME = re.compile(r"^[^/?#]*:")


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its label, and where it leads."""

    label: str
    target: str

    @property
    def url(self) -> str:
        """Return the target, where it is a web address."""
        return identifiers.web_address(self.target)

    @property
    def file(self) -> str:
        """Return the target, where it is a file beside the list."""
        target = self.target.strip()
        is_elsewhere = target.startswith(("#", "/", "\\")) or _SCHEME.match(target)
        return "" if is_elsewhere or not target.isprintable() else target

    @property
    def leads_somewhere(self) -> bool:
        return bool(self.url or self.file)

    @property
    def is_bare(self) -> bool:
        """Return whether the link is a bare address."""
        return self.label.startswith(("http://", "https://", "www.")) or self.label == self.target


@lru_cache(maxsize=4_096)
def is_label(text: str) -> bool:
    """Return whether the text is what people call a link that is not called by its title."""
    words = _words(text)
    if not words or len(words) > 3:
        return False
    known = _TO_THE_PAPER | _BESIDE_IT
    return bool(words & known) and words <= known | _ALONGSIDE


@lru_cache(maxsize=4_096)
def _words(label: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_SHORTCODE.sub("", label).casefold()))
