"""The settings for a server, in a process of their own: what they let through, count and say."""

import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from cms_blocks.pdf import missing_library

ROOT = Path(__file__).resolve().parents[2]
#: No server is asked: nothing listens on this port.
SERVER = {
    "DJANGO_SETTINGS_MODULE": "reference.settings.production",
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    "TORV_SECRET_KEY": "a key that is long enough, of many letters: aAbBcCdDeEfFgGhHiIjJkKlL",
    "TORV_ALLOWED_HOSTS": "www.example.org",
    "TORV_BASE_URL": "https://www.example.org",
    "PGHOST": "127.0.0.1",
    "PGPORT": "1",
}


def on_a_server(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **SERVER, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def said_on_a_server(program: str, **environment: str) -> Any:
    """What a program prints as JSON, with Django set up."""
    start = "import json, django; django.setup()\n"
    ran = on_a_server("-c", start + program, **environment)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


SENDERS = """
from axes.helpers import get_client_ip_address
from django.test import RequestFactory
from cms_blocks.public_forms import network as forms
from search.rates import network as api

def counted(headers):
    request = RequestFactory().get("/", REMOTE_ADDR="172.18.0.1", headers=headers)
    return [forms(request), api(request), get_client_ip_address(request)]

FORGED = ["10.9.9.9, 192.0.2.1", "1.1.1.1,10.9.9.9,192.0.2.1"]
SENT = ["192.0.2.1", "192.0.2.2", *FORGED, "2001:db8::7", "junk"]
print(json.dumps([counted({"X-Forwarded-For": sent}) for sent in SENT]))
"""


def test_senders_behind_the_proxy_are_told_apart_by_what_the_proxy_wrote() -> None:
    first, second, forged, longer, six, junk = said_on_a_server(SENDERS)
    assert first == ["192.0.2.1"] * 3
    assert second == ["192.0.2.2"] * 3
    assert forged == longer == first
    assert six == ["2001:db8::/64", "2001:db8::/64", "2001:db8::"]
    assert junk == ["unknown", "unknown", None]


@pytest.mark.skipif(bool(missing_library()), reason="the system has no Pango, which a check names")
def test_the_checks_before_deployment_have_nothing_to_say() -> None:
    ran = on_a_server("-m", "django", "check", "--deploy", "--fail-level", "DEBUG")
    assert ran.returncode == 0, ran.stderr
    assert "no issues" in ran.stdout + ran.stderr


MAIL = """
from django.conf import settings

NAMES = ["HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS"]
print(json.dumps([settings.DEFAULT_FROM_EMAIL, *(getattr(settings, f"EMAIL_{name}") for name in NAMES)]))
"""


def test_mail_leaves_by_the_server_that_the_environment_names() -> None:
    given = example()
    given |= {"EMAIL_HOST_USER": "torv", "EMAIL_HOST_PASSWORD": "secret"}
    settings = said_on_a_server(MAIL, **{key: given[key] for key in given if "EMAIL" in key})
    assert settings == ["Torv <web@example.org>", "smtp.example.org", 587, "torv", "secret", True]


def example() -> dict[str, str]:
    """The environment of deploy/example.env, whose values Docker takes as they stand."""
    lines = (ROOT / "deploy" / "example.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


HEALTH = """
from django.test import Client

def status(path):
    return Client().get(path, headers={"host": "www.example.org"}).status_code

print(json.dumps([status(path) for path in ["/health/live", "/health/ready", "/da/"]]))
"""


def test_health_is_told_without_https_and_nothing_else() -> None:
    live, ready, page = said_on_a_server(HEALTH)
    assert (live, ready, page) == (200, 503, 301)  # no database listens in this test


class Asked(BaseHTTPRequestHandler):
    """Answers as a server that takes its own name alone."""

    def do_GET(self) -> None:
        fine = (self.path, self.headers["Host"]) == ("/health/ready", "www.example.org")
        self.send_response(200 if fine else 503)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.mark.parametrize(("site", "answer"), [("https://www.example.org", 0), ("https://other.example", 1)])
def test_the_healthcheck_of_the_container_asks_by_the_name_of_the_site(site: str, answer: int) -> None:
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    kind, _python, *command = compose["services"]["web"]["healthcheck"]["test"]
    assert kind == "CMD"
    with HTTPServer(("127.0.0.1", 0), Asked) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        command = [part.replace("127.0.0.1:8000", f"127.0.0.1:{server.server_port}") for part in command]
        ran = on_a_server(*command, TORV_BASE_URL=site)
        server.shutdown()
    assert ran.returncode == answer, ran.stderr


LISTED = """
from django.conf import settings
from search import conf

print(json.dumps([settings.ALLOWED_HOSTS, conf.elasticsearch().urls, conf.elasticsearch().api_key]))
"""


def test_what_the_environment_lists_is_parted_by_commas_with_or_without_blanks() -> None:
    given = {
        "TORV_ALLOWED_HOSTS": " www.example.org, example.org,",
        "TORV_ELASTICSEARCH_URLS": "https://one.example:9200, https://two.example:9200",
        "TORV_ELASTICSEARCH_API_KEY": "key",
    }
    hosts, urls, key = said_on_a_server(LISTED, **given)
    assert hosts == ["www.example.org", "example.org"]
    assert urls == ["https://one.example:9200", "https://two.example:9200"]
    assert key == "key"
