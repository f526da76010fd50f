"""The small programs behind the Makefile, where they can be tried without installing anything."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from scripts import common, demo, postgres, services, suite
from tests.conftest import need_service

ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [phony] = re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    printed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"make ([a-z-]+)", printed.replace("`make services`", ""))) == set(phony.split())


def test_continuous_integration_can_run_its_script() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "CI=true" in script.read_text(encoding="utf-8")


def test_a_taken_port_is_refused_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit):
            demo.refuse_taken(port)
    assert f"Port {port} is taken" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["many", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(SystemExit):
        demo.wanted_port()


def test_a_stamp_holds_until_a_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "ROOT", tmp_path)
    source, stamp = tmp_path / "folder" / "a.txt", tmp_path / "stamps" / "a"
    source.parent.mkdir()
    source.write_text("one")
    assert not common.is_stamped(stamp, common.fingerprint([source.parent]))
    common.write_stamp(stamp, common.fingerprint([source.parent]))
    assert common.is_stamped(stamp, common.fingerprint([source.parent]))
    source.write_text("two")
    assert not common.is_stamped(stamp, common.fingerprint([source.parent]))


def test_an_unknown_stage_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        suite.main(["lint", "everything"])
    assert "No such stage: everything" in capsys.readouterr().err


@pytest.fixture
def without_postgres(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without PostgreSQL and without an administrator."""
    monkeypatch.setattr(services, "FOLDER", tmp_path)
    monkeypatch.setattr(services, "ENVIRONMENT", tmp_path / "env")
    monkeypatch.setattr(services, "STARTERS", {"PostgreSQL": services.start_postgres})
    monkeypatch.setattr(postgres, "programs", lambda: None)
    monkeypatch.setattr(services, "apt_get", lambda: None)
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.setattr(suite, "skipped", [])


@pytest.mark.usefixtures("without_postgres")
def test_at_a_desk_a_missing_service_is_kept_for_the_last_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "in_ci", False)
    suite.start_services()
    [line] = suite.skipped
    assert line.startswith("PostgreSQL: install the Debian package postgresql")


@pytest.mark.usefixtures("without_postgres")
def test_in_ci_a_missing_service_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "in_ci", True)
    with pytest.raises(SystemExit):
        suite.start_services()


def test_a_postgres_cluster_starts_once_and_leaves_nothing(tmp_path: Path) -> None:
    need_service("PostgreSQL", found=postgres.programs(), how="run `make services`")
    port = postgres.start(tmp_path)
    data, _ = postgres.recorded(tmp_path) or (None, None)
    assert postgres.start(tmp_path) == port == postgres.running_port(tmp_path)
    postgres.stop(tmp_path)
    assert postgres.running_port(tmp_path) is None
    assert data is not None
    assert not data.exists()
    assert list(tmp_path.glob("postgres.json")) == []
