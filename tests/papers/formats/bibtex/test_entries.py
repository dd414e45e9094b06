"""BibTeX as people keep it: which entries a file has, and what one that is broken costs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import bibtex
from papers.formats.bibtex.entries import LONGEST_VALUE
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.text import MOST_ENTRIES, TooLarge


def titles(text: str) -> list[str]:
    return [entry.title for entry in bibtex.read(text).entries]


def only(text: str) -> Entry:
    """The one paper of a text in which everything is understood."""
    found = bibtex.read(text)
    assert not found.not_understood
    (entry,) = found.entries
    return entry


def left(text: str) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in bibtex.read(text).not_understood]


class TestEntries:
    @pytest.mark.parametrize(
        "text",
        [
            "@article{moss, title = {Tides}}",
            "@article(moss, title = {Tides})",
            "@ARTICLE { moss , TITLE = {Tides} , }",
            "@Article{moss,\n  title={Tides}\n}",
            '@article{moss, title = "Tides"}',
            "@article{moss, title = {Tides}\n  year = 1999}",
            "@article{moss, title = {Tides},, year = {},}",
            "@article{moss title,\n title = {Tides}}",
            "@article{title = {Tides}}",
            "@article{,\n title = {Tides}}",
            "@article\n{moss, title\n=\n{Tides}}",
            "@web_page{moss, title = {Tides}}",
            "@in-book2{moss, title = {Tides}}",
            "Some words about it. @misc{moss, title = {Tides}} And more {of} them.",
            "@misc{moss,\n  % year = {1999},\n  title = {Tides}, % as printed\n}",
            "@misc(moss, title = {Tides}, note = {(with) :)}, year = 1999)",
        ],
    )
    def test_is_read_however_it_is_set(self, text: str) -> None:
        assert only(text).title == "Tides"

    def test_is_between_words_and_mail_addresses(self) -> None:
        text = "Ask ada@example.org {now}!\n@misc{a, title={Tides}}@misc{b, title={Ponds}} bye"
        assert titles(text) == ["Tides", "Ponds"]

    def test_is_none_where_it_is_commented_out(self) -> None:
        text = (
            "% @misc{a, title={Tides}}\n"
            "%@misc{b,\n%  title={Ponds},\n%}\n"
            "@misc{c, title={Lakes}} % @misc{d, title={Seas}}\n"
            "@comment{@misc{e, title={Rain}}}\n"
            "@misc{f, title={100% Snow}}"
        )
        assert titles(text) == ["Lakes", "100% Snow"]
        assert not left(text)

    def test_is_read_behind_a_comment_that_never_closes(self) -> None:
        assert titles("@comment{ one {\n@misc{a, title={Tides}}\n") == ["Tides"]

    def test_is_read_behind_a_preamble_full_of_braces(self) -> None:
        text = '@preamble{ "\\newcommand{\\x}[1]{#1}" # {\\y{}} }\n@misc{a, title={Tides}}'
        assert titles(text) == ["Tides"]

    def test_knows_the_line_on_which_it_begins(self) -> None:
        text = "% one\r\n\r\n@misc{a,\r\n title={Tides}}\r\nwords\r\n  @misc{b, title={Ponds}}"
        assert [entry.lines for entry in bibtex.read(text).entries] == [(3,), (6,)]

    def test_may_share_its_key_with_another(self) -> None:
        found = bibtex.read("@misc{a, title={Tides}}@misc{a, title={Ponds}}").entries
        assert [(one.title, one.citation_key) for one in found] == [("Tides", "a"), ("Ponds", "a")]

    def test_that_gathers_others_is_no_paper_but_is_remarked(self) -> None:
        found = bibtex.read("@set{both, entryset={a,b}}\n@xdata{x, publisher={Reed}}")
        assert (found.entries, found.not_understood) == ((), ())
        assert [line.number for line in found.remarks] == [1, 2]


class TestValues:
    def test_are_joined_and_their_abbreviations_written_out(self) -> None:
        text = (
            '@string{pond = "Journal of "} @string(JOP = pond # {Ponds})\n'
            '@article{a, title = {Tides} # " and " # {Tables}, journal = jop # ", B", month = feb,'
            " year = 2001}"
        )
        entry = only(text)
        assert (entry.title, entry.venue) == ("Tides and Tables", "Journal of Ponds, B")
        assert entry.published == "2001-02"

    def test_may_be_abbreviations_of_another_file(self) -> None:
        assert only("@article{a, title={Tides}, journal = jpond}").venue == "jpond"

    def test_may_be_abbreviations_that_stand_further_down(self) -> None:
        assert only("@article{a, title={Tides}, journal=jp}@string{jp={Ponds}}").venue == "Ponds"

    def test_keep_quotes_within_braces_and_braces_within_quotes(self) -> None:
        assert only('@misc{a, title = "The {"}Tide{"} of G\\"odel"}').title == 'The "Tide" of Gödel'

    def test_are_plain_words_where_somebody_forgot_the_braces(self) -> None:
        assert only("@misc{a, title = Tides and Ponds, year = 1999}").title == "Tides and Ponds"


class TestBroken:
    @pytest.mark.parametrize(
        "broken",
        [
            "@misc{b, title = {Ponds",
            "@misc{b, title = {{Ponds}, year = 1999\n}",
            '@misc{b, title = "Ponds, year = 1999\n}',
            "@misc{b, title = {Po}nds}, year = 1999\n}",
            "@misc{b, title = {Ponds}",
            "@misc(b, title = {Ponds}",
            "@misc{b, Ponds}",
            "@misc{b, title {Ponds}}",
            "@misc{b, year = 1999}",
            "@misc{b}",
            "@misc{b",
        ],
    )
    def test_entry_costs_itself_alone_and_is_reported(self, broken: str) -> None:
        text = f"@misc{{a, title={{Tides}}}}\n{broken}\n@misc{{c,\n title={{Lakes}}}}\n"
        found = bibtex.read(text)
        assert [entry.title for entry in found.entries] == ["Tides", "Lakes"]
        (line,) = found.not_understood
        assert (line.number, line.text) == (2, broken.splitlines()[0])
        assert line.reason.endswith("import it again.")

    def test_abbreviation_costs_itself_alone(self) -> None:
        text = "@string{pond = {Ponds\n@article{a, title={Tides}, journal=pond}"
        assert titles(text) == ["Tides"]

    def test_field_that_is_far_too_long_is_left_out_and_remarked(self) -> None:
        long = "x" * (LONGEST_VALUE + 1)
        found = bibtex.read(f"@misc{{a, title={{Tides}}, abstract={{{long}}}}}")
        assert (found.entries[0].title, found.entries[0].abstract) == ("Tides", "")
        assert "abstract" in found.remarks[0].reason

    def test_abbreviations_that_grow_without_end_cost_the_entry(self) -> None:
        doubled = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(64))
        text = f"@string{{s0 = {{long}}}}\n{doubled}@misc{{a, title = s64}}\n@misc{{b, title = s0}}"
        assert titles(text) == ["long"]
        assert left(text) == [(66, "@misc{a, title = s64}")]


pieces = st.sampled_from(
    [
        "@misc{a,\n  title = {Tides},\n}\n",
        "@article(b,\n  title = {Ponds}\n)\n",
        "@book{c,\n  title = {Lakes\n}\n",
        "@web_page{d,\n  title = {Seas}},\n  year = 1999\n}\n",
        "@misc{e,\n  year = 1999\n}\n",
        "@string{s = {Reeds}}\n",
        "@string{t = {Reeds\n",
        "@comment{nothing {to} see}\n",
        "@preamble{ {\\x} }\n",
        "@set{both, entryset = {a,b}}\n",
        "% @misc{f, title = {Rain}}\n",
        "Some words, ada@example.org.\n",
        '@misc{g, title = "Snow\n}\n',
        "\n",
        "@\n",
        "}\n",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_every_entry_becomes_a_paper_or_is_reported(text: str) -> None:
    counted = re.findall(r"^@(?!string|comment|preamble|set)\w+\s*[{(]", text, re.MULTILINE)
    found = bibtex.read(text)
    assert len(found.entries) + len(found.not_understood) == len(counted)


@given(st.text(st.sampled_from('@misc{}()",=#%\\ \n\ta1$~') | st.characters(), max_size=120))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    for entry in bibtex.read(
        f"@misc{{a, title={{Tides}}}}\n{text}\n@misc{{b, title={text}}}"
    ).entries:
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", repr(entry.title))
        assert "\0" not in "".join([entry.title, entry.abstract, *map(str, entry.further)])


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {" * 100_000,
        "@misc{a,\n  title = {{x},\n" * MOST_ENTRIES,
        "@" * 200_000,
        "@misc{a, title = " + "{" * 100_000 + "Tides" + "}" * 100_000 + "}",
        "@comment{\n" * 100_000,
        "@comment{" * 100_000,
        "@string{" * 100_000,
        "@misc" + " " * 1_000_000,
        "@misc{" + " " * 1_000_000,
        "@misc{a, title = {" + "$" * 15_000 + "}}",
        "@misc{a, title = {" + "\\'" * 9_000 + "}}",
        "@misc{a, author = {" + " and" * 4_000 + "}, title={x}}",
        '@misc{a, title = "' + '{"' * 50_000,
        "@misc{a, title = x" + " # x" * 100_000 + "}",
        "% @misc{a\n" * 100_000,
        "a@b{" * 100_000,
    ],
    ids=lambda text: text[:24].strip(),
)
def test_hostile_text_is_read_in_one_go(text: str) -> None:
    assert isinstance(bibtex.read(text), ReadingList)


def test_more_entries_than_a_list_may_hold_are_refused() -> None:
    with pytest.raises(TooLarge, match="10,000 entries"):
        bibtex.read("@misc{a, title = {Tides}}\n" * (MOST_ENTRIES + 1))


def test_a_file_above_four_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge, match="4 MB"):
        bibtex.read("@misc{a, title = {Tides}}\n" * 200_000)
