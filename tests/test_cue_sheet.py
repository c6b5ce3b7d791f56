"""What lies where on a CD, as burners read it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_assets import cue_sheet
from media_assets.cue_sheet import Disc, Track

ONE = Track("Dagang “Baseke”", "Kuyung Seko", "Mang Cik", 400, 0, "IDA012600001")
TWO = Track("Ubat é", "Kupek Ayu", "", 500, 150)
DISC = Disc("Bersenjang — 2026", "DPMPTSP Muba", [ONE, TWO], "8991234567890")


def test_a_cue_sheet_gives_each_track_its_place_after_its_gap():
    assert cue_sheet.cue(DISC, "bersenjang.wav").splitlines() == [
        "CATALOG 8991234567890",
        'TITLE "Bersenjang - 2026"',
        'PERFORMER "DPMPTSP Muba"',
        'FILE "bersenjang.wav" WAVE',
        "  TRACK 01 AUDIO",
        "    TITLE \"Dagang 'Baseke'\"",
        '    PERFORMER "Kuyung Seko"',
        '    SONGWRITER "Mang Cik"',
        "    ISRC IDA012600001",
        "    INDEX 01 00:00:00",
        "  TRACK 02 AUDIO",
        '    TITLE "Ubat e"',
        '    PERFORMER "Kupek Ayu"',
        "    INDEX 00 00:05:25",
        "    INDEX 01 00:07:25",
    ]


def test_cdrdaos_file_says_the_same_with_starts_and_lengths():
    assert cue_sheet.toc(DISC, "bersenjang.wav").splitlines()[4:] == [
        "TRACK AUDIO",
        'ISRC "IDA012600001"',
        'CD_TEXT { LANGUAGE 0 { TITLE "Dagang \'Baseke\'" PERFORMER "Kuyung Seko" SONGWRITER "Mang Cik" } }',
        'FILE "bersenjang.wav" 00:00:00 00:05:25',
        "",
        "TRACK AUDIO",
        'CD_TEXT { LANGUAGE 0 { TITLE "Ubat e" PERFORMER "Kupek Ayu" } }',
        'FILE "bersenjang.wav" 00:05:25 00:08:50',
        "START 00:02:00",
    ]


def test_a_disc_that_fits_has_no_flaws():
    assert cue_sheet.flaws(DISC) == []


@pytest.mark.parametrize(
    ("disc", "sentence"),
    [
        (replace(DISC, tracks=[]), "Cakram ini belum berisi lagu. Pilih sedikitnya satu rekaman."),
        (
            replace(DISC, tracks=[ONE._replace(length=cue_sheet.LONGEST - 400), TWO]),
            "Isi cakram 79.33 menit, lebih panjang dari 79.30 menit. Keluarkan satu lagu atau perpendek jedanya.",
        ),
        (replace(DISC, tracks=[ONE._replace(length=299)]), "Lagu 1 “Dagang “Baseke”” lebih pendek dari empat detik."),
        (
            replace(DISC, tracks=[ONE._replace(isrc="IDA01260000")]),
            "ISRC lagu 1 “Dagang “Baseke”” tidak benar. Contoh yang benar: IDA012600001.",
        ),
        (replace(DISC, catalog="89912"), "Nomor katalog terdiri dari 13 angka."),
        (
            replace(DISC, tracks=[TWO._replace(title="K" * 80, performer="P" * 80)] * 20),
            "Judul dan nama pada cakram ini terlalu panjang untuk CD-TEXT: 3348 dari 3072 bita.",
        ),
        (replace(DISC, tracks=[TWO] * 100), "Sebuah CD memuat paling banyak 99 lagu; di sini ada 100."),
    ],
)
def test_what_no_disc_can_hold_is_refused_in_words(disc, sentence):
    assert sentence in cue_sheet.flaws(disc)


def test_exactly_seventy_nine_minutes_and_a_half_fit():
    assert cue_sheet.flaws(replace(DISC, tracks=[ONE._replace(length=cue_sheet.LONGEST)])) == []


@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (1, 1), (588, 1), (589, 2), (44_100, 75)])
def test_a_track_takes_up_whole_frames(samples, frames):
    assert cue_sheet.frames(samples) == frames


names = st.text(max_size=120)
tracks = st.builds(Track, names, names, names, st.integers(300, 40_000), st.integers(0, 750), st.just(""))


@given(st.lists(tracks, min_size=1, max_size=99), names)
def test_whatever_the_names_both_files_have_every_track_where_the_one_before_ends(listed, title):
    disc = Disc(title, "", listed)

    cue, toc = cue_sheet.cue(disc, "bersenjang.wav"), cue_sheet.toc(disc, "bersenjang.wav")

    assert cue.isascii()
    assert toc.isascii()
    assert max(map(len, cue.splitlines())) <= cue_sheet.WIDEST + len('    SONGWRITER ""')
    places = [_frame(at) for at in re.findall(r"INDEX 01 (\S+)", cue)]
    starts = [_frame(at) for at in re.findall(r'FILE "[^"]+" (\S+)', toc)]
    lengths = [_frame(at) for at in re.findall(r'FILE "[^"]+" \S+ (\S+)', toc)]
    assert [at - track.gap for at, track in zip(places, listed, strict=True)] == starts
    assert [start + length for start, length in zip(starts, lengths, strict=True)] == [*starts[1:], disc.length]


def _frame(stamp):
    minutes, seconds, frames = map(int, stamp.split(":"))
    assert (seconds < 60, frames < 75) == (True, True)
    return (minutes * 60 + seconds) * 75 + frames
