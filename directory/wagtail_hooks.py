"""What the directory adds to Wagtail's admin."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets import Button
from wagtail.models import TranslatableMixin
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail_localize.models import Translation

from cms_blocks.panels import edit_url
from cms_blocks.topic_viewset import LIST_BUTTONS_HOOK

from . import bulk_actions, todo_views, topic_admin  # noqa: F401 - the actions register themselves
from .admin_views import find_position, next_dates
from .error_report_viewset import DealWithReports, ErrorReportViewSet
from .models import Entry
from .ownership import OwnEntryPolicy, permissions
from .position_panel import FIND_URL
from .viewsets import EditorFacetViewSet, EntryViewSet, TargetGroupViewSet

register_permission_policy(Entry, OwnEntryPolicy(Entry), exact_class=True)
register_snippet(EntryViewSet)
register_snippet(TargetGroupViewSet)
register_snippet(EditorFacetViewSet)
register_snippet(ErrorReportViewSet)
hooks.register("register_permissions", permissions)
hooks.register("register_bulk_action", DealWithReports)
hooks.register("register_admin_urls", todo_views.urls)
hooks.register("register_reports_menu_item", todo_views.register_report_item)
hooks.register("construct_homepage_panels", todo_views.add_panel, order=10)  # after the panel of consents


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("directory/next-dates/", next_dates, name="torv_directory_next_dates"),
        path("directory/find-position/", find_position, name=FIND_URL),
    ]


@hooks.register("insert_editor_js")
def form_scripts() -> SafeString:
    files = ((versioned_static(f"torv_directory/{name}.js"),) for name in ("next_dates", "position"))
    return format_html_join("", '<script src="{}" defer></script>', files)


@hooks.register("register_admin_urls")
def register_topic_files() -> list[URLPattern]:
    imported = _for_topic_keepers(topic_admin.TopicImportView.as_view())
    return [
        path(
            "torv/topics/export/",
            _for_topic_keepers(topic_admin.export_topics),
            name=topic_admin.EXPORT_URL,
        ),
        path("torv/topics/import/", imported, name=topic_admin.IMPORT_URL),
    ]


def _for_topic_keepers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    for permission in topic_admin.PERMISSIONS:
        view = permission_required(permission)(view)
    return view


@hooks.register(LIST_BUTTONS_HOOK)
def topic_list_buttons(request: HttpRequest) -> list[Button]:
    return topic_admin.list_buttons(request)


@hooks.register("before_edit_snippet", order=-10)  # before the hook that answers with the translation editor
def say_where_facts_are_edited(request: HttpRequest, instance: TranslatableMixin) -> None:
    """wagtail-localize's editor shows the texts only, and has no place for a panel of ours."""
    if not isinstance(instance, Entry) or instance.is_source or request.method != "GET":
        return
    if not _has_translation_editor(instance):
        return
    source = instance.facts
    text = _(
        "Kind, contact, places, topics and dates are the same in every language. Edit them in %(language)s."
    )
    messages.info(
        request,
        text % {"language": source.locale.get_display_name()},
        buttons=[messages.button(edit_url(source), _("Edit them"))],
    )


def _has_translation_editor(entry: Entry) -> bool:
    translations = Translation.objects.filter(source__object_id=entry.translation_key, enabled=True)
    return translations.filter(target_locale=entry.locale_id).exists()
