"""Lengths and sizes: one way of saying them, understood at once."""

import pytest
from django.utils import translation

from cms.office import measures


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 detik"),
        (3.02, "3 detik"),
        (4.6, "4,6 detik"),
        (59.94, "59,9 detik"),
        (59.96, "1 menit"),
        (104, "1 menit 44 detik"),
        (119.6, "2 menit"),
        (161.2, "2 menit 41 detik"),
        (3599.7, "1 jam 0 menit"),
        (36_000, "10 jam 0 menit"),
    ],
)
def test_a_length_reads_as_people_say_it(seconds, words):
    assert measures.length(seconds) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "1 KB"),
        (1, "1 KB"),
        (420_400, "420 KB"),
        (999_900, "1,0 MB"),
        (1_930_000, "1,9 MB"),
        (9_960_000, "10 MB"),
        (28_000_000, "28 MB"),
        (999_600_000, "1,0 GB"),
        (1_000_000_000, "1,0 GB"),
    ],
)
def test_a_size_reads_as_phone_plans_count(count, words):
    assert measures.size(count) == words


def test_english_readers_get_their_own_point_and_words():
    with translation.override("en"):
        assert (measures.length(161), measures.size(1_930_000)) == ("2 min 41 s", "1.9 MB")
