"""The editor's form of a directory page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class DirectoryPageForm(WagtailAdminPageForm):
    """With all filters there are at this moment, those of editors too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from .facet_panels import FacetOrderField  # `search` must not be needed to load the models

        super().__init__(*args, **kwargs)
        if "facet_order" in self.fields:
            self.fields["facet_order"] = FacetOrderField(
                self.instance.facets,
                label=_("Filters"),
                help_text=_(
                    "Number 1 comes first. Without a number a filter is left out of this page. "
                    "Empty all numbers to go back to the usual order, with every filter."
                ),
            )
