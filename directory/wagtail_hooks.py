"""What the directory adds to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet

from .models import Entry
from .viewsets import EntryViewSet

register_snippet(EntryViewSet)


@hooks.register("before_edit_snippet", order=-10)  # before the one that answers with the translation editor
def say_where_facts_are_edited(request: HttpRequest, instance: TranslatableMixin) -> None:
    """A translation's editor lacks phone, places and topics: name the row that has them, with a link."""
    is_page_view = request.method == "GET" and request.headers.get("X-Requested-With") != "XMLHttpRequest"
    if not isinstance(instance, Entry) or instance.is_source or not is_page_view:
        return
    source = instance.facts
    url = reverse(source.snippet_viewset.get_url_name("edit"), args=[source.pk])
    messages.info(
        request,
        _(
            "Only texts are edited here. Contact, places, topics and dates are the same in every language: "
            "edit them in %(language)s."
        )
        % {"language": source.locale.get_display_name()},
        buttons=[messages.button(url, _("Edit the facts"))],
    )
