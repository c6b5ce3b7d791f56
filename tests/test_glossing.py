"""Known terms are found in a line as whole words, in any case, once a part."""

import pytest

from media_assets import glossing

TERMS = dict.fromkeys(["umah", "nib", "dusun laman", "dusun", "ka'bah", "é̃nak"])


def marked(text, terms=TERMS, seen=None):
    return [piece.text for piece in glossing.mark(text, terms, set() if seen is None else seen) if piece.term]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Negak umah di tepi sungi", ["umah"]),
        ("UMAH itu, Umah ini", ["UMAH"]),
        ("umahku, serumah, umah-umah", []),
        ("“umah”, (nib)!", ["umah", "nib"]),
        ("di dusun laman kito", ["dusun laman"]),
        ("di dusun kito", ["dusun"]),
        ("dusun, laman", ["dusun"]),
        ("ka’bah", ["ka’bah"]),
        ("E\u0301\u0303nak bae", ["E\u0301\u0303nak"]),
        ("umah2", []),
        ("", []),
        ("👩‍👩‍👧 umah", ["umah"]),
        ("\u202eumah\u202c", ["umah"]),
    ],
)
def test_a_term_is_found_only_as_whole_words(line, found):
    assert marked(line) == found


def test_the_pieces_put_together_are_the_line():
    line = "  “Umah” dusun  laman, nib.  "

    assert "".join(piece.text for piece in glossing.mark(line, TERMS, set())) == line


def test_a_term_is_marked_once_in_a_part():
    seen = set()

    assert [marked("umah kito", seen=seen), marked("umah sapo", seen=seen)] == [["umah"], []]


def test_where_a_long_term_stands_again_no_short_one_inside_it_is_marked():
    assert marked("dusun laman kito, dusun laman sapo, dusun") == ["dusun laman", "dusun"]


def test_two_writings_of_a_term_have_one_key():
    assert glossing.key("  KA’BAH ") == glossing.key("ka'bah")
    assert glossing.key("E\u0301nak") == glossing.key("\u00e9nak")


def test_the_words_of_a_line_stand_as_written_each_once():
    assert glossing.words("Anak-anak, anak ’tu; anak!") == ["Anak-anak", "anak", "tu"]


def test_no_terms_mark_nothing():
    assert glossing.mark("umah kito", {}, set()) == [glossing.Piece("umah kito")]
