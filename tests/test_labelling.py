"""The council labels a song: any member restricts, few loosen, every row stays, and each outlet heeds it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cms.office.append_only import HistoryIsFixed
from cms.office.models import Notice, Role, Trail
from media_assets import covering, fitness, labelling, protocol, songbook, tagging
from media_assets.models import LabelSetting, SenjangCredit, SenjangPage, SensitiveCover
from media_assets.models.labels import voice_storage
from tests import factories, sounds

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 21)
DRY = protocol.Season("04-01", "09-30")
WHY = "Permintaan tetua."


@pytest.fixture
def song():
    return factories.SenjangPageFactory(published=True, title="Musim Beumo")


@pytest.fixture
def seat(user_in):
    def make(**fields):
        return factories.CouncilMemberFactory(person__user=user_in(Role.COUNCIL), **fields).person.user

    return make


@pytest.fixture
def elder_user(elder):
    return elder.person.user


def standing(song):
    return [mark.key for mark in fitness.standing_of(song.pk).marks]


def test_a_member_labels_a_song_alone_and_it_is_told(song, elder, elder_user):
    setting = labelling.put_on(song, protocol.NOT_BROADCAST, by=elder_user, reason=" Ada nama leluhur. ")

    assert (setting.version, setting.member, setting.reason) == (1, elder, "Ada nama leluhur.")
    assert standing(song) == [protocol.NOT_BROADCAST]
    text = "Memasang label “Tidak untuk siaran” pada senjang “Musim Beumo”: Ada nama leluhur."
    assert Trail.objects.get(verb="pasang label").text == text
    assert [(notice.role, notice.text) for notice in Notice.objects.all()] == [(Role.COMMUNICATIONS, text)]


def test_a_copy_of_a_shut_song_is_as_shut_and_another_song_is_not(song, elder_user):
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=elder_user, reason=WHY)
    other = factories.SenjangPageFactory(published=True, title="Lain Kata")

    copy = song.copy(update_attrs={"slug": "salin"}, user=elder_user)

    assert (copy.is_public, standing(copy), standing(other)) == (True, [protocol.COUNCIL_ONLY], [])
    assert list(SenjangPage.objects.public()) == [other]
    assert not fitness.allows(copy, "web", NOVEMBER)


def test_whoever_has_no_serving_seat_labels_nothing(song, user_in, seat):
    past = seat(until=date(2021, 1, 1))
    others = [past, *(user_in(role) for role in Role), factories.UserFactory(is_superuser=True)]

    for user in others:
        with pytest.raises(PermissionDenied):
            labelling.put_on(song, protocol.COUNCIL_ONLY, by=user, reason=WHY)

    assert not LabelSetting.objects.exists()


def test_loosening_is_for_the_member_who_set_it_and_for_the_chair(song, elder_user, seat):
    other, chair = seat(), seat(is_chair=True)
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=elder_user, reason=WHY)

    for change in (labelling.take_off, labelling.put_on):
        with pytest.raises(PermissionDenied):
            change(song, protocol.COUNCIL_ONLY, by=other, reason=WHY)
    labelling.take_off(song, protocol.COUNCIL_ONLY, by=chair, reason=WHY)
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=other, reason=WHY)
    labelling.take_off(song, protocol.COUNCIL_ONLY, by=other, reason=WHY)

    assert standing(song) == []
    assert [(row.version, row.is_set) for row in LabelSetting.objects.of(song, protocol.COUNCIL_ONLY)] == [
        (4, False),
        (3, True),
        (2, False),
        (1, True),
    ]


def test_a_chair_who_wrote_the_song_does_not_free_it(song, elder_user, seat):
    chair = seat(is_chair=True)
    SenjangCredit.objects.create(senjang=song, person=chair.person)
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=elder_user, reason=WHY)

    with pytest.raises(PermissionDenied):
        labelling.take_off(song, protocol.COUNCIL_ONLY, by=chair, reason=WHY)

    assert standing(song) == [protocol.COUNCIL_ONLY]


def test_a_bar_takes_the_place_of_its_permission_but_not_the_other_way_round_for_everybody(song, elder_user, seat):
    other, chair = seat(), seat(is_chair=True)
    labelling.put_on(song, protocol.BROADCAST, by=elder_user, reason=WHY)
    labelling.put_on(song, protocol.NOT_BROADCAST, by=elder_user, reason=WHY)
    assert standing(song) == [protocol.NOT_BROADCAST]

    with pytest.raises(PermissionDenied):
        labelling.put_on(song, protocol.BROADCAST, by=other, reason=WHY)
    assert standing(song) == [protocol.NOT_BROADCAST]

    labelling.put_on(song, protocol.BROADCAST, by=chair, reason=WHY)
    assert standing(song) == [protocol.BROADCAST]


@pytest.mark.parametrize(
    ("key", "fields", "says"),
    [
        ("rahasia", {}, "tidak dikenal"),
        (protocol.COUNCIL_ONLY, {"reason": "  "}, "Tulis alasannya"),
        (protocol.SEASONAL, {}, "kapan musimnya"),
        (protocol.SEASONAL, {"season": protocol.Season("01-01", "12-31")}, "sepanjang tahun"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_leaves_nothing(song, elder_user, key, fields, says):
    with pytest.raises(ValidationError, match=says):
        labelling.put_on(song, key, by=elder_user, **({"reason": WHY} | fields))

    assert (LabelSetting.objects.count(), Trail.objects.filter(verb="pasang label").count()) == (0, 0)


def test_a_new_season_is_a_new_version_and_the_same_one_again_is_refused(song, elder_user):
    for season in (DRY, protocol.Season("11-01", "02-15")):
        labelling.put_on(song, protocol.SEASONAL, season=season, by=elder_user, reason=WHY)
    with pytest.raises(ValidationError, match="sudah terpasang"):
        labelling.put_on(song, protocol.SEASONAL, season=season, by=elder_user, reason=WHY)
    with pytest.raises(ValidationError, match="tidak sedang terpasang"):
        labelling.take_off(song, protocol.UNALTERED, by=elder_user, reason=WHY)

    assert [(mark.key, mark.season) for mark in fitness.standing_of(song.pk).marks] == [(protocol.SEASONAL, season)]


def test_the_rows_are_only_added_and_the_table_itself_wants_reason_and_season(song, elder):
    row = LabelSetting.objects.create(senjang=song, label=protocol.UNALTERED, version=1, reason=WHY, member=elder)
    for change in (row.save, row.delete, LabelSetting.objects.all().delete):
        with pytest.raises(HistoryIsFixed):
            change()
    good = {"senjang": song, "label": protocol.UNALTERED, "version": 2, "reason": WHY, "member": elder}
    for bad in ({"version": 1}, {"reason": ""}, {"opens": "01-01"}, {"label": protocol.SEASONAL}, {"label": "lain"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LabelSetting.objects.create(**(good | bad))


def test_the_voice_is_made_playable_and_stays_until_a_new_one_comes(song, elder_user, upload):
    first = labelling.put_on(song, protocol.UNALTERED, voice=upload(sounds.song()), by=elder_user, reason=WHY)
    second = labelling.put_on(song, protocol.UNALTERED, words="Jangan dipotong.", by=elder_user, reason=WHY)

    with voice_storage().open(str(first.voice)) as file:
        assert file.read(3) == b"ID3" or file.read(2) == b"\xff\xfb"
    assert (second.voice, second.mark.voice) == (first.voice, f"/label/{second.pk}/suara/")


def test_what_is_no_voice_or_too_long_a_one_is_refused_and_not_kept(song, elder_user, upload, tmp_path):
    long = sounds.make(tmp_path, "panjang.mp3", "-b:a", "32k", seconds=185).read_bytes()
    for content, says in ((b"<html>bukan suara</html>", "bukan suara"), (b"", "kosong"), (long, "tiga menit")):
        with pytest.raises(ValidationError, match=says) as refusal:
            labelling.put_on(song, protocol.UNALTERED, voice=upload(content), by=elder_user, reason=WHY)
        assert list(refusal.value.message_dict) == ["voice"]
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        labelling.put_on(song, protocol.UNALTERED, voice=upload(sounds.song()), by=elder_user, reason="")

    assert (LabelSetting.objects.count(), list((tmp_path / "private").rglob("*.mp3"))) == (0, [])


@pytest.mark.parametrize(
    ("key", "fields", "channels"),
    [
        (protocol.NOT_BROADCAST, {}, {"radio"}),
        (protocol.SEASONAL, {"season": DRY}, set(fitness.CHANNELS)),
        (protocol.NAME_AUTHOR, {}, set(fitness.CHANNELS)),
        (protocol.COUNCIL_ONLY, {}, set(fitness.CHANNELS)),
        (protocol.NOT_SOLD, {}, set()),
    ],
)
def test_every_outlet_hears_of_a_label_through_the_one_question(song, elder_user, key, fields, channels):
    recording = factories.RecordingFactory(senjang=song, heard=True)
    labelling.put_on(song, key, by=elder_user, reason=WHY, **fields)
    (listed,) = fitness.cases([recording], NOVEMBER)

    assert {channel for channel in fitness.CHANNELS if fitness.objections(recording, channel, NOVEMBER)} == channels
    assert {channel for channel in fitness.CHANNELS if listed.objections(channel)} == channels
    assert {channel for channel in fitness.CHANNELS if not fitness.allows(song, channel, NOVEMBER)} == channels


def test_many_recordings_are_asked_about_in_as_many_queries_as_one(elder_user, django_assert_num_queries):
    recordings = [factories.RecordingFactory(heard=True) for _number in range(3)]
    for recording in recordings:
        labelling.put_on(recording.senjang, protocol.SEASONAL, season=DRY, by=elder_user, reason=WHY)

    for asked in (recordings[:1], recordings):
        with django_assert_num_queries(10):
            told = [case.objections("radio") for case in fitness.cases(asked, NOVEMBER)]
        assert len(told) == len(asked)


def test_a_list_shows_no_song_that_is_shut_and_no_line_of_one_behind_a_cover(song, elder_user, staff):
    others = [factories.SenjangPageFactory(published=True) for _number in range(3)]
    labelling.put_on(others[0], protocol.COUNCIL_ONLY, by=elder_user, reason=WHY)
    labelling.put_on(others[1], protocol.NAME_AUTHOR, by=elder_user, reason=WHY)
    covering.cover(others[2], note="Penyanyinya sudah wafat.", reason=WHY, by=staff)

    cards = songbook.cards(SenjangPage.objects.listed().order_by("pk"))

    assert [(card.title, len(card.opening)) for card in cards] == [(song.title, 2), (others[2].title, 0)]


def test_files_carry_the_labels_in_their_tags(song, elder_user):
    recording = factories.RecordingFactory(senjang=song)
    labelling.put_on(song, protocol.NOT_SOLD, by=elder_user, reason=WHY)

    assert tagging.of(recording).comment.endswith(" Bukan untuk dijual.")


def test_staff_or_a_member_put_a_note_before_a_song_and_take_it_away(song, staff, elder_user, user_in):
    covering.cover(song, note=" Penyanyinya sudah wafat. ", reason=WHY, by=staff)
    with pytest.raises(ValidationError, match="sudah terpasang"):
        covering.cover(song, note="Penyanyinya sudah wafat.", reason=WHY, by=elder_user)
    with pytest.raises(PermissionDenied):
        covering.uncover(song, reason=WHY, by=user_in(Role.RADIO))
    assert fitness.standing_of(song.pk).cover == "Penyanyinya sudah wafat."

    covering.uncover(song, reason="Keluarga mengizinkan.", by=elder_user)
    with pytest.raises(ValidationError, match="tidak sedang ditutup"):
        covering.uncover(song, reason=WHY, by=elder_user)

    assert fitness.standing_of(song.pk).cover == ""
    assert [row.by_name for row in SensitiveCover.objects.order_by("pk")] == ["Sari Wulandari", str(elder_user)]
    assert sorted(Trail.objects.filter(verb__endswith="penutup").values_list("verb", flat=True)) == [
        "lepas penutup",
        "pasang penutup",
    ]


@pytest.mark.parametrize(("note", "reason"), [("", WHY), ("Catatan", " ")])
def test_a_cover_wants_a_note_and_a_reason(song, staff, note, reason):
    with pytest.raises(ValidationError):
        covering.cover(song, note=note, reason=reason, by=staff)

    assert not SensitiveCover.objects.exists()
