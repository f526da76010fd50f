"""More than anybody should send, and worse: a clear message beside the field, the work kept, never a 500."""

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from cms_blocks import checks_uploads
from cms_blocks.models import Alert, SiteFrame
from cms_blocks.pages.models import HomePage, NewsPage, StandardPage
from tests.cms_blocks import articles, factories

pytestmark = pytest.mark.django_db

PLAIN = ("seo_title", "search_description")
#: As long as what people paste in one go.
PASTED = "Vi mødes i det gamle bibliotek ved havnen, og alle er velkomne. " * 30


@pytest.fixture
def speaks(admin_user: User) -> Any:
    """`speaks("de")`: the administrator's language in the admin."""

    def choose(code: str) -> None:
        UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": code})

    return choose


def form(title: str, slug: str, blocks: Any = (), **fields: Any) -> dict[str, Any]:
    rows = {name: inline_formset([]) for name in ("topic_rows", "contact_rows", "comments")}
    texts = {"title": title, "slug": slug, "summary": "Kort fortalt."} | dict.fromkeys(PLAIN, "")
    return nested_form_data({**texts, **rows, "body": streamfield(blocks), **fields})


def add(client: Client, home: HomePage, data: dict[str, Any], model: str = "standardpage") -> Any:
    return client.post(reverse("wagtailadmin_pages:add", args=("torv_pages", model, home.pk)), data)


def long_body() -> list[tuple[str, Any]]:
    """300 blocks of several sorts, as an editor fills them in; more than Django takes without a setting."""
    text = rich_text(f"<p>{PASTED}</p>")
    section = {"title": "Hvad koster det?", "text": text}
    listed = {"count": "1", "0": {"value": section, "deleted": "", "order": "0", "type": "item", "id": ""}}
    kinds: list[tuple[str, Any]] = [
        ("text", text),
        ("accordion", {"sections": listed}),
        ("callout", {"level": "info", "heading": "Husk", "text": text}),
    ]
    return kinds * 100


# Long pages


def test_300_blocks_of_several_sorts_are_saved_and_shown(
    home: HomePage, admin_client: Client, client: Client
) -> None:
    data = form("Langt", "langt", long_body(), **{"action-publish": "1"})
    assert len(data) > 2_000
    assert sum(len(str(value).encode()) for value in data.values()) > 2.5 * 2**20 / 5
    assert add(admin_client, home, data).status_code == 302
    page = StandardPage.objects.get()
    assert len(page.body) == 300
    assert client.get(page.url).content.decode().count("Hvad koster det?") == 100


def test_a_mistake_in_the_last_of_300_blocks_keeps_them_all(home: HomePage, admin_client: Client) -> None:
    card = {"page": "", "url": "", "title": "Sidst", "text": "", "image": ""}
    cards = {"count": "1", "0": {"value": card, "deleted": "", "order": "0", "type": "item", "id": ""}}
    blocks = [*long_body(), ("link_cards", {"cards": cards})]
    answer = add(admin_client, home, form("Langt", "langt", blocks, **{"action-publish": "1"}))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"body"}
    html = answer.content.decode()
    assert html.count("Hvad koster det?") == 100
    assert "Sidst" in html
    assert not StandardPage.objects.exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [("da", "For meget på én gang"), ("de", "Zu viel auf einmal"), ("en", "Too much at once")],
)
@pytest.mark.parametrize("limit", [{"DATA_UPLOAD_MAX_NUMBER_FIELDS": 5}, {"DATA_UPLOAD_MAX_MEMORY_SIZE": 50}])
def test_more_than_the_site_takes_is_answered_with_a_way_back(
    home: HomePage, admin_client: Client, code: str, words: str, limit: dict[str, int]
) -> None:
    address = reverse("wagtailadmin_pages:add", args=("torv_pages", "standardpage", home.pk))
    with override_settings(**limit):
        answer = admin_client.post(address, form("Langt", "langt"), headers={"accept-language": code})
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_limits_too_small_for_a_long_page_are_named_with_a_hint() -> None:
    assert checks_uploads.check_upload_limits(None) == []
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1_000, DATA_UPLOAD_MAX_MEMORY_SIZE=2**20):
        fields, size = checks_uploads.check_upload_limits(None)
    assert fields.id == size.id == "torv_blocks.W050"
    assert fields.hint == "Set it to 10000 or more."
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=None, DATA_UPLOAD_MAX_MEMORY_SIZE=None):
        assert checks_uploads.check_upload_limits(None) == []


# Titles


@pytest.mark.parametrize(("code", "words"), [("da", "højst"), ("de", "höchstens")])
def test_a_title_of_256_letters_is_refused_in_the_words_of_the_editor(
    home: HomePage, admin_client: Client, speaks: Any, code: str, words: str
) -> None:
    speaks(code)
    answer = add(admin_client, home, form("Ø" * 256, "langt", [("text", rich_text("<p>Mit arbejde.</p>"))]))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"title"}
    html = answer.content.decode()
    for kept in (words, "Ø" * 256, "Mit arbejde."):
        assert kept in html


def test_a_page_of_the_longest_title_is_published_and_renamed(
    home: HomePage, admin_client: Client, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    title, slug = "Ø" * 255, "o" * 255
    assert add(admin_client, home, form(title, slug, **{"action-publish": "1"})).status_code == 302
    page = StandardPage.objects.get()
    old = page.url
    assert title in client.get(old).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(edit, form(title, "kort", **{"action-publish": "1"})).status_code == 302
    assert client.get(f"{home.url}kort/").status_code == 200
    assert len(old) > Redirect._meta.get_field("old_path").max_length
    assert client.get(old).status_code == 404


# Pictures


def photo(width: int = 640, height: int = 480, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Picture.effect_noise((width, height), 60).save(written, kind)
    return written.getvalue()


def flat_png(side: int) -> bytes:
    """Few bytes, many pixels."""
    written = io.BytesIO()
    Picture.new("1", (side, side)).save(written, "PNG")
    return written.getvalue()


def damaged_png() -> bytes:
    content = photo(kind="PNG")
    return content[:2000] + b"\0" * 500 + content[2500:]


def upload(client: Client, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content, "image/jpeg")
    return client.post(reverse("wagtailimages:add"), {"title": "Havnen", "file": file, "tags": "havn"})


@pytest.mark.parametrize(("code", "words"), [("da", "beskadiget"), ("de", "beschädigt")])
@pytest.mark.parametrize(
    ("name", "content"),
    [("halv.jpg", photo()[:9000]), ("halv.png", photo(kind="PNG")[:9000]), ("skadet.png", damaged_png())],
    ids=["half-jpeg", "half-png", "damaged-png"],
)
def test_a_damaged_picture_is_refused_in_the_words_of_the_editor(
    home: HomePage, admin_client: Client, speaks: Any, name: str, content: bytes, code: str, words: str
) -> None:
    speaks(code)
    answer = upload(admin_client, name, content)
    assert answer.status_code == 200
    [message] = answer.context["form"].errors["file"]
    assert words in message
    assert 'value="Havnen"' in answer.content.decode()
    assert not Image.objects.exists()


def test_a_damaged_picture_is_refused_where_several_are_uploaded_and_in_the_chooser(
    home: HomePage, admin_client: Client
) -> None:
    headers = {"x-requested-with": "XMLHttpRequest"}
    file = SimpleUploadedFile("halv.jpg", photo()[:9000], "image/jpeg")
    sent = {"files[]": file, "title": "Havnen"}
    answer = admin_client.post(reverse("wagtailimages:add_multiple"), sent, headers=headers).json()
    assert answer["success"] is False
    assert "damaged" in answer["error_message"]
    file.seek(0)
    sent = {"image-chooser-upload-file": file, "image-chooser-upload-title": "Havnen"}
    answer = admin_client.post(reverse("wagtailimages_chooser:create"), sent).json()
    assert "damaged" in str(answer)
    assert not Image.objects.exists()


@pytest.mark.parametrize("side", [8_000, 20_000])
def test_a_small_file_of_very_many_pixels_is_refused_unread(
    home: HomePage, admin_client: Client, side: int
) -> None:
    answer = upload(admin_client, "bombe.png", flat_png(side))
    assert answer.status_code == 200
    assert "too many pixels" in answer.context["form"].errors["file"][0]


def test_a_whole_picture_is_taken_and_its_title_changed_without_the_file(
    home: HomePage, admin_client: Client
) -> None:
    assert upload(admin_client, "hel.jpg", photo()).status_code == 302
    image = Image.objects.get()
    answer = admin_client.post(
        reverse("wagtailimages:edit", args=[image.pk]), {"title": "Torvet", "tags": "", "file": ""}
    )
    assert answer.status_code == 302
    assert Image.objects.get().title == "Torvet"
    assert admin_client.get(reverse("wagtailimages:index")).status_code == 200


def test_a_host_without_the_form_is_told() -> None:
    assert checks_uploads.check_image_form(None) == []
    for name in ("", "wagtail.images.forms.BaseImageForm"):
        with override_settings(WAGTAILIMAGES_IMAGE_FORM_BASE=name):
            [message] = checks_uploads.check_image_form(None)
            assert message.id == "torv_blocks.W051"
            assert "WholeImageForm" in message.hint


@pytest.mark.parametrize("content", [None, b"no picture", photo()[:9000], damaged_png()])
def test_a_page_is_shown_without_the_pictures_that_cannot_be_read(
    home: HomePage, client: Client, content: bytes | None
) -> None:
    image = factories.image()
    image.file.storage.delete(image.file.name)
    if content is not None:
        image.file.storage.save(image.file.name, io.BytesIO(content))
    SiteFrame.objects.create(site=Site.objects.get(), logo=image, name="Torvkøbing")
    block = {"image": image, "alt_text": "Havnen om aftenen", "decorative": False, "caption": ""}
    page = articles.published(factories.below(home, body=[("image", block)]))
    answer = client.get(page.url)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Havnen om aftenen" in html
    assert "not-found" not in html


# Years


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_news_of_another_age_are_refused_and_the_work_kept(
    home: HomePage, admin_client: Client, day: str
) -> None:
    data = form("Nyt", "nyt", published_on=day, **{"action-publish": "1"})
    answer = add(admin_client, home, data, "newspage")
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"published_on": ["Give a year from 2000 to 2100."]}
    assert f'value="{day}"' in answer.content.decode()
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_an_alert_of_another_age_is_refused(home: HomePage, english: None, year: int) -> None:
    moment = datetime(year, 6, 5, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
    alert = Alert(heading="Lukket", starts_at=moment, ends_at=moment, locale=home.locale)
    with pytest.raises(ValidationError) as caught:
        alert.clean()
    assert caught.value.message_dict["starts_at"] == ["Give a year from 2000 to 2100."]
    assert "ends_at" in caught.value.message_dict
