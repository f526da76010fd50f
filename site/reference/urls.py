"""Addresses of the reference site: the admin once, everything public under a language prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cms_blocks.urls")),
    path("", include("search.service_urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("", include("search.urls")),
        path("", include("directory.urls")),
        path("", include(wagtail_urls)),
    ),
]
handler400 = "cms_blocks.views.bad_request"
handler404 = "cms_blocks.views.page_not_found"
handler500 = "cms_blocks.views.server_error"
