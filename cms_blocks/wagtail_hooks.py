"""What Torv adds to Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .models import VIEW_PRIVATE
from .person_viewset import keep_persons_in_use
from .theme_viewset import BULK_ACTIONS
from .viewsets import TorvViewSetGroup

register_snippet(TorvViewSetGroup)
hooks.register("before_delete_snippet", keep_persons_in_use)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """So that groups can be given the sight of private ways of contact."""
    app, codename = VIEW_PRIVATE.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)
