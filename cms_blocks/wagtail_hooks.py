"""What Torv adds to Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from .viewsets import TorvViewSetGroup

register_snippet(TorvViewSetGroup)
