"""The columns an import knows: for each its field, where that field lives, and how its cells are cleaned."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from cms_blocks.rule_fields import POSITIONS, Frequency, Weekday, default_timezone

from .. import host_fields
from ..editor_facets import made_facets
from ..models import (
    AttendanceOption,
    EntryStatus,
    Facility,
    LegalForm,
    LocationType,
    OfferForm,
    RelationKind,
)
from ..models.languages import language_choices
from . import choices, cleaners, numbers
from .cells import Cell, Unusable, tidy_line, tidy_lines

Cleaner = Callable[[str, Cell], object]


class Part(Enum):
    """Where a field lives: in every language's own row, or as a fact on the source row."""

    IDENTITY = "identity"
    TEXT = "text"
    FACT = "fact"
    PLACE = "place"
    TOPICS = "topics"
    TARGET_GROUPS = "target_groups"
    COSTS = "costs"
    SCHEDULE = "schedule"
    RELATIONS = "relations"
    FACETS = "facets"
    HOST = "host"


@dataclass(frozen=True)
class Column:
    """`clean` gets tidied text that is not empty, and gives the field's value or `UNUSABLE`."""

    name: str
    part: Part
    clean: Cleaner
    empty: object = ""
    several_lines: bool = False
    #: Of a host's column: the child relation of entries that it fills, and the field there.
    relation: str = ""
    field: str = ""

    def tidy(self, text: str) -> str:
        return tidy_lines(text) if self.several_lines else tidy_line(text)

    def value_of(self, text: str, cell: Cell) -> object | Unusable:
        return self.clean(text, cell) if text else self.empty


#: Column -> the relation of which it names the other entries.
RELATION_KINDS: Mapping[str, str] = {
    "memberships": RelationKind.MEMBER_OF,
    "supporters": RelationKind.SUPPORTED_BY,
    "parent_organisation": RelationKind.PART_OF,
}

#: In the order in which a row is cleaned: the locale and the country are needed by those after them.
COLUMNS: tuple[Column, ...] = (
    Column("external_id", Part.IDENTITY, cleaners.entry_text("external_id")),
    Column("locale", Part.IDENTITY, cleaners.locale),
    Column("country", Part.PLACE, cleaners.country),
    Column("name", Part.TEXT, cleaners.entry_text("name")),
    Column("summary", Part.TEXT, cleaners.entry_text("summary")),
    Column("description", Part.TEXT, cleaners.rich_text, several_lines=True),
    Column("alternate_names", Part.TEXT, cleaners.other_names, several_lines=True),
    Column("alert", Part.TEXT, cleaners.entry_text("alert")),
    Column("purposes", Part.TEXT, cleaners.entry_text("purposes"), several_lines=True),
    Column(
        "eligibility_description",
        Part.TEXT,
        cleaners.entry_text("eligibility_description"),
        several_lines=True,
    ),
    Column("ineligibility_info", Part.TEXT, cleaners.entry_text("ineligibility_info"), several_lines=True),
    Column("application_process", Part.TEXT, cleaners.entry_text("application_process"), several_lines=True),
    Column("team_description", Part.TEXT, cleaners.entry_text("team_description"), several_lines=True),
    Column("kind", Part.FACT, cleaners.kind),
    Column("status", Part.FACT, choices.choice(lambda: EntryStatus.choices), empty=EntryStatus.ACTIVE.value),
    Column("topics", Part.TOPICS, cleaners.topics, empty=()),
    Column("target_groups", Part.TARGET_GROUPS, choices.target_groups, empty=()),
    Column("phone", Part.FACT, cleaners.phone),
    Column("email", Part.FACT, cleaners.email),
    Column("website", Part.FACT, cleaners.website),
    Column("social_media", Part.FACT, cleaners.links, several_lines=True),
    Column("feedback_email", Part.FACT, cleaners.email),
    Column("address_1", Part.PLACE, cleaners.place_text("address_1")),
    Column("address_2", Part.PLACE, cleaners.place_text("address_2")),
    Column("postal_code", Part.PLACE, cleaners.postal_code),
    Column("city", Part.PLACE, cleaners.place_text("city")),
    Column("region", Part.PLACE, cleaners.place_text("region")),
    Column(
        "location_type",
        Part.PLACE,
        choices.choice(lambda: LocationType.choices),
        empty=LocationType.PHYSICAL.value,
    ),
    Column("approximate", Part.PLACE, choices.yes_or_no, empty=False),
    Column("facilities", Part.PLACE, choices.choice_list(lambda: Facility.choices), empty=()),
    Column(
        "accessibility_description",
        Part.PLACE,
        cleaners.place_text("accessibility_description"),
        several_lines=True,
    ),
    Column("accessibility_url", Part.PLACE, cleaners.website),
    Column("transportation", Part.PLACE, cleaners.place_text("transportation"), several_lines=True),
    Column("latitude", Part.PLACE, cleaners.coordinate(90), empty=None),
    Column("longitude", Part.PLACE, cleaners.coordinate(180), empty=None),
    Column("visible_from", Part.FACT, cleaners.moment(end_of_day=False), empty=None),
    Column("visible_to", Part.FACT, cleaners.moment(end_of_day=True), empty=None),
    Column("assured_on", Part.FACT, cleaners.day, empty=None),
    Column("assured_by", Part.FACT, cleaners.entry_text("assured_by")),
    Column("last_contact_on", Part.FACT, cleaners.day, empty=None),
    Column("minimum_age", Part.FACT, numbers.whole_number(120), empty=None),
    Column("maximum_age", Part.FACT, numbers.whole_number(120), empty=None),
    Column("needs_referral", Part.FACT, choices.yes_or_no, empty=False),
    Column("offer_forms", Part.FACT, choices.choice_list(lambda: OfferForm.choices), empty=()),
    Column("attendance_option", Part.FACT, choices.choice(lambda: AttendanceOption.choices)),
    Column("conference_url", Part.FACT, cleaners.website),
    Column("conference_phone", Part.FACT, cleaners.phone),
    Column("response_time", Part.FACT, numbers.response_time, empty=None),
    Column("capacity_available", Part.FACT, numbers.whole_number(1_000_000), empty=None),
    Column("capacity_maximum", Part.FACT, numbers.whole_number(1_000_000), empty=None),
    Column("capacity_updated_on", Part.FACT, cleaners.day, empty=None),
    Column("languages", Part.FACT, choices.choice_list(language_choices), empty=()),
    Column("legal_form", Part.FACT, choices.choice(lambda: LegalForm.choices)),
    Column("members_count", Part.FACT, numbers.whole_number(100_000_000), empty=None),
    Column("founded_year", Part.FACT, numbers.whole_number(9999, smallest=1000), empty=None),
    Column("organisation_identifier", Part.FACT, cleaners.entry_text("organisation_identifier")),
    Column("cost_options", Part.COSTS, numbers.cost_options, empty=()),
    Column("freq", Part.SCHEDULE, choices.choice(lambda: Frequency.choices), empty=Frequency.WEEKLY.value),
    Column("interval", Part.SCHEDULE, numbers.whole_number(4, smallest=1), empty=1),
    Column("byday", Part.SCHEDULE, choices.choice_list(lambda: Weekday.choices, abbreviated=True), empty=()),
    Column("bysetpos", Part.SCHEDULE, choices.choice_list(lambda: POSITIONS), empty=()),
    Column("bymonthday", Part.SCHEDULE, numbers.whole_number(31, smallest=1), empty=None),
    Column("opens_at", Part.SCHEDULE, numbers.time_of_day, empty=None),
    Column("closes_at", Part.SCHEDULE, numbers.time_of_day, empty=None),
    Column("dtstart", Part.SCHEDULE, cleaners.day, empty=None),
    Column("until", Part.SCHEDULE, cleaners.day, empty=None),
    Column("valid_from", Part.SCHEDULE, cleaners.day, empty=None),
    Column("valid_to", Part.SCHEDULE, cleaners.day, empty=None),
    Column("except_dates", Part.SCHEDULE, numbers.days, empty=()),
    Column("extra_dates", Part.SCHEDULE, numbers.days, empty=()),
    Column("timezone", Part.SCHEDULE, choices.time_zone, empty=default_timezone()),
    Column("note", Part.SCHEDULE, cleaners.schedule_text("note")),
    *(Column(name, Part.RELATIONS, choices.entries, empty=()) for name in RELATION_KINDS),
)


#: Begins the name of a column of an editors' filter, whose address follows.
FACET = "facet:"


class _Columns(dict[str, Column]):
    """Columns by name; that of an editors' filter is made where it is asked for, whether it exists or not."""

    def __missing__(self, name: str) -> Column:
        if not name.startswith(FACET):
            raise KeyError(name)
        return _facet_column(name)


@cache
def _facet_column(name: str) -> Column:
    return Column(name, Part.FACETS, choices.facet_values(name.removeprefix(FACET)), empty=())


@cache
def by_name() -> Mapping[str, Column]:
    """The columns of the directory and of the host, in the order in which a row is cleaned."""
    columns = (*COLUMNS, *_host_columns())
    return _Columns({column.name: column for column in columns})


def _host_columns() -> Iterator[Column]:
    for fields in host_fields.sound():
        for column in fields.columns:
            yield Column(
                column.name,
                Part.HOST,
                column.clean,
                empty=column.empty,
                several_lines=column.several_lines,
                relation=fields.relation,
                field=column.field_name,
            )


def known_names() -> list[str]:
    """Every column an import may fill at this moment, in the order in which a row is cleaned."""
    return [*by_name(), *(f"{FACET}{facet.name}" for facet in made_facets())]
