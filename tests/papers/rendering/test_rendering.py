"""From what people write to what others read: safe whatever was written, and bounded."""

import re
import sys
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models.discussion import COMMENT_LIMIT
from papers.rendering import autolinks
from papers.rendering.markdown import (
    DEEPEST_FORMULA,
    LARGEST_COMMENT,
    LARGEST_HTML,
    LONGEST_FORMULA,
    MOST_COLUMNS,
    MOST_FORMULAS,
    _cleaner,
    depth_of,
    render,
)
from tests.papers.rendering import costly_texts

# What may come out, written down a second time on purpose.
BLOCKS = {"p", "pre", "blockquote", "ul", "ol", "li", "hr", "h3", "h4", "h5", "h6", "div"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
INLINE = {"a", "em", "strong", "code", "br", "del", "s", "sup", "sub", "span"}
TAGS = BLOCKS | TABLES | INLINE
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "span": {"class"},
    "div": {"class"},
    "th": {"align"},
    "td": {"align"},
}
CLASSES = {"math", "math--block"}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow noopener noreferrer ugc"

SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script\n>alert(1)</script\n>",
    "<<script>alert(1)//<</script>",
    "<script/x>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
]
HANDLERS = [
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<p onclick=alert(1)>press</p>",
    "<a href='https://example.org' onmouseover='alert(1)'>x</a>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
]
ADDRESSES = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/x)",
    "[x](/groups/readers/members/leave/)",
    "[x](?next=x)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#14;javascript:alert(1)'>x</a>",
    '[x](https://example.org "title\\" onclick=alert(1)")',
    '[x](https://example.org/"onmouseover="alert(1))',
]
HTMX_WORDS = [
    "<div hx-get='/groups/readers/members/leave/' hx-trigger='load'>x</div>",
    "<div hx-post='/groups/readers/members/leave/' hx-trigger='load'>x</div>",
    "<div data-hx-post='/x' data-hx-trigger='load delay:1s'>x</div>",
    "<p hx-delete='/x' hx-trigger='revealed'>x</p>",
    "<p hx-put='/x'>x</p>",
    "<p hx-patch='/x'>x</p>",
    "<a href='https://example.org' hx-boost='true'>x</a>",
    "<p hx-on:click='alert(1)'>x</p>",
    "<p hx-on::load='alert(1)'>x</p>",
    "<p hx-on='htmx:load: alert(1)'>x</p>",
    "<p data-hx-on-click='alert(1)'>x</p>",
    "<div hx-swap-oob='true' id='messages'>x</div>",
    "<div id='page' data-hx-swap-oob='outerHTML'>x</div>",
    "<p hx-vals='js:{x: alert(1)}' hx-get='/x'>x</p>",
    "<p hx-headers='js:{x: alert(1)}' hx-get='/x' hx-trigger='load'>x</p>",
    "<p hx-trigger='click[alert(1)]' hx-get='/x'>x</p>",
    "<meta name='htmx-config' content='{\"allowEval\":true}'>",
    "<form action='/accounts/logout/' method='post'><button>x</button></form>",
    "<button formaction='/x'>x</button>",
    "<p hx-ext='evil' hx-include='body' hx-params='*'>x</p>",
    "<p hx-disable='false' hx-get='/x'>x</p>",
    "<p hx-select-oob='#page' hx-target='body'>x</p>",
    "<p hx-push-url='//evil.example'>x</p>",
    "<p ws-connect='/x' sse-connect='/x'>x</p>",
]
BREAK_OUTS = [
    "</div></div></article><h1>Not mine</h1>",
    "</li></ol></div><script>alert(1)</script>",
    "<table><tr><td></div>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "-->',<!--<img title='--><p>x'>",
    "<div><p><em>",
    "`</code></pre><script>alert(1)</script>`",
    "```\n</code></pre></div><img src=x onerror=alert(1)>\n```",
    '```"onclick=alert(1)\nx\n```',
    "<plaintext>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<base href='//evil.example/'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x'></object><embed src='x'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<style>*{display:none}</style>",
    "<p class='button button--danger' id='mark-1'>x</p>",
    "<p name='csrfmiddlewaretoken' tabindex='0' role='alert' aria-live='assertive'>x</p>",
    "<dialog open>x</dialog><slot></slot>",
    "<math><maction actiontype='statusline' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='#icon-home'/><animate attributeName='href' values='javascript:x'/></svg>",
    "<select><option>x</select><marquee>x</marquee>",
]
IN_MATH = [
    "$</span><script>alert(1)</script>$",
    "$$</div><img src=x onerror=alert(1)>$$",
    "$$\n</div><svg onload=alert(1)>\n$$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\htmlData{hx-get=/x}{x}$",
    '$" onmouseover="alert(1)$',
    "$<!--$ --> <script>alert(1)</script>",
    "a $x$ <b onclick=alert(1)>$y$</b>",
]
HOSTILE = [*SCRIPTS, *HANDLERS, *ADDRESSES, *HTMX_WORDS, *BREAK_OUTS, *IN_MATH]


class Reader(HTMLParser):
    """Everything that a browser would act on, and whether each element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes what the comment did not open"
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def assert_is_harmless(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert reader.others == []
    for tag, attributes in reader.elements:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        assert set((attributes.get("class") or "").split()) <= CLASSES
        if "href" in attributes:
            assert urlsplit(attributes["href"] or "").scheme in SCHEMES
        if tag == "a":
            assert attributes.get("rel") == REL
        if "start" in attributes:
            assert re.fullmatch(r"\d+", attributes["start"] or "")


def test_there_are_many_kinds_of_hostile_texts():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_text_comes_out_harmless(source):
    assert_is_harmless(render(source))


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_text_is_harmless_within_other_text(source):
    for around in ("> {}", "- a\n  {}", "| a |\n|---|\n| {} |", "**{}**", "x {} y", "# {}"):
        assert_is_harmless(render(around.format(source)))


@pytest.mark.parametrize("source", HOSTILE)
def test_the_allow_list_holds_without_markdown_before_it(source):
    """Each of the two defences is enough."""
    assert_is_harmless(_cleaner.clean(source))
    assert_is_harmless(_cleaner.clean(f"<div>{source}</div>"))


@pytest.mark.parametrize("source", HOSTILE)
def test_cleaning_again_changes_nothing(source):
    for once in (render(source), _cleaner.clean(source)):
        assert _cleaner.clean(once) == once


def test_the_check_itself_sees_what_is_hostile():
    """The control: unclean HTML does not pass."""
    for unclean in (
        "<script>x</script>",
        "<p onclick=x>y</p>",
        "<a href='javascript:x' rel='nofollow noopener noreferrer ugc'>y</a>",
        "<p hx-get='/x'>y</p>",
        "<span class='button'>y</span>",
        "</div>",
        "<p>",
        "<!-- x -->",
        "<a href='https://example.org'>y</a>",
    ):
        with pytest.raises(AssertionError):
            assert_is_harmless(unclean)


@given(st.text(alphabet=st.sampled_from("<>/\"'=&;:$`*_[]()!#|-\\ \n\tahxonsript1"), max_size=80))
def test_whatever_is_typed_comes_out_harmless(source):
    html = render(source)
    assert_is_harmless(html)
    assert _cleaner.clean(html) == html


# What Markdown is for


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*a* **b** `c` ~~d~~", "<p><em>a</em> <strong>b</strong> <code>c</code> <s>d</s></p>"),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("# A", "<h3>A</h3>"),
        ("## A", "<h4>A</h4>"),
        ("### A", "<h5>A</h5>"),
        ("#### A", "<h6>A</h6>"),
        ("##### A", "<h6>A</h6>"),
        ("###### A", "<h6>A</h6>"),
        ("A\n===", "<h3>A</h3>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("```python\nx = 1\n```", "<pre><code>x = 1\n</code></pre>"),
    ],
)
def test_markdown_is_what_people_know(source, html):
    assert render(source).strip().replace("<del>", "<s>").replace("</del>", "</s>") == html


def test_struck_text_is_shown_as_struck():
    assert re.search(r"<(s|del)>gone</\1>", render("~~gone~~"))


def test_tables_are_tables():
    html = render("| set | perplexity |\n|---|---|\n| C4 | 7.4 |")
    for part in ("<table>", "<th>set</th>", "<td>7.4</td>"):
        assert part in html


def test_links_are_links_and_say_that_they_lead_away():
    link = f'<a href="https://arxiv.org/abs/1706.03762" rel="{REL}">'
    assert link in render("[a paper](https://arxiv.org/abs/1706.03762)")
    assert link in render("see https://arxiv.org/abs/1706.03762.")
    assert link in render("<https://arxiv.org/abs/1706.03762>")
    assert 'href="mailto:a@example.org"' in render("<a@example.org>")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("$x_1$", '<span class="math">x_1</span>'),
        ("$a < b$", '<span class="math">a &lt; b</span>'),
        ("$$x$$", '<div class="math math--block">x</div>'),
        ("$$\nx\n$$", '<div class="math math--block">x</div>'),
        ("so $$x$$ then", '<span class="math math--block">x</span>'),
        (r"$\alpha_{i} * \beta_{j} * 2$", r'<span class="math">\alpha_{i} * \beta_{j} * 2</span>'),
    ],
)
def test_math_is_kept_as_it_was_written(source, html):
    assert html in render(source)


@pytest.mark.parametrize(
    "source", ["It costs $5, or $6.", "`$x$`", "a $ b $ c", "\\$x\\$", "5$ and 6$"]
)
def test_prices_and_code_are_no_math(source):
    assert 'class="math' not in render(source)


def test_pictures_are_not_fetched_from_elsewhere():
    assert "<img" not in render("![a chart](https://example.org/x.png)")


@pytest.mark.parametrize(
    "source",
    [
        "[" * COMMENT_LIMIT,
        "*" * COMMENT_LIMIT,
        "> " * (COMMENT_LIMIT // 2),
        "<div>" * (COMMENT_LIMIT // 5),
        "$" * COMMENT_LIMIT,
        "|" * COMMENT_LIMIT,
        "`" * COMMENT_LIMIT,
        "a_" * (COMMENT_LIMIT // 2),
        "![" * (COMMENT_LIMIT // 2),
        "&" * COMMENT_LIMIT,
    ],
    ids=lambda source: source[:3],
)
def test_the_longest_comment_is_rendered_quickly_whatever_it_is(source):
    assert_is_harmless(render(source))


# How much work it is, and how much it makes


def calls_of(action: Callable[[], object]) -> int:
    """How many functions are called, Python's own among them."""
    count = 0

    def see(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(see)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", costly_texts.made())
def test_no_comment_becomes_many_times_as_long(name):
    source = costly_texts.made()[name]
    assert len(render(source)) <= min(LARGEST_HTML * len(source), LARGEST_COMMENT)


def test_work_grows_with_the_length_and_no_faster():
    render("https://example.org *a*")  # what is compiled once is
    for piece in costly_texts.PIECES[::2]:
        for part in (piece, f"{piece}a\n=\n$$"):
            few, many = (
                calls_of(partial(render, part * (size // len(part)))) for size in (400, 1600)
            )
            assert many <= 6 * few + 500, part


@pytest.mark.parametrize(
    "piece", ["|www.", "://", "=a.", "https://[", "http://a/", "|a.b", "a@", "(a.b"]
)
def test_what_is_no_address_is_not_looked_at(piece, monkeypatch):
    """The library takes quadratic time and worse for long words, so that it must not see them."""
    seen: list[str] = []
    real = autolinks._linkify

    class Watched:
        def match(self, text):
            seen.extend(text.split())
            return real.match(text)

        def match_at_start(self, text):
            seen.append(text)
            return real.match_at_start(text)

    monkeypatch.setattr(autolinks, "_linkify", Watched())
    render(costly_texts.filled(piece, COMMENT_LIMIT))
    render(costly_texts.filled(piece * 40 + " ", COMMENT_LIMIT))
    assert all(len(word) <= autolinks.LONGEST_HOST for word in seen)


def test_addresses_without_a_scheme_are_links_up_to_a_number():
    most = autolinks.MOST_LINKS
    html = render("see a.org\n\n" * 10 + "b.org " * most + "and *c.org*")
    assert html.count("<a ") == most
    assert html.endswith("b.org and <em>c.org</em></p>\n")
    assert render("https://d.org " * 1200).count("<a ") == 1200


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/search?q=a.b.c.d&" + "x=1.5&" * 60,
        "https://web.archive.org/web/2020/https://example.org/a.html",
        "https://en.wikipedia.org/wiki/Pruning_(trees)",
        "https://example.org/_a_*b*_c_",
        "https://example.org/%E4%BD%A0",
        "http://x.example",
    ],
)
def test_addresses_of_all_kinds_are_links_and_shown_as_they_were_written(address):
    html = render(f"See {address} for more, or ({address}).")
    assert html.count("<a ") == 2
    assert re.sub("<[^>]*>", "", html).replace("&amp;", "&").count(address) == 2


@pytest.mark.parametrize(
    "address", ["a.com" * 60, f"<http://{'a.com' * 100}>", f"http://{'a' * 400}.org"]
)
def test_no_words_are_lost_in_a_link(address):
    assert address.strip("<>") in re.sub("<[^>]*>", "", render(address))


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_no_words_are_lost_however_deep_they_stand(mark):
    for depth in (5, 10, 19, 25, 60, 1000):
        assert "deep" in render(f"{mark * depth}deep")
        assert "deep" in render(
            "".join(f"{'   ' * n}- a\n" for n in range(min(depth, 60))) + "deep"
        )


def test_a_table_is_as_large_as_what_was_written_of_it():
    wide = f"{'|a' * (MOST_COLUMNS + 1)}|\n{'|-' * (MOST_COLUMNS + 1)}|\n|b|"
    empty = "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n" + "|\n" * 299 + "|"
    for source in (wide, empty):
        html = render(f"before\n\n{source}\n\n**after**")
        assert "<table>" not in html
        assert f"<pre><code>{source}</code></pre>" in html
        assert "<strong>after</strong>" in html
    assert render("> |a|b|\n> |-|-|\n> |c|d|\n> x").count("<td>") == 4
    assert render("|a|b|\n|-|-|\n" + "|1|2|\n" * 300).count("<td>") == 600


# Formulas


@pytest.mark.parametrize(
    ("tex", "depth"),
    [
        ("x^2 + y_i", 0),
        (r"\frac{1}{1 + \frac{1}{x}}", 2),
        (r"\left( \left[ x \right] \right)", 2),
        (r"\begin{aligned} a &= \sqrt{b} \\ c &= d \end{aligned}", 2),
        (r"\color{red} a {\Huge \it b}", 4),
        (r"\displaystyle a & \displaystyle b \\ \displaystyle c", 1),
        (r"\{ a \}", 0),
        ("}}}", 0),
    ],
)
def test_the_depth_of_a_formula(tex, depth):
    assert depth_of(tex) == depth


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("x^{", "}"),
        (r"\sqrt{", "}"),
        (r"\frac{1}{", "}"),
        (r"\left(", r"\right)"),
        (r"\begin{matrix}", r"\end{matrix}"),
        (r"\text{$", "$}"),
        (r"\Huge ", ""),
        (r"\color{red}", ""),
        (r"{\rm ", "}"),
    ],
)
@pytest.mark.parametrize("depth", [DEEPEST_FORMULA + 1, 100, 1000])
def test_a_formula_that_is_deep_is_shown_as_it_was_written(opening, closing, depth):
    tex = opening * depth + "x" + closing * depth
    for source in (f"a $${tex}$$ b", f"$$\n{tex}\n$$"):
        html = render(source)
        assert 'class="math' not in html
        assert "<code>$$" in html
    shallow = opening * 5 + "x" + closing * 5
    assert render(f"$${shallow}$$").startswith('<div class="math math--block">')


def test_a_formula_is_not_longer_and_there_are_not_more_than_a_page_can_set():
    assert 'class="math' not in render(f"${'x' * (LONGEST_FORMULA + 1)}$")
    assert render("$x$ " * 1000).count('class="math') == MOST_FORMULAS
    assert render("$x$ " * 1000).count("<code>$x$</code>") == 1000 - MOST_FORMULAS


def test_a_formula_that_never_ends_is_looked_for_once():
    assert "<div" not in render("$$a\n" * 50)
    assert render("$$a\n\n$$\nb\n$$\n\nc\n\n$$d\n").count("math--block") == 1
    assert render("> $$\n> a\n\n$$\nb\n$$").count("math--block") == 1
