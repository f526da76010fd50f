"""No export begins a cell like a formula, and a table of topics comes back as it was."""

import csv
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_blocks.models import Consent, ContactPerson, FileText, PageFeedback, PrivatePerson, Scope
from cms_blocks.models.file_text import Note
from cms_blocks.spreadsheets import text_cell, text_of
from tests.cms_blocks import factories

FORMULAS = ["=HYPERLINK(1)", "+1+1", "-2", "@SUM(1)", "\t=1+1"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.parametrize("text", [*FORMULAS, "", "Sorg", "'Sorg", "'=1", "''-1", "a=b"])
def test_a_text_comes_back_and_no_cell_begins_like_a_formula(text):
    assert text_of(text_cell(text)) == text
    assert not text_cell(text).startswith(("=", "+", "-", "@", "\t"))


def cells(client, url, **query):
    answer = client.get(url, {"export": "csv", **query})
    return [cell for row in csv.reader(answer.getvalue().decode().splitlines()) for cell in row]


@pytest.mark.parametrize("formula", FORMULAS)
def test_lists_and_reports_mark_it(home, admin_client, formula):
    page = factories.below(home, title=formula, slug="side")
    PageFeedback.objects.create(page=page, is_useful=False, text=formula)
    person = PrivatePerson.objects.create(name=formula)
    today = timezone.localdate()
    Consent.objects.create(person=person, scope=Scope.NAME, given_on=date(2026, 1, 1), expires_on=today)
    factories.person(name=formula, phone="+4586123456")
    document = factories.document(formula)
    FileText.objects.update_or_create(document=document, defaults={"note": Note.BROKEN})
    urls = {
        reverse("torv_blocks_consent_report"): formula,
        reverse("torv_blocks_feedback_report"): formula,
        reverse("torv_blocks_feedback_of_page", args=[page.pk]): formula,
        reverse("torv_blocks_file_report"): formula,
        reverse(ContactPerson.snippet_viewset.get_url_name("list")): formula,
    }
    for url, text in urls.items():
        assert f"'{text}" in cells(admin_client, url), url
    assert "+45 86 12 34 56" in cells(admin_client, list(urls)[-1])
