"""A list of segments is told all that is wrong with it, and where between its verses a spot may be cut."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_assets.segments import Grade, Kind, Segment, clock, cut_points, problems, snap

SUNG, PLAYED = Kind.SYAIR, Kind.MUSIK
GOOD = [Segment(0, 4, PLAYED), Segment(4, 12.5, SUNG), Segment(13, 20, PLAYED), Segment(20, 31, SUNG)]

moments = st.integers(-20, 700).map(lambda tenths: tenths / 10)
wild = st.floats(allow_nan=True, allow_infinity=True)
kinds = st.sampled_from(Kind)
some = st.lists(st.builds(Segment, moments, moments, kinds), max_size=8)
wildest = st.lists(st.builds(Segment, wild, wild, kinds), max_size=6)


@st.composite
def alternating(draw):
    """Music and verse by turns, with or without gaps, all within the take."""
    segments, now = [], 0.0
    for number in range(draw(st.integers(0, 8))):
        start = now + draw(st.integers(0, 20)) / 10
        now = start + draw(st.integers(5, 300)) / 10
        segments.append(Segment(start, now, SUNG if number % 2 else PLAYED))
    return segments, now + draw(st.integers(0, 50)) / 10


def told(segments, length=60):
    return [(problem.index, problem.other, problem.kind) for problem in problems(segments, length)]


def test_verse_and_music_by_turns_are_right_with_gaps_and_without():
    assert problems(GOOD, 31) == []


@pytest.mark.parametrize(
    ("segment", "kind"),
    [
        (Segment(5, 4, SUNG), "order"),
        (Segment(5, 5, SUNG), "order"),
        (Segment(5, 5.3, PLAYED), "short"),
        (Segment(-1, 5, SUNG), "outside"),
        (Segment(55, 61, PLAYED), "outside"),
        (Segment(55, math.inf, PLAYED), "outside"),
        (Segment(math.nan, 5, SUNG), "order"),
    ],
)
def test_a_segment_that_cannot_be_is_an_error(segment, kind):
    found = problems([segment], 60)

    assert (0, kind, Grade.ERROR) in [(problem.index, problem.kind, problem.grade) for problem in found]


def test_an_overlap_names_both_wherever_they_stand_in_the_list():
    assert told([Segment(10, 20, SUNG), Segment(0, 10.1, PLAYED)]) == [(0, 1, "overlap")]
    assert told([Segment(0, 30, PLAYED), Segment(1, 5, SUNG), Segment(6, 9, PLAYED)]) == [
        (1, 0, "overlap"),
        (2, 0, "overlap"),
    ]


def test_two_verses_without_music_between_them_are_a_warning():
    verses = [Segment(0, 5, SUNG), Segment(6, 12, SUNG), Segment(12, 14, PLAYED), Segment(14, 20, SUNG)]

    found = problems(verses, 60)

    assert [(problem.index, problem.other, problem.grade) for problem in found] == [(1, 0, Grade.WARNING)]
    assert found[0].text.startswith("Tidak ada musik antara Syair 0.00,0–0.05,0 dan Syair 0.06,0–0.12,0.")


@given(alternating())
def test_what_alternates_within_the_take_has_no_problem(case):
    segments, length = case

    assert problems(segments, length) == []


@given(some, st.randoms())
def test_the_order_of_the_list_changes_only_the_places(segments, random):
    order = list(range(len(segments)))
    random.shuffle(order)

    def sentences(given):
        return sorted((p.kind, given[p.index].start, given[p.index].end) for p in problems(given, 60))

    if len(set(segments)) == len(segments):
        assert sentences([segments[place] for place in order]) == sentences(segments)


@given(some)
def test_no_error_means_that_no_moment_is_claimed_twice(segments):
    if any(problem.grade is Grade.ERROR for problem in problems(segments, 60)):
        return

    for tenth in range(600):
        assert sum(segment.start <= tenth / 10 < segment.end for segment in segments) <= 1


@given(wildest, wild)
def test_whatever_numbers_come_each_is_answered_in_a_sentence(segments, length):
    for problem in problems(segments, length):
        assert problem.text.endswith(".")
        assert problem.index in range(len(segments))


def test_a_spot_may_be_cut_wherever_nobody_sings():
    assert cut_points(GOOD) == [(0, 4), (12.5, 20)]
    assert cut_points([Segment(2, 9, SUNG), Segment(9, 15, PLAYED)]) == [(0, 2), (9, 15)]
    assert cut_points([]) == []


@given(alternating(), moments)
def test_a_cut_that_snaps_never_lands_in_a_verse(case, moment):
    segments, _length = case
    spans = cut_points(segments)

    place = snap(moment, spans)

    assert not any(segment.start < place < segment.end for segment in segments if segment.kind == SUNG)
    assert place == moment or all(abs(place - moment) <= abs(edge - moment) for span in spans for edge in span)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0.00,0"), (62.46, "1.02,5"), (59.96, "1.00,0"), (-1, "-0.01,0"), (math.nan, "–")]
)
def test_a_moment_is_written_as_a_timeline_counts(seconds, words):
    assert clock(seconds) == words
