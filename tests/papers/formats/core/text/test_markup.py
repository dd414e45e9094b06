"""HTML, JATS and MathML in titles, names and journals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.core.text.markup import without_markup
from papers.formats.core.text.repair import one_line


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Na&iuml;ve bees", "Naïve bees"),
        ("O&#39;Neil &#x2013; Gr&ouml;&szlig;e", "O'Neil – Größe"),
        ("Bees &amp; wasps", "Bees & wasps"),
        ("&amp;amp;Uuml;ber Bienen", "Über Bienen"),
        ("<i>Apis</i> and &lt;i&gt;Vespa&lt;/i&gt;", "Apis and Vespa"),
        ("H<sub>2</sub>O, 10<sup class='x'>3</sup>", "H2O, 103"),
        ("Bees<br/>and<BR>wasps", "Bees and wasps"),
        ("<jats:title>Bees</jats:title><jats:p>They fly</jats:p>", "Bees They fly"),
        ('<mml:math display="inline"><mml:mi>g</mml:mi></mml:math>-factor', "g-factor"),
        (
            "<alternatives><tex-math>$g$</tex-math><mml:mi>g</mml:mi></alternatives> bees",
            "$g$ bees",
        ),
        ('<span style="font-variant: small-caps">l</span>-bees', "l-bees"),
    ],
)
def test_is_taken_out(text: str, bare: str) -> None:
    assert one_line(without_markup(text)) == bare


@pytest.mark.parametrize(
    "text",
    [
        "AT&T",
        "x < y and y > z",
        "p <0.5",
        "List<T>",
        "R&D; fine",
        "a <b and c> d",
        "Q&A",
        "&nosuch;",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert without_markup(text) == text


@given(st.text("<>&;/ai=\"' \n#x3amp"))
def test_taking_it_out_of_any_text_ends(text: str) -> None:
    assert isinstance(without_markup(text), str)
