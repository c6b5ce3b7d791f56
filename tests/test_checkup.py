"""What is wrong with a take is told in words before anybody airs it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.office import trail
from cms.office.models import Role
from media_assets import checkup, ffmpeg, fitness, keeping, loudness
from tests import factories, sounds

SONG = "0.25*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*3*t))"
WHOLE = {
    "lufs": -18.0, "mono": -18.0, "range": 4.0, "peak": -3.0, "lead": 0.1, "tail": 0.5, "floor": -70.0,
    "channels": [{"rms": -20.0, "peak": -3.0, "flat": 0.0}] * 2, "dropouts": [],
}  # fmt: skip


def heard(folder, left, right, *more, seconds=8):
    sound = f"aevalsrc='{left}|{right}':s=44100:d={seconds}" + "".join(f",{chain}" for chain in more)
    return loudness.measure(sounds.make(folder, "take.wav", sound=sound, seconds=seconds)).facts


def keys(facts):
    return [finding.key for finding in checkup.findings(facts)]


def test_a_good_take_has_no_findings(tmp_path):
    assert keys(heard(tmp_path, SONG, SONG)) == []


@pytest.mark.parametrize(
    ("left", "right", "chains", "found"),
    [
        (SONG, "0", (), ["channel"]),
        (SONG, f"-1*{SONG}", (), ["phase"]),
        ("3*sin(2*PI*220*t)", "3*sin(2*PI*220*t)", ("aformat=sample_fmts=s16",), ["clipped"]),
        (SONG, SONG, ("volume=-40dB",), ["faint"]),
        (SONG, SONG, ("volume=0:enable='lt(t,3)'",), ["lead"]),
        (SONG, SONG, ("volume=0:enable='gt(t,3)'",), ["tail"]),
        (SONG, SONG, ("volume=0:enable='between(t,4,4.08)'",), ["dropouts"]),
    ],
)
def test_each_fault_is_found_alone(tmp_path, left, right, chains, found):
    assert keys(heard(tmp_path, left, right, *chains)) == found


def test_a_pause_that_somebody_meant_is_no_dropout(tmp_path):
    assert keys(heard(tmp_path, SONG, SONG, "volume=0:enable='between(t,4,4.3)'")) == []


def test_noise_in_the_pauses_is_told(tmp_path):
    sung = f"{SONG}*gt(sin(2*PI*t/4),0)+0.03*(random(0)-0.5)"

    assert keys(heard(tmp_path, sung, sung)) == ["noisy"]


def test_mono_takes_have_no_second_channel_to_be_missing(tmp_path):
    take = sounds.make(tmp_path, "mono.wav", "-ac", "1")

    assert keys(loudness.measure(take).facts) == []


def test_a_fault_that_radio_cannot_bear_comes_first():
    facts = WHOLE | {"lead": 5.0, "mono": -40.0}

    assert [(f.key, f.grade.key) for f in checkup.findings(facts)] == [("phase", "stop"), ("lead", "warn")]


def test_the_picture_marks_silent_ends_and_dropouts():
    assert checkup.marks(WHOLE | {"lead": 5.0, "tail": 10.0, "dropouts": [50.0]}, 100.0) == [
        (0.0, 50.0),
        (900.0, 100.0),
        (500.0, 4.0),
    ]


def test_many_dropouts_are_summed_up():
    finding = checkup.findings(WHOLE | {"dropouts": [61.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0]})[0]

    assert "di 1.01, 0.02, 0.03, 0.04, 0.05 dan 2 tempat lain" in finding.text


def test_what_ffmpeg_cannot_put_in_numbers_can_still_be_kept(tmp_path):
    facts = loudness.measure(sounds.make(tmp_path, "sunyi.wav", sound=sounds.SILENCE)).facts

    assert facts["floor"] == checkup.QUIETEST
    assert all(number > float("-inf") for number in (facts["lufs"], facts["mono"], facts["peak"], facts["range"]))


@pytest.fixture
def flawed(db):
    recording = factories.RecordingFactory(heard=True)
    recording.masters.update(checkup=WHOLE | {"mono": -40.0})
    return recording


def refused(recording):
    day = timezone.localdate()
    return [channel for channel in fitness.CHANNELS if fitness.objections(recording, channel, day)]


def test_radio_and_cd_refuse_a_flawed_take_and_the_page_plays_it(flawed):
    assert refused(flawed) == ["radio", "cd"]


def test_staff_say_why_a_flawed_take_is_used_all_the_same(flawed, user_in):
    keeping.keep(flawed.master, reason="Rekaman lama satu-satunya", by=user_in(Role.COMMUNICATIONS))

    assert refused(flawed) == []
    assert "Rekaman lama satu-satunya" in trail.of(flawed).first().text


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_changes(flawed, user_in, reason):
    with pytest.raises(ValidationError):
        keeping.keep(flawed.master, reason=reason, by=user_in(Role.COMMUNICATIONS))

    assert refused(flawed) == ["radio", "cd"]


@pytest.mark.parametrize("role", [Role.HEAD, Role.RADIO, Role.COUNCIL, Role.FRONT_DESK])
def test_others_may_not(flawed, user_in, role):
    with pytest.raises(PermissionDenied):
        keeping.keep(flawed.master, reason="Bagus kok", by=user_in(role))


def test_the_recordings_page_tells_it_and_takes_the_reason(flawed, user_in, client):
    client.force_login(user_in(Role.COMMUNICATIONS))
    page = reverse("recordings:detail", args=[flawed.pk])

    before = client.get(page).content.decode()
    client.post(reverse("recordings:keep", args=[flawed.pk, 1]), {"reason": "Satu-satunya"})

    assert "Kedua saluran saling meniadakan" in before
    assert "Tetap dipakai: Satu-satunya" in client.get(page).content.decode()


def test_a_broken_file_fails_in_words_and_not_in_numbers(tmp_path):
    broken = tmp_path / "rusak.wav"
    broken.write_bytes(b"RIFF\x10\0\0\0WAVEjunk")

    with pytest.raises(ffmpeg.Failed):
        loudness.measure(broken)
