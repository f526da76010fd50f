"""Error pages in the reader's language, the choice of a language at `/`, and addresses such as `/was`."""

from mimetypes import guess_type
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.contrib.sitemaps.views import sitemap as sitemap_view

from . import conf, languages
from . import vcard as vcards
from .consents import may_show_photo
from .form_pages import page_of_form
from .models import ContactPerson, PrivatePerson
from .person_photos import FILTER, person_id_in
from .public_forms import public_form
from .sitemaps import SiteSitemap
from .usage import on_public_pages

#: Seconds after which a reader may try again while the site is being worked on.
RETRY_AFTER = 600


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says so where a form was too large: what was typed is still in the browser, one step back."""
    is_too_large = isinstance(exception, TooManyFieldsSent | TooManyFilesSent | RequestDataTooBig)
    return _plain_page(request, "400.html", 400, {"is_too_large": is_too_large})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's frame with a search, so that a reader finds what has moved."""
    with translation.override(error_language(request)):
        return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database: it may be what failed."""
    return _plain_page(request, "500.html", 500)


def service_unavailable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """For a host to route every address to while the site is being worked on. Needs no database."""
    response = _plain_page(request, "503.html", 503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _plain_page(
    request: HttpRequest, template: str, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Rendered without a request, so that no context processor touches session or database."""
    code = error_language(request)
    with translation.override(code):
        content = render_to_string(template, context)
    response = HttpResponse(content, status=status)
    if not get_language_from_path(request.path_info):
        patch_vary_headers(response, ["Accept-Language"])
    return response


def error_language(request: HttpRequest) -> str:
    """The language of the address, else of the browser; errors may come before any middleware has run."""
    known = [code for code, _ in settings.LANGUAGES]
    return (
        get_language_from_path(request.path_info) or languages.best(request, known) or settings.LANGUAGE_CODE
    )


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/`: to the home page in the language that the browser asks for, among those that have one."""
    code = languages.best(request, list(languages.live_homes(request)))
    if code is None:
        raise Http404
    response = HttpResponseRedirect(f"{get_script_prefix()}{code}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def was(request: HttpRequest) -> HttpResponse:
    """The address under which Danish authorities' accessibility statements are found."""
    target = conf.current().was_redirect_url
    if not target:
        raise Http404
    return HttpResponseRedirect(target)


@require_safe
def vcard(request: HttpRequest, key: UUID) -> HttpResponse:
    """`?lang=` chooses the language of role and department. Only for persons on a page that all may read."""
    rows = ContactPerson.objects.filter(translation_key=key).select_related("locale", "source_row")
    by_code = {row.locale.language_code: row for row in rows}
    source = next((row.facts for row in by_code.values()), None)
    if source is None or source.archived or not on_public_pages(ContactPerson, [source.pk]):
        raise Http404
    person = by_code.get(request.GET.get("lang", ""), source)
    headers = {
        "Content-Disposition": f'attachment; filename="{vcards.file_name(person)}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(vcards.card(person), content_type="text/vcard; charset=utf-8", headers=headers)


@never_cache
@require_safe
def person_photo(request: HttpRequest, token: str) -> HttpResponse:
    """Of a private person, as long as consents for the photo and the name hold; kept by no cache."""
    person = PrivatePerson.objects.select_related("photo").filter(pk=person_id_in(token)).first()
    if person is None or person.photo is None or not may_show_photo(person):
        raise Http404
    try:
        rendition = person.photo.get_rendition(FILTER)
        with rendition.file.open("rb") as file:
            content = file.read()
    except OSError as error:  # the file is lost
        raise Http404 from error
    kind = guess_type(rendition.file.name)[0]
    return HttpResponse(content, content_type=kind, headers={"X-Robots-Tag": "noindex"})


@public_form
@require_POST
def contact_form(request: HttpRequest, page_id: int) -> HttpResponse:
    """Where the form of a contact page is sent: a page's own address is cached and asks for a cookie."""
    found = page_of_form(request, page_id)
    if not getattr(found, "receives_form", False):
        raise Http404
    with translation.override(found.locale.language_code):
        response: HttpResponse = found.receive(request)
        return response.render() if isinstance(response, TemplateResponse) else response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: all public pages of this site."""
    if not apps.is_installed("django.contrib.sitemaps"):
        raise Http404
    response: HttpResponse = sitemap_view(request, {"pages": SiteSitemap})
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: everything may be read but the admin, and where the sitemap is."""
    lines = ["User-agent: *", f"Disallow: {_admin_address()}"]
    if apps.is_installed("django.contrib.sitemaps"):
        lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('torv_blocks:sitemap'))}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _admin_address() -> str:
    """Empty, which closes nothing, where the admin runs elsewhere."""
    try:
        return reverse("wagtailadmin_home")
    except NoReverseMatch:
        return ""
