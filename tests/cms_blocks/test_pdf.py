"""Any page as a PDF file: what is in it, who gets it, and what the maker of it may read."""

import logging
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from cms_blocks import checks_pdf, pdf
from tests.cms_blocks import factories
from tests.conftest import need_service

ON = {"PDF": True, "THEME": "torvkoebing"}
HOST = "http://testserver/da/pas/"
HTML = (
    '<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Pas</title></head>'
    "<body><h1>Pas</h1><p>Ring til os.</p>%s</body></html>"
)


@pytest.fixture
def maker():
    need_service("Pango", found=not pdf.missing_library(), how=pdf.missing_library() or "")


@pytest.fixture
def offered(maker):
    with override_settings(TORV_BLOCKS=ON):
        yield


@pytest.fixture
def page(home):
    text = ("text", "<h2>Sådan gør du</h2><p>Ring til os om morgenen.</p>")
    accordion = ("accordion", {"sections": [{"title": "Pris", "text": "<p>Det er gratis.</p>"}]})
    return factories.below(home, title="Pas", slug="pas", body=[text, accordion])


def read(content):
    return PdfReader(BytesIO(content))


def words(reader):
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


@pytest.fixture
def quick(monkeypatch):
    """Without the whole stylesheet, where it is not what the test is about."""
    made = []

    def document(html, address):
        made.append(html)
        return b"%PDF-made"

    monkeypatch.setattr(pdf, "document", document)
    return made


@pytest.mark.django_db
def test_a_page_is_saved_as_a_tagged_file_with_title_and_language(page, client, offered):
    link = f"{page.url}?format=pdf"
    assert f'href="{link}"' in client.get(page.url).content.decode()

    answer = client.get(link)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="pas.pdf"'
    assert answer["X-Robots-Tag"] == "noindex"
    reader = read(answer.content)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title.startswith("Pas")
    text = words(reader)
    assert "Ring til os om morgenen." in text
    assert "Det er gratis." in text  # folded away on the screen
    assert "http://localhost/da/pas/" in text
    for word in ("Var siden nyttig", "Gem som PDF", "Udskriv"):
        assert word not in text


@pytest.mark.django_db
def test_without_the_setting_or_the_library_nothing_is_offered(page, client, monkeypatch):
    for settings, missing in (({"PDF": False}, ""), ({"PDF": True}, "no library called libpango")):
        monkeypatch.setattr(pdf, "missing_library", lambda missing=missing: missing)
        with override_settings(TORV_BLOCKS=settings):
            assert "format=pdf" not in client.get(page.url).content.decode()
            assert client.get(f"{page.url}?format=pdf")["Content-Type"].startswith("text/html")


def test_the_check_says_what_is_missing_and_how_to_get_it(monkeypatch):
    monkeypatch.setattr(pdf, "missing_library", lambda: "cannot load library 'libpango-1.0-0'")
    with override_settings(TORV_BLOCKS=ON):
        (warning,) = checks_pdf.check_pdf_library(None)
    assert warning.id == "torv_blocks.W045"
    assert "libpango-1.0-0" in warning.msg
    assert "wagtail-torv[pdf]" in warning.hint
    with override_settings(TORV_BLOCKS={"PDF": False}):
        assert checks_pdf.check_pdf_library(None) == []


@pytest.mark.django_db
def test_a_public_file_may_be_kept_and_one_behind_a_login_or_about_something_sensitive_not(
    page, home, client, admin_client, offered, quick
):
    topic = factories.topic("Vold", is_sensitive=True)
    sensitive = factories.attach(factories.below(home, title="Vold"), topics=[topic])
    closed = factories.below(home, title="Kun for ansatte")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(f"{page.url}?format=pdf")["Cache-Control"] == "private, max-age=300"
    assert "no-store" in client.get(f"{sensitive.url}?format=pdf")["Cache-Control"]
    assert client.get(f"{closed.url}?format=pdf").status_code == 302
    assert "no-store" in admin_client.get(f"{closed.url}?format=pdf")["Cache-Control"]
    assert "wagtail-userbar" not in quick[-1]


@pytest.mark.django_db
def test_limits_answer_with_words_and_the_way_back(page, client, offered, quick, monkeypatch):
    link = f"{page.url}?format=pdf"
    with pdf._one_at_a_time:
        monkeypatch.setattr(pdf, "MAX_WAIT", 0)
        busy = client.get(link)
    assert (busy.status_code, busy["Retry-After"]) == (503, "60")
    monkeypatch.setattr(pdf, "MAX_PAGE", 100)
    large = client.get(link)
    assert large.status_code == 413
    assert "Siden er for stor til at blive en PDF." in large.content.decode()
    assert f'href="{page.url}"' in large.content.decode()
    with override_settings(TORV_BLOCKS={**ON, "PDF_LIMIT": 1}):
        many = client.get(link)
    assert many.status_code == 429
    assert quick == []


@pytest.mark.django_db
def test_a_page_that_the_library_fails_on_says_so(page, client, offered, monkeypatch):
    def fail(html: str, address: str) -> bytes:
        raise IndexError

    monkeypatch.setattr(pdf, "document", fail)
    answer = client.get(f"{page.url}?format=pdf")
    assert answer.status_code == 503
    assert "Noget på siden kunne ikke komme med" in answer.content.decode()


def test_what_takes_too_long_is_given_up(maker, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1)
    with pytest.raises(pdf.TakesTooLongError):
        pdf.document(HTML % "", HOST)
    monkeypatch.undo()
    assert read(pdf.document(HTML % "", HOST)).pages


@pytest.mark.django_db
def test_the_maker_reads_own_pictures_and_styles_alone(maker, caplog, tmp_path):
    picture = factories.image("Torvet", 40, 40)
    private = factories.document("Hemmelig", "hemmelig.png")
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    default_storage.save("note.txt", ContentFile(b"secret"))
    assert pdf.own_file(f"http://testserver{picture.file.url}", HOST)
    for url in (
        f"http://testserver/media/{private.file.name}",
        f"http://testserver{private.url}",
        "http://testserver/media/note.txt",
        "http://testserver/media/../../../../../etc/passwd",
        "http://testserver/media/%2e%2e/settings.png",
        "http://testserver/static/../settings.py",
        "http://other.example/media/a.png",
        "https://testserver.other.example/static/a.css",
        f"file://{secret}",
    ):
        with pytest.raises(Exception):  # noqa: B017, PT011 - whichever, the file is not given
            pdf.own_file(url, HOST)


@pytest.mark.django_db
def test_a_page_with_foreign_pictures_is_made_without_them(maker, monkeypatch):
    asked = []
    real = pdf.own_file
    monkeypatch.setattr(pdf, "own_file", lambda url, address: asked.append(url) or real(url, address))
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    foreign = '<img src="http://127.0.0.1:9/x.png" alt="Et billede"><img src="file:///etc/hostname" alt="">'

    assert "Ring til os." in words(read(pdf.document(HTML % foreign, HOST)))
    assert asked == ["http://127.0.0.1:9/x.png", "file:///etc/hostname"]
