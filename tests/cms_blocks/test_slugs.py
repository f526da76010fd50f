import pytest

from cms_blocks.slugs import free_slug, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sorg og tab", "sorg-og-tab"),
        ("Ældre på Ærø", "aeldre-paa-aeroe"),
        ("Århus", "aarhus"),
        ("Übergänge & Straße", "uebergaenge-strasse"),
        ("STRAẞE", "strasse"),
        ("Øl / Öl", "oel-oel"),
        ("Café", "cafe"),
        ("日本", ""),
    ],
)
def test_names_become_addresses_as_danes_and_germans_spell_them(name, slug):
    assert slug_of(name, 120) == slug


def test_an_address_is_cut_without_a_hyphen_at_its_end():
    assert slug_of("sorg og tab", 5) == "sorg"


def test_a_taken_address_gets_the_next_number():
    assert free_slug("sorg", {"sorg", "sorg-2"}, 120) == "sorg-3"
    assert free_slug("sorg", set(), 120) == "sorg"
    assert free_slug("sorgen", {"sorgen"}, 6) == "sorg-2"
