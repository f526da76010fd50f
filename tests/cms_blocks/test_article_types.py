"""What each type of article does that the others do not."""

from datetime import date
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupApprovalTask, PageViewRestriction, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms_blocks.page_mixins.report import reports_of
from cms_blocks.pages import models
from tests.cms_blocks import articles, events, factories, services

pytestmark = pytest.mark.django_db


def read(client, page, query=""):
    answer = client.get(page.url + query)
    assert answer.status_code == 200
    return answer.content.decode()


def count_queries(call):
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


# Stories


def test_a_story_without_consent_is_published_by_nobody(home):
    page = articles.story(home, has_consent=False)
    with pytest.raises(ValidationError) as caught:
        page.save_revision().publish()
    assert set(caught.value.message_dict) == {"has_consent"}


def publish_in_bulk(client, *pages, **values):
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    query = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?{query}&next=/admin/", values, follow=True)


def test_pages_are_published_in_bulk_or_it_is_said_what_is_missing(home, admin_client):
    whole, lacking = articles.news(home, title="Nyt"), articles.story(home, has_consent=False)
    answer = publish_in_bulk(admin_client, whole, lacking)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Nothing was published" in html
    assert reverse("wagtailadmin_pages:edit", args=[lacking.pk]) in html
    assert "get the consent in writing" in html
    assert not models.NewsPage.objects.get().live
    publish_in_bulk(admin_client, whole)
    assert models.NewsPage.objects.get().live
    publish_in_bulk(admin_client, home, include_descendants="on")
    assert not models.StoryPage.objects.get().live


def test_what_a_page_lost_while_it_waited_is_said_when_it_is_approved(home, admin_client, admin_user):
    workflow = Workflow.objects.create(name="Check")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Look"))
    page = articles.news(home)
    workflow.start(page, admin_user)
    page.summary = ""
    page.save_revision()
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = admin_client.post(approve, {"comment": ""}, follow=True)
    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[page.pk]), 302)]
    assert "say in one or two sentences" in answer.content.decode()
    assert not models.NewsPage.objects.get().live
    assert models.NewsPage.objects.get().current_workflow_task_state == state


def test_a_quote_without_consent_keeps_the_story_back(home):
    page = articles.story(home)
    page.quotes = [models.StoryPageQuote(locale=page.locale, text="Ja.", attribution="En borger")]
    with pytest.raises(ValidationError) as caught:
        page.save_revision().publish()
    assert set(caught.value.message_dict) == {"quotes"}


@pytest.mark.usefixtures("english")
def test_the_form_names_the_missing_consent_beside_each_box_and_keeps_what_was_typed(home, admin_client):
    quote = {"text": "Her er plads.", "attribution": "En borger", "consent_reference": ""}
    data = {
        "title": "Huset",
        "slug": "huset",
        "summary": "Et hus.",
        "who": "Brugere af huset",
        "portrait": "",
        "portrait_alt": "",
        "consent_reference": "",
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "changes": inline_formset([]),
        "quotes": inline_formset([quote]),
        "story_persons": inline_formset([]),
        "service_rows": inline_formset([]),
        "topic_rows": inline_formset([]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    address = reverse("wagtailadmin_pages:add", args=("torv_pages", "storypage", home.pk))
    answer = admin_client.post(address, nested_form_data(data))
    form = answer.context["form"]
    assert set(form.errors) == {"has_consent"}
    assert set(form.formsets["quotes"].errors[0]) == {"has_consent"}
    html = answer.content.decode()
    assert html.count("get the consent in writing") >= 2
    assert "Her er plads." in html


def test_a_portrait_needs_a_description_and_a_broken_file_shows_it_instead(home, client):
    picture = factories.image("Karla")
    page = articles.story(home, portrait=picture)
    with pytest.raises(ValidationError) as caught:
        page.save_revision().publish()
    assert set(caught.value.message_dict) == {"portrait_alt"}
    page.portrait_alt = "Karla ved havnen"
    page = articles.published(page)
    assert 'alt="Karla ved havnen"' in read(client, page)
    picture.renditions.all().delete()
    picture.file.storage.delete(picture.file.name)
    assert "Karla ved havnen" in read(client, page)


def test_a_story_leads_to_its_services_that_all_may_read(home, client):
    open_page, closed = (services.service(home, title=title) for title in ("Åben hjælp", "Lukket hjælp"))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    page = articles.story(home)
    page.service_rows = [models.StoryPageService(service=one) for one in (open_page, closed)]
    html = read(client, articles.published(page))
    assert "Åben hjælp" in html
    assert "Lukket hjælp" not in html


def test_a_service_that_is_not_translated_says_its_language(home, client):
    german = factories.home("de", "Marktplatz", translation_key=home.translation_key)
    page = articles.story(german)
    page.service_rows = [models.StoryPageService(service=services.service(home, title="Hjælp"))]
    assert '/" lang="da">Hjælp</a>' in read(client, articles.published(page))


def test_stories_are_filtered_by_topic_without_javascript(home, client):
    index = factories.below(home, models.StoryIndexPage, title="Gode historier")
    pages = [articles.published(articles.story(index, title=title)) for title in ("Første", "Anden")]
    slug = pages[0].topic_rows.get().topic.slug
    html = read(client, index)
    assert "Første" in html
    assert "Anden" in html
    html = read(client, index, f"?topic={slug}")
    assert "Anden" not in html.split("<main")[1]
    assert client.get(f"{index.url}?topic=%00&page=-1").status_code == 200


def test_more_stories_cost_no_more_queries(home, client):
    index = factories.below(home, models.StoryIndexPage, title="Gode historier")
    articles.published(articles.story(index, portrait=factories.image(), portrait_alt="Et billede"))
    read(client, index)
    before = count_queries(lambda: read(client, index))
    for number in range(3):
        picture = factories.image(f"Nr {number}")
        articles.published(articles.story(index, portrait=picture, portrait_alt="Et billede"))
    read(client, index)
    assert count_queries(lambda: read(client, index)) == before


def test_a_teaser_shows_a_story_with_what_has_changed_until_it_is_withdrawn(home, client):
    story = articles.published(articles.story(home))
    page = factories.below(home, title="Åben Dialog", body=[("story_teaser", {"story": story})])
    html = read(client, page)
    assert "Huset ved havnen" in html
    assert "Jeg tager bussen alene" in html
    story.unpublish()
    assert "Huset ved havnen" not in read(client, page).split("<main")[1]


def test_a_teaser_refuses_a_page_that_is_no_story(home):
    block = models.StandardPage._meta.get_field("body").stream_block.child_blocks["story_teaser"]
    with pytest.raises(ValidationError):
        block.clean({"story": home.page_ptr})
    assert block.child_blocks["story"].target_models == [models.StoryPage]


# Reports


def test_a_report_names_its_meeting_and_the_meeting_its_reports(home, client, rf):
    edition = factories.below(home, title="Netværksmøde 2026")
    page = articles.report(home)
    page.edition = edition
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert set(caught.value.message_dict) == {"edition"}
    with patch.object(models.StandardPage, "is_event_edition", True, create=True):
        page = articles.published(page)
    assert f'<a href="{edition.url}">Netværksmøde 2026</a>' in read(client, page)
    assert [link.title for link in reports_of(edition, rf.get("/"))] == ["Forum 1"]
    edition.unpublish()
    assert "Netværksmøde 2026" not in read(client, page)


def test_results_keep_their_lead_sentence_and_sub_points(home, client):
    html = read(client, articles.published(articles.report(home)))
    assert "<b>Es braucht Zeit.</b>" in html
    assert "<ul><li>ohne Schwelle</li></ul>" in html


# Step by step


def guide_through(home, *pages):
    guide = articles.guide(home)
    guide.steps = [
        models.StepByStepPageStep(locale=home.locale, title="Ring", first_page=pages[0]),
        models.StepByStepPageStep(locale=home.locale, title="Skriv", logic="or", first_page=pages[1]),
        models.StepByStepPageStep(locale=home.locale, title="Vent", second_page=pages[2]),
    ]
    return articles.published(guide)


def test_pages_of_a_guide_say_what_they_are_part_of(home, client):
    pages = [
        factories.below(home, title="Om sorg"),
        services.service(home, title="Samtale"),
        articles.published(articles.knowledge(home)),
    ]
    guide = guide_through(home, *pages)
    assert [step.number for step in guide.shown_steps(None)] == [1, 1, 2]
    for page, title in zip(pages, ("Ring", "Skriv", "Vent"), strict=True):
        html = read(client, page)
        assert f'<a href="{guide.url}">Når du har mistet</a>' in html
        assert f"<strong>{title}</strong>" in html
    guide.unpublish()
    assert "Når du har mistet" not in read(client, pages[0]).split("<main")[1]


def test_an_event_and_a_meeting_say_what_they_are_part_of(home, client):
    event = events.event(home, title="Sorgcafé", starts_at=events.soon())
    series = events.series(home)
    meeting = events.edition(series)
    guide_through(home, event, series, meeting)
    for page, step in ((event, "Ring"), (series, "Skriv"), (meeting, "Vent")):
        assert f"<strong>{step}</strong>" in read(client, page)


def test_pages_that_list_others_say_what_they_are_part_of(home, client):
    pages = [factories.section(home), events.index(home), factories.below(home)]
    guide_through(home, *pages)
    for page, step in zip(pages, ("Ring", "Skriv", "Vent"), strict=True):
        assert f"<strong>{step}</strong>" in read(client, page)


def test_moving_and_deleting_pages_breaks_no_guide(home, client):
    pages = [factories.below(home, title=title) for title in ("Om sorg", "Samtale", "Ventetid")]
    guide = guide_through(home, *pages)
    section = factories.section(home, title="Nyt sted")
    pages[0].move(section, pos="last-child")
    pages[1].delete()
    pages[2].unpublish()
    html = read(client, guide)
    moved = models.StandardPage.objects.get(pk=pages[0].pk)
    assert f'href="{moved.url}"' in html
    assert "nyt-sted" in moved.url
    assert "Skriv" in html
    assert "Samtale" not in html
    assert "Ventetid" not in html


def test_more_guides_and_steps_cost_no_more_queries(home, client):
    pages = [factories.below(home, title=title) for title in ("Om sorg", "Samtale", "Ventetid")]
    guide = guide_through(home, *pages)
    read(client, pages[0])
    on_page, on_guide = (count_queries(lambda one=one: read(client, one)) for one in (pages[0], guide))
    guide_through(home, *pages)
    articles.add_rows(guide)
    guide = articles.published(guide)
    read(client, pages[0])
    assert count_queries(lambda: read(client, pages[0])) == on_page
    assert count_queries(lambda: read(client, guide)) == on_guide


# News


def test_news_are_listed_by_year_and_as_a_feed(home, client):
    index = factories.below(home, models.NewsIndexPage, title="Nyheder")
    for title, day in (("Gammelt", date(2025, 5, 1)), ("Nyt", date(2026, 5, 1))):
        articles.published(articles.news(index, title=title, published_on=day))
    main = read(client, index).split("<main")[1]
    assert ">Nyt</a>" in main
    assert ">Gammelt</a>" not in main
    assert ">Gammelt</a>" in read(client, index, "?year=2025").split("<main")[1]
    assert client.get(f"{index.url}?year=²&year=x").status_code == 200
    feed = client.get(f"{index.url}feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed.content.decode().index("Nyt") < feed.content.decode().index("Gammelt")
    before = count_queries(lambda: read(client, index))
    articles.published(articles.news(index, title="Endnu et", published_on=date(2026, 6, 1)))
    read(client, index)
    assert count_queries(lambda: read(client, index)) == before


# Contact persons


def test_persons_are_listed_by_department_without_the_archived(home, client):
    factories.person("Asta Lundager", department="Borgerservice")
    factories.person("Bent Lundager", department="Borgerservice", archived=True)
    by_hand = factories.person("Carl Lundager", department="Psykiatri")
    factories.person("Dea Lundager", department="Vej og park")
    page = factories.below(home, models.PersonListPage, title="Hvem er hvem", departments="Borgerservice\n")
    page.contact_rows = [models.PersonListPageContact(person=by_hand)]
    page = articles.published(page)
    main = read(client, page).split("<main")[1]
    for shown in ("Asta Lundager", "Carl Lundager", ">Borgerservice</h2>", ">Psykiatri</h2>"):
        assert shown in main
    assert "Bent Lundager" not in main
    assert "Dea Lundager" not in main
    before = count_queries(lambda: read(client, page))
    for name in ("Eva", "Finn"):
        factories.person(f"{name} Lundager", department="Borgerservice")
    assert count_queries(lambda: read(client, page)) == before


# Limits


def test_a_body_of_300_blocks_and_a_title_of_255_letters_are_kept_and_shown(home, admin_client, client):
    title = "Æ" * 255
    data = {
        "title": title,
        "slug": "lang",
        "summary": "Lang.",
        "introduction": rich_text("<p></p>"),
        "body": streamfield([("text", rich_text(f"<p>Afsnit {number}.</p>")) for number in range(300)]),
        "seo_title": "",
        "search_description": "",
        "sections": inline_formset([]),
        "topic_rows": inline_formset([]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    address = reverse("wagtailadmin_pages:add", args=("torv_pages", "knowledgepage", home.pk))
    assert admin_client.post(address, nested_form_data(data)).status_code == 302
    page = models.KnowledgePage.objects.get()
    html = read(client, page)
    assert title in html
    assert "Afsnit 0." in html
    assert "Afsnit 299." in html
    data |= {"title": f"{title}Æ", "slug": "laengere"}
    answer = admin_client.post(address, nested_form_data(data))
    assert set(answer.context["form"].errors) == {"title"}
    assert "Afsnit 299." in answer.content.decode()


def test_text_pasted_from_word_keeps_its_words_and_loses_its_styles(home, admin_client, client):
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    word = (
        '<p class="MsoNormal" style="margin:0cm"><b><span style="font-family:Calibri">Vigtigt</span></b>'
        '<o:p></o:p></p><p class="MsoListParagraph"><script>alert(1)</script>Ring <i>nu</i></p>'
    )
    converter = ContentstateConverter(features=["bold", "italic", "ol", "ul", "link"])
    kept = converter.to_database_format(converter.from_database_format(word))
    page = articles.published(articles.report(home, abstract=kept))
    html = read(client, page)
    assert "<b>Vigtigt</b>" in html
    assert "Ring <i>nu</i>" in html
    for left in ("Mso", "Calibri", "o:p", "style="):
        assert left not in page.abstract
    assert "<script>" not in page.abstract


@pytest.mark.parametrize(("code", "words"), [("da", "for stor"), ("de", "zu groß")])
def test_an_image_of_20_megabytes_is_refused_in_the_words_of_the_editor(
    home, admin_client, admin_user, code, words
):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": code})
    with factories.image().file.open() as small:
        content = small.read() + b"\0" * (20 * 1024 * 1024)
    file = SimpleUploadedFile("stor.png", content, "image/png")
    answer = admin_client.post(reverse("wagtailimages:add"), {"title": "Stor", "file": file, "tags": ""})
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors["file"])
