"""The login of a private person: what else it may do, and how it is emptied with the person."""

from functools import partial
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission, ModelLogEntry
from wagtail.users.models import UserProfile

#: What a login needs for “My data” and for what it owns; an app adds its permission of that sort.
OWN_RIGHTS = {"wagtailadmin.access_admin"}

#: What a user model may have besides the name it logs in with and the address.
_NAMES = ("first_name", "last_name")
_TREE_PERMISSIONS = (GroupPagePermission, GroupCollectionPermission)


def may_more(user: Any) -> bool:
    """Whether somebody works with it: then it is not emptied because a person is erased."""
    groups = user.groups.all()
    held = Permission.objects.filter(group__in=groups) | user.user_permissions.all()
    names = {f"{app}.{code}" for app, code in held.values_list("content_type__app_label", "codename")}
    in_trees = (model.objects.filter(group__in=groups) for model in _TREE_PERMISSIONS)
    return user.is_superuser or not names <= OWN_RIGHTS or any(rows.exists() for rows in in_trees)


def empty(user: Any) -> None:
    """Nobody logs in with it any more, and it says of nobody whose it was; the logs keep its number."""
    for profile in UserProfile.objects.filter(user=user.pk):
        if profile.avatar:
            transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))
        profile.delete()
    _log_entries(user).update(label="", data={})
    user.groups.clear()
    user.user_permissions.clear()
    setattr(user, user.USERNAME_FIELD, f"erased-{user.pk}")
    for name in (*_NAMES, user.get_email_field_name()):
        if name != user.USERNAME_FIELD and hasattr(user, name):
            setattr(user, name, "")
    user.is_active = False
    user.set_unusable_password()
    user.save()


def facts(user: Any) -> dict[str, str]:
    """What the login says of its owner, for who asks what is kept."""
    names = (user.USERNAME_FIELD, *_NAMES, user.get_email_field_name())
    return {name: str(getattr(user, name, "")) for name in names}


def _log_entries(user: Any) -> "models.QuerySet[ModelLogEntry]":
    """Of what was done to the login itself, which call it by its name."""
    kind = ContentType.objects.get_for_model(type(user), for_concrete_model=False)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk))
