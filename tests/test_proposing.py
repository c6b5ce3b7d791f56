"""A take's verses and music are found by turns, in noise, fades and applause; nothing is found in hiss alone."""

import json
import subprocess
import sys

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from media_assets import ffmpeg, listening, proposing
from media_assets.activity import RATE, STEP, Ear
from media_assets.alternation import likeliest, runs
from media_assets.segments import Grade, Kind, problems
from tests.sounds import SILENCE, make
from tests.takes import mixing, studio, village, workshop
from tests.takes.judging import found, pcm, proposed, write

TAKES = [(studio, 6, 3), (village, 2, 3), (village, 16, 3)]  # maker, seed, turns


def test_nine_in_ten_boundaries_are_found_within_three_tenths():
    scores = {}
    for maker, seed, turns in TAKES:
        samples, truth = maker.take(seed, turns)
        segments = proposed(samples)
        scores[f"{maker.__name__}-{seed}"] = found(segments, truth)
        assert [p for p in problems(segments, len(samples) / RATE) if p.grade is Grade.ERROR] == []

    print(scores)
    hits, true, claimed = np.sum(list(scores.values()), 0)
    assert hits / true >= 0.9
    assert hits / claimed >= 0.85


@pytest.mark.parametrize("tilt", [0, 1])
def test_hiss_alone_is_neither_verse_nor_music(tilt):
    hiss = mixing.level(mixing.noise(np.random.default_rng(5), 12 * RATE, tilt), -30)

    assert [segment for segment in proposed(hiss) if segment.kind == Kind.SYAIR] == []


def test_a_breath_does_not_part_a_verse_and_a_long_silence_belongs_to_nobody():
    rng = np.random.default_rng(4)
    verse, music = workshop.voice(rng, 9, sung=True, base=170), workshop.band(rng, 5, "plucked")
    rest = np.zeros(RATE)
    samples = np.concatenate([music, rest, verse, rest, music])
    starts = np.cumsum([0, len(music), RATE, len(verse), RATE]) / RATE

    segments = proposed(samples)

    assert [segment.kind for segment in segments] == [Kind.MUSIK, Kind.SYAIR, Kind.MUSIK]
    assert [segment.start for segment in segments] == pytest.approx([starts[0], starts[2], starts[4]], abs=0.3)
    assert [segment.end for segment in segments[:2]] == pytest.approx([starts[1], starts[3]], abs=0.3)


def test_a_take_sounds_the_same_however_its_stream_is_cut():
    samples = pcm(np.random.default_rng(1).standard_normal(3 * RATE) * 0.1)
    whole, pieces = Ear(), Ear()
    whole.take(samples)

    for start in range(0, len(samples), 4_321):
        pieces.take(samples[start : start + 4_321])

    one, other = whole.activity(), pieces.activity()
    assert one.length == pytest.approx(3, abs=STEP)
    for name in one.__match_args__:
        assert np.allclose(getattr(one, name), getattr(other, name), atol=1e-3), name


def test_a_short_doubt_changes_no_kind():
    odds = np.zeros((60, 2))
    odds[:, 0] = 1
    odds[20:24] = [-1, 1]
    odds[40:, :] = [-1, 1]

    path = likeliest(odds, (5, 10), change=4.0, first=(0, 0))

    assert runs(path) == [(0, 40, 0), (40, 60, 1)]


def test_the_command_tells_its_suggestions(tmp_path, capsys):
    samples, _truth = village.take(16, 2)
    file = write(tmp_path / "lagu.wav", samples)

    call_command("propose_segments", file, "--json")
    rows = json.loads(capsys.readouterr().out)
    call_command("propose_segments", file)

    assert {tuple(row) for row in rows} == {("start", "end", "kind", "suggested")}
    assert {row["kind"] for row in rows} == {"syair", "musik"}
    assert all(row["suggested"] is True for row in rows)
    assert capsys.readouterr().out.startswith(("Syair 0.", "Musik 0."))


@pytest.mark.parametrize("content", [b"", b"bukan suara", None])
def test_the_command_refuses_in_a_sentence(tmp_path, content):
    source = tmp_path / "a.wav"
    if content is not None:
        source.write_bytes(content)

    with pytest.raises(CommandError, match=r"\.$"):
        call_command("propose_segments", source)


def test_a_silent_file_is_refused_as_every_upload_is(tmp_path):
    with pytest.raises(CommandError, match="hening"):
        call_command("propose_segments", make(tmp_path, "a.wav", sound=SILENCE, seconds=3))


def test_nothing_is_proposed_for_less_than_a_moment():
    ear = Ear()
    ear.take(bytes(100))

    assert proposing.propose(ear.activity()) == []


def test_the_stream_has_the_rate_that_is_listened_at():
    assert listening.RATE == RATE


def test_a_listener_that_dies_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(ffmpeg.Failed, match="tidak selesai"):
        listening.propose(make(tmp_path, "a.wav", seconds=20))


def test_the_web_starts_without_the_listening_modules():
    start = "import sys, django; django.setup(); import cms.urls, media_assets.listening; print('numpy' in sys.modules)"

    said = subprocess.run([sys.executable, "-W", "ignore", "-c", start], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"
