"""Owners: logins that may change the entries that are theirs, and no others."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.permission_policies import ModelPermissionPolicy

from .models import Entry

CHANGE_ENTRY = "torv_directory.change_entry"
CHANGE_OWN = "torv_directory.change_own_entry"

View = Callable[..., HttpResponse]


class OwnEntryPolicy(ModelPermissionPolicy):
    """The usual permissions, and besides them the one to change what one owns."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        allowed = super().user_has_permission(user, action)
        return bool(allowed or (action == "change" and user.has_perm(CHANGE_OWN)))

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Entry) -> bool:
        if super().user_has_permission(user, action):
            return True
        return action == "change" and owns(user, instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Entry
    ) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> "QuerySet[Entry]":
        if any(super(OwnEntryPolicy, self).user_has_permission(user, action) for action in actions):
            return Entry.objects.all()
        return owned_by(user) if "change" in actions and user.has_perm(CHANGE_OWN) else Entry.objects.none()

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Entry
    ) -> "QuerySet[Any]":
        users = super().users_with_any_permission(actions)
        owner = instance.facts.owner
        if "change" in actions and owner and owns(owner, instance):
            users = users | get_user_model()._default_manager.filter(pk=owner.pk)
        return users.distinct()


def owns(user: Any, entry: Entry) -> bool:
    return user.has_perm(CHANGE_OWN) and user.pk is not None and entry.facts.owner_id == user.pk


def owned_by(user: Any) -> "QuerySet[Entry]":
    return Entry.objects.filter(Q(owner=user.pk) | Q(source_row__owner=user.pk))


def is_only_owner(user: Any) -> bool:
    """May change own entries, but has no permission for the others."""
    policy = ModelPermissionPolicy(Entry)
    return not policy.user_has_any_permission(user, ["add", "change", "delete", "publish", "view"])


def own_entries_only(view: View) -> View:
    """Every view of one entry (history, versions, comparison, preview) is closed for other people's."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_limited = "pk" in kwargs and is_only_owner(request.user)
        if is_limited and not owned_by(request.user).filter(pk=kwargs["pk"]).exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def permissions() -> "QuerySet[Permission]":
    """So that groups can be given it."""
    return Permission.objects.filter(content_type__app_label="torv_directory", codename="change_own_entry")
