import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.converters import IntConverter

from elevforloeb.core.addresses import address


def of_numbers() -> list[tuple[str, int]]:
    """Every name whose address holds nothing but numbers, and how many."""
    named = get_resolver().reverse_dict
    found = [(name, each) for name in named if isinstance(name, str) for each in named.getlist(name)]
    return [
        (name, len(shape[0][0][1]))
        for name, shape in found
        if all(isinstance(kind, IntConverter) for kind in shape[3].values()) and len(shape[3]) == len(shape[0][0][1])
    ]


def test_every_address_of_numbers_is_the_one_that_django_finds():
    assert len(of_numbers()) > 300
    for name, numbers in of_numbers():
        for start in (0, 7, 123_456):
            args = list(range(start, start + numbers))
            assert address(name, *args) == reverse(name, args=args)


def test_an_address_of_words_is_django_s_own_and_a_wrong_one_is_refused():
    assert address("afdeling", "borger-service") == "/afdelinger/borger-service/"
    for args in ((), (None,), ("",), (1, 2)):
        with pytest.raises(NoReverseMatch):
            address("elev", *args)


@pytest.mark.parametrize("tag", ["{% url 'elev' 7 %}", "{% url 'elev' pk=7 %}", "{% url 'elev' 7 as her %}{{ her }}"])
def test_templates_write_addresses_as_django_s_own_tag_does(tag):
    assert Template(tag).render(Context()) == reverse("elev", args=[7])


def test_a_wrong_address_is_an_error_on_the_page_and_empty_in_a_name():
    with pytest.raises(NoReverseMatch):
        Template("{% url 'elev' ingen %}").render(Context())
    assert Template("{% url 'elev' ingen as her %}[{{ her }}]").render(Context()) == "[]"
