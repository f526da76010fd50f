"""Loads the groups, what they may do, and logins to try them with."""

from functools import partial

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .records import Run
from .texts import Text, read, rows


def load_groups(run: Run) -> None:
    for text in rows("groups.toml", "group", key="name"):
        found = Group.objects.filter(name=text.key).first()
        name = f"group:{text.key}"
        if found is not None and run.row_id(name) is None:
            run.begin(name, found)  # Wagtail's own group: the demo adds to it, once
        run.write(name, text, found, partial(_group, text=text))


def load_users(run: Run) -> list[str]:
    """Makes the logins; returns them as plain lines, without what somebody has changed."""
    return [_user(run, text) for text in rows("logins.toml", "user", key="username")]


def count() -> int:
    return len(read("groups.toml")["group"]) + len(read("logins.toml")["user"])


def _group(group: Group | None, text: Text) -> Group:
    group = group or Group.objects.create(name=text.key)
    group.permissions.add(*_permissions(text.values["permissions"]))
    for codename in text.values.get("pages", []):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.get_first_root_node(), permission=permission
        )
    for name in text.values.get("files", []):
        for permission in _permissions([name]):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
    return group


def _permissions(names: list[str]) -> "QuerySet[Permission]":
    """Raises ValueError for a name that no installed model has: a typing mistake must not go unseen."""
    wanted = Q()
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = Permission.objects.filter(wanted)
    if found.count() != len(names):
        raise ValueError(f"Unknown permission among {names}")
    return found


def _user(run: Run, text: Text) -> str:
    name = f"user:{text.key}"
    found = User.objects.filter(username=text.key).first()
    run.write(name, text, found, partial(_saved, text=text))
    if name in run.kept:
        return f"  {text.key:<12}({run.kept[name]} by somebody, left alone)"
    return f"  {text.key:<12}{text.values['password']:<22}{text.values['may']}"


def _saved(user: User | None, text: Text) -> User:
    values = text.values
    user = user or User(username=text.key)
    user.email, user.first_name, user.last_name = values["email"], values["first_name"], values["last_name"]
    user.is_active = True
    user.is_superuser = user.is_staff = values.get("superuser", False)
    user.set_password(values["password"])
    user.save()
    user.groups.set(Group.objects.filter(name__in=values.get("groups", [])))
    return user
