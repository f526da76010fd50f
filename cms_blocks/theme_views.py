"""Where the form for proposing a theme is sent to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST

from .form_pages import page_of_form
from .page_mixins.event_edition import EventEditionPageMixin
from .public_forms import public_form, see_other
from .themes import ThemeForm


@public_form
@require_POST
def propose_theme(request: HttpRequest, page_id: int) -> HttpResponse:
    """Stores the theme and thanks, or shows the form again with everything that was typed."""
    edition = page_of_form(request, page_id)
    if not isinstance(edition, EventEditionPageMixin):
        raise Http404
    with translation.override(edition.locale.language_code):
        form = ThemeForm(request.POST, request=request)
        if not edition.collects_themes() or not form.is_valid():
            return edition.render_themes(request, form=form)
        form.save(edition)
        address = edition.get_url(request) or "/"
        return see_other(f"{address}themes/thanks/")
