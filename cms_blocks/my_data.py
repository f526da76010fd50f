"""“My data”: what is kept of the person who is logged in, and the way to take a consent back."""

import mimetypes
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from .erasure import named_on
from .models import PrivatePerson

URL_NAME = "torv_blocks_my_data"
PHOTO_URL_NAME = "torv_blocks_my_photo"


def person_of(user: Any) -> PrivatePerson | None:
    if not isinstance(user, AbstractBaseUser):
        return None
    return PrivatePerson.objects.filter(user=user.pk).first()


class MyData(WagtailAdminTemplateMixin, TemplateView):
    """GET shows it, POST withdraws one consent."""

    page_title = gettext_lazy("My data")
    header_icon = "user"
    template_name = "torv_blocks/admin/my_data.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = person_of(request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.person is None:
            raise Http404
        return {
            **super().get_context_data(**kwargs),
            "person": self.person,
            "consents": self.person.consents.all(),
            "places": [(one._meta.verbose_name, str(one)) for one in named_on(self.person)],
            "photo_url": reverse(PHOTO_URL_NAME) if self.person.photo_id else "",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.person is None:
            raise Http404
        given = request.POST.get("consent", "")
        consent = get_object_or_404(
            self.person.consents, pk=given if given.isdecimal() else None, withdrawn_on=None
        )
        consent.withdrawn_on = timezone.localdate()
        consent.save()
        messages.success(request, _("Withdrawn. It is no longer shown."))
        return redirect(reverse(URL_NAME))


@require_safe
@cache_control(private=True, no_store=True)
def my_photo(request: HttpRequest) -> FileResponse:
    """The file itself, for the person in it, whatever readers may see; no copy of it is made for this."""
    person = person_of(request.user)
    photo = person.photo if person else None
    if photo is None or not photo.file.storage.exists(photo.file.name):
        raise Http404
    kind = mimetypes.guess_type(photo.filename)[0] or "application/octet-stream"
    return FileResponse(photo.file.storage.open(photo.file.name), content_type=kind)


def my_data_urls() -> list[URLPattern]:
    return [
        path("my-data/", MyData.as_view(), name=URL_NAME),
        path("my-data/photo/", my_photo, name=PHOTO_URL_NAME),
    ]


def register_my_data_item(request: HttpRequest) -> dict[str, str] | None:
    """On the account page, of those alone of whom something is kept."""
    if person_of(request.user) is None:
        return None
    return {
        "url": reverse(URL_NAME),
        "label": _("My data"),
        "help_text": _("See what is kept about you, and take a consent back."),
    }
