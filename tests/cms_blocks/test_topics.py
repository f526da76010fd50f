"""A topic counts for the broader ones too."""

import pytest

from cms_blocks.models import Topic
from cms_blocks.search_documents import TopicFacet
from cms_blocks.topics import TopicTree
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def grief() -> Topic:
    health = factories.topic("Sundhed", slug="sundhed")
    mind = factories.topic("Psykisk sårbarhed", slug="psyke", broader=health)
    return factories.topic("Sorg", slug="sorg", broader=mind)


def test_a_topic_brings_all_above_it_each_once(grief: Topic) -> None:
    other = factories.topic("Angst", slug="angst", broader=grief.broader)
    tree = TopicTree.load()
    assert tree.with_broader([grief.pk]) == ("sorg", "psyke", "sundhed")
    assert tree.with_broader([grief.pk, other.pk]) == ("sorg", "psyke", "sundhed", "angst")


def test_a_change_reaches_all_below(grief: Topic) -> None:
    health = Topic.objects.get(slug="sundhed")
    assert TopicTree.load().with_narrower(health.pk) == set(Topic.objects.values_list("pk", flat=True))


def test_a_loop_in_the_data_ends(grief: Topic) -> None:
    Topic.objects.filter(slug="sundhed").update(broader=grief)
    tree = TopicTree.load()
    assert tree.with_broader([grief.pk]) == ("sorg", "psyke", "sundhed")
    assert len(tree.with_narrower(grief.pk)) == 3


def test_the_facet_knows_what_stands_above_in_one_query(grief: Topic, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert TopicFacet().parents(["sorg", "sundhed"]) == {"sorg": "psyke"}


def test_a_translation_has_no_place_of_its_own_in_the_hierarchy(grief: Topic) -> None:
    factories.translated(grief, "de", pref_label="Trauer")
    assert len(TopicTree.load().slugs) == 3
