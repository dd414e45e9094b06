"""The trained reader: several models vote."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.trained import assembly, confidence, features, models
from bench.trained.models import Marginals, Tagger, Told
from bench.trained.witness import Witness


class Reader:
    def __init__(self, folders: Sequence[Path], with_rules: bool = True) -> None:
        self.with_rules = with_rules
        self.voters = [
            [Tagger(folder / name) for name in ("lines1", "pieces1", "lines2", "pieces2")]
            for folder in folders
        ]

    def found(self, text: str) -> tuple[list[assembly.Found], features.Page, Witness]:
        page = models.page(text)
        told = Told.by_each(page, [voter[:2] for voter in self.voters])
        roles = self._roles(page, told)
        labels = self._labels(page, told)
        meant = [_mean(each) for each in zip(*roles, strict=True)]
        labelled = {
            number: [_mean(each) for each in zip(*(one[number] for one in labels), strict=True)]
            for number in (labels[0] if labels else ())
        }
        found = assembly.papers(page, meant, labelled)
        page.labels = {
            page.lines[number].number: assembly.heading(page, number)
            for number, said in zip(features.real_lines(page), meant, strict=True)
            if said.get("H", 0.0) > 0.6 and page.lines[number].kind not in {"row", "head", "front"}
        }
        witness = Witness.of(text if self.with_rules else "")
        witness.note(found)
        confidence.rate(found, page)
        return found, page, witness

    def _roles(self, page: features.Page, told: Sequence[Told]) -> list[Marginals]:
        seen, found = features.of_lines(page), []
        numbers = features.real_lines(page)
        for voter, one in zip(self.voters, told, strict=True):
            by_line = one.of_lines()
            items = [own + by_line[number] for number, own in zip(numbers, seen, strict=True)]
            found.append(voter[2].marginals(items))
        return found

    def _labels(self, page: features.Page, told: Sequence[Told]) -> list[dict[int, Marginals]]:
        found: list[dict[int, Marginals]] = [{} for _ in told]
        for number in told[0].pieces if told else ():
            seen = features.of_segments(page, number)
            for voter, one, labels in zip(self.voters, told, found, strict=True):
                line = one.of_line(number)
                items = [
                    own + line + more for own, more in zip(seen, one.of_pieces(number), strict=True)
                ]
                labels[number] = voter[3].marginals(items)
        return found

    def read(self, text: str) -> list[dict[str, Any]]:
        found, page, witness = self.found(text)
        taken = {page.lines[one.number].number for one in found if one.confidence > 0.5}
        entries = []
        for one in found:
            said = assembly.entry(one, page)
            said["topic"] = witness.topic(said["line"], taken, page.labels)
            same = witness.same(one) if one.sure["rules"] else None
            if same:
                said |= {
                    name: value for name in ("authors", "year") if (value := getattr(same, name))
                }
                if same.checked is not None:
                    said["checked"] = same.checked
            entries.append(said)
        _inherit_years(entries)
        for entry in witness.alone(found):
            said = {
                name: getattr(entry, name)
                for name in ("title", "authors", "venue", "year", "url", "arxiv", "doi", "checked")
            }
            entries.append(
                {
                    **said,
                    "line": entry.lines[0],
                    "confidence": 0.3,
                    "topic": witness.topic(entry.lines[0], taken, page.labels),
                }
            )
        return sorted(entries, key=lambda one: int(one["line"]))


def _inherit_years(entries: Sequence[dict[str, Any]]) -> None:
    """Where most topics are years, a paper that states none is of its topic's."""
    topics = {str(one.get("topic")) for one in entries}
    years = {topic for topic in topics if re.fullmatch(r"(?:19|20)\d\d", topic)}
    if len(years) * 2 > len(topics):
        for one in entries:
            if one.get("topic") in years and not one.get("date"):
                one.setdefault("year", int(one["topic"]))


def _mean(said: Sequence[dict[str, float]]) -> dict[str, float]:
    return {label: sum(one.get(label, 0.0) for one in said) / len(said) for label in said[0]}
