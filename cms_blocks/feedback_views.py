"""Where readers say whether a page was useful. A page's own address is cached and asks for a cookie."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods
from wagtail.models import Page, Site

from . import feedback, sensitive
from .form_pages import page_of_form
from .models import SiteFrame
from .public_forms import public_form, see_other


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def page_feedback(request: HttpRequest, page_id: int) -> HttpResponse:
    """`?useful=yes` or `?useful=no` is the answer; it counts when the form is sent."""
    page = _asking_page(request, page_id)
    with translation.override(page.locale.language_code):
        answer = request.GET.get("useful")
        is_thanks = "sent" in request.GET
        form = None
        if answer in (feedback.YES, feedback.NO):
            form = feedback.FeedbackForm(
                request.POST or None, request=request, is_useful=answer == feedback.YES
            )
            if request.method == "POST" and form.is_valid():
                form.save(page)
                return see_other(f"{request.path}?sent=1")
        context = {
            "page": page,
            "safety": sensitive.safety(page.topic_ids, page.locale),
            "form": form,
            "answer": answer,
            "is_thanks": is_thanks,
            "action": request.get_full_path(),
            "breadcrumb_trail": [(translation.gettext("Was this page useful?"), request.path)],
        }
        return render(request, "torv_blocks/feedback.html", context)


def _asking_page(request: HttpRequest, page_id: int) -> Page:
    page: Page = page_of_form(request, page_id)
    row = SiteFrame.objects.filter(site=Site.find_for_request(request)).first()
    if not feedback.is_asked(page, row):
        raise Http404
    return page
