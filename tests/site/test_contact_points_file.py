"""Where the contact points are looked for, and what happens where they are not."""

from pathlib import Path

import pytest

from bench import contact_points
from tests.conftest import need_contact_points


def test_they_lie_beside_the_project_or_where_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(contact_points.VARIABLE, raising=False)
    assert contact_points.file() == contact_points.BESIDE
    named = tmp_path / "points.json"
    named.touch()
    monkeypatch.setenv(contact_points.VARIABLE, str(named))
    assert need_contact_points() == named


@pytest.mark.parametrize("in_ci", ["true", ""])
def test_a_missing_file_skips_with_its_reason_in_ci_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_ci: str
) -> None:
    monkeypatch.setenv("CI", in_ci)
    monkeypatch.delenv(contact_points.VARIABLE, raising=False)
    monkeypatch.setattr(contact_points, "BESIDE", tmp_path / "nowhere.json")
    with pytest.raises(pytest.skip.Exception, match=r"nowhere\.json is no file"):
        need_contact_points()


def test_a_missing_file_that_somebody_named_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(contact_points.VARIABLE, str(tmp_path / "nowhere.json"))
    with pytest.raises(pytest.fail.Exception, match=r"nowhere\.json is no file"):
        need_contact_points()
