"""What readers see of the page types, and how many queries it takes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from cms_blocks.pages.models import (
    HomePage,
    HomePageTask,
    SectionPage,
    StandardPage,
    StandardPageContact,
    StandardPageTopic,
)
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db


def html(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client, page):
    client.get(page.url)  # renditions, site roots and content types are now known
    with CaptureQueriesContext(connection) as caught:
        client.get(page.url)
    return len(caught)


def test_a_standard_page_shows_all_four_blocks_in_order(home, client):
    page = factories.below(
        home, title="Åben Dialog", summary="Vi lytter.", body=factories.four_blocks(factories.image())
    )
    text = html(client, page)
    parts = ("<h1>Åben Dialog</h1>", "Vi lytter.</p>", "<h2>Sådan", "<details>", "torv-callout--", "<figure")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "style=" not in text.split("<main", 1)[1].split("</main>", 1)[0]


def test_contact_persons_are_cards_one_or_the_other(home, client):
    mette = factories.person(role="Leder", department="Psykiatri", phone="+4587654321", mobile="+4522334455")
    jens = factories.person("Jens Toft", email="jens.toft@torvkoebing.example")
    page = factories.attach(factories.below(home), persons=[mette, jens])
    text = html(client, page)
    assert text.count('class="torv-contact-card"') == 2
    assert 'href="tel:+45-87-65-43-21"' in text
    assert "+45 22 33 44 55</a>" in text
    assert 'href="mailto:jens.toft@torvkoebing.example"' in text
    assert text.index("Mette Lundager") < text.index("torv-contact-card__or") < text.index("Jens Toft")
    assert text.count("torv-contact-card__or") == 1


def test_a_person_chosen_by_a_translation_is_stored_by_the_source_row(home):
    mette = factories.person()
    german = factories.translated(mette, "de", role="Leiterin")
    page = factories.attach(factories.below(home), persons=[german])
    assert page.contact_rows.get().person == mette


def test_facts_of_a_person_are_always_those_of_the_source(home, client):
    mette = factories.person(role="Leder", phone="+4587654321")
    factories.translated(mette, "de", role="Leiterin")
    german_home = factories.home("de", "Marktplatz")
    page = factories.attach(factories.below(german_home), persons=[mette])
    mette.phone = "+4587654322"
    mette.save()
    text = html(client, page)
    assert "Leiterin" in text
    assert "+45 87 65 43 22" in text


def test_a_person_without_a_translation_keeps_the_words_marked(home, client):
    german_home = factories.home("de", "Marktplatz")
    page = factories.attach(factories.below(german_home), persons=[factories.person(role="Leder")])
    assert 'class="torv-contact-card__role" lang="da">Leder' in html(client, page)


def test_topics_are_named_in_the_language_of_the_page(home, client):
    sorg = factories.topic("Sorg", alt_labels="tab\ndødsfald")
    angst = factories.topic("Angst")
    factories.translated(sorg, "de", pref_label="Trauer")
    page = factories.attach(factories.below(factories.home("de", "Marktplatz")), topics=[sorg, angst])
    text = html(client, page)
    assert ">Trauer</a>" in text
    assert "topic=sorg" in text
    assert '<li lang="da"><a class="tag"' in text


def test_the_same_topic_twice_is_shown_once(home, client):
    sorg = factories.topic("Sorg")
    page = factories.attach(factories.below(home), topics=[sorg, sorg])
    assert html(client, page).count("topic=sorg") == 1


def test_a_section_shows_the_pages_below_as_cards(home, client):
    section = factories.section(home, title="Hjælp", summary="Her er hjælpen.")
    factories.below(section, title="Sorg", summary="Når du har mistet.")
    factories.section(section, title="Psykiatri")
    text = html(client, section)
    assert text.count('class="torv-card"') == 2
    assert "Når du har mistet.</p>" in text
    assert text.index(">Sorg</a>") < text.index(">Psykiatri</a>")


def test_drafts_and_private_pages_have_no_card(home, client):
    section = factories.section(home)
    factories.below(section, title="Kladde", live=False)
    private = factories.below(section, title="Kun for ansatte")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert "torv-card" not in html(client, section)


def test_queries_of_a_section_do_not_grow_with_its_cards(home, client):
    section = factories.section(home)
    factories.below(section)
    factories.section(section)
    few = queries(client, section)
    for _ in range(6):
        factories.below(section)
        factories.section(section)
    assert queries(client, section) == few


def test_queries_of_a_standard_page_do_not_grow_with_topics_and_persons(home, client):
    def page(count):
        topics = [factories.topic(f"Emne {count} {i}") for i in range(count)]
        persons = [
            factories.person(f"Person {count} {i}", photo=factories.image(f"p{count}{i}"))
            for i in range(count)
        ]
        for row in (*topics, *persons):
            factories.translated(row, "de")
        return factories.attach(factories.below(home), topics=topics, persons=persons)

    assert queries(client, page(2)) == queries(client, page(7))


def tasks(home, *rows):
    home.top_tasks = [HomePageTask(**row) for row in rows]
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def test_the_home_page_leads_with_search_and_top_tasks(home, client):
    target = factories.below(home, title="Flytning")
    home.hero_heading = "Hvad kan vi hjælpe med?"
    home.search_prompt = "Søg i kommunen"
    home = tasks(
        home,
        {"title": "Meld flytning", "link_page": target},
        {"title": "Bestil pas", "link_url": "https://pas.example/"},
    )
    text = html(client, home)
    assert "Hvad kan vi hjælpe med?</h1>" in text
    assert "Søg i kommunen" in text
    assert f'<a href="{target.url}">Meld flytning</a>' in text
    assert text.index("</h1>") < text.index('role="search"') < text.index("torv-tasks")


def test_a_task_leads_to_the_translated_page_where_it_is_live(home, client):
    german = factories.home("de", "Marktplatz")
    danish = factories.below(home, title="Flytning")
    target = factories.below(german, title="Umzug", translation_key=danish.translation_key)
    german = tasks(german, {"title": "Umzug melden", "link_page": danish})
    assert f'<a href="{target.url}">' in html(client, german)


def test_a_task_to_a_page_that_is_not_live_is_left_out(home, client):
    hidden = factories.below(home, live=False)
    home = tasks(home, {"title": "Skjult", "link_page": hidden})
    assert "Skjult" not in html(client, home)


def test_queries_of_the_home_page_do_not_grow_with_its_tasks(home, client):
    pages = [factories.below(home) for _ in range(8)]
    few = queries(client, tasks(home, *({"title": p.title, "link_page": p} for p in pages[:2])))
    assert queries(client, tasks(home, *({"title": p.title, "link_page": p} for p in pages))) == few


@pytest.mark.parametrize(
    ("fields", "field"),
    [({}, "link_page"), ({"link_page": True, "link_url": "https://a.example/"}, "link_url")],
)
def test_a_task_leads_to_a_page_or_to_an_address(home, fields, field):
    row = HomePageTask(title="Pas", **{k: (home if v is True else v) for k, v in fields.items()})
    with pytest.raises(ValidationError) as caught:
        row.clean()
    assert field in caught.value.message_dict


def test_an_alias_marks_its_text_with_the_language_of_the_original(home, client):
    german = factories.home("de", "Marktplatz")
    page = factories.attach(
        factories.below(home, title="Sorg", summary="Når du har mistet."), topics=[factories.topic("Sorg")]
    )
    alias = page.copy_for_translation(german.locale, alias=True, copy_parents=True)
    assert alias.content_lang == "da"
    text = html(client, alias)
    assert '<html lang="de">' in text
    assert '<article lang="da">' in text
    assert 'id="torv-topics-title" lang="de">' in text


def test_a_page_in_its_own_language_needs_no_mark(home, client):
    assert "<article>" in html(client, factories.below(home))


def test_the_description_falls_back_to_the_summary(home, client):
    page = factories.below(home, summary="Når du har mistet.")
    assert '<meta name="description" content="Når du har mistet.">' in html(client, page)
    described = factories.below(home, summary="Når du har mistet.", search_description="Hjælp til sorg")
    assert 'content="Hjælp til sorg"' in html(client, described)


def test_home_pages_stand_at_the_root_and_other_pages_anywhere(home):
    assert HomePage.can_exist_under(Page.get_first_root_node())
    assert not HomePage.can_exist_under(home)
    for model in (SectionPage, StandardPage):
        assert model.can_exist_under(home)
        assert set(model.clean_subpage_models()) >= {SectionPage, StandardPage}


def test_a_host_may_bring_a_template_of_its_own(home, rf):
    page = factories.below(home)
    assert page.get_template(rf.get("/")) == [
        "torv_pages/standard_page.html",
        "torv_pages/standard_page.html",
    ]


def test_a_preview_of_an_unsaved_page_shows_its_topics_and_persons(home, rf):
    page = StandardPage(title="Ny", slug="ny", locale=home.locale)
    page.topic_rows = [StandardPageTopic(topic=factories.topic("Sorg"))]
    page.contact_rows = [StandardPageContact(person=factories.person())]
    with translation.override("da"):
        context = page.get_context(rf.get("/"))
    assert [topic.label for topic in context["topics"]] == ["Sorg"]
    assert [contact.name for contact in context["contacts"]] == ["Mette Lundager"]
