"""What every contestant gives for one query, so that answers can be held against each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """How many hits in all, those of the first page, and counts by facet and value."""

    total: int
    first_page: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
