"""Who may open what: every view of Torv, for every role, against one table.

A view that is missing in `role_matrix.csv` fails with its name. With TORV_WRITE_ROLES=1 in the environment
this test writes the table anew: read the difference line by line before you keep it, then run
`python -m scripts.roles`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from demo import logins
from demo.records import Run
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry as bulk_actions
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask
from wagtail_localize.models import Translation, TranslationSource

from cms_blocks.models import Consent, CrisisNumber, LifeEvent, PrivatePerson, Scope
from cms_blocks.pages.models import NewsIndexPage
from directory.models import EditorFacet, Entry, EntryContact, ErrorReport, TargetGroup
from directory.pages.models import DirectoryPage, TopicIndexPage
from scripts import roles
from search.models import SearchDocument
from tests.cms_blocks import articles, events, factories

APPS = ("torv_blocks", "torv_pages", "torv_directory", "torv_directory_pages", "torv_search")
MODULES = ("cms_blocks", "directory", "search")
#: Names of arguments -> what stands in for them; `pk` depends on the model.
ARGUMENTS = {"revision_id_a": "earliest", "revision_id_b": "latest", "action_name": "approve"}
LEFT_OUT = "preview|machine_translate|overrides"
#: Forms of one type of page alone.
FORMS = {
    "forms/contact/<int:page_id>/": "torv_pages.contactpage",
    "forms/themes/<int:page_id>/": "torv_pages.eventeditionpage",
}
GROUPS = {
    "owner": ["Owners"],
    "directory editor": ["Directory editors"],
    "editor": ["Editors"],
    "moderator": ["Moderators"],
}


def own_patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The addresses of Torv's own views, and of Wagtail's views of Torv's models."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from own_patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            is_own = getattr(view, "__module__", "").split(".")[0] in MODULES
            if is_own or any(f"/{app}/" in route for app in APPS):
                yield route


def page_routes() -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, RoutablePageMixin) and model._meta.app_label in APPS:
            for pattern in model.get_subpage_urls():
                yield f"[{model._meta.label_lower}]/{pattern.pattern}"


def localize_patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The views of wagtail-localize that concern one entry, or the translation of one.

    Not those that are for pages, for fields of the language alone, or for a service that translates.
    """
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from localize_patterns(pattern, route)
        elif "/localize/submit/snippet/" in route:
            yield route.replace("<slug:app_label>", "torv_directory").replace("<slug:model_name>", "entry")
        elif re.search("/localize/(update|translate)/", route) and not re.search(LEFT_OUT, route):
            yield f"{route}?next=/admin/reports/" if route.endswith("disable/") else route


def bulk_addresses() -> Iterator[str]:
    """What the staff do with ticked rows; Wagtail has one pattern for all of it."""
    for model in apps.get_models():
        label, name = model._meta.app_label, model._meta.model_name
        for action in bulk_actions.get_bulk_actions_for_model(label, name) if label in APPS else ():
            yield f"admin/bulk/{label}/{name}/{action.action_type}/?id=<int:pk>"


def extra_addresses() -> list[str]:
    """Exports, files and what is done in bulk, which no pattern of Torv names."""
    models = ("torv_directory/entry", "torv_blocks/contactperson")
    exports = [f"admin/snippets/{model}/?export=csv" for model in models]
    exports += [f"admin/reports/{name}/?export=csv" for name in ("consents", "feedback")]
    files = ["documents/[evidence of a consent]", "[torv_directory_pages.directorypage]/<slug>/?format=pdf"]
    return [*exports, *files, *bulk_addresses(), *localize_patterns()]


def addresses() -> list[str]:
    found = [*own_patterns(get_resolver()), *page_routes(), *extra_addresses()]
    own = [f"{route} (own)" for route in found if concerns_an_entry(route)]
    return sorted({*found, *own})


def concerns_an_entry(route: str) -> bool:
    return "/localize/" in route or ("torv_directory/entry/" in route and "pk" in route)


@pytest.fixture
def town(db):
    """One row of each model, an entry that nobody owns, and one that the owner owns. Of either one more that
    waits for approval, and one with a translation. The owner is a private person.
    """
    logins.load_groups(Run())
    home = factories.home()
    for code in ("de", "en"):
        factories.locale(code)
    directory = home.add_child(instance=DirectoryPage(title="Vejviser", slug="vejviser", locale=home.locale))
    users = {"anonymous": None, "admin": User.objects.create_superuser("admin")}
    for role, names in GROUPS.items():
        users[role] = User.objects.create_user(role)
        users[role].groups.set(Group.objects.filter(name__in=names))
    person = PrivatePerson.objects.create(name="Xenia", email="xenia@privat.example")
    person.user, person.photo = users["owner"], factories.image("portraet")
    person.save()
    evidence = factories.document()
    Consent.objects.create(
        person=person,
        scope=Scope.NAME,
        given_on=date(2026, 1, 1),
        expires_on=date(2036, 1, 1),
        evidence=evidence,
    )
    series = events.series(home)
    edition = events.edition(series)
    pages = [directory, series, edition, events.event(home), events.index(home)]
    pages.append(factories.below(home, NewsIndexPage, title="Nyheder"))
    pages.append(factories.below(home, TopicIndexPage, title="Emner", slug="emner"))
    pages.append(articles.published(articles.contact(home)))
    rows = {
        "crisisnumber": CrisisNumber.objects.create(name="Linjen", phone="68000000", locale=home.locale),
        "theme": events.theme(edition),
        **entries(person, users["owner"]),
        "errorreport": ErrorReport.objects.create(
            entry=entry("Fejlfuld", person, None, is_own=False), what="times"
        ),
        "targetgroup": TargetGroup.objects.create(label="Unge", locale=home.locale),
        "editorfacet": EditorFacet.objects.create(label="Ledelse", locale=home.locale),
        "topic": factories.topic(),
        "lifeevent": LifeEvent.objects.create(pref_label="At miste nogen", locale=home.locale),
        "contactperson": factories.person(),
        "alert": factories.alert(),
        "privateperson": person,
        "evidence": evidence,
        "pages": {page._meta.label_lower: page for page in pages},
    }
    factories.attach(factories.below(home), persons=[rows["contactperson"]])
    call_command("rebuild_references_index", stdout=StringIO(), verbosity=0)
    return users, rows


def entries(person, owner):
    """What stands for an entry in which routes -> the row; with “own ” before it where it is the owner's."""
    workflow = Workflow.objects.create(name="Check")
    task = GroupApprovalTask.objects.create(name="Look at it")
    task.groups.set(Group.objects.filter(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(Entry)
    )
    found = {}
    for is_own, before in ((False, ""), (True, "own ")):
        for what in ("entry", "moderated", "translated"):
            found[before + what] = entry(f"{before}{what}", person, owner, is_own=is_own)
        workflow.start(found[f"{before}moderated"], owner)
        source, _made = TranslationSource.update_or_create_from_instance(found[f"{before}translated"])
        translation = Translation.objects.create(source=source, target_locale=factories.locale("de"))
        translation.save_target(publish=False)
    return found


def entry(name, person, owner, *, is_own):
    made = Entry.objects.create(
        name=name, kind="contact-point", locale=factories.locale("da"), owner=owner if is_own else None
    )
    EntryContact.objects.create(entry=made, person=person)
    made = Entry.objects.get(pk=made.pk)
    made.save_revision().publish()
    return Entry.objects.get(pk=made.pk)


def filled(route: str, rows) -> str:
    """The address of the row that stands for all of its kind."""
    route, is_own = route.removesuffix(" (own)"), route.endswith(" (own)")
    if route.startswith("documents/"):
        return rows["evidence"].url
    of_topics = "topicindexpage" in route
    for label, page in rows["pages"].items():
        route = route.replace(f"[{label}]/", page.url)
    model = re.search(r"torv_\w+/(\w+)/", route)
    row = rows.get(model.group(1)) if model else None
    subject = rows[entry_for(route, is_own=is_own)] if row in (None, rows["entry"]) else row
    values = {
        "pk": subject.pk,
        "slug": rows["topic" if of_topics else "entry"].slug,
        "key": rows[
            "entry" if {"contact", "report-error"} & {*route.split("/")} else "contactperson"
        ].translation_key,
        "page_id": rows["pages"][FORMS.get(route, "torv_pages.eventpage")].pk,
        "revision_id": getattr(subject, "latest_revision_id", 1),
        **({"pk": SearchDocument.objects.values_list("pk").first()[0]} if "result-chooser" in route else {}),
        **(waiting_parts(subject) if "workflow" in route else {}),
        **(translated_parts(subject) if "/localize/" in route else {}),
    }

    def value(match: re.Match[str]) -> str:
        return str(values.get(match[1]) or ARGUMENTS.get(match[1]) or 1)

    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", value, route)
    plain = re.sub(r"<(?:\w+:)?(\w+)>", value, plain)
    return "/" + plain.replace("\\.", ".").replace("\\Z", "").strip("^$").lstrip("/")


def entry_for(route: str, *, is_own: bool) -> str:
    what = "moderated" if "entry/workflow" in route else "translated" if "/localize/" in route else "entry"
    return f"own {what}" if is_own else what


def waiting_parts(waiting: Entry) -> dict[str, int]:
    state = waiting.current_workflow_task_state
    ids = {"task_state_id": state.pk, "task_id": state.task_id, "workflow_state_id": state.workflow_state_id}
    return ids if state else {}


def translated_parts(source: Entry) -> dict[str, int]:
    kept = TranslationSource.objects.get(object_id=source.translation_key)
    segment = kept.stringsegment_set.first()
    return {
        "translation_source_id": kept.pk,
        "translation_id": kept.translations.get().pk,
        "string_segment_id": segment.pk if segment else 1,
    }


def answered(client: Client, address: str, methods: Iterable[str]) -> HttpResponse:
    """To the first of these methods that the view takes. What is sent changes nothing for the next role."""
    for method in methods:
        with transaction.atomic():
            response = getattr(client, method)(address)
            if method != "get":
                transaction.set_rollback(True)
        if response.status_code != 405:
            break
    return response


def outcome(client: Client, address: str, *, sends: bool = False) -> str:
    """“yes” where the role gets through; a login, the admin's first page or an error is a no.

    What only takes sent forms is sent an empty one, at which a view of Wagtail's may break: it was reached.
    Of what is done in bulk the row must be among the offered.
    """
    response = answered(client, address, ("post", "put") if sends else ("get", "post", "put"))
    if response.status_code >= 500 and response.request["REQUEST_METHOD"] != "GET":
        return "yes"
    if "/bulk/" in address and response.status_code == 200 and not response.context["items"]:
        return "no"
    if response.streaming:
        b"".join(response.streaming_content)  # which closes the file
    assert response.status_code < 500, address
    if response.status_code in (403, 404, 405):
        return "no"
    target = response.headers.get("Location", "")
    turned_away = target.startswith("/admin/login/") or target == "/admin/"
    # What Django makes of a 404 outside the languages; of `/` it is the right answer.
    not_there = address != "/" and target.startswith(f"/da{address}")
    return "no" if turned_away or not_there else "yes"


def test_every_role_gets_where_the_table_says_and_no_further(town):
    users, rows = town
    table = roles.read()
    seen = {}
    for role in roles.ROLES:
        client = Client(raise_request_exception=False)
        if users[role]:
            client.force_login(users[role], backend="django.contrib.auth.backends.ModelBackend")
        for route in addresses():
            seen.setdefault(route, {})[role] = outcome(client, filled(route, rows))
    if os.environ.get("TORV_WRITE_ROLES"):
        roles.write(seen)
        return
    assert sorted(set(seen) - set(table)) == [], "add these views to tests/site/role_matrix.csv"
    assert sorted(set(table) - set(seen)) == [], "take these views out of tests/site/role_matrix.csv"
    wrong = [
        f"{route}: {role} {got}, the table says {table[route][role]}"
        for route, gots in seen.items()
        for role, got in gots.items()
        if table[route][role] != got
    ]
    assert wrong == []


def test_who_may_not_open_a_view_may_not_send_to_it_either(town):
    users, rows = town
    table = roles.read()
    through: list[str] = []
    for role in roles.ROLES:
        client = Client(raise_request_exception=False)
        if users[role]:
            client.force_login(users[role], backend="django.contrib.auth.backends.ModelBackend")
        # In bulk the rows that are offered are those that it is done to; without any, nothing is done.
        closed = [route for route in table if table[route][role] == "no" and "/bulk/" not in route]
        through += [
            f"{route}: {role}" for route in closed if outcome(client, filled(route, rows), sends=True) != "no"
        ]
    assert through == []


def test_the_documentation_shows_the_table_as_it_is():
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md"
    assert page.read_text(encoding="utf-8") == roles.page(), "run `python -m scripts.roles`"
