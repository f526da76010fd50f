"""Two facets whose values belong together within a document.

An entry that meets on Monday morning and on Thursday evening does not meet on Monday evening. So documents
carry the pairs too, as a facet that readers never see; who chooses values of both is answered by pairs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class JointFacet:
    """`parts` names two facets with all their values. Documents carry each `pair` under `name`."""

    name: str
    parts: Mapping[str, tuple[str, ...]]

    @staticmethod
    def pair(first: str, second: str) -> str:
        return f"{first}.{second}"

    def other(self, facet: str) -> str:
        first, second = self.parts
        return second if facet == first else first

    def pairs(self, facet: str, value: str, others: Iterable[str]) -> tuple[str, ...]:
        """That value of a facet with each of these values of the other one."""
        is_first = facet == next(iter(self.parts))
        return tuple(self.pair(value, each) if is_first else self.pair(each, value) for each in others)


_joints: dict[str, JointFacet] = {}


def register_joint(joint: JointFacet) -> JointFacet:
    _joints[joint.name] = joint
    return joint


def registered() -> tuple[str, ...]:
    """The names of all."""
    return tuple(_joints)


def with_pairs(selected: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What a document must carry, by facet: what was chosen, and the pairs where both parts were."""
    found = dict(selected)
    for joint in _joints.values():
        first, second = joint.parts
        if first in selected and second in selected:
            found[joint.name] = tuple(
                pair for value in selected[first] for pair in joint.pairs(first, value, selected[second])
            )
    return found


def own_filters(facet: str) -> set[str]:
    """The filters that a facet's values are counted without: choosing widens within a facet."""
    return {facet, *(joint.name for joint in _joints.values() if facet in joint.parts)}


def counted_pairs(
    facet: str, selected: Mapping[str, tuple[str, ...]]
) -> tuple[str, dict[str, tuple[str, ...]]] | None:
    """The joint facet, and for each value the pairs that count for it; None where values count alone."""
    for joint in _joints.values():
        if facet in joint.parts and (others := selected.get(joint.other(facet))):
            return joint.name, {value: joint.pairs(facet, value, others) for value in joint.parts[facet]}
    return None
