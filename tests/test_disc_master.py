"""A disc's master: every track at its frame, one gain for all, silence between, and a ZIP that checks out."""

import hashlib
import wave
import zipfile
from array import array
from datetime import date

import pytest

from media_assets import cue_sheet, disc_master, ffmpeg, loudness
from media_assets.cue_sheet import Disc, Track
from media_assets.disc_papers import Imprint
from media_assets.loudness import Level
from tests import sounds

IMPRINT = Imprint("Bersenjang di Pasar", 2, date(2026, 11, 22), "DPMPTSP Musi Banyuasin")
NAME = "bersenjang-di-pasar-edisi-2"
TONE = "aevalsrc=0.2*sin(2*PI*220*t)|0.2*sin(2*PI*220*t):s={rate}:d={seconds}"


def disc(*gaps, **fields):
    tracks = [Track(f"Lagu {n}", "Kuyung Seko", "Mang Cik", 300, gap) for n, gap in enumerate(gaps, 1)]
    return Disc(fields.get("title", "Bersenjang di Pasar"), "DPMPTSP Muba", tracks)


@pytest.fixture(scope="module")
def takes(tmp_path_factory):
    """Of three rates, one mono, of 24, 16 and coded bits; the second 6 dB louder than the first."""
    folder = tmp_path_factory.mktemp("lagu")
    return [
        sounds.make(folder, "a.wav", "-c:a", "pcm_s24le", sound=TONE, seconds=4.1, rate=48_000),
        sounds.make(folder, "b.wav", "-af", "volume=6dB", sound=TONE, seconds=5, rate=44_100),
        sounds.make(folder, "c.flac", "-ac", "1", sound=TONE, seconds=4.5, rate=22_050),
    ]


@pytest.fixture(scope="module")
def made(takes, tmp_path_factory):
    return disc_master.make(disc(0, 150, 75), takes, IMPRINT, tmp_path_factory.mktemp("master"))


@pytest.fixture
def unpacked(made, tmp_path):
    with zipfile.ZipFile(made.path) as packed:
        packed.extractall(tmp_path / "isi")
    return tmp_path / "isi"


def samples(path, first, last):
    """Both channels between two CD frames."""
    with wave.open(str(path)) as file:
        file.setpos(first * cue_sheet.SAMPLES)
        return array("h", file.readframes((last - first) * cue_sheet.SAMPLES))


def test_each_track_takes_up_whole_frames_at_its_place(made, unpacked):
    lengths = [track.length for track in made.disc.tracks]

    assert lengths == [308, 375, 338]
    with wave.open(str(unpacked / f"{NAME}.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (44_100, 2, 2)
        assert file.getnframes() == (308 + 150 + 375 + 75 + 338) * 588
    cue = (unpacked / f"{NAME}.cue").read_text()
    assert [line.split()[-1] for line in cue.splitlines() if "INDEX 01" in line] == ["00:00:00", "00:06:08", "00:12:08"]


def test_gaps_are_silent_and_songs_stand_right_beside_them(unpacked):
    sound = unpacked / f"{NAME}.wav"

    gaps = [samples(sound, 308, 458), samples(sound, 833, 908)]
    edges = [samples(sound, at, at + 1) for at in (0, 306, 458, 832, 908)]

    assert [max(map(abs, gap)) for gap in gaps] == [0, 0]
    assert all(max(map(abs, edge)) > 1000 for edge in edges)


def test_the_loudest_track_reaches_the_ceiling_and_the_others_keep_their_distance(made, unpacked):
    sound = unpacked / f"{NAME}.wav"

    tops = [max(map(abs, samples(sound, *place))) for place in ((10, 300), (470, 800))]

    assert made.true_peak == pytest.approx(-1.0, abs=0.15)
    assert loudness.measure_file(sound).peak <= disc_master.HIGHEST
    assert tops[1] / tops[0] == pytest.approx(10 ** (6 / 20), rel=0.01)
    assert made.gain_db == pytest.approx(7.0, abs=0.15)  # 0.2 and 6 dB more are -7.98 dBTP


@pytest.mark.parametrize(("peaks", "gain"), [([-7.9, -3.0], 2.0), ([0.4], -1.4), ([-30.0, -40.0], 12.0)])
def test_one_gain_follows_the_highest_peak_and_never_lifts_too_far(peaks, gain):
    assert disc_master.plan([Level(-20, 5, peak) for peak in peaks]) == gain


def test_the_sums_in_the_zip_hold_and_nothing_is_packed_smaller(made, unpacked):
    lines = [line.split("  ") for line in (unpacked / "SHA256SUMS").read_text().splitlines()]

    assert {name: hashlib.sha256((unpacked / name).read_bytes()).hexdigest() for _sum, name in lines} == {
        name: sum_ for sum_, name in lines
    }
    assert {name for _sum, name in lines} | {"SHA256SUMS"} == {path.name for path in unpacked.iterdir()}
    with zipfile.ZipFile(made.path) as packed:
        assert {entry.compress_type for entry in packed.infolist()} == {zipfile.ZIP_STORED}
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()


def test_the_same_takes_give_the_same_bytes(made, takes, tmp_path):
    (empty := tmp_path / "lagi").mkdir()

    again = disc_master.make(disc(0, 150, 75), takes, IMPRINT, empty)

    assert again.path.read_bytes() == made.path.read_bytes()
    assert [path.name for path in empty.iterdir()] == [f"{NAME}.zip"]


def test_the_read_me_tells_an_indonesian_how_to_burn_it(unpacked):
    text = (unpacked / "BACA-SAYA.txt").read_text()

    for words in ("Edisi 2, 22 November 2026", "02  00:05:00  Lagu 2 (Kuyung Seko)", f"cdrdao write {NAME}.toc"):
        assert words in text
    assert (unpacked / "ISRC.txt").read_text().splitlines()[0] == "01\t-\tLagu 1"


def test_what_turns_out_too_short_is_refused_in_words(takes, tmp_path):
    short = sounds.make(tmp_path, "pendek.wav", seconds=3)

    with pytest.raises(ffmpeg.Failed, match="lebih pendek dari empat detik"):
        disc_master.make(disc(0, 0), [takes[0], short], IMPRINT, tmp_path)


def test_what_turns_out_too_long_is_stopped_while_it_is_written(takes, tmp_path, monkeypatch):
    monkeypatch.setattr(cue_sheet, "LONGEST", 600)

    with pytest.raises(ffmpeg.Failed, match=r"lebih panjang dari 79\.30 menit"):
        disc_master.make(disc(0, 150, 75), takes, IMPRINT, tmp_path)


def test_a_take_that_is_no_sound_is_refused(takes, tmp_path):
    (tmp_path / "x.wav").write_text("bukan suara")

    with pytest.raises(ffmpeg.Failed):
        disc_master.make(disc(0, 150), [takes[0], tmp_path / "x.wav"], IMPRINT, tmp_path)


def test_progress_only_grows_and_ends_at_one(takes, tmp_path):
    told = []

    disc_master.make(disc(0), takes[:1], IMPRINT, tmp_path, on_progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0
