"""What Torv adds to Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.snippets.models import register_snippet

from . import (
    comparisons,  # noqa: F401 - registers how versions are compared
    consent_dealing,
)
from .confidential_files import guard_document, keep_confidential
from .consent_report import add_panel, register_report_item, report_urls
from .feedback_report import feedback_button, feedback_urls, register_feedback_item
from .file_report import file_report_urls, register_file_report_item
from .models import VIEW_FEEDBACK, VIEW_PERSONS, VIEW_PRIVATE
from .my_data import my_data_urls, register_my_data_item
from .pdf import serve_as_pdf
from .person_export import register_log_action
from .person_viewset import keep_persons_in_use
from .policy import widen_policy
from .private_person_erasure import erase_instead
from .publishing_gaps import refuse_in_bulk
from .story_panel import add_panel as add_stories_panel
from .theme_viewset import BULK_ACTIONS
from .viewsets import TorvViewSetGroup

register_snippet(TorvViewSetGroup)
hooks.register("before_delete_snippet", keep_persons_in_use)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)
hooks.register("before_delete_snippet", erase_instead)
hooks.register("before_bulk_action", refuse_in_bulk)
hooks.register("register_log_actions", register_log_action)
hooks.register("register_log_actions", consent_dealing.register_log_action)
hooks.register("register_admin_urls", consent_dealing.urls)
hooks.register("before_serve_document", guard_document)
hooks.register("on_serve_page", widen_policy)
hooks.register("register_admin_urls", keep_confidential)  # when every app has registered its policies
hooks.register("register_admin_urls", report_urls)
hooks.register("register_reports_menu_item", register_report_item)
hooks.register("register_admin_urls", file_report_urls)
hooks.register("register_reports_menu_item", register_file_report_item)
hooks.register("construct_homepage_panels", add_panel)
hooks.register("construct_homepage_panels", add_stories_panel)
hooks.register("register_admin_urls", my_data_urls)
hooks.register("register_account_menu_item", register_my_data_item)

hooks.register("register_admin_urls", feedback_urls)
hooks.register("register_reports_menu_item", register_feedback_item)
hooks.register("register_page_header_buttons", feedback_button)
hooks.register("on_serve_page", serve_as_pdf)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """So that groups can be given the sight of private ways of contact, private persons and feedback."""
    names = [name.split(".")[1] for name in (VIEW_PRIVATE, VIEW_PERSONS, VIEW_FEEDBACK)]
    return Permission.objects.filter(content_type__app_label="torv_blocks", codename__in=names)


@hooks.register("insert_editor_js")
def form_scripts() -> SafeString:
    """What an editor types stays: one save at a time, and dates as they are written here."""
    scripts = ("one_save_at_a_time.js", "dates_as_written.js")
    addresses = ((versioned_static(f"torv_blocks_admin/{script}"),) for script in scripts)
    return format_html_join("\n", '<script src="{}" defer></script>', addresses)
