"""What waits for those who keep the directory: counts with links, on the admin's first page and by mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from cms_blocks import consent_report
from cms_blocks.recipients import admin_address, admin_language, readers, tell

from . import conf
from .admin_filters import CHECK_DUE, IMPORTED_DRAFTS, IN_MODERATION
from .models import Entry, ErrorReport, ErrorReportStatus

KEEP_ENTRIES = "torv_directory.publish_entry"
SEE_REPORTS = "torv_directory.change_errorreport"


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One sort of work: how much there is, in words, and where it is done. `hint` says how."""

    count: int
    text: str
    hint: str
    url: str


def may_keep(user: Any) -> bool:
    return bool(user.has_perm(KEEP_ENTRIES))


def todos(user: Any) -> list[Todo]:
    """Of what the user may deal with, also where nothing is to do; a query for each."""
    return [*_entries(), *_reports(user), *_consents(user)]


def _entries() -> Iterator[Todo]:
    entries = Entry.objects.all()
    days = conf.current().check_after_days
    due = entries.due_for_check().count()
    yield Todo(
        count=due,
        text=ngettext(
            "%(count)d entry has not been checked for %(days)d days.",
            "%(count)d entries have not been checked for %(days)d days.",
            due,
        )
        % {"count": due, "days": days},
        hint=gettext(
            "Call or write, and correct what has changed. Then tick them and choose “Mark as checked”."
        ),
        url=_list(Entry, to_do=CHECK_DUE, ordering="assured_on"),
    )
    waiting = entries.in_moderation().count()
    yield Todo(
        count=waiting,
        text=ngettext("%(count)d entry waits for approval.", "%(count)d entries wait for approval.", waiting)
        % {"count": waiting},
        hint=gettext("Open the entry to approve it or to ask for changes."),
        url=_list(Entry, to_do=IN_MODERATION),
    )
    drafts = entries.imported_drafts().count()
    yield Todo(
        count=drafts,
        text=ngettext(
            "%(count)d imported entry is not published yet.",
            "%(count)d imported entries are not published yet.",
            drafts,
        )
        % {"count": drafts},
        hint=gettext("Add what is missing and publish."),
        url=_list(Entry, to_do=IMPORTED_DRAFTS),
    )


def _reports(user: Any) -> Iterator[Todo]:
    if not user.has_perm(SEE_REPORTS):
        return
    count = ErrorReport.objects.filter(status=ErrorReportStatus.OPEN).count()
    yield Todo(
        count=count,
        text=ngettext("%(count)d reported error is open.", "%(count)d reported errors are open.", count)
        % {"count": count},
        hint=gettext("Correct the entry, answer if an address is given, and mark the report as dealt with."),
        url=_list(ErrorReport, status=ErrorReportStatus.OPEN.value),
    )


def _consents(user: Any) -> Iterator[Todo]:
    if not consent_report.may_read(user):
        return
    count = consent_report.to_do().count()
    days = consent_report.AHEAD // timedelta(days=1)
    yield Todo(
        count=count,
        text=ngettext(
            "%(count)d consent has ended or ends within %(days)d days.",
            "%(count)d consents have ended or end within %(days)d days.",
            count,
        )
        % {"count": count, "days": days},
        hint=gettext(
            "Ask the person again, or leave it so and mark it as dealt with: after its end nothing is shown."
        ),
        url=reverse(consent_report.URL_NAME),
    )


def _list(model: Any, **query: str) -> str:
    return f"{reverse(model.snippet_viewset.get_url_name('list'))}?{urlencode(query)}"


def remind() -> None:
    """A mail to each who may publish entries and has something to do; the setting WEEKLY_REMINDER ends it."""
    if not conf.current().weekly_reminder:
        return
    for user in readers(Entry, "publish"):
        with translation.override(admin_language(user)):
            waiting = [todo for todo in todos(user) if todo.count]
        if waiting:
            tell(user, gettext_lazy("To do in the directory"), _lines(waiting))


def _lines(waiting: list[Todo]) -> Iterator[str]:
    yield gettext("This waits for you in the directory:")
    for todo in waiting:
        yield f"{todo.text}\n{admin_address(todo.url)}"
