"""Where documents lie: what is near a point, found without asking the database.

Documents that share a position are kept together, and positions in squares: a square that lies wholly within
the radius counts as a whole, so that only those at the rim are looked at one by one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import asin, cos, floor, hypot, radians, sin, sqrt

from pyroaring import BitMap

#: Latitude and longitude in degrees.
Position = tuple[float, float]

_EARTH_RADIUS_KM = 6371.0088
#: Side of a square in degrees.
_SQUARE = 0.2
_HALF_DIAGONAL_KM = hypot(_SQUARE, _SQUARE) / 2 * radians(1) * _EARTH_RADIUS_KM


def distance_km(one: Position, other: Position) -> float:
    """Along the surface, as the crow flies."""
    lat_1, lat_2 = radians(one[0]), radians(other[0])
    half_lat, half_lon = (lat_2 - lat_1) / 2, radians(other[1] - one[1]) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def nearest_km(here: Position, positions: Iterable[Position]) -> float | None:
    """To the nearest of these; None where there is none."""
    return min((distance_km(here, position) for position in positions), default=None)


def positions_of(
    latitude: float | None, longitude: float | None, others: Sequence[Sequence[float]]
) -> tuple[Position, ...]:
    """All positions of a document as it is stored."""
    if latitude is None or longitude is None:
        return ()
    return ((latitude, longitude), *((each[0], each[1]) for each in others))


@dataclass
class Geography:
    """Documents by square and position."""

    squares: dict[tuple[int, int], dict[Position, BitMap]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(BitMap))
    )

    def add(self, document_id: int, positions: Iterable[Position]) -> None:
        for position in positions:
            square = (floor(position[0] / _SQUARE), floor(position[1] / _SQUARE))
            self.squares[square][position].add(document_id)

    def forget(self, gone: BitMap) -> None:
        for documents in self._all():
            documents.difference_update(gone)

    def clear(self) -> None:
        self.squares.clear()

    def within(self, here: Position, radius_km: float) -> BitMap:
        """Documents with a position not farther away than this."""
        found: list[BitMap] = []
        for square, positions in self.squares.items():
            away = distance_km(here, ((square[0] + 0.5) * _SQUARE, (square[1] + 0.5) * _SQUARE))
            if away + _HALF_DIAGONAL_KM <= radius_km:
                found.extend(positions.values())
            elif away - _HALF_DIAGONAL_KM <= radius_km:
                found.extend(
                    documents
                    for position, documents in positions.items()
                    if distance_km(here, position) <= radius_km
                )
        return BitMap.union(BitMap(), *found)

    def by_distance(self, here: Position, documents: BitMap) -> Iterator[int]:
        """Those of the documents that have a position, nearest first; at the same distance by id."""
        seen = BitMap()
        near = [
            (distance_km(here, position), position, members)
            for positions in self.squares.values()
            for position, members in positions.items()
            if not members.isdisjoint(documents)
        ]
        for _km, _position, members in sorted(near, key=lambda each: each[:2]):
            new = (members & documents) - seen
            yield from new
            seen |= new

    def _all(self) -> Iterator[BitMap]:
        return chain.from_iterable(positions.values() for positions in self.squares.values())
