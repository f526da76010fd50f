"""What must hold between topics, and what follows from one topic for others."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from cms_blocks import sensitive
from cms_blocks.models import CrisisNumber, Topic
from cms_blocks.topics import TopicTree
from directory.vocabulary import Vocabulary
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db


def faults(row: Topic | CrisisNumber) -> set[str]:
    try:
        row.full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


def changed(topic: Topic, **values: Any) -> Topic:
    for name, value in values.items():
        setattr(topic, name, value)
    return topic


def test_a_topic_is_no_part_of_itself_at_any_distance() -> None:
    top = factories.topic("Sundhed")
    below = factories.topic("Krop", broader=factories.topic("Helbred", broader=top))
    assert faults(changed(top, broader=below)) == {"broader"}


def test_use_instead_ends_at_once() -> None:
    target, other = factories.topic("Stress"), factories.topic("Sorg")
    leading = factories.topic("Udbrændt", see=target)
    assert faults(changed(other, see=other)) == {"see"}
    assert faults(changed(other, see=leading)) == {"see"}
    assert faults(changed(other, see=target)) == set()
    assert faults(changed(other, see=target, broader=target)) == {"see"}
    assert faults(changed(target, see=Topic.objects.get(pk=other.pk))) == {"see"}
    assert faults(changed(Topic.objects.get(pk=other.pk), broader=leading)) == {"broader"}


def test_a_topic_with_narrower_ones_is_not_put_out_of_use() -> None:
    top = factories.topic("Sundhed")
    factories.topic("Krop", broader=top)
    assert faults(changed(top, see=factories.topic("Helbred"))) == {"see"}


def test_one_word_names_one_topic_of_a_language() -> None:
    grief = factories.topic("Sorg", alt_labels="dødsfald\nefterladt")
    assert faults(Topic(pref_label="sorg", locale=grief.locale)) == {"pref_label"}
    assert faults(Topic(pref_label="Dødsfald", locale=grief.locale)) == {"pref_label"}
    assert faults(Topic(pref_label="Tab", alt_labels="hjemve\nSORG", locale=grief.locale)) == {"alt_labels"}
    assert faults(Topic(pref_label="Tab", alt_labels="efterladt", locale=grief.locale)) == set()
    assert faults(Topic(pref_label="Sorg", slug="sorg-de", locale=factories.locale("de"))) == set()
    assert faults(Topic(pref_label="Efterladt", see=grief, locale=grief.locale)) == set()


def test_related_topics_show_each_other_and_are_stored_once() -> None:
    one, other = factories.topic("Sorg"), factories.topic("Ensomhed")
    one.related.add(other)
    assert list(other.related.all()) == [one]


def test_a_translation_has_no_relations_of_its_own() -> None:
    one = factories.topic("Sorg", is_sensitive=True, notation="27", see=factories.topic("Tab"))
    one.related.add(factories.topic("Ensomhed"))
    row = factories.translated(one, "de", pref_label="Trauer")
    assert (row.is_sensitive, row.notation, row.see, row.related.count()) == (False, "", None, 0)


def test_what_carries_a_topic_not_to_be_used_counts_for_the_other() -> None:
    top = factories.topic("Psyke", slug="psyke")
    target = factories.topic("Stress", slug="stress", broader=top)
    leading = factories.topic("Udbrændt", slug="udbraendt", see=target)
    tree = TopicTree.load()
    assert tree.with_broader([leading.pk, target.pk]) == ("stress", "psyke")
    assert tree.with_narrower(top.pk) == {top.pk, target.pk, leading.pk}
    assert tree.with_narrower(leading.pk) == {target.pk, leading.pk}
    assert tree.naming([leading.pk]) == (target.pk, leading.pk)


def test_what_is_below_a_sensitive_topic_is_sensitive(django_assert_num_queries: Any) -> None:
    violence = factories.topic("Vold", is_sensitive=True)
    home = factories.topic("Vold i hjemmet", broader=violence)
    leading = factories.topic("Partnervold", see=home)
    calm = factories.topic("Fritid")
    with django_assert_num_queries(4):
        assert sensitive.is_sensitive_ids([calm.pk, home.pk])
        assert sensitive.is_sensitive_ids([leading.pk])
        assert not sensitive.is_sensitive_ids([calm.pk])
        assert not sensitive.may_be_open_data([violence.pk])
    with django_assert_num_queries(0):
        assert not sensitive.is_sensitive_ids([])


def test_open_data_of_sensitive_topics_can_be_allowed(settings: Any) -> None:
    violence = factories.topic("Vold", is_sensitive=True)
    settings.TORV_BLOCKS = {"SENSITIVE_OPEN_DATA": True}
    assert sensitive.may_be_open_data([violence.pk])


def test_crisis_numbers_come_in_order_each_once_in_the_readers_language() -> None:
    topic = factories.topic("Krise", is_sensitive=True)
    danish = factories.locale("da")
    later = CrisisNumber.objects.create(name="Natchatten", phone="68  00 19 19", order=9, locale=danish)
    CrisisNumber.objects.create(name="Alarm", phone="112", order=1, locale=danish)
    factories.translated(later, "de", name="Nachtchat")
    safety = sensitive.safety([topic.pk], factories.locale("de"))
    assert safety is not None
    assert [(line.name, line.tel, line.lang) for line in safety.lines] == [
        ("Alarm", "tel:112", "da"),
        ("Nachtchat", "tel:68001919", "de"),
    ]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"phone": "112"}, set()),
        ({"url": "https://chat.example/"}, set()),
        ({}, {"phone"}),
        ({"phone": "ring nu"}, {"phone"}),
    ],
)
def test_a_crisis_number_can_be_reached(values: dict[str, str], fields: set[str]) -> None:
    assert faults(CrisisNumber(name="Alarm", locale=factories.locale("da"), **values)) == fields


def test_relations_lead_to_source_rows_whatever_row_is_given() -> None:
    violence = factories.topic("Vold", slug="vold", is_sensitive=True)
    german = factories.translated(violence, "de", pref_label="Gewalt")
    home = factories.topic("Vold i hjemmet", broader=german)
    leading = factories.topic("Partnervold", see=german)
    assert (home.broader, leading.see) == (violence, violence)
    assert sensitive.is_sensitive_ids([home.pk])
    assert sensitive.is_sensitive_ids([leading.pk])
    checked = changed(factories.topic("Overgreb"), broader=german)
    checked.full_clean()
    assert checked.broader == violence
    assert faults(changed(violence, see=german)) == {"see"}


def test_a_relation_that_leads_to_no_source_row_leads_nowhere() -> None:
    violence = factories.topic("Vold", slug="vold")
    german = factories.translated(violence, "de", pref_label="Gewalt")
    stray = factories.topic("Partnervold", slug="partnervold")
    Topic.objects.filter(pk=stray.pk).update(see=german, broader=german)
    tree = TopicTree.load()
    assert tree.with_broader([stray.pk]) == ("partnervold",)
    term = Vocabulary.load(factories.locale("de")).by_slug("partnervold")
    assert term is not None
    assert Vocabulary.load(factories.locale("de")).instead_of(term) == term


def test_relations_stored_before_are_moved_to_the_source_rows() -> None:
    target = factories.topic("Stress")
    lost = factories.topic("Nedslidt", see=target)
    german, own = factories.translated(lost, "de"), factories.translated(target, "de")
    leading, narrower, kept = factories.topic("Udbrændt"), factories.topic("Søvn"), factories.topic("Uro")
    Topic.objects.filter(pk=leading.pk).update(see=german)
    Topic.objects.filter(pk=narrower.pk).update(broader=own)
    Topic.objects.filter(pk=kept.pk).update(broader=target)
    Topic.objects.filter(pk=target.pk).update(broader=own)
    import_module("cms_blocks.migrations.0011_topic_source_rows").use_source_rows(apps, None)
    assert Topic.objects.get(pk=leading.pk).see == target
    assert Topic.objects.get(pk=narrower.pk).broader == target
    assert Topic.objects.get(pk=kept.pk).broader == target
    assert Topic.objects.get(pk=target.pk).broader is None
