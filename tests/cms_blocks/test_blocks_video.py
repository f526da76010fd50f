"""Videos: own ones with captions and their words as text; others are loaded only when a reader says so."""

import re

import pytest
from django.core.checks import run_checks
from django.test import override_settings
from django.utils import translation
from wagtail.blocks import StructBlockValidationError

from cms_blocks.blocks import ExternalVideoBlock, VideoBlock
from cms_blocks.videos import player_of
from tests.cms_blocks import factories
from tests.cms_blocks.test_frame_policy import policy

OWN = VideoBlock()
EXTERNAL = ExternalVideoBlock()
WATCH = "https://www.youtube.com/watch?v=a1b2c3d4e5F"


def own(**fields):
    given = {
        "title": "Et møde",
        "video": factories.video().pk,
        "poster": None,
        "captions": [{"file": factories.captions().pk, "language": "da"}],
        "no_captions_reason": "",
        "transcript": "<p>Velkommen, siger hun.</p>",
    }
    return OWN.to_python({**given, **fields})


def external(**fields):
    given = {"title": "En borger fortæller", "url": WATCH, "poster": factories.image().pk, "transcript": ""}
    return EXTERNAL.to_python({**given, **fields})


def errors(block, value):
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    return {name: error.messages[0] for name, error in caught.value.block_errors.items()}


@pytest.mark.django_db
def test_an_own_video_is_fetched_only_when_played_and_has_captions_and_its_words(home):
    value = OWN.clean(own(poster=factories.image().pk))
    with translation.override("da"):
        html = OWN.render(value, {"page": home})
    assert 'preload="none"' in html
    assert re.search(r'poster="/media/images/[^"]+\.jpg"', html)
    assert re.search(r'<track kind="captions" src="[^"]+\.vtt" srclang="da" label="Dansk" default>', html)
    assert 'type="video/mp4"' in html
    assert "Velkommen, siger hun." in html
    assert "<details" in html


@pytest.mark.django_db
def test_captions_of_another_language_are_offered_but_not_shown_at_once(home):
    value = own(captions=[{"file": factories.captions().pk, "language": "de"}])
    with translation.override("da"):
        assert 'srclang="de" label="Deutsch">' in OWN.render(value, {"page": home})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "name", "message"),
    [
        ({"captions": []}, "no_captions_reason", "Add captions above, or say here why there are none."),
        ({"no_captions_reason": "Ingen taler."}, "no_captions_reason", "There are captions, so no reason"),
        ({"transcript": ""}, "transcript", "This field is required."),
        ({"video": None}, "video", "This field is required."),
    ],
)
def test_what_an_own_video_lacks_is_said_beside_the_field(english, fields, name, message):
    assert errors(OWN, own(**fields))[name].startswith(message)


@pytest.mark.django_db
def test_a_video_without_words_needs_a_reason_that_readers_see(home):
    value = OWN.clean(own(captions=[], no_captions_reason="Ingen taler i filmen."))
    html = OWN.render(value, {"page": home})
    assert "Ingen taler i filmen." in html
    assert "<track" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("da.pdf", b"%PDF", "is no captions file"), ("da.vtt", b"1\n00:00", "the file must begin with WEBVTT")],
)
def test_a_file_that_holds_no_captions_is_refused(english, name, content, message):
    file = factories.captions(content, name)
    with pytest.raises(StructBlockValidationError) as caught:
        OWN.clean(own(captions=[{"file": file.pk, "language": "da"}]))
    found = caught.value.block_errors["captions"].as_json_data()["blockErrors"][0]["blockErrors"]
    assert message in found["file"]["messages"][0]


@pytest.mark.django_db
def test_drafts_may_lack_all_and_deleted_files_break_nothing(home):
    draft = OWN.to_python({"title": "Senere", "video": 999, "captions": [{"file": 999, "language": "da"}]})
    assert OWN.render(OWN.clean_deferred(draft), {"page": home}).strip() == ""
    later = EXTERNAL.to_python({"title": "Senere", "url": "", "poster": 999})
    assert "<img" not in EXTERNAL.render(EXTERNAL.clean_deferred(later), {"page": home})


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (WATCH, "https://www.youtube-nocookie.com/embed/a1b2c3d4e5F?autoplay=1"),
        (
            "https://www.youtube.com/watch?list=x&v=a1b2c3d4e5F&t=3",
            "https://www.youtube-nocookie.com/embed/a1b2c3d4e5F?autoplay=1",
        ),
        (
            "https://youtu.be/a1b2c3d4e5F?t=1",
            "https://www.youtube-nocookie.com/embed/a1b2c3d4e5F?autoplay=1",
        ),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
        ("https://www.youtube.com/watch?v=short", None),
        ("https://evil.example/watch?v=a1b2c3d4e5F", None),
        ("https://evil.example/https://youtu.be/a1b2c3d4e5F", None),
        ("http://[broken", None),
    ],
)
def test_the_player_is_found_from_the_address_that_editors_copy(address, player):
    found = player_of(address)
    assert (found.url if found else None) == player


def test_a_player_of_one_s_own_is_used_as_it_is_and_others_are_not():
    with override_settings(TORV_BLOCKS={"VIDEO_HOSTS": ("video.torvkoebing.example",)}):
        own_player = player_of("https://video.torvkoebing.example/embed/7")
        assert own_player.url == "https://video.torvkoebing.example/embed/7"
        assert own_player.company == "video.torvkoebing.example"
        assert player_of("http://video.torvkoebing.example/embed/7") is None
        assert player_of(WATCH) is None


@pytest.mark.django_db
def test_a_video_from_a_host_that_is_not_allowed_is_refused_with_those_that_are(english):
    with override_settings(TORV_BLOCKS={"VIDEO_HOSTS": ("player.vimeo.com", "video.example")}):
        message = errors(EXTERNAL, external(url="https://film.example/7"))["url"]
    assert message == (
        "Videos from film.example cannot be shown here. Allowed players are: player.vimeo.com, video.example."
    )
    with override_settings(TORV_BLOCKS={"VIDEO_HOSTS": ()}):
        assert "shows no videos from elsewhere" in errors(EXTERNAL, external())["url"]


@pytest.mark.django_db
def test_the_policy_is_opened_for_the_player_on_that_page_alone(home, client):
    blocks = [("external_video", external(transcript="<p>Jeg blev hørt.</p>"))]
    page, plain = factories.below(home, body=blocks), factories.below(home)
    response = client.get(page.url)
    html = response.content.decode()
    assert policy(response)["frame-src"] == ["https://www.youtube-nocookie.com"]
    assert "frame-src" not in policy(client.get(plain.url))
    assert "<iframe" not in html
    assert f'<a href="{WATCH}">' in html
    assert "Google (YouTube)" in html
    assert "Jeg blev hørt." in page.plain_text


@pytest.mark.django_db
def test_a_host_that_is_no_longer_allowed_leaves_the_link_and_no_opening(home, client):
    page = factories.below(home, body=[("external_video", external())])
    with override_settings(TORV_BLOCKS={"VIDEO_HOSTS": ()}):
        response = client.get(page.url)
    assert "data-video" not in response.content.decode()
    assert f'<a href="{WATCH}">' in response.content.decode()
    assert "frame-src" not in policy(response)


@pytest.mark.parametrize("host", ["https://video.example", "*.example", "video.example; script-src *", 7])
def test_a_host_that_is_none_is_named_by_a_check(host):
    with override_settings(TORV_BLOCKS={"VIDEO_HOSTS": (host,)}):
        assert "torv_blocks.E030" in {message.id for message in run_checks()}


def test_videos_without_their_library_are_named_by_a_check(monkeypatch):
    from django.apps import apps

    installed = apps.is_installed
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "wagtailmedia" and installed(name))
    assert "torv_blocks.E031" in {message.id for message in run_checks()}
