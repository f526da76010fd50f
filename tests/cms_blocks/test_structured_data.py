"""What search engines are told, and that no text of an editor can break out of it."""

import json
from datetime import UTC, datetime

from cms_blocks import structured_data


def told(script: str) -> object:
    return json.loads(script.split(">", 1)[1].removesuffix("</script>"))


def test_a_title_cannot_end_the_script() -> None:
    title = "</script><script>alert(1)</script> <!-- & \u2028 \u2029"

    script = structured_data.script({"@type": "Thing", "name": title})

    assert script.count("</script>") == 1
    assert not [sign for sign in ("<!--", "&", "\u2028", "\u2029", "<script>") if sign in script]
    assert told(script) == {"@context": "https://schema.org", "@type": "Thing", "name": title}


def test_moments_and_danish_letters_are_written_as_they_are() -> None:
    script = structured_data.script({"name": "Sorg på Ærø", "startDate": datetime(2026, 11, 24, tzinfo=UTC)})

    assert "Sorg på Ærø" in script
    assert '"2026-11-24T00:00:00Z"' in script


def test_nothing_to_tell_is_no_script() -> None:
    assert structured_data.script(None) == structured_data.script({}) == ""
    assert structured_data.breadcrumb_list([("Forside", "https://torv.example/da/")]) is None
