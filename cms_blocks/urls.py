"""Addresses outside the page tree that every municipal site needs. Included without a language prefix."""

from django.urls import URLPattern, URLResolver, path

from . import feedback_views, theme_views, views

app_name = "torv_blocks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.choose_language, name="root"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("was", views.was, name="was"),
    path("was/", views.was),
    path("forms/themes/<int:page_id>/", theme_views.propose_theme, name="propose_theme"),
    path("kontakt/<uuid:key>.vcf", views.vcard, name="vcard"),
    path("persons/photo/<str:token>/", views.person_photo, name="person_photo"),
    path("forms/contact/<int:page_id>/", views.contact_form, name="contact_form"),
    path("forms/feedback/<int:page_id>/", feedback_views.page_feedback, name="feedback"),
]
