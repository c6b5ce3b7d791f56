"""A line keeps its identity through edits, and a digest sees the words and nothing but the words."""

import copy
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_assets import lyrics
from media_assets.stanza_block import MAX_KNOWN, MAX_LENGTH, MAX_LINES
from tests.effort import effort
from tests.factories import line

settings.register_profile("calm", deadline=None, max_examples=40)
settings.load_profile("calm")

words = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=12).map(
    lyrics.tidy
)
verse = words.filter(bool)
verses = st.lists(verse, min_size=1, max_size=8, unique=True)
parts = st.fixed_dictionaries({part: st.lists(st.lists(verse, min_size=1), min_size=1) for part in lyrics.PARTS})


def stanza(texts):
    return [line(text) for text in texts]


def typed(texts, old):
    return lyrics.align(old, "\n".join(texts), "\n".join(f"arti {text}" for text in texts))


def uids(lines):
    return {row["text"]: row["uid"] for row in lines}


def whole(texts):
    return {part: [stanza(lines) for lines in texts[part]] for part in lyrics.PARTS}


@given(st.text())
def test_tidying_twice_is_tidying_once(text):
    tidied = lyrics.tidy(text)

    assert lyrics.tidy(tidied) == tidied
    assert unicodedata.is_normalized("NFC", tidied)
    assert tidied.encode().decode() == tidied


@given(verses)
def test_a_stanza_saved_unchanged_is_the_same_stanza(texts):
    old = stanza(texts)

    assert typed(texts, old) == old


@given(verses, verse, st.data())
def test_an_inserted_line_is_new_and_the_others_stay(texts, extra, data):
    old = stanza([text for text in texts if text != extra] or ["baris lain"])
    at = data.draw(st.integers(0, len(old)))
    now = [row["text"] for row in old]
    now.insert(at, extra)

    new = typed(now, old)

    assert {row["text"]: row["uid"] for row in new if row["text"] != extra} == uids(old)
    assert new[at]["uid"] not in uids(old).values()


@given(verses, st.data())
def test_a_deleted_line_leaves_the_others_as_they_were(texts, data):
    old = stanza(texts)
    at = data.draw(st.integers(0, len(old) - 1))

    new = typed(texts[:at] + texts[at + 1 :], old)

    assert new == old[:at] + old[at + 1 :]


@given(verses, st.data())
def test_a_moved_line_is_still_itself(texts, data):
    old = stanza(texts)
    moved = list(texts)
    moved.insert(data.draw(st.integers(0, len(texts) - 1)), moved.pop(data.draw(st.integers(0, len(texts) - 1))))

    assert uids(typed(moved, old)) == uids(old)


@given(verses, verse, st.data())
def test_a_reworded_line_keeps_its_uid_and_how_it_is_sung(texts, wording, data):
    old = stanza([text for text in texts if text != wording] or ["baris lain"])
    at = data.draw(st.integers(0, len(old) - 1))
    old[at] |= {"spoken": "dinyanyike", "formula": True}
    now = [row["text"] for row in old]
    now[at] = wording

    new = typed(now, old)

    assert [row["uid"] for row in new] == [row["uid"] for row in old]
    assert (new[at]["text"], new[at]["spoken"], new[at]["formula"]) == (wording, "dinyanyike", True)


@given(st.lists(verse, max_size=6), st.lists(verse, max_size=6))
def test_no_two_lines_of_a_stanza_share_a_uid(before, after):
    new = typed(after, stanza(before))

    assert len({row["uid"] for row in new}) == len(new) == len(after)


@given(st.lists(verse, min_size=1, max_size=12, unique=True), st.lists(verse, max_size=12), st.data())
def test_lines_that_are_kept_stay_themselves_in_any_order_among_new_ones(texts, others, data):
    old = stanza(texts)
    kept = data.draw(st.lists(st.sampled_from(texts), unique=True))
    strange = [words for words in others if words not in texts]

    new = typed(data.draw(st.permutations(kept + strange)), old)

    known = {row["text"]: row["uid"] for row in old}
    assert {row["text"]: row["uid"] for row in new if row["text"] in kept} == {text: known[text] for text in kept}


@pytest.mark.parametrize("alphabet", ["ab ", "abcdefghijklmnopqrstuvwxyz "])
def test_the_largest_stanza_that_may_be_pasted_is_aligned_at_once(alphabet):
    chance = random.Random(1)

    def lines(count):
        return ["".join(chance.choices(alphabet, k=MAX_LENGTH - 2)).join("xx") for _ in range(count)]

    old, texts = stanza(lines(MAX_KNOWN)), lines(MAX_LINES - 1)

    assert effort(lambda: typed(texts, old)) < 1_500_000


def test_of_several_new_lines_the_most_alike_is_the_old_one():
    old = stanza(["Ngurus izin idak lah saro"])

    new = typed(["Kami betanyo di sini", "Ngurus izin idaklah saro", "Datang bae ke kantor"], old)

    assert [row["uid"] == old[0]["uid"] for row in new] == [False, True, False]


def test_a_gloss_without_words_is_kept_beside_its_row():
    lines = lyrics.align([], "baris satu\n\n", "arti satu\n\narti tiga")

    assert [(row["text"], row["gloss"]) for row in lines] == [("baris satu", "arti satu"), ("", "arti tiga")]
    again = lyrics.align(lines, "baris satu\n", "arti satu\narti tiga")
    assert again == lines


@given(parts)
def test_blanks_and_invisible_characters_do_not_count(texts):
    plain = whole(texts)
    dressed = copy.deepcopy(plain)
    for row in (row for part in dressed.values() for lines in part for row in lines):
        row["text"] = f" \t{row['text']}\u200b  \u202e"
        row["gloss"] = row["gloss"].replace(" ", " \u00a0 ")
        row["uid"] = lyrics.new_uid()
    dressed["isi"].append([])

    assert lyrics.digest("Judul  senjang\u200d", dressed) == lyrics.digest("Judul senjang", plain) != ""


@pytest.mark.parametrize("key", ["text", "gloss", "spoken"])
@given(texts=parts, data=st.data())
def test_every_word_counts(key, texts, data):
    before = whole(texts)
    after = copy.deepcopy(before)
    rows = [row for part in after.values() for lines in part for row in lines]
    data.draw(st.sampled_from(rows))[key] += "x"

    assert lyrics.digest("Judul", after) != lyrics.digest("Judul", before)


def test_title_line_breaks_stanza_breaks_and_parts_count():
    same = [
        {"pembuka": [["a b"]], "isi": [["c"], ["d"]], "penutup": [["e"]]},
        {"pembuka": [["a", "b"]], "isi": [["c"], ["d"]], "penutup": [["e"]]},
        {"pembuka": [["a b"]], "isi": [["c", "d"]], "penutup": [["e"]]},
        {"pembuka": [["a b"]], "isi": [["c"]], "penutup": [["d"], ["e"]]},
        {"pembuka": [["a b"], ["c"]], "isi": [["d"]], "penutup": [["e"]]},
    ]

    digests = [lyrics.digest("Judul", whole(texts)) for texts in same]
    digests.append(lyrics.digest("Judul a", whole(same[0])))

    assert len(set(digests)) == len(digests)


@given(parts, parts, verse, verse)
def test_two_lyrics_share_a_digest_only_if_they_are_the_same(one, other, title, heading):
    same = (one, title) == (other, heading)

    assert (lyrics.digest(title, whole(one)) == lyrics.digest(heading, whole(other))) == same


@pytest.mark.parametrize("part", lyrics.PARTS)
def test_a_part_that_is_empty_or_lacks_words_leaves_the_lyric_without_a_digest(part):
    texts = {name: [["satu", "dua"]] for name in lyrics.PARTS}
    empty, wordless = whole(texts | {part: []}), whole(texts)
    wordless[part][0][1]["text"] = " \u200b"

    for lyric in (empty, wordless):
        digests = lyrics.part_digests("Judul", lyric)
        assert [name for name in lyrics.PARTS if not digests[name]] == [part]
        assert lyrics.digest("Judul", lyric) == ""


@given(parts)
def test_copied_lines_get_identities_of_their_own_and_the_first_keeps_its(texts):
    lyric = whole(texts)
    lyric["penutup"].append(copy.deepcopy(lyric["isi"][0]))
    before = copy.deepcopy(lyric)

    lyrics.unique_uids(lyric)

    every = [row["uid"] for part in lyric.values() for lines in part for row in lines]
    assert len(set(every)) == len(every)
    assert lyric["pembuka"] == before["pembuka"]
    assert lyric["isi"] == before["isi"]


def test_words_are_found_only_within_one_line():
    lyric = whole({"pembuka": [["salam"]], "isi": [["tiga hari", "selesai"]], "penutup": [["pamit"]]})

    assert lyrics.find_line("tiga  hari", lyric) == lyric["isi"][0][0]
    assert lyrics.find_line("hari selesai", lyric) is None
    assert lyrics.find_line(" ", lyric) is None
