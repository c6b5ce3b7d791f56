"""What a studio reads in our WAV files besides the sound."""

import struct
import wave
from datetime import UTC, date, datetime

import pytest
from mutagen.wave import WAVE

from media_assets import broadcast_wave, ffmpeg, loudness, tags
from media_assets.broadcast_wave import Cart, Origin
from tests import sounds

ORIGIN = Origin(
    description="Dagang Baseke — pembuka, “isi”, penutup",
    originator="DPMPTSP Muba",
    reference="BSJ-R12-1",
    made_at=datetime(2026, 11, 22, 7, 5, 9, tzinfo=UTC),
    lufs=-23.04,
    range=4.2,
    true_peak=-1.36,
    history="A=PCM,F=44100,W=16,M=stereo",
)
CART = Cart(
    title="Dagang Baseke",
    artist="Kuyung Seko, Kupek Ayu",
    cut_id="104012",
    client="DPMPTSP Musi Banyuasin",
    out_cue="… ade izin tenang ati",
    first_day=date(2026, 12, 1),
    last_day=date(2026, 12, 31),
    url="https://example.go.id/q/7K3F9M",
    text="Baris satu\nBaris due",
    samples=132300,
)


def sound_of(path):
    with wave.open(str(path)) as file:
        return file.readframes(file.getnframes())


@pytest.fixture
def take(tmp_path):
    return sounds.make(tmp_path, "lagu.wav")


def test_the_sound_and_the_tags_stay_as_they_are(take):
    tags.write(take, tags.Tags(title="Dagang"))
    before = sound_of(take)

    broadcast_wave.write(take, ORIGIN, CART)

    assert sound_of(take) == before
    assert WAVE(take).tags["TIT2"].text == ["Dagang"]
    assert loudness.measure_file(take).lufs < 0
    assert struct.unpack("<I", take.read_bytes()[4:8])[0] == take.stat().st_size - 8


def test_another_program_reads_the_bext_chunk(take):
    broadcast_wave.write(take, ORIGIN, CART)

    said = ffmpeg.run(["-loglevel", "info", *ffmpeg.source(take)], check=False)

    found = dict(line.strip().partition(": ")[::2] for line in said.splitlines() if ": " in line)
    found = {key.strip(): value for key, value in found.items()}
    assert (found["comment"], found["originator_reference"]) == (
        'Dagang Baseke - pembuka, "isi", penutup',
        "BSJ-R12-1",
    )
    assert (found["date"], found["creation_time"]) == ("2026-11-22", "07:05:09")


def test_the_bext_chunk_says_how_loud_the_file_is(take):
    broadcast_wave.write(take, ORIGIN)

    chunk = broadcast_wave.read(take)["bext"]

    assert struct.unpack_from("<H64x5h", chunk, 346) == (2, -2304, 420, -136, 0x7FFF, 0x7FFF)
    assert chunk[602:] == b"A=PCM,F=44100,W=16,M=stereo\r\n"


def test_the_cart_chunk_stands_field_by_field_where_aes46_wants_it(take):
    broadcast_wave.write(take, ORIGIN, CART)

    chunk = broadcast_wave.read(take)["cart"]

    fields = {"title": 4, "artist": 68, "cut": 132, "client": 196, "category": 260, "out cue": 388}
    assert {name: chunk[at : at + 64].rstrip(b"\0").decode() for name, at in fields.items()} == {
        "title": "Dagang Baseke",
        "artist": "Kuyung Seko, Kupek Ayu",
        "cut": "104012",
        "client": "DPMPTSP Musi Banyuasin",
        "category": "PSA",
        "out cue": "... ade izin tenang ati",
    }
    assert chunk[452:488] == b"2026-12-0100:00:002026-12-3123:59:59"
    assert struct.unpack_from("<i4sI4sI", chunk, 680) == (32768, b"AUDs", 0, b"AUDe", 132300)
    assert chunk[748 + 276 :].rstrip(b"\0\r\n").split(b"\0")[0] == b"https://example.go.id/q/7K3F9M"
    assert chunk[2048:] == b"Baris satu\r\nBaris due\r\n\0"


def test_a_new_description_leaves_the_rest_of_the_file_alone(take):
    broadcast_wave.write(take, ORIGIN, CART)
    before = take.read_bytes()

    broadcast_wave.describe(take, "Judul baru")

    after = take.read_bytes()
    at = before.index(b"bext") + 8
    assert after[at : at + 256] == b"Judul baru".ljust(256, b"\0")
    assert (after[:at], after[at + 256 :]) == (before[:at], before[at + 256 :])


def test_written_twice_the_chunks_stand_once(take):
    broadcast_wave.write(take, ORIGIN, CART)
    once = take.read_bytes()

    broadcast_wave.write(take, ORIGIN, CART)

    assert take.read_bytes() == once


def test_text_that_is_too_long_or_not_latin_is_cut_and_spelled_out(take):
    broadcast_wave.write(take, ORIGIN, Cart("Kayu ü " * 20, "سنجنج", "1", "", "a\r\nb\x00c", date(2026, 12, 1)))

    chunk = broadcast_wave.read(take)["cart"]

    assert chunk[4:68] == ("Kayu u " * 20)[:64].encode()
    assert chunk[68:132].rstrip(b"\0").isascii()
    assert chunk[388:452].rstrip(b"\0") == b"a bc"
    assert chunk[470:480] == b"9999-12-31"


def test_a_file_that_is_no_wav_is_left_alone(tmp_path):
    other = sounds.make(tmp_path, "lagu.mp3")
    before = other.read_bytes()

    with pytest.raises(ffmpeg.Failed, match="bukan WAV"):
        broadcast_wave.write(other, ORIGIN)

    assert other.read_bytes() == before
    assert [path.name for path in tmp_path.glob("lagu*")] == ["lagu.mp3"]
