"""Blocks that lead on: to an event, to related pages, to whom to ask."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.blocks import StructBlockValidationError
from wagtail.models import PageViewRestriction, ReferenceIndex, Site

from cms_blocks.blocks import ContactCardBlock, EventTeaserBlock, RelatedLinksBlock
from cms_blocks.models import SiteFrame
from tests.cms_blocks import events, factories

pytestmark = pytest.mark.django_db
EVENT = EventTeaserBlock()
CARD = ContactCardBlock()
LINKS = RelatedLinksBlock()


def rendered(block, value, page, **context):
    request = RequestFactory().get("/")
    request.__dict__.update(context)
    return block.render(block.to_python(value), {"page": page, "request": request})


def test_an_event_is_shown_with_its_next_date_and_place(home):
    page = events.event(home, title="Foredrag", starts_at=events.soon(3))
    html = rendered(EVENT, {"event": page.pk}, home)
    assert f'<a href="{page.get_url()}"' in html
    assert ">Foredrag</a>" in html
    assert f'datetime="{events.soon(3).isoformat()}"' in html
    assert "Biblioteket, Torvkøbing" in html


def test_a_repeated_event_shows_its_next_time_and_a_past_one_its_last(home):
    page = events.every(events.event(home), "MO", "TU", "WE", "TH", "FR", "SA", "SU")
    assert "19:00" in rendered(EVENT, {"event": page.pk}, home)
    past = events.event(home, starts_at=events.soon(-3))
    assert f'datetime="{events.soon(-3).isoformat()}"' in rendered(EVENT, {"event": past.pk}, home)


def test_a_cancelled_event_says_so_and_a_series_has_no_date(home):
    page = events.event(home, starts_at=events.soon(3), status="cancelled")
    assert "torv-tag--cancelled" in rendered(EVENT, {"event": page.pk}, home)
    assert "<time" not in rendered(EVENT, {"event": events.series(home).pk}, home)


def test_what_readers_may_not_see_is_left_out_and_an_editor_is_told(home):
    deleted, unpublished, private = (events.event(home, title=f"Møde {i}") for i in range(3))
    deleted.delete()
    unpublished.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    for key in (unpublished.pk, private.pk, 999):
        assert rendered(EVENT, {"event": key}, home).strip() == ""
        assert "torv-note" in rendered(EVENT, {"event": key}, home, is_preview=True)


def test_a_page_that_is_no_event_is_refused(english, home):
    with pytest.raises(StructBlockValidationError) as caught:
        EVENT.clean(EVENT.to_python({"event": home.pk}))
    assert caught.value.block_errors["event"].messages == ["Choose an event: this page is not one."]


def test_links_are_as_on_cards_and_lead_to_the_reader_s_language(home):
    german = factories.home("de", "Marktplatz")
    page = factories.below(home, title="Sorg", slug="sorg")
    factories.below(german, title="Trauer", slug="trauer", translation_key=page.translation_key)
    link = {"page": None, "url": "", "title": ""}
    value = {"heading": "", "links": [{**link, "page": page.pk}, {**link, "page": 999}]}
    with translation.override("de"):
        html = rendered(LINKS, value, german)
    assert html.count("<li>") == 1
    assert '<a href="/de/trauer/">Trauer</a>' in html
    with pytest.raises(StructBlockValidationError):
        LINKS.clean(LINKS.to_python({"heading": "", "links": [link]}))


def test_a_contact_card_shows_a_person_or_the_contact_point_of_the_website(home):
    person = factories.person(role="Leder", phone="+4568001010")
    html = rendered(CARD, {"heading": "Spørg", "person": person.pk}, home)
    assert "Mette Lundager" in html
    assert rendered(CARD, {"heading": "", "person": None}, home).strip() == ""
    site = Site.objects.get(is_default_site=True)
    SiteFrame.objects.create(site=site, name="Torvkøbing", address="Torvet 1", phone="+4568001010")
    html = rendered(CARD, {"heading": "", "person": None}, home)
    assert "Torvet 1" in html
    assert 'href="tel:+45-68-00-10-10"' in html


def test_what_blocks_refer_to_is_tracked(home):
    event, picture = events.event(home), factories.image()
    person = factories.person()
    blocks = factories.media_blocks(linked=home, contact=person, event=event, picture=picture)
    page = factories.below(home, body=blocks)
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    video = page.body[3].value
    for target in (event, picture, person, video["video"], video["captions"][0]["file"]):
        assert ReferenceIndex.get_references_to(target).filter(object_id=str(page.pk)).exists()
