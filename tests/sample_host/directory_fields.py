from wagtail.admin.panels import FieldPanel

from directory.facets import ChoicesFacet
from directory.host_fields import HostColumn, HostFacet, HostFields, register
from directory.imports import choices, cleaners, numbers

from .models import Grant

SORTS = [("rent", "Rent"), ("activity", "Activities")]

register(
    HostFields(
        model=Grant,
        heading="Grant",
        kinds=("self-help-group", "co-operation-partner", "network"),
        panels=[FieldPanel("sort"), FieldPanel("year"), FieldPanel("purpose")],
        facets=[
            HostFacet(
                facet=ChoicesFacet("grant", "Grant", lambda: SORTS),
                values=lambda grant: [grant.sort],
            )
        ],
        columns=[
            HostColumn(name="grant", field="sort", clean=choices.choice(lambda: SORTS)),
            HostColumn(
                name="grant_year", field="year", clean=numbers.whole_number(2100, smallest=1970), empty=None
            ),
            HostColumn(name="grant_purpose", field="purpose", clean=cleaners.text_of(Grant, "purpose")),
        ],
        text=lambda grant: [grant.purpose],
        template="sample_host/grant.html",
    )
)
