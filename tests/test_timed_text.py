"""When each line is sung, and the files that say so to players."""

from io import StringIO
from itertools import pairwise

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from media_assets import lyrics, timed_text
from media_assets.timed_text import Chapter, Cue, Flaw

NAMES = {"pembuka": "Pembuka", "isi": "Isi", "penutup": "Penutup"}


def line(uid, text="Ai sanak ngaleh dusun", gloss="Wahai saudara"):
    return lyrics.Line(uid=uid, text=text, gloss=gloss, spoken="", formula=False)


PARTS = {"pembuka": [[line("a"), line("b", "Jalan ke kalangan")]], "isi": [[line("c")]], "penutup": [[line("d")]]}


def test_a_line_ends_where_the_next_begins_or_where_the_singing_stops():
    cues = timed_text.cues(PARTS, {"a": 9.0, "b": 12.5, "c": 30.0}, [(9.0, 15.25), (30.0, 36.0)], 60.0)

    assert [(cue.uid, cue.start, cue.end) for cue in cues] == [("a", 9.0, 12.5), ("b", 12.5, 15.25), ("c", 30.0, 36.0)]


def test_a_line_of_an_unmapped_take_does_not_stay_lit_through_the_music():
    cues = timed_text.cues(PARTS, {"a": 9.0, "c": 60.0}, [], 100.0)

    assert [(cue.start, cue.end) for cue in cues] == [(9.0, 21.0), (60.0, 72.0)]


def test_marks_that_go_backwards_or_leave_the_take_are_named_by_line():
    flaws = timed_text.flaws(PARTS, {"a": 9.0, "b": 8.0, "c": 61.0, "d": 40.0}, 60.0)

    assert flaws == [
        Flaw(2, "Baris 2 mulai pada 00:08.00, padahal baris 1 baru mulai pada 00:09.00."),
        Flaw(3, "Baris 3: 01:01.00 berada di luar rekaman, yang panjangnya 1 menit."),
        Flaw(4, "Baris 4 mulai pada 00:40.00, padahal baris 3 baru mulai pada 01:01.00."),
    ]


def test_lines_without_a_mark_are_no_flaw():
    assert timed_text.flaws(PARTS, {"a": 9.0, "d": 40.0}, 60.0) == []


def test_chapters_are_the_parts_that_are_marked():
    chapters = timed_text.chapters(PARTS, {"a": 9.0, "b": 12.0, "d": 50.0}, 61.5, NAMES)

    assert chapters == [Chapter(9.0, 50.0, "Pembuka"), Chapter(50.0, 61.5, "Penutup")]


def test_a_webvtt_parser_reads_back_what_was_written():
    cues = [Cue(0.0, 2.5, "Satu <b> & --> dua", "satu"), Cue(3599.9996, 3601.04, "Tige‏", "")]

    read = webvtt.from_string(timed_text.captions(cues))

    assert [(cue.start, cue.end, cue.text) for cue in read] == [
        ("00:00:00.000", "00:00:02.500", "Satu &lt;b&gt; &amp; --&gt; dua"),
        ("01:00:00.000", "01:00:01.040", "Tige"),
    ]


def test_what_the_lines_mean_is_a_track_of_its_own_without_empty_cues():
    cues = [Cue(0.0, 2.5, "Satu", "makna satu"), Cue(3.0, 4.0, "Due", "")]

    read = webvtt.from_string(timed_text.captions(cues, translated=True))

    assert [cue.text for cue in read] == ["makna satu"]


def test_without_a_line_the_track_is_empty_and_still_valid():
    assert list(webvtt.from_buffer(StringIO(timed_text.captions([])))) == []


def test_lrc_names_song_and_singer_and_clears_the_screen_for_music():
    cues = [Cue(9.0, 12.5, "Satu"), Cue(12.5, 15.25, "[Due]"), Cue(70.999, 75.0, "Tige")]

    assert timed_text.lrc(cues, title="Dagang", artist="Kuyung, Kupek", length=104.2).splitlines() == [
        "[ti:Dagang]",
        "[ar:Kuyung, Kupek]",
        "[length:01:44]",
        "[00:09.00]Satu",
        "[00:12.50](Due)",
        "[00:15.25]",
        "[01:11.00]Tige",
        "[01:15.00]",
    ]


@pytest.mark.parametrize(("seconds", "shown"), [(0, "00:00.00"), (59.996, "01:00.00"), (5999.99, "99:59.99")])
def test_a_time_never_shows_sixty_seconds(seconds, shown):
    assert timed_text.clock(seconds) == shown


times = st.floats(0, 10_000, allow_nan=False, width=32)


@given(st.lists(times, min_size=1, max_size=40, unique=True), st.lists(times, max_size=20))
def test_cues_follow_one_another_and_never_overlap(starts, edges):
    uids = [f"{number:08x}" for number in range(len(starts))]
    marks = dict(zip(uids, sorted(starts), strict=True))
    sung = list(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))

    cues = timed_text.cues({"isi": [[line(uid) for uid in uids]]}, marks, sung, 10_001)

    assert [cue.uid for cue in cues] == uids
    assert all(cue.start < cue.end for cue in cues)
    assert all(one.end <= other.start for one, other in pairwise(cues))
