"""What may be uploaded is asked of the content; every refusal is a sentence that says what to do."""

import struct

import pytest
from django.core.exceptions import ValidationError

from media_assets import probe
from tests import sounds
from tests.sounds import make


def refusal(path):
    with pytest.raises(ValidationError) as error:
        probe.examine(path)
    [sentence] = error.value.messages
    return sentence


ACCEPTED = {
    "wav 16-bit": ("a.wav", ["-c:a", "pcm_s16le"], "pcm_s16le", 2),
    "wav 8-bit": ("a.wav", ["-c:a", "pcm_u8"], "pcm_u8", 2),
    "wav 24-bit 96 kHz": ("a.wav", ["-c:a", "pcm_s24le", "-ar", "96000"], "pcm_s24le", 2),
    "wav 32-bit float mono": ("a.wav", ["-c:a", "pcm_f32le", "-ac", "1"], "pcm_f32le", 1),
    "wav 5.1": ("a.wav", ["-af", "pan=5.1|FL=c0|FR=c1|FC=c0|LFE=0*c0|BL=c0|BR=c1"], "pcm_s16le", 6),
    "mp3": ("a.mp3", ["-b:a", "128k"], "mp3", 2),
    "mp3 without length": ("a.mp3", ["-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"], "mp3", 2),
    "flac": ("a.flac", [], "flac", 2),
    "m4a aac": ("a.m4a", ["-c:a", "aac"], "aac", 2),
    "m4a alac": ("a.m4a", ["-c:a", "alac"], "alac", 2),
    "ogg vorbis": ("a.ogg", ["-c:a", "libvorbis"], "vorbis", 2),
    "opus": ("a.opus", ["-c:a", "libopus"], "opus", 2),
}


@pytest.mark.parametrize(("name", "options", "codec", "channels"), ACCEPTED.values(), ids=ACCEPTED)
def test_every_usual_format_is_taken_with_its_true_length(tmp_path, name, options, codec, channels):
    source, length = probe.examine(make(tmp_path, name, *options, seconds=2))

    assert (source.codec, source.channels) == (codec, channels)
    assert length == pytest.approx(2, abs=0.06)


def test_the_content_counts_not_the_name(tmp_path):
    path = make(tmp_path, "lagu.flac", seconds=1.5).rename(tmp_path / "berkas")

    source, length = probe.examine(path)

    assert (source.codec, length) == ("flac", pytest.approx(1.5, abs=0.01))


def test_an_attached_cover_is_no_video(tmp_path):
    cover = tmp_path / "cover.png"
    cover.write_bytes(PNG)
    song = make(tmp_path, "lagu.wav", seconds=2)
    path = tmp_path / "lagu.mp3"
    both = ["-i", str(song), "-i", str(cover), "-map", "0", "-map", "1"]
    probe.ffmpeg.run([*both, "-c:v", "copy", "-disposition:v", "attached_pic", f"file:{path}"])

    assert probe.examine(path)[0].codec == "mp3"


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("kosong.wav", b"", "Berkas ini kosong (0 bita). Pilih berkas rekamannya sekali lagi."),
        ("lirik.mp3", b"Assalamualaikum kami ucapke\n" * 200, "Isinya bukan suara, apa pun nama berkasnya."),
        ("gambar.wav", PNG, "Isinya bukan suara, apa pun nama berkasnya."),
        ("daftar.m3u8", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", "Isinya bukan suara, apa pun nama berkasnya."),
        ("acak.flac", bytes(range(256)) * 40, "Isinya bukan suara, apa pun nama berkasnya."),
    ],
)
def test_what_is_not_sound_is_refused(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)

    assert says in refusal(path)


def test_video_is_refused(tmp_path):
    path = tmp_path / "rekaman.mp4"
    probe.ffmpeg.run(
        ["-f", "lavfi", "-i", "testsrc=d=1:s=64x64", "-f", "lavfi", "-i", "sine=d=1", "-shortest", f"file:{path}"]
    )

    assert refusal(path) == "Berkas ini video. Unggah suaranya saja, misalnya WAV, MP3 atau M4A."


@pytest.mark.parametrize(("name", "options"), [("a.wav", []), ("a.flac", []), ("a.mp3", ["-b:a", "128k"])])
def test_a_truncated_file_is_refused_with_both_lengths(tmp_path, name, options):
    path = make(tmp_path, name, *options, seconds=6)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    sentence = refusal(path)

    assert sentence.startswith("Berkas terpotong atau rusak: menurut kepalanya 6 detik, ")
    assert sentence.endswith("Salin ulang dari sumbernya, lalu unggah lagi.")


@pytest.mark.parametrize(("name", "options"), [("a.m4a", ["-c:a", "aac"]), ("a.opus", ["-c:a", "libopus"])])
def test_a_truncated_file_without_an_end_is_refused(tmp_path, name, options):
    path = make(tmp_path, name, *options, seconds=6)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 7])

    assert "erpotong" in refusal(path)


def test_a_header_that_claims_ten_hours_is_not_believed(tmp_path):
    path = make(tmp_path, "a.wav", "-ac", "1", rate=16_000, seconds=3)
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", 36_000 * 16_000 * 2)
    path.write_bytes(content)

    assert "menurut kepalanya 10 jam 0 menit, isinya hanya 3 detik" in refusal(path)


def test_a_wav_of_unknown_length_is_taken(tmp_path):
    path = make(tmp_path, "a.wav", "-fflags", "+bitexact", "-flags:a", "+bitexact", seconds=2)
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = b"\xff" * 4  # what programs write that stream into a pipe
    path.write_bytes(content)

    assert probe.examine(path)[1] == pytest.approx(2, abs=0.01)


def test_too_short_and_silent_are_refused(tmp_path):
    assert "lebih pendek dari satu detik" in refusal(make(tmp_path, "a.wav", seconds=0.5))
    assert "hening" in refusal(make(tmp_path, "b.wav", sound=sounds.SILENCE, seconds=2))
    assert "hening" in refusal(make(tmp_path, "c.wav", "-af", "volume=-60dB", seconds=2))


def test_no_name_is_taken_for_an_option_or_an_address(tmp_path):
    path = make(tmp_path, "-f null -y 🎤 %03d.wav", seconds=1.5)

    assert probe.examine(path)[1] == pytest.approx(1.5, abs=0.01)


def test_what_a_file_says_of_itself_in_its_tags_is_not_taken_for_its_header(tmp_path):
    lies = {
        "title": "Stream #0:0: Audio: palsu, 99999999999999999999 Hz, mono",
        "comment": "Stream #0:1: Video: klip",
        "album": "Duration: 09:00:00.00",
    }
    tags = [word for key, text in lies.items() for word in ("-metadata", f"{key}={text}")]

    source, length = probe.examine(make(tmp_path, "a.flac", *tags, seconds=2))

    assert (source.codec, source.sample_rate, source.claimed) == ("flac", 44_100, 2.0)
    assert length == pytest.approx(2.0, abs=0.05)
