"""Any page that is served as a PDF file, made on this server by the page's own print styles (extra `[pdf]`).

The library must never fetch anything: it gets the site's stylesheets, fonts and pictures from disk, and
everything else is left out of the file.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from mimetypes import guess_type
from typing import Any
from urllib.parse import unquote, urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from wagtail.documents import get_document_model
from wagtail.models import Page

from . import conf
from .public_forms import within_limit
from .slugs import slug_of

#: The parameter of an address that asks for the file, and its value.
FORMAT_PARAMETER, FORMAT = "format", "pdf"
#: Bytes of a page, and of all that it shows; seconds for making the file, and for waiting for another one.
MAX_PAGE = 600_000
MAX_FILES = 30_000_000
MAX_SECONDS = 20
MAX_WAIT = 5
#: Seconds for which the reader's own browser may keep a public file. Shared caches keep none: a person in it
#: may take back the consent at any moment.
KEPT = 300

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponse]
logger = logging.getLogger(__name__)
#: Making a file keeps a processor busy, so each process makes one at a time.
_one_at_a_time = threading.BoundedSemaphore(1)
_deadline: ContextVar[float] = ContextVar("torv_pdf_deadline")


class TakesTooLongError(Exception):
    pass


@cache
def missing_library() -> str:
    """Why no file can be made on this machine; empty where one can."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # OSError: the Python package is there, its libraries are not
        return str(error).strip().splitlines()[0]
    weasyprint.LOGGER.setLevel(
        logging.ERROR
    )  # else each file names all rules of the styles it has no use for
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.addFilter(_give_up_when_due)
    return ""


def is_offered() -> bool:
    return conf.current().pdf and not missing_library()


def url_of(request: HttpRequest, page: Page) -> str:
    """Where the page that the reader is on comes as a file, with its filter; empty where it does not."""
    match = request.resolver_match
    if not (page.live and match and match.view_name == "wagtail_serve" and is_offered()):
        return ""
    query = request.GET.copy()
    query[FORMAT_PARAMETER] = FORMAT
    return f"{request.path}?{query.urlencode()}"


def serve_as_pdf(next_serve_page: Serve) -> Serve:
    """Wagtail asks first who may read the page, so that its file is closed to the same readers."""

    def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        if request.GET.get(FORMAT_PARAMETER) != FORMAT or request.method != "GET" or not is_offered():
            return next_serve_page(page, request, args, kwargs)
        if not within_limit(request, "pdf", conf.current().pdf_limit):
            return _refused(page, request, "limit", 429)
        request.torv_pdf = True  # type: ignore[attr-defined]
        response = next_serve_page(page, request, args, kwargs)
        if hasattr(response, "render"):
            response = response.render()
        if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return _as_pdf(page, request, response)

    return serve


def _as_pdf(page: Page, request: HttpRequest, shown: HttpResponse) -> HttpResponse:
    if len(shown.content) > MAX_PAGE:
        return _refused(page, request, "size", 413)
    if not _one_at_a_time.acquire(timeout=MAX_WAIT):
        return _refused(page, request, "busy", 503)
    try:
        content = document(shown.content.decode(), request.build_absolute_uri())
    except TakesTooLongError:
        logger.warning("The PDF of %s took longer than %s seconds", request.path, MAX_SECONDS)
        return _refused(page, request, "size", 413)
    except Exception:  # the library stumbles over the page in a way of its own
        logger.exception("The PDF of %s could not be made", request.path)
        return _refused(page, request, "error", 503)
    finally:
        _one_at_a_time.release()
    response = HttpResponse(content, content_type="application/pdf", headers={"X-Robots-Tag": "noindex"})
    response["Content-Disposition"] = f'attachment; filename="{_file_name(page, request)}.pdf"'
    _say_who_may_keep(response, page, shown)
    return response


def document(html: str, address: str) -> bytes:
    """The file of a page that was rendered for this address: tagged, with its title and language."""
    import weasyprint

    _deadline.set(time.monotonic() + MAX_SECONDS)
    source = weasyprint.HTML(
        string=html, base_url=address, url_fetcher=_own_files(address), media_type="print"
    )
    made: bytes = source.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _give_up_when_due(record: logging.LogRecord) -> bool:
    """The library tells each step and each sheet, which is where it can be stopped."""
    deadline = _deadline.get(None)
    if deadline is not None and time.monotonic() > deadline:
        raise TakesTooLongError
    return False


def _own_files(address: str) -> Any:
    """What the library may have: files of this site, from disk, and what stands in the page itself."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        left = MAX_FILES

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            content = own_file(url, address)
            self.left -= len(content)
            if self.left < 0:
                raise ValueError("The pictures of the page are too large together.")
            return URLFetcherResponse(url, content, {"Content-Type": guess_type(url)[0] or ""})

    return OwnFiles(allowed_protocols=("data",))


def own_file(url: str, address: str) -> bytes:
    """The content of a static file or a picture of this site. Documents may be private and are not given."""
    path = url.split("?")[0].split("#")[0]
    static, media = urljoin(address, settings.STATIC_URL), urljoin(address, settings.MEDIA_URL)
    if path.startswith(static):
        return _static_file(unquote(path.removeprefix(static)))
    name = unquote(path.removeprefix(media))
    is_picture = (guess_type(name)[0] or "").startswith("image/")
    if (
        not path.startswith(media)
        or not is_picture
        or get_document_model().objects.filter(file=name).exists()
    ):
        raise ValueError(f"Not a file that a PDF may show: {url}")
    with default_storage.open(name) as file:
        return bytes(file.read())


def _static_file(name: str) -> bytes:
    """As it is collected; at a desk, where nothing is, as it lies in the app."""
    if found := finders.find(name):
        with open(str(found), "rb") as file:
            return file.read()
    with staticfiles_storage.open(name) as file:
        return bytes(file.read())


def _file_name(page: Page, request: HttpRequest) -> str:
    last = request.path.rstrip("/").rsplit("/", 1)[-1]
    return slug_of(last, 100) or page.slug


def _say_who_may_keep(response: HttpResponse, page: Page, shown: HttpResponse) -> None:
    """What is behind a login or about something sensitive stays out of every cache."""
    context = getattr(shown, "context_data", None) or {}
    is_for_all = not page.get_view_restrictions().exists() and not context.get("safety")
    if is_for_all and not shown.has_header("Cache-Control"):
        patch_cache_control(response, private=True, max_age=KEPT)
    else:
        add_never_cache_headers(response)


def _refused(page: Page, request: HttpRequest, reason: str, status: int) -> HttpResponse:
    query = request.GET.copy()
    query.pop(FORMAT_PARAMETER)
    back = f"{request.path}?{query.urlencode()}" if query else request.path
    context = {
        "page": page,
        "reason": reason,
        "back_url": back,
        "breadcrumb_trail": [("PDF", "")],
    }
    response = render(request, "torv_blocks/pdf_refused.html", context, status=status)
    add_never_cache_headers(response)
    if status in (429, 503):
        response["Retry-After"] = "3600" if status == 429 else "60"
    return response
