"""What editors do with many entries at once, from the list of the admin.

Each entry is dealt with by itself: one that cannot be changed is named with the reason, the others are done.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from cms_blocks.models import Topic
from cms_blocks.topic_choosers import offer_topics, usable_topics

from .models import Entry, EntryStatus, EntryTopic

LOCKED = gettext_lazy("It is locked or waits for approval by others.")


class EntryBulkAction(SnippetBulkAction):
    """`act` does it to one entry and raises ValidationError with the reason where that cannot be."""

    template_name = "torv_directory/admin/bulk_action.html"
    permission: ClassVar[str] = "change"
    #: What is asked before, and what the button says.
    question: ClassVar[Any]
    #: Facts are those of the source row: a translation stands for its entry.
    on_source: ClassVar[bool] = True

    @classproperty
    def models(cls) -> list[type[Entry]]:  # noqa: N805 - as in Wagtail's own
        return [Entry]

    @classmethod
    def get_queryset(cls, model: type[Entry], object_ids: Sequence[str]) -> list[Entry]:
        """Each entry once, with what it needs, in a fixed number of queries."""
        chosen = model._default_manager.filter(pk__in=object_ids).with_facts()
        rows = [row.facts if cls.on_source else row for row in chosen.select_related("latest_revision")]
        return list({row.pk: row for row in rows}.values())

    def check_perm(self, entry: Entry) -> bool:
        return bool(
            self.permission_policy.user_has_permission_for_instance(self.request.user, self.permission, entry)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "title": self.display_name,
            "question": self.question,
        }

    @classmethod
    def execute_action(cls, objects: Iterable[Entry], **kwargs: Any) -> tuple[int, int]:
        action: EntryBulkAction = kwargs["self"]
        done = 0
        for entry in objects:
            try:
                with transaction.atomic():
                    _refuse_locked(entry, action.request.user)
                    action.act(entry)
                done += 1
            except ValidationError as error:
                reason = " ".join(error.messages)
                messages.error(action.request, f"{entry}: {reason}")
        return done, 0

    def act(self, entry: Entry) -> None:
        raise NotImplementedError

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects:
            return None
        text = ngettext("%(count)d entry done.", "%(count)d entries done.", num_parent_objects)
        return text % {"count": num_parent_objects}


def _refuse_locked(entry: Entry, user: AbstractBaseUser) -> None:
    lock = entry.get_lock()
    if lock and lock.for_user(user):
        raise ValidationError(LOCKED)


def _change(entry: Entry, user: AbstractBaseUser, apply: Callable[[Entry], None]) -> None:
    """Change what citizens read and what an editor is writing, without publishing the latter."""
    is_published_as_it_is = entry.live and not entry.has_unpublished_changes
    draft = entry.get_latest_revision_as_object()
    apply(draft)
    revision = draft.save_revision(user=user, log_action=True)
    entry.refresh_from_db()
    if is_published_as_it_is:
        entry.publish(revision, user=user)
    elif entry.live:
        apply(entry)
        entry.save()


@hooks.register("register_bulk_action")
class PublishEntries(EntryBulkAction):
    display_name = gettext_lazy("Publish")
    action_type = "publish"
    aria_label = gettext_lazy("Publish the chosen entries")
    question = gettext_lazy("Publish these entries? What is not ready stays a draft and is named.")
    permission = "publish"
    action_priority = 10
    on_source = False

    def act(self, entry: Entry) -> None:
        revision = entry.latest_revision or entry.save_revision(user=self.request.user)
        entry.publish(revision, user=self.request.user)


class CheckedForm(forms.Form):
    """Filled in with what was said last, so that mostly nothing has to be written."""

    assured_by = forms.CharField(
        label=gettext_lazy("Checked by"),
        required=False,
        max_length=120,
        help_text=gettext_lazy(
            "Citizens read it. Name your department or contact point, no colleague who has not agreed."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = Entry.objects.sources().exclude(assured_by="").exclude(assured_on=None)
        newest = told.order_by("-assured_on", "-pk").values_list("assured_by", flat=True)
        self.fields["assured_by"].initial = newest.first()


@hooks.register("register_bulk_action")
class MarkEntriesAsChecked(EntryBulkAction):
    display_name = gettext_lazy("Mark as checked")
    action_type = "mark-as-checked"
    aria_label = gettext_lazy("Mark the chosen entries as checked today")
    question = gettext_lazy("Have you made sure today that all these entries are right?")
    permission = "publish"
    action_priority = 12
    form_class = CheckedForm

    def act(self, entry: Entry) -> None:
        assured_by = self.cleaned_form.cleaned_data["assured_by"]

        def check(row: Entry) -> None:
            row.assured_on, row.assured_by = timezone.localdate(), assured_by

        _change(entry, self.request.user, check)


class TopicsForm(forms.Form):
    """Topics to add and to take away."""

    added = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Add these topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    removed = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Take these topics away"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("added", "removed"):
            offer_topics(self.fields[name], usable_topics())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        added, removed = cleaned.get("added") or (), cleaned.get("removed") or ()
        if not added and not removed:
            raise ValidationError(_("Choose at least one topic."))
        if both := [topic for topic in added if topic in removed]:
            raise ValidationError(
                _("Add a topic or take it away, not both: %(topics)s.")
                % {"topics": ", ".join(map(str, both))}
            )
        return cleaned


@hooks.register("register_bulk_action")
class AssignTopics(EntryBulkAction):
    display_name = gettext_lazy("Topics")
    action_type = "assign-topics"
    aria_label = gettext_lazy("Add topics to the chosen entries, or take them away")
    question = gettext_lazy("Which topics do these entries get, and which do they lose?")
    permission = "publish"
    action_priority = 14
    form_class = TopicsForm

    def act(self, entry: Entry) -> None:
        added, removed = self.cleaned_form.cleaned_data["added"], self.cleaned_form.cleaned_data["removed"]
        _change(entry, self.request.user, lambda row: _assign(row, added, removed))


def _assign(row: Entry, added: Iterable[Topic], removed: Iterable[Topic]) -> None:
    """A topic that leads to another one counts as that one."""
    gone = {topic.preferred.pk for topic in removed}
    kept = [carried for carried in row.entry_topics.all() if carried.topic.preferred.pk not in gone]
    present = {carried.topic.preferred.pk for carried in kept}
    wanted = {topic.preferred.pk: topic.preferred for topic in added}
    new = [EntryTopic(topic=topic) for key, topic in wanted.items() if key not in present]
    for order, carried in enumerate([*kept, *new]):
        carried.sort_order = order
    row.entry_topics.set([*kept, *new])


@hooks.register("register_bulk_action")
class ArchiveEntries(EntryBulkAction):
    """Nothing is lost: whoever sets the status back and publishes brings the entry back."""

    display_name = gettext_lazy("Archive")
    action_type = "archive"
    aria_label = gettext_lazy("Archive the chosen entries: they no longer exist")
    question = gettext_lazy(
        "Do these entries no longer exist? Citizens will not see them any more, in no language. "
        "To bring one back, change its status and publish it."
    )
    permission = "publish"
    action_priority = 20
    classes: ClassVar[set[str]] = {"serious"}

    def act(self, entry: Entry) -> None:
        draft = entry.get_latest_revision_as_object()
        draft.status = EntryStatus.DEFUNCT
        draft.save_revision(user=self.request.user, log_action=True)
        entry.refresh_from_db()
        entry.status = EntryStatus.DEFUNCT
        entry.save(update_fields=["status"])
        if entry.live:
            entry.unpublish(user=self.request.user)
