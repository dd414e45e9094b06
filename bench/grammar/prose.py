"""Invented sentences: what abstracts, notes and readmes are made of. They look like no title, and
hold everything that one might take for one: commas, capitals, years, names, links, bold words."""

import re
from random import Random

from bench.grammar import people, titles

# fmt: off
_SLOT = re.compile(r"\{(\w+)\}")
_WORDS = {
    "we": "we|the authors|this work|the paper|this note|our group|I|they|the talk".split("|"),
    "do": "show|argue|find|prove|propose|introduce|claim|describe|study|evaluate|revisit|compare|doubt|discuss|explain|measure".split("|"),
    "that": (
        "that {n} are {a}|that {n} help|how {n} and {n} interact|a {a} model of {n}|{n} in {d}|why {n} fail on {d}|a new way of {g} {n}|"
        "a bound on the {q} of {n}|that the {q} of {n} is overrated|what {n} have to do with {n}|that {g} {n} is enough|an algorithm for {g} {a} {n}"
    ).split("|"),
    "but": (
        ", but only in {d}|, which is new|, at a tenth of the cost|, with three experiments on {d}|, as in {who} ({year})|, under mild assumptions|"
        ", e.g. for {n}, {n}, and {n}| (see section 3)| by {g} {n}| using {n}, {n} and a {a} {n}|, following [{who} et al.]({url})| and **{a} {n}**|, i.e., *{n}*|; "
        "code is [here]({url})|, improving the state of the art by {few}%|, on {few} data sets"
    ).split("|"),
    "lead": (
        "In this paper,|However,|Moreover,|To this end,|In {year},|Surprisingly,|On {d},|As a result,|Unlike {n},|Given {n},|For example,|At the same time,|In short:|Note:|Main idea:|"
        "Recently,|Despite its {q},|Motivated by {n},"
    ).split("|"),
    "short": (
        "nice figures|good for section 2|read with {who}|needs a refresher on {n}|{n} are not explained|what about {n}?|the proof is short|same data as {who} {year}|skip the appendix|uses {n}, not {n}|"
        "{g} {n} is slow|key: {a} {n}|cf. {n}|see figure {few}|{n} -> {n}, {n} on top|add-on for {n}|compare to {acronym}|strong baseline|first to use {n} for {d}|no code|how does it scale?|"
        "key idea: {n}|the model: {a} {n} with {n}|{n} and {n}|{g} {n}|main contribution: {that}|**{n}**: {that}|{a} {n}|TL;DR: {we} {do} {that}|question: {n}?|results on {d}|{a}, {a}, {a}|why {n}?|related: {n} of {who}|"
        "{that}|code for {n}|{n} vs {n}|limits: {n} in {d}|"
        "TODO: check {n}|idea: {g} {n} by {g}|pros: {a}, {a}|cons: {a} {n}|{few} pages|not about {n}"
    ).split("|"),
    "few": [str(number) for number in (2, 3, 4, 5, 7, 10, 12, 25, 40, 128)],
}
_SENTENCES = (
    "{we} {do} {that}{but}", "{we} {do} {that}", "{lead} {we} {do} {that}{but}", "{lead} {n} are {a}{but}", "{n} are {a}, and {g} them is {a}{but}", "{g} {n} is {a} in {d}{but}",
    "{n} have been studied since {year}{but}", "the {q} of {n} is {a}{but}", "what matters is the {q} of {n}, not that of {n}", "it is shown {that}{but}", "results on {d} suggest {that}",
    "existing methods for {g} {n} need {a} {n}{but}", "{who} ({year}) and {who} ({year}) {do} {that}", "there are {few} {n} and {few} {n}{but}", "is {g} {n} worth it?", "{acronym} is a {a} {n} for {g} {n}{but}",
    "in the second half, {we} {do} {that}{but}", "{n}, which are {a}, {verb} in {d}", "experiments on {n}, {n} and {n} {do} {that}",
    "for {n}, turn to [{a} {n}]({url}){but}", "see [{acronym}]({url}) for {a} {n}", "[{who} and {who}]({url}) wrote about {n}", "the {n} of this page are kept in [`{acronym}.csv`](./data/{n}.csv)",
    "{n} and {n} are explained in the [{n}]({url}) of {who}", "this page is about **{a} {n}**{but}; it leaves out [{n}](#notes)", "send {n} to [{who}]({url}) or open an [issue]({url})", "our [{acronym}]({url}) has {few} {n} and {few} {n}",
    "[{acronym}]({url}) is {a}, [{acronym}]({url}) is not", "who {do} {that}?", "what is the main {n}?", "up to {few} points for {n}, {few} for {n}",
)
_LOCAL = {
    "de": "Die Arbeit zeigt, dass das in der Praxis geht.|Wir lesen nur den zweiten Teil, weil der erste bekannt ist.|Das Ergebnis überrascht, ist aber gut belegt.|gut lesbar|nur Abschnitt 2",
    "fr": "Les auteurs montrent que cela suffit en pratique.|On ne lira que la deuxième partie, la première étant connue.|un bon début|très clair",
    "es": "Los autores muestran que basta con contar.|Leeremos solo la segunda parte, porque la primera es conocida.|muy claro|buen comienzo",
    "zh": "本文提出了一种新的方法，在三个数据集上取得了更好的结果。|作者认为，计数比学习更简单，也更可靠。|我们只读第二部分，第一部分大家都熟悉。|实验部分值得细看|代码未公开",
    "ja": "この論文では、新しい手法を提案し、三つのデータセットで有効性を示している。|第二部だけを読む。|図がわかりやすい|実験は小規模",
    "ko": "이 논문은 새로운 방법을 제안하고 세 가지 데이터에서 효과를 보인다.|두 번째 부분만 읽는다.|그림이 좋다|코드 없음",
    "ru": "Авторы показывают, что простой метод работает не хуже, и объясняют почему.|Читаем только вторую часть.|хорошие рисунки|без кода",
    "ar": "يبين الباحثون أن الطريقة البسيطة تكفي.|نقرأ الجزء الثاني فقط.", "he": "המחברים מראים שהשיטה הפשוטה מספיקה.|נקרא רק את החלק השני.",
}
# fmt: on


def sentence(random: Random, language: str = "en") -> str:
    """One sentence, mostly in English: people take notes in the language of what they read."""
    if language in _LOCAL and random.random() < 0.5:
        return random.choice(_LOCAL[language].split("|"))
    text = _filled(random, random.choice(_SENTENCES))
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '?.' else '.'}"


def paragraph(random: Random, language: str = "en") -> str:
    """An abstract, or what someone made of one."""
    return " ".join(sentence(random, language) for _ in range(random.choice((1, 2, 3, 4, 6))))


def note(random: Random, language: str = "en") -> str:
    """A few words, or a sentence."""
    if random.random() < 0.4:
        return sentence(random, language)
    if random.random() < 0.08:
        return titles.topic(random)
    text = _filled(random, random.choice(_WORDS["short"]))
    return text if random.random() < 0.5 else text[0].upper() + text[1:]


def _filled(random: Random, text: str) -> str:
    while found := _SLOT.search(text):
        text = text[: found.start()] + _word(random, found[1]) + text[found.end() :]
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


def _word(random: Random, slot: str) -> str:
    if slot == "year":
        return str(random.randint(1950, 2024))
    if slot == "who":
        return people.person(random, "en").family
    if slot == "url":
        return random.choice(
            (
                "https://example.org/notes",
                "https://github.com/nordlab/bees",
                "https://arxiv.org/abs/1512.01234",
                "#notes",
            )
        )
    return random.choice(_WORDS[slot]) if slot in _WORDS else titles.word(random, slot)
