"""A strict policy for readers and a wider one for the admin; no page in a wrong language."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, get_script_prefix, reverse, translate_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path

from . import languages
from .policy import asked
from .publishing_gaps import refuse_to_approve

GetResponse = Callable[[HttpRequest], HttpResponse]
POLICY_HEADER = "Content-Security-Policy"

#: What Wagtail's admin needs beyond the policy of the public pages: its date chooser and the translation
#: editor write scripts and styles into the page, uploads are shown from memory, and previews are framed.
ADMIN_POLICY: dict[str, list[str]] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


class AdminPolicyMiddleware:
    """Stands before django-csp's middleware and replaces its header under the admin's address alone.

    What a page of the admin asks for by `policy.allow` is added to it. A preview of a page is served under
    the admin's address and gets the wider policy with it: what a page does under the strict one shows only at
    its public address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if POLICY_HEADER in response and is_admin(request):
            response[POLICY_HEADER] = build_policy(replace=ADMIN_POLICY, update=asked(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Wagtail has no place of its own to say why an approved page cannot be published."""
        return refuse_to_approve(request, exception) if is_admin(request) else None


def is_admin(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


class LanguageTreeMiddleware:
    """Sends readers of a language without live pages to one that has them; stands after LocaleMiddleware.

    Without it Wagtail answers `/en/` with the default language's pages where no English tree exists.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        target = self._target(request) if request.method in {"GET", "HEAD"} else None
        return target or self.get_response(request)

    def _target(self, request: HttpRequest) -> HttpResponse | None:
        code = get_language_from_path(request.path_info)
        if not code or not f"{request.path_info}/".startswith(f"/{code}/"):
            return None
        homes = languages.live_homes(request)
        if not homes or code in homes:
            return None
        return redirect_to_language(request, languages.best(request, list(homes)) or code)


def redirect_to_language(request: HttpRequest, code: str) -> HttpResponse:
    """The same address in another language, else its home page; temporary, as pages may come."""
    here = request.get_full_path()
    there = translate_url(here, code)
    response = HttpResponseRedirect(there if there != here else f"{get_script_prefix()}{code}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response
