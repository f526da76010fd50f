"""Alerts: what an editor may save, and what is due where, when and in which language."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms_blocks import alerts, frame
from cms_blocks.models import Alert
from tests.cms_blocks import factories
from tests.cms_blocks.frame_site import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HOUR = timedelta(hours=1)


@pytest.fixture
def town(db):
    return Town()


def headings(page=None, site=None, code="da"):
    request = RequestFactory().get("/da/")
    site = site or Site.objects.get(is_default_site=True)
    return [alert.heading for alert in alerts.shown(request, page, site, code)]


def refused(**fields):
    with pytest.raises(ValidationError) as caught:
        factories.unsaved_alert(**fields).full_clean()
    return caught.value.message_dict


def test_an_end_before_the_start_is_refused_beside_it(town):
    now = timezone.now()
    assert refused(starts_at=now, ends_at=now - HOUR) == {"ends_at": ["The end comes after the start."]}
    assert "ends_at" in refused(ends_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.alert(starts_at=now, ends_at=now)


def test_a_place_or_a_link_given_twice_is_refused_beside_it(town):
    assert "section" in refused(site=town.site, section=town.about)
    assert "link_url" in refused(link_page=town.about, link_url="https://torvkoebing.example/")
    assert "link_text" in refused(link_url="https://torvkoebing.example/")


def test_only_what_is_due_is_shown_the_gravest_first(town):
    now = timezone.now()
    factories.alert("Senere", starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    factories.alert("Forbi", starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    factories.alert("Åbent lørdag")
    factories.alert("Kog vandet", level="crisis")
    factories.alert("Glatte veje", level="warning")
    assert headings() == ["Kog vandet", "Glatte veje", "Åbent lørdag"]


def test_an_alert_of_a_section_stands_on_it_and_below_in_every_language(town):
    below = town.page(town.about, "Historie", "historie")
    beside = town.page(town.home, "Om byen igen", "om-byen-igen")
    factories.alert("Lukket fredag", section=town.about)
    assert headings(town.about) == headings(below) == ["Lukket fredag"]
    assert headings(town.about_de, code="de") == ["Lukket fredag"]
    for page in (town.home, beside, town.home_de, None):
        assert headings(page) == []


def test_an_alert_of_a_site_stands_on_no_other(town):
    other = Site.objects.create(hostname="anden.example", root_page=town.about)
    factories.alert("Her", site=town.site)
    factories.alert("Overalt")
    assert headings() == ["Overalt", "Her"]
    assert headings(site=other) == ["Overalt"]


def test_readers_get_their_language_else_the_source_marked_with_its_own(town):
    request = RequestFactory().get("/de/")
    source = factories.alert("Kog vandet")
    (untranslated,) = alerts.shown(request, None, town.site, "de")
    assert (untranslated.heading, untranslated.lang) == ("Kog vandet", "da")
    factories.translated(source, "de", heading="Wasser abkochen")
    (translated,) = alerts.shown(request, None, town.site, "de")
    assert (translated.heading, translated.lang) == ("Wasser abkochen", "")
    assert headings() == ["Kog vandet"]


def test_a_translation_follows_the_times_of_its_source(town):
    source = factories.alert("Kog vandet")
    factories.translated(source, "de", heading="Wasser abkochen")
    Alert.objects.filter(pk=source.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert headings(code="de") == []


def test_a_link_leads_to_the_public_page_of_the_readers_language(town):
    source = factories.alert(link_page=town.about)

    def link(code):
        (alert,) = alerts.shown(RequestFactory().get("/"), None, town.site, code)
        return alert.link_url, alert.link_text

    assert link("da") == ("/da/om-byen/", "Om byen")
    assert link("de") == ("/de/om-byen/", "Über die Stadt")
    for page in (town.about, town.about_de):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert link("da") == ("", "")
    Alert.objects.filter(pk=source.pk).update(
        link_page=None, link_url="https://vand.example/", link_text="Vand"
    )
    assert link("da") == ("https://vand.example/", "Vand")


def test_a_change_gives_an_alert_another_key(town):
    alert = factories.alert()
    request = RequestFactory().get("/")
    before = alerts.shown(request, None, town.site, "da")[0].key
    Alert.objects.filter(pk=alert.pk).update(updated_at=timezone.now() + HOUR)
    assert alerts.shown(request, None, town.site, "da")[0].key != before


def test_queries_do_not_grow_with_alerts(town):
    below = town.page(town.about, "Historie", "historie")

    def queries():
        with CaptureQueriesContext(connection) as caught:
            frame.build(RequestFactory().get("/da/"), below)
        return sum('FROM "torv_blocks_alert"' in query["sql"] for query in caught), len(caught)

    factories.alert(link_page=town.about)
    queries()  # the addresses of sites are cached once
    few = queries()
    for number in range(6):
        factories.translated(factories.alert(f"Nr. {number}", link_page=town.home), "de", heading="Nr.")
        factories.alert(f"Sektion {number}", section=town.about)
    assert queries() == few
    assert few[0] == 1


def test_the_next_change_is_the_next_start_or_end(town):
    now = timezone.now()
    assert alerts.next_change() is None
    factories.alert(starts_at=now - 3 * HOUR, ends_at=now - HOUR)
    assert alerts.next_change(now) is None
    factories.alert(starts_at=now - HOUR, ends_at=now + 5 * HOUR)
    assert alerts.next_change(now) == now + 5 * HOUR
    factories.alert(starts_at=now + 2 * HOUR, ends_at=now + 9 * HOUR)
    assert alerts.next_change(now) == now + 2 * HOUR
    assert alerts.next_change(now + 2 * HOUR) == now + 5 * HOUR
