"""The editor's form of meeting times, and the dates it shows while somebody types."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from directory.models import Entry, Schedule

from .test_admin import address, form, rows

WEEKLY: dict[str, Any] = {
    "interval": "1",
    "freq": "WEEKLY",
    "byday": ["TU"],
    "opens_at": "19:00",
    "closes_at": "21:00",
    "timezone": "Europe/Copenhagen",
}


def ask(desk: Client, **fields: Any) -> dict[str, Any]:
    response = desk.get(reverse("torv_directory_next_dates"), {**WEEKLY, **fields})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def test_the_next_five_dates_come_while_an_editor_types(desk: Client) -> None:
    answer = ask(desk)
    assert answer["words"] == "every Tuesday 19:00–21:00"
    assert len(answer["dates"]) == 5
    assert all(text.startswith("Tuesday ") for text in answer["dates"])


def test_dates_are_read_as_danes_and_germans_write_them(desk: Client) -> None:
    year = date.today().year + 1
    answer = ask(desk, freq="DATES", extra_dates=f"24.12.{year}\n{year}-03-02")
    assert [text.split(" ", 1)[1] for text in answer["dates"]] == [
        f"March 2, {year} 19:00–21:00",
        f"Dec. 24, {year} 19:00–21:00",
    ]


FAULTS = [
    ({"byday": []}, "byday"),
    ({"freq": "MONTHLY", "byday": []}, "byday"),
    ({"freq": "MONTHLY"}, "bysetpos"),
    ({"freq": "MONTHLY", "bymonthday": "15"}, "bymonthday"),
    ({"freq": "MONTHLY", "byday": [], "bymonthday": "32"}, "bymonthday"),
    ({"freq": "DATES"}, "extra_dates"),
    ({"interval": "2"}, "dtstart"),
    ({"interval": "9"}, "interval"),
    ({"opens_at": "25:00"}, "opens_at"),
    ({"closes_at": "18:00"}, "closes_at"),
    ({"valid_from": "2027-01-02", "valid_to": "2027-01-01"}, "valid_to"),
    ({"except_dates": "2027-02-30"}, "except_dates"),
    ({"except_dates": "next week"}, "except_dates"),
    ({"timezone": "Europe/Torvkøbing"}, "timezone"),
]


@pytest.mark.parametrize(("fields", "wrong"), FAULTS)
def test_what_is_wrong_is_said_by_field(desk: Client, fields: dict[str, Any], wrong: str) -> None:
    answer = ask(desk, **fields)
    assert wrong in answer["errors"]
    assert answer["dates"] == []


def test_only_editors_may_ask(client: Client, admin_client: Client, django_user_model: Any) -> None:
    path = reverse("torv_directory_next_dates")
    assert client.get(path, WEEKLY).status_code == 302
    user = django_user_model.objects.create_user("reader", password="a-long-password-for-tests")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(path, WEEKLY).status_code in (302, 403)


def test_an_editor_saves_a_meeting_time_and_sees_its_dates_without_a_script(
    desk: Client, locales: dict[str, Locale]
) -> None:
    row = {**WEEKLY, "except_dates": "24.12.2030", "extra_dates": ""}
    desk.post(address("add"), form(**rows("schedules", row)))
    entry = Entry.objects.get()
    assert [str(day) for day in Schedule.objects.get().except_dates] == ["2030-12-24"]
    page = desk.get(address("edit", entry.pk)).content.decode()
    assert "every Tuesday 19:00–21:00" in page
    assert page.count("<li>Tuesday ") == 5
    assert "24.12.2030" in page or "2030-12-24" in page
    assert "torv_directory/next_dates" in page


def test_a_wrong_meeting_time_is_said_beside_its_field_and_keeps_what_was_typed(
    desk: Client, locales: dict[str, Locale]
) -> None:
    row = {**WEEKLY, "except_dates": "i morgen"}
    response = desk.post(address("add"), form(**rows("schedules", row)))
    assert [list(one) for one in response.context["form"].formsets["schedules"].errors] == [["except_dates"]]
    assert "i morgen" in response.content.decode()
