"""Every outlet heeds a consent: page, sound files, lists, radio, leaflet; it closes at once and at its midnight."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.visits import until_midnight
from media_assets import discs, fitness, leaflets, resting, songbook, visitor
from media_assets.models import (
    DiscEdition,
    DiscPressing,
    Recording,
    RecordingCredit,
    Rendition,
    SenjangCredit,
    SenjangLicence,
    SenjangPage,
)
from media_assets.models.recordings import public_storage
from performers import consenting
from performers.models import Consent
from radio_schedule import lineup
from tests import factories

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile Safari/537.36"}
DAY = date(2026, 11, 21)
WORDS = "Ngurus izin idak lah saro"
CHANNELS = ("web", "low", "radio", "cd", "print")


def credited(capacity="penampil", **consent):
    """A recorded song with one credited person, whose only consent is this one; and the consent."""
    page = factories.SenjangPageFactory(published=True, title="Musim Beumo")
    SenjangLicence.objects.create(senjang=page, licence=factories.LicencePageFactory(title="Izin Toko"))
    recording = factories.RecordingFactory(senjang=page, heard=True, label="Studio")
    person = factories.PersonFactory(name="Kupek Ayu", consented=False)
    if capacity == "penampil":
        RecordingCredit.objects.create(recording=recording, person=person)
    else:
        SenjangCredit.objects.create(senjang=page, person=person, role=capacity)
    return recording, factories.ConsentFactory(person=person, capacity=capacity, **consent)


def shut(recording, day=DAY):
    """Channels with an objection, asked of one and of many alike."""
    (listed,) = fitness.cases([recording], day)
    one = {channel for channel in CHANNELS if fitness.objections(recording, channel, day)}
    assert one == {channel for channel in CHANNELS if listed.objections(channel)}
    return one


PERFORMED, WRITTEN = {"web", "low", "radio", "cd"}, {"web", "low", "radio", "cd", "print"}
NEEDS = {"penampil": PERFORMED, "penulis": WRITTEN, "penggubah": WRITTEN}


@pytest.mark.parametrize("capacity", NEEDS)
@pytest.mark.parametrize(("after", "is_open"), [(-1, True), (0, True), (1, False)])
def test_each_rule_holds_through_the_last_day_of_a_consent(capacity, after, is_open):
    recording, _consent = credited(capacity, until=DAY)

    assert shut(recording, DAY + timedelta(days=after)) == (set() if is_open else NEEDS[capacity])


@pytest.mark.parametrize("capacity", NEEDS)
@pytest.mark.parametrize(("before", "is_open"), [(1, False), (0, True)])
def test_each_rule_holds_from_the_first_day(capacity, before, is_open):
    recording, _consent = credited(capacity, valid_from=DAY)

    assert shut(recording, DAY - timedelta(days=before)) == (set() if is_open else NEEDS[capacity])


@pytest.mark.parametrize("capacity", NEEDS)
@pytest.mark.parametrize(
    ("named", "channels"), [("web", {"web", "low"}), ("radio", {"radio"}), ("cd", {"cd"}), ("print", {"print"})]
)
def test_each_rule_asks_for_its_own_channel(capacity, named, channels):
    others = {f"for_{one}": one == named for one in ("web", "radio", "cd", "print")}
    recording, _consent = credited(capacity, **others)

    assert shut(recording) == NEEDS[capacity] - channels


@pytest.mark.parametrize("capacity", NEEDS)
def test_a_consent_in_another_capacity_or_for_another_song_does_not_help(capacity):
    recording, _consent = credited(capacity, only_for=[factories.SenjangPageFactory()])
    person = Consent.objects.get().person
    for other in set(NEEDS) - {capacity}:
        factories.ConsentFactory(person=person, capacity=other)
    assert shut(recording) == NEEDS[capacity]

    factories.ConsentFactory(person=person, capacity=capacity, only_for=[recording.senjang])
    assert shut(recording) == set()


def test_every_performer_is_asked_and_all_are_named_together():
    recording, _consent = credited(ended=True)
    other = factories.PersonFactory(name="Kuyung Seko", consented=False)
    RecordingCredit.objects.create(recording=recording, person=other, role=RecordingCredit.Role.MUSICIAN)

    told = fitness.objections(recording, "radio", timezone.localdate())

    assert [sentence.split(" di radio")[0] for sentence in told] == [
        "Izin Kupek Ayu (penampil)",
        "Belum ada izin Kuyung Seko (penampil)",
    ]


def test_whoever_told_the_story_or_held_the_microphone_needs_none():
    recording, _consent = credited()
    silent = factories.PersonFactory(consented=False)
    SenjangCredit.objects.create(senjang=recording.senjang, person=silent, role=SenjangCredit.Role.SOURCE)
    RecordingCredit.objects.create(recording=recording, person=silent, role=RecordingCredit.Role.ENGINEER)

    assert shut(recording) == set()


def test_a_recording_that_names_nobody_is_free_but_its_page_says_so(desk):
    recording = factories.RecordingFactory(heard=True)

    assert shut(recording) == set()
    assert "izin penampilnya tidak dapat diperiksa" in desk.get(f"/admin/rekaman/{recording.pk}/").text


def test_a_copy_of_the_words_without_their_author_is_as_shut(staff):
    recording, _consent = credited("penulis", withdrawn=True)

    copy = recording.senjang.copy(update_attrs={"slug": "salin"}, user=staff)
    copy.credits.all().delete()

    assert not fitness.allows(copy, "web", DAY)


def test_a_hundred_recordings_are_asked_about_in_as_many_queries_as_one(django_assert_num_queries):
    recording, _consent = credited()
    for number in range(100):
        other = Recording.objects.create(
            senjang=recording.senjang, label=str(number), digest=recording.digest, words=recording.words
        )
        RecordingCredit.objects.create(recording=other, person=factories.PersonFactory())
    recordings = list(Recording.objects.all())

    for asked in (recordings[:1], recordings):
        with django_assert_num_queries(10):
            told = [case.objections("radio") for case in fitness.cases(asked, DAY)]
        assert len(told) == len(asked)


def a_code(page):
    return factories.CodeFactory(page=page)


@pytest.mark.parametrize(
    ("capacity", "says", "reads"), [("penampil", "Rekamannya belum ada", True), ("penulis", "sedang diurus", False)]
)
def test_taken_back_it_leaves_the_visitor_page_at_once_and_names_nobody(client, staff, capacity, says, reads):
    recording, consent = credited(capacity)
    code = a_code(recording.senjang)
    code.licences.set([link.licence for link in recording.senjang.licence_links.all()])
    before = client.get(code.path, headers=PHONE).text

    consenting.withdraw(consent, reason="Diminta orangnya.", by=staff)
    after = client.get(code.path, headers=PHONE).text

    assert ("<audio" in before, WORDS in before) == (True, True)
    assert ("<audio" in after, WORDS in after, says in after) == (False, reads, True)
    assert ("mencabut" in after, "Izin Toko" in after) == (False, True)


def test_at_midnight_an_ended_consent_leaves_the_visitor_page_by_itself(client, monkeypatch):
    today = timezone.localdate()
    recording, _consent = credited(until=today)
    code = a_code(recording.senjang)
    assert "<audio" in client.get(code.path, headers=PHONE).text

    monkeypatch.setattr(timezone, "localdate", lambda *args: today + timedelta(days=1))

    assert "<audio" not in client.get(code.path, headers=PHONE).text


def test_another_take_whose_people_all_allow_it_is_heard_instead():
    recording, consent = credited(ended=True)
    other = factories.RecordingFactory(senjang=recording.senjang, heard=True)
    assert visitor.choose(recording.senjang, timezone.localdate()).recording == other

    factories.RecordingFactory(senjang=recording.senjang, heard=True).credits.create(person=consent.person)

    assert visitor.choose(recording.senjang, timezone.localdate()).recording == other


@pytest.mark.parametrize("capacity", ["penampil", "penulis"])
def test_the_sound_file_closes_at_once(client, staff, capacity):
    recording, consent = credited(capacity)
    file = Rendition.objects.get(master__recording=recording, recipe="web-mp3")
    public_storage().save(str(file.file), ContentFile(b"suara"))
    before = client.head(file.address)

    consenting.withdraw(consent, reason="Diminta.", by=staff)

    assert (before.status_code, before["Cache-Control"]) == (200, "public, max-age=86400")
    assert client.get(file.address).status_code == 404


@pytest.mark.parametrize(("more", "is_short"), [(0, True), (1, False)])
def test_on_the_last_day_a_player_keeps_it_until_midnight(client, more, is_short):
    recording, _consent = credited(until=timezone.localdate() + timedelta(days=more))
    file = Rendition.objects.get(master__recording=recording, recipe="web-mp3")
    public_storage().save(str(file.file), ContentFile(b"suara"))

    seconds = int(client.head(file.address)["Cache-Control"].removeprefix("public, max-age="))

    assert (seconds < 86_400) == is_short
    assert not is_short or seconds <= until_midnight(timezone.now()) + 60


def test_a_file_for_the_web_is_open_where_only_the_radio_is_not_allowed(client):
    recording, _consent = credited(for_radio=False)
    files = {file.recipe: file for file in Rendition.objects.filter(master__recording=recording)}
    for file in files.values():
        public_storage().save(str(file.file), ContentFile(b"suara"))

    assert client.get(files["web-mp3"].address).status_code == 200


def test_the_radio_is_refused_in_words():
    credited(for_radio=False)

    fit, unfit = lineup.on(DAY)

    assert (fit, [item.objections for item in unfit]) == (
        [],
        [["Belum ada izin Kupek Ayu (penampil) di radio. Minta ia menandatangani formulirnya, lalu catat di Izin."]],
    )


def test_a_leaflet_is_refused_where_the_author_does_not_allow_print():
    recording, _consent = credited("penulis", for_print=False)
    code = a_code(recording.senjang)
    code.licences.add(factories.LicencePageFactory())

    assert leaflets.objections(recording.senjang, code, DAY) == [
        "Belum ada izin Kupek Ayu (penulis) di cetakan. Minta ia menandatangani formulirnya, lalu catat di Izin."
    ]
    with pytest.raises(ValidationError):
        leaflets.render(recording.senjang, code, by=None, day=DAY)


def test_a_list_names_no_song_whose_author_took_it_back():
    credited("penulis", withdrawn=True)
    other = factories.SenjangPageFactory(published=True)

    assert [card.title for card in songbook.cards(SenjangPage.objects.listed())] == [other.title]
    assert list(SenjangPage.objects.shown_on(DAY)) == [other]


def told(consent):
    taken = resting.taken_by(consent, timezone.localdate())
    return {one.heading: [thing.title for thing in one.things] for one in taken if one.things}


def test_beforehand_it_says_what_a_withdrawal_takes():
    recording, consent = credited("penulis")
    factories.CodeFactory(page=recording.senjang, label="Meja loket", medium="leaflet")
    name = "Musim Beumo: Studio"

    assert told(consent) == {
        "Halaman senjang yang tertutup": ["Musim Beumo"],
        "Rekaman yang turun dari halaman web": [name],
        "Rekaman yang tidak boleh disiarkan lagi": [name],
        "Rekaman yang tidak boleh masuk CD": [name],
        "Leaflet yang sudah dibagikan; cetakan baru ditolak": ["Meja loket"],
    }


def test_it_names_the_cds_that_were_made_with_it(staff):
    recording, consent = credited()
    others = [recording, factories.RecordingFactory(heard=True)]
    for number, recorded in enumerate(others, 1):
        disc = discs.create(f"Cakram {number}", by=staff, performer="DPMPTSP Muba")
        discs.add(disc, recorded, by=staff)
        job = DiscPressing.objects.create(disc=disc, contents={}, digest="0" * 64, asked_by=staff)
        DiscEdition.objects.create(
            disc=disc,
            number=1,
            pressing=job,
            contents={"tracks": [{"recording": recorded.pk}]},
            file="cakram/1.zip",
            size=1,
            gain_db=0,
            true_peak=-1,
            length=1,
            by=staff,
        )

    assert told(consent)["Edisi CD yang sudah dibuat"] == ["Cakram 1, edisi 1"]


def test_what_another_consent_covers_stays():
    _recording, consent = credited()
    factories.ConsentFactory(person=consent.person, for_radio=False)

    assert told(consent) == {"Rekaman yang tidak boleh disiarkan lagi": ["Musim Beumo: Studio"]}


def test_what_is_shut_already_is_not_named_again():
    recording, consent = credited()
    Rendition.objects.filter(master__recording=recording).delete()

    assert told(consent) == {}
