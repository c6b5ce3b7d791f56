"""Two versions side by side: nothing is lost, nothing is told twice, and a word is never broken."""

from hypothesis import given
from hypothesis import strategies as st

from media_assets import comparing, lyrics
from tests import factories
from tests.effort import effort


def line(uid, text, gloss="", spoken=""):
    return factories.line(text) | {"uid": uid, "gloss": gloss, "spoken": spoken}


def text(*isi, pembuka=(), penutup=()):
    """`isi` as one stanza."""
    return {"pembuka": [list(pembuka)], "isi": [list(isi)], "penutup": [list(penutup)]}


def told(before, after, part="isi"):
    rows = next(one for one in comparing.compare(before, after) if one.key == part).rows
    return [(row.kind, row.before and row.before.number, row.after and row.after.number) for row in rows]


A, B, C, D = (line(uid, words) for uid, words in zip("abcd", ["satu", "dua", "tiga", "empat"], strict=True))


def test_lines_that_came_and_went_stand_where_they_were():
    assert told(text(A, B, C), text(A, D, C)) == [
        ("same", 1, 1),
        ("removed", 2, None),
        ("added", None, 2),
        ("same", 3, 3),
    ]


def test_a_line_that_moved_is_one_row_where_it_is_now():
    assert told(text(A, B, C), text(C, A, B)) == [("moved", 3, 1), ("same", 1, 2), ("same", 2, 3)]


def test_a_line_that_moved_says_whether_its_words_changed():
    rows = comparing.compare(text(A, B, C), text(C | {"text": "tiga lagi"}, A, B))[1].rows

    assert [(row.kind, row.reworded) for row in rows] == [("moved", True), ("same", False), ("same", False)]


def test_a_line_that_moved_to_another_part_is_not_told_as_new():
    before, after = text(A, B), text(A, penutup=[B])

    assert (told(before, after), told(before, after, "penutup")) == ([("same", 1, 1)], [("moved", 2, 2)])


def test_a_line_typed_anew_word_for_word_is_the_same_line():
    assert told(text(A, B), text(A, B | {"uid": "z"})) == [("same", 1, 1), ("same", 2, 2)]


def test_changed_words_are_told_one_by_one():
    row = comparing.compare(text(line("a", "kami mintak maaf galo")), text(line("a", "kami mohon maaf")))[1].rows[0]

    assert (row.kind, row.before.text, row.after.text) == (
        "changed",
        [("same", "kami"), ("gone", "mintak"), ("same", "maaf"), ("gone", "galo")],
        [("same", "kami"), ("new", "mohon"), ("same", "maaf")],
    )


def test_a_new_meaning_or_way_to_sing_is_a_change_too():
    kinds = [told(text(A), text(A | {field: "lain"}))[0][0] for field in ("gloss", "spoken")]

    assert kinds == ["changed", "changed"]


def test_the_same_lines_in_other_stanzas_are_a_change_of_the_part():
    before, after = text(A, B), text() | {"isi": [[A], [B]]}

    assert [(part.key, part.changed, part.regrouped) for part in comparing.compare(before, after)] == [
        ("pembuka", False, False),
        ("isi", True, True),
        ("penutup", False, False),
    ]


def test_how_a_letter_is_encoded_changes_nothing():
    assert told(text(line("a", "lagu\u0301 kami")), text(line("a", "lag\u00fa  kami"))) == [("same", 1, 1)]


def test_combining_marks_and_writing_from_the_right_stay_within_their_words():
    was, now = comparing.words("بسم اللّٰهِ kami", "بسم الله kami")

    assert (was, now) == (
        [("same", "بسم"), ("gone", "اللّٰهِ"), ("same", "kami")],
        [("same", "بسم"), ("new", "الله"), ("same", "kami")],
    )


def test_comparing_grows_with_the_lines_and_not_faster():
    stanzas = [[line(f"{s}-{n}", f"baris {n} dari bait {s} la la la") for n in range(12)] for s in range(200)]
    turned = [[one | {"text": f"{one['text']} lagi"} for one in stanza] for stanza in reversed(stanzas)]

    def spent(count):
        return effort(lambda: comparing.compare(text() | {"isi": stanzas[:count]}, text() | {"isi": turned[-count:]}))

    assert spent(200) < 3 * spent(100)
    assert len(comparing.compare(text() | {"isi": stanzas}, text() | {"isi": turned})[1].rows) == 2400


def test_one_endless_line_is_not_searched_word_by_word():
    was, now = comparing.words("la " * 5000, "la " * 4999 + "li")

    assert ([s.kind for s in was], [s.kind for s in now]) == (["gone"], ["new"])
    assert effort(lambda: comparing.words("la " * 5000, "la " * 4999 + "li")) < 500_000


WORDS = st.text(st.sampled_from("ab \u0301\u0651\u200dل"), max_size=8)
LINES = st.builds(line, st.sampled_from("uvwxyz"), WORDS, WORDS, WORDS)
TEXTS = st.fixed_dictionaries({part: st.lists(st.lists(LINES, max_size=4), max_size=3) for part in lyrics.PARTS})


def flat(version):
    return [one for part in lyrics.PARTS for stanza in version[part] for one in stanza]


@given(TEXTS, TEXTS)
def test_the_new_version_is_read_from_the_rows_and_every_old_line_is_there_once(before, after):
    parts = comparing.compare(before, after)

    rows = [row for part in parts for row in part.rows]
    assert {
        part.key: [
            [row.after.line for row in part.rows if row.after and row.after.stanza == stanza]
            for stanza in range(1, len(after[part.key]) + 1)
        ]
        for part in parts
    } == after
    old = sorted((row.before for row in rows if row.before), key=lambda side: side.number)
    assert [side.line for side in old] == flat(before)


@given(TEXTS)
def test_a_version_beside_itself_is_all_the_same(version):
    parts = comparing.compare(version, version)

    assert {row.kind for part in parts for row in part.rows} <= {"same"}
    assert not any(part.changed for part in parts)


@given(WORDS, WORDS)
def test_segments_are_whole_words_in_their_order(before, after):
    was, now = comparing.words(before, after)

    assert [word for segment in was for word in segment.words.split()] == before.split()
    assert [word for segment in now for word in segment.words.split()] == after.split()
