from elevforloeb.core.words import count_noun, decimal_comma, join_words


def test_count_noun_uses_the_plural_for_all_but_one():
    assert [count_noun(number, "dag", "dage") for number in (0, 1, 2)] == ["0 dage", "1 dag", "2 dage"]


def test_join_words_has_no_comma_before_the_last_word():
    assert join_words(["Noah"]) == "Noah"
    assert join_words(["Noah", "Freja"]) == "Noah og Freja"
    assert join_words(["Noah", "Freja", "Yusuf"], "eller") == "Noah, Freja eller Yusuf"


def test_decimals_have_a_comma_and_whole_numbers_none():
    assert [decimal_comma(number) for number in (7.42, 7.0, 10, 0.05)] == ["7,4", "7", "10", "0,1"]
