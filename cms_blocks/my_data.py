"""“My data”: what is kept of the person who is logged in, and the way to take a consent back."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from .models import PrivatePerson

URL_NAME = "torv_blocks_my_data"


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
        consents = self.person.consents.all()
        return {**super().get_context_data(**kwargs), "person": self.person, "consents": consents}

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


def my_data_urls() -> list[URLPattern]:
    return [path("my-data/", MyData.as_view(), name=URL_NAME)]


def register_my_data_item(request: HttpRequest) -> dict[str, str] | None:
    """On the account page, of those alone of whom something is kept."""
    if person_of(request.user) is None:
        return None
    return {
        "url": reverse(URL_NAME),
        "label": _("My data"),
        "help_text": _("See what is kept about you, and take a consent back."),
    }
