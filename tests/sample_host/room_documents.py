from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Model
from wagtail.models import Locale, Site

from search.documents import Document
from search.facets import Facet
from search.kinds import register_kind
from search.registry import HitAddress, Searchable, register, register_facet

from .models import Room
from .models.room import SIZES


class SizeFacet(Facet):
    name = "room_size"
    label = "Size of the room"

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        return {value: label for value, label in SIZES if value in values}


class RoomSearchable(Searchable):
    name = "rooms.room"
    label = "Room"
    models = (Room,)

    def key(self, instance: Model) -> str:
        return str(instance.pk)

    def keys(self) -> Iterable[str]:
        return (str(key) for key in Room.objects.order_by("pk").values_list("pk", flat=True))

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        locales = list(Locale.objects.values_list("language_code", flat=True))
        for room in Room.objects.filter(pk__in=keys, is_lent=True):
            for locale in locales:
                yield Document(
                    object_key=str(room.pk),
                    object_id=room.pk,
                    locale=locale,
                    lang="en",  # in which it is written, whoever reads it
                    kind="room",
                    title=room.name,
                    body=room.description,
                    facets={"room_size": (room.size,)},
                    stored={"kind_label": "Room"},
                )

    def address(self, site: Site, locale: str) -> HitAddress | None:
        return lambda hit: f"/rooms/{hit.object_key}/"


register(RoomSearchable())
register_kind("room", "Rooms", order=60)
register_facet(SizeFacet())
