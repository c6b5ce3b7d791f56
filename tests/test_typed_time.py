"""Times of a take as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_assets import timed_text, typed_time


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("01:23.45", 83.45),
        ("1:23,4", 83.4),
        (" 0:09 ", 9.0),
        ("1.02,5", 62.5),
        ("62,5", 62.5),
        ("62.55", 62.55),
        ("9", 9.0),
        ("120:00.00", 7200.0),
        ("", None),
        ("1:75", None),
        ("-1", None),
        ("nan", None),
        ("1e5", None),
        ("1:2:3", None),
        ("²", None),
        ("9" * 40, None),
    ],
)
def test_a_time_is_read_in_the_ways_people_write_it(typed, seconds):
    assert typed_time.read(typed) == seconds


@given(st.integers(min_value=0, max_value=20_000_00))
def test_what_the_screens_show_is_read_back(hundredths):
    assert typed_time.read(timed_text.clock(hundredths / 100)) == hundredths / 100


@given(st.text())
def test_anything_else_is_no_time_and_no_error(text):
    assert typed_time.read(text) is None or typed_time.read(text) >= 0
