"""How good answers are, measured against judged queries: nDCG, recall, answers without results, overlap."""

import csv
import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: How many results of an answer are looked at.
DEPTH = 10
JUDGEMENTS = Path(__file__).resolve().parent.parent / "tests" / "search" / "judgements"

#: The names of the things on the first page, best first.
Answers = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True)
class Judged:
    """A query and what its results are worth: 3 the thing itself, 2 helps, 1 is near, all others nothing."""

    locale: str
    query: str
    kind: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Measured:
    """The answer to a judged query, and how good it is."""

    judged: Judged
    answer: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        """Gains count less further down; 1 for the best possible order."""
        ideal = _gain(sorted(self.judged.grades.values(), reverse=True)[:DEPTH])
        return _gain([self.judged.grades.get(name, 0) for name in self.answer[:DEPTH]]) / ideal

    @property
    def recall(self) -> float:
        """The share of what is worth something that the first page has, as far as it has room."""
        wanted = {name for name, grade in self.judged.grades.items() if grade > 0}
        return len(wanted.intersection(self.answer[:DEPTH])) / min(len(wanted), DEPTH)


@dataclass(frozen=True)
class Figures:
    """Means over some queries."""

    number: int
    ndcg: float
    recall: float
    empty: float

    @classmethod
    def of(cls, measured: Sequence[Measured]) -> "Figures":
        return cls(
            len(measured),
            statistics.fmean(each.ndcg for each in measured),
            statistics.fmean(each.recall for each in measured),
            sum(not each.answer for each in measured) / len(measured),
        )


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def read(name: str) -> list[Judged]:
    """The judged queries of one file, in its order."""
    grades: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    with (JUDGEMENTS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            grades[row["locale"], row["query"], row["class"]][row["object"]] = int(row["grade"])
    return [Judged(*key, found) for key, found in grades.items()]


def measure(judged: Iterable[Judged], answers: Answers) -> list[Measured]:
    return [Measured(each, tuple(answers(each.query, each.locale))) for each in judged]


def by_class(measured: Sequence[Measured]) -> dict[str, Figures]:
    """By class of query, all of them last."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for each in measured:
        groups[each.judged.kind].append(each)
    return {**{kind: Figures.of(group) for kind, group in groups.items()}, "all": Figures.of(measured)}


def overlap(first: Sequence[Measured], second: Sequence[Measured]) -> float:
    """The share of the first page that two engines have in common."""
    shares = [
        _common(one.answer[:DEPTH], other.answer[:DEPTH]) for one, other in zip(first, second, strict=True)
    ]
    return statistics.fmean(shares)


def _common(one: Sequence[str], other: Sequence[str]) -> float:
    longest = max(len(one), len(other))
    return len(set(one) & set(other)) / longest if longest else 1.0
