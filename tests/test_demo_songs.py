"""The demo's own songs keep the form that they are an example of, and their tracks can be heard."""

import itertools
import json
import re

import mutagen
import pytest

from cms.demo import songs
from media_assets import lyrics

SONGS = songs.read_all()
SUNG = [song for song in SONGS if song.track]
TIMINGS = json.loads((songs.HERE / "audio" / "timings.json").read_text())
each_song = pytest.mark.parametrize("song", SONGS, ids=lambda song: song.name)
each_track = pytest.mark.parametrize("song", SUNG, ids=lambda song: song.name)


def stanzas(song):
    return [stanza for part in lyrics.PARTS for stanza in song.parts[part]]


def words(line):
    return re.findall("[a-z]+", (line["spoken"] or line["text"]).lower())


def nuclei(word):
    """Domain rule: ai, au, oi, ei count as one at the end of a word only."""
    return len(re.findall("(?:ai|au|oi|ei)$|[aeiou]", word))


def rime(line):
    return re.search("(ai|au|oi|ei|[aeiou])[^aeiou]*$", words(line)[-1])[0]


@each_song
def test_a_song_has_three_parts_of_even_stanzas_and_every_line_its_meaning(song):
    assert all(song.parts[part] for part in lyrics.PARTS)
    assert {len(stanza) for stanza in stanzas(song)} <= {6, 8, 10}
    assert [line for stanza in stanzas(song) for line in stanza if not line["gloss"]] == []


@each_song
def test_a_line_sings_eight_to_twelve_syllables(song):
    lengths = {line["text"]: sum(map(nuclei, words(line))) for stanza in stanzas(song) for line in stanza}

    assert {text: n for text, n in lengths.items() if not 8 <= n <= 12} == {}


@each_song
def test_each_line_of_the_sampiran_rhymes_with_its_line_of_the_isi(song):
    for stanza in stanzas(song):
        half = len(stanza) // 2

        assert [rime(line) for line in stanza[:half]] == [rime(line) for line in stanza[half:]]


def test_three_songs_are_to_be_published_and_only_those_have_tracks():
    assert [song.name for song in SUNG] == [song.name for song in SONGS if song.stage == "published"]
    assert [song.stage for song in SONGS] == ["published"] * 3 + ["sent back", "waiting", "on paper"]


@each_track
def test_a_track_is_small_and_about_as_long_as_its_timings(song):
    sound = mutagen.File(song.track)

    assert song.track.stat().st_size <= 900_000
    assert 60 <= sound.info.length <= 110
    assert TIMINGS[song.name][-1]["end"] == pytest.approx(sound.info.length, abs=1)


@each_track
def test_song_and_music_take_turns_and_never_meet(song):
    turns = TIMINGS[song.name]

    assert [turn["kind"] for turn in turns] == ["musik", "vokal"] * len(stanzas(song))
    assert [len(turn["lines"]) for turn in turns[1::2]] == [len(stanza) for stanza in stanzas(song)]
    assert all(before["end"] + 0.3 < after["start"] for before, after in itertools.pairwise(turns))
