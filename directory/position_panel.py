"""Beside latitude and longitude: the position found by the address, or chosen on a map."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from cms_blocks import policy

from .maps import map_button, tile_source

FIND_URL = "torv_directory_find_position"


class PositionPanel(Panel):
    """Two buttons for the row it stands in; that of the map only where tiles are configured.

    Nothing is asked of the host of the tiles before an editor wants the map, and only this page's policy lets
    pictures come from there.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_directory/admin/position.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            source = tile_source()
            if source:
                policy.allow(self.request, "img-src", source)
            note = f"{self.form.prefix}-position-note"
            return {**context, "find_url": reverse(FIND_URL), "map": map_button(), "note_id": note}
