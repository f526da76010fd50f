"""Ages as readers filter by them: who may come, not whom a group is for (that is the target group)."""

from django.utils.translation import gettext_lazy as _

from .models import Entry

#: Value -> first and last age, both count.
_BANDS = {
    "child": (0, 12),
    "teenager": (13, 17),
    "young-adult": (18, 29),
    "adult": (30, 64),
    "senior": (65, 200),
}
AGES = [
    ("child", _("Under 13")),
    ("teenager", _("13 to 17")),
    ("young-adult", _("18 to 29")),
    ("adult", _("30 to 64")),
    ("senior", _("65 and older")),
]


def ages_of(source: Entry) -> tuple[str, ...]:
    """The bands of which at least one age may come; an entry without limits is open to all."""
    youngest = source.minimum_age or 0
    oldest = source.maximum_age if source.maximum_age is not None else 200
    return tuple(name for name, (first, last) in _BANDS.items() if first <= oldest and youngest <= last)
