"""Images: described or decorative, never both, and rendered for the reader's screen. Files to download."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.models import Document

from cms_blocks.blocks import DownloadsBlock, ImageBlock
from tests.cms_blocks import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def value(block, **fields):
    picture = fields.pop("picture", None) or factories.image()
    raw = {"image": picture.pk, "alt_text": "", "decorative": False, "caption": "", **fields}
    return block.to_python(raw)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Describe the image, or mark it as decoration."),
        ({"alt_text": "   "}, "Describe the image, or mark it as decoration."),
        ({"alt_text": "Torvet", "decorative": True}, "only decoration has no description"),
    ],
)
def test_neither_or_both_is_refused_beside_the_description(fields, message):
    block = ImageBlock()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value(block, **fields))
    assert message in str(caught.value.block_errors["alt_text"])


def test_a_draft_may_lack_the_description():
    block = ImageBlock()
    assert block.clean_deferred(value(block))["alt_text"] == ""


@pytest.mark.parametrize(
    ("fields", "alt"),
    [({"alt_text": "Torvet om sommeren"}, "Torvet om sommeren"), ({"decorative": True}, "")],
)
def test_a_described_or_a_decorative_image_is_rendered_for_the_screen(fields, alt):
    block = ImageBlock()
    html = block.render(block.clean(value(block, caption="Torvet i juli", **fields)))
    tag = re.search(r"<img[^>]*>", html)[0]
    assert f'alt="{alt}"' in tag
    assert re.search(r'width="\d+"', tag)
    assert re.search(r'height="\d+"', tag)
    source = re.search(r"<source[^>]*>", html)[0]
    assert 'type="image/webp"' in source
    for part, ending in ((source, ".webp"), (tag, ".jpg")):
        addresses = [found.split() for found in re.search(r'srcset="([^"]*)"', part)[1].split(", ")]
        assert [width for _address, width in addresses] == ["480w", "800w", "1200w"]
        assert all(address.endswith(ending) for address, _width in addresses)
        assert 'sizes="' in part
    assert "style=" not in html
    assert "Torvet i juli</figcaption>" in html


def test_without_a_caption_there_is_no_empty_caption():
    block = ImageBlock()
    assert "figcaption" not in block.render(value(block, alt_text="Torvet"))


def test_a_deleted_image_leaves_nothing_behind():
    block = ImageBlock()
    missing = block.to_python({"image": 4711, "alt_text": "Torvet", "decorative": False, "caption": "Torvet"})
    assert block.render(missing).strip() == ""


def test_the_same_image_twice_is_fetched_once(django_assert_num_queries):
    block = ImageBlock()
    picture = factories.image()
    raw = {"image": picture.pk, "alt_text": "Torvet", "decorative": False, "caption": ""}
    with django_assert_num_queries(2):
        first, second = block.bulk_to_python([raw, {**raw, "alt_text": "Igen"}])
    assert first["image"] == second["image"]


@pytest.mark.parametrize("content", [None, b"no picture at all"])
def test_a_picture_whose_file_is_lost_or_broken_leaves_its_description(content):
    picture = factories.image("Lost")
    Path(picture.file.path).unlink()
    if content:
        Path(picture.file.path).write_bytes(content)
    block = ImageBlock()
    html = block.render(value(block, picture=picture, alt_text="Torvet", caption="I juli"))
    assert "Torvet\n" in html
    assert "<img" not in html
    assert "I juli</figcaption>" in html


def test_more_pictures_take_no_more_queries(home, client, django_assert_num_queries):
    def page_with(count):
        body = [("image", {"image": factories.image(f"q{i}"), "decorative": True}) for i in range(count)]
        page = factories.below(home, body=body)
        client.get(page.url)  # makes the renditions
        return page

    one, three = page_with(1), page_with(3)
    with CaptureQueriesContext(connection) as first:
        client.get(one.url)
    with django_assert_num_queries(len(first)):
        client.get(three.url)


FILES = DownloadsBlock()


def downloads(*rows):
    return FILES.to_python({"heading": "", "files": [{"title": "", **row} for row in rows]})


def test_a_download_says_its_type_and_its_size_as_the_reader_writes_it():
    document = factories.document("<Pjece>", content=b"x" * 1_300_000)
    with translation.override("da"):
        html = FILES.render(downloads({"document": document.pk}))
    assert "&lt;Pjece&gt;" in html
    assert "(PDF, 1,2\xa0MB)" in html
    assert f'href="{document.url}"' in html
    assert "Min titel" in FILES.render(downloads({"document": document.pk, "title": "Min titel"}))


def test_a_file_lost_from_the_disk_is_named_without_a_link():
    document = factories.document()
    Path(document.file.path).unlink()
    html = FILES.render(downloads({"document": document.pk}))
    assert "Pjece" in html
    assert "not available at the moment" in html
    assert "href" not in html


def test_a_file_on_a_storage_without_a_disk_is_believed(monkeypatch):
    document = factories.document()
    document.file_size = 1350
    document.save()

    def no_path(storage, name):
        raise NotImplementedError

    monkeypatch.setattr(FileSystemStorage, "path", no_path)
    assert "(PDF, 1.3\xa0KB)" in FILES.render(downloads({"document": document.pk}))


def test_a_document_without_any_file_is_named_without_a_link():
    document = Document.objects.create(title="Uden fil")
    assert "href" not in FILES.render(downloads({"document": document.pk}))


def test_a_deleted_document_is_left_out():
    document = factories.document()
    html = FILES.render(downloads({"document": 4711}, {"document": document.pk}))
    assert html.count("<li>") == 1


def test_more_files_take_no_more_queries(django_assert_num_queries):
    keys = [factories.document(f"Fil {i}").pk for i in range(3)]
    for count in (1, 3):
        with django_assert_num_queries(1):
            FILES.render(downloads(*({"document": key} for key in keys[:count])))
