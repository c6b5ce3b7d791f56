"""Finished files have their target's loudness and keep below their ceiling, measured on the files themselves."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from media_assets import broadcast_wave, ffmpeg, loudness, recipes, rendering
from media_assets.loudness import Gain, Level
from tests import sounds
from tests.sounds import make

INPUTS = {
    "song": ([], sounds.SONG),
    "quiet": (["-af", "volume=-30dB"], sounds.SONG),
    "hot": ([], sounds.HOT),
    "mono 8-bit 22 kHz": (["-ac", "1", "-ar", "22050", "-c:a", "pcm_u8"], sounds.SONG),
    "24-bit 96 kHz": (["-ar", "96000", "-c:a", "pcm_s24le"], sounds.HOT),
    "5.1": (["-af", "pan=5.1|FL=c0|FR=c1|FC=c0|LFE=0*c0|BL=0.3*c0|BR=0.3*c1"], sounds.SONG),
}


@pytest.mark.parametrize(("options", "sound"), INPUTS.values(), ids=INPUTS)
def test_every_file_is_on_target_and_under_its_ceiling(tmp_path, options, sound):
    source = make(tmp_path, "in.wav", *options, sound=sound, seconds=4)

    files = rendering.render_file(source, tmp_path / "out")

    for made in files:
        level = loudness.measure_file(made.path)
        assert (made.lufs, made.true_peak) == (pytest.approx(level.lufs, abs=0.15), pytest.approx(level.peak, abs=0.25))
        assert level.peak <= made.recipe.ceiling
        assert made.recipe.target is None or level.lufs == pytest.approx(made.recipe.target, abs=0.5)
        assert made.duration == pytest.approx(4, abs=0.01)


def test_each_file_is_what_its_recipe_says(tmp_path):
    files = rendering.render_file(make(tmp_path, "in.flac", "-ar", "48000"), tmp_path)

    said = {made.recipe.name: rendering.probe.look(made.path) for made in files}

    assert {name: (source.codec, source.sample_rate, source.channels) for name, source in said.items()} == {
        "web-mp3": ("mp3", 44_100, 2),
        "web-opus": ("opus", 48_000, 2),
        "low-opus": ("opus", 48_000, 1),
        "radio-wav": ("pcm_s16le", 44_100, 2),
        "cd-wav": ("pcm_s16le", 44_100, 2),
    }
    assert (tmp_path / "in-low-opus.opus").stat().st_size < 20_000


def test_the_waveform_has_its_columns_and_its_loud_places(tmp_path):
    swell = "aevalsrc=0.8*sin(2*PI*300*t)*t/20:s=44100:d=20"

    measured = loudness.measure(make(tmp_path, "in.wav", sound=swell, seconds=20))

    assert (len(measured.peaks), measured.length) == (200, pytest.approx(20, abs=0.01))
    assert measured.peaks[-1] == 100
    assert measured.peaks[100] == pytest.approx(50, abs=3)


def test_a_plan_limits_only_what_would_pass_the_ceiling():
    assert loudness.plan(Level(-20, 5, -6), -23.0, -1.2) == Gain(-3, None)
    assert loudness.plan(Level(-26, 5, -6), -16.0, -1.2) == Gain(10, -1.2)
    assert loudness.plan(Level(-12, 5, 0.5), None, -1.2) == Gain(-1.7, None)
    assert loudness.plan(Level(-12, 5, -3), None, -1.2) == Gain(0, None)


def test_a_result_that_is_right_needs_no_other_try():
    assert loudness.better(Gain(4, -1.2), Level(-16.1, 5, -1.1), -16.0, -1.0) is None
    assert loudness.better(Gain(4, -1.2), Level(-17.0, 5, -1.1), -16.0, -1.0) == Gain(5, -1.2)
    assert loudness.better(Gain(4, -1.8), Level(-16.0, 5, -0.5), -16.0, -1.0) == Gain(4, pytest.approx(-2.65))
    assert loudness.better(Gain(-2), Level(-12.0, 5, -0.5), None, -1.0) == Gain(pytest.approx(-2.6))


def test_the_command_tells_what_it_made(tmp_path, capsys):
    source = make(tmp_path, "lagu.wav")

    call_command("make_renditions", source, "--out", tmp_path / "jadi", "--json")

    rows = json.loads(capsys.readouterr().out)
    assert [row["recipe"] for row in rows] == [recipe.name for recipe in recipes.ALL]
    assert {Path(row["file"]) for row in rows} == set((tmp_path / "jadi").iterdir())
    assert [row.keys() for row in rows] == [{"recipe", "file", "duration", "lufs", "true_peak"}] * 5
    assert "bext" in broadcast_wave.read(tmp_path / "jadi" / "lagu-radio-wav.wav")


@pytest.mark.parametrize("content", [b"", b"bukan suara", None])
def test_the_command_refuses_in_a_sentence_and_leaves_nothing(tmp_path, content):
    source, out = tmp_path / "a.wav", tmp_path / "jadi"
    if content is not None:
        source.write_bytes(content)

    with pytest.raises(CommandError, match=r"\.$"):
        call_command("make_renditions", source, "--out", out)

    assert not out.exists() or not list(out.iterdir())


def test_a_run_that_takes_too_long_is_stopped_in_words(tmp_path):
    endless = ["-f", "lavfi", "-i", "anoisesrc", "-f", "null", "-"]

    with pytest.raises(ffmpeg.Failed, match="batas waktu"):
        ffmpeg.run(endless, seconds=1)


def test_memory_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(ffmpeg, "MEMORY_LIMIT", 200 * 1024**2)
    greedy = ["-f", "lavfi", "-i", "testsrc=s=8000x8000:d=20,tpad=start=500,reverse", "-f", "null", "-"]

    with pytest.raises(ffmpeg.Failed):
        ffmpeg.run(greedy, seconds=60)


def test_only_local_files_are_opened(tmp_path):
    playlist = tmp_path / "a.mp3"
    playlist.write_text("ffconcat version 1.0\nfile http://127.0.0.1:9/x.mp3\n")

    with pytest.raises(ffmpeg.Failed):
        ffmpeg.run([*ffmpeg.source(playlist), "-f", "null", "-"])


def test_stopping_half_way_stops_ffmpeg(tmp_path):
    class Stop(Exception):
        pass

    def stop(piece):
        raise Stop

    with pytest.raises(Stop):
        ffmpeg.run(["-f", "lavfi", "-i", "anoisesrc", "-f", "s16le", "pipe:1"], on_output=stop, seconds=20)
