"""Addresses outside the page tree. Include them inside `i18n_patterns`, before Wagtail's own."""

from django.urls import path

from . import views

app_name = "torv_directory"
urlpatterns = [
    path("contact/<uuid:key>/", views.contact, name="contact"),
    path("report-error/<uuid:key>/", views.report_error, name="report_error"),
    path("report-error/<uuid:key>/thanks/", views.error_reported, name="error_reported"),
]
