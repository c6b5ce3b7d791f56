"""The screens on which the council labels songs, and what visitors, leaflet, radio and players then meet."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import codes
from campaigns.models import Scan
from campaigns.visits import until_midnight
from cms.office.models import Role
from media_assets import covering, labelling, leaflets, protocol, uploads, visitor
from media_assets.models import CampaignSenjang, LabelSetting, Rendition, SenjangLicence
from media_assets.models.recordings import public_storage
from tests import factories, sounds

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile Safari/537.36"}
WHY, WORDS = "Permintaan tetua.", "Ngurus izin idak lah saro"


@pytest.fixture
def song():
    page = factories.SenjangPageFactory(published=True, title="Musim Beumo")
    SenjangLicence.objects.create(senjang=page, licence=factories.LicencePageFactory(title="Izin Toko"))
    return page


@pytest.fixture
def member(elder):
    return elder.person.user


def address(song, key=""):
    return f"/adat/label/{song.pk}/" + (f"{key}/" if key else "")


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def a_season(*, is_open):
    today = timezone.localdate()
    days = (-3, 3) if is_open else (30, 60)
    return protocol.Season(*(f"{today + timedelta(days=n):%m-%d}" for n in days))


def test_a_member_finds_the_song_and_puts_a_season_on_it(elders_browser, song):
    listed = shown(elders_browser.get("/adat/label/"))
    season = {"from_day": "1", "from_month": "11", "until_day": "15", "until_month": "2"}

    answer = elders_browser.post(address(song, "musiman"), season | {"reason": WHY}, follow=True)

    assert "Musim Beumo" in listed
    assert ("Label terpasang." in shown(answer), "1 November sampai 15 Februari" in shown(answer)) == (True, True)
    assert (LabelSetting.objects.get().season, answer.redirect_chain[0][0]) == (
        protocol.Season("11-01", "02-15"),
        address(song),
    )


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"from_day": "30", "from_month": "2", "until_day": "1", "until_month": "3"}, "tidak ada dalam kalender"),
        ({"from_day": "29", "from_month": "2", "until_day": "28", "until_month": "2"}, "sepanjang tahun"),
        ({"from_day": "29", "from_month": "2", "until_day": "29", "until_month": "2"}, "tidak ada setiap tahun"),
        ({}, "tidak ada dalam kalender"),
        ({"from_day": "99", "from_month": "x"}, "99"),
        ({"from_day": "1", "from_month": "1", "until_day": "2", "until_month": "1", "reason": ""}, "Tulis alasannya"),
    ],
)
def test_a_season_that_cannot_be_is_answered_in_words(elders_browser, song, sent, says):
    answer = elders_browser.post(address(song, "musiman"), {"reason": WHY} | sent)

    assert (answer.status_code, says in shown(answer), LabelSetting.objects.count()) == (400, True, 0)


def test_a_voice_is_sent_heard_privately_and_then_by_everybody(elders_browser, client, song):
    voice = SimpleUploadedFile("suara.wav", sounds.song())
    elders_browser.post(address(song, "utuh"), {"reason": WHY, "voice": voice})
    url = LabelSetting.objects.get().mark.voice
    heard = [elders_browser.get(url).status_code]
    client.logout()
    heard.append(client.get(url).status_code)
    page = client.get(song.get_url()).text
    song.unpublish()
    heard.append(client.get(url).status_code)

    assert (heard, f'<audio controls preload="none" src="{url}"' in page) == ([200, 200, 404], True)


@pytest.mark.parametrize(("content", "says"), [(b"bukan suara", "bukan suara"), (b"", "kosong")])
def test_a_voice_that_is_none_is_refused_at_its_field(elders_browser, song, content, says):
    answer = elders_browser.post(
        address(song, "utuh"), {"reason": WHY, "voice": SimpleUploadedFile("suara.mp3", content)}
    )

    assert (answer.status_code, says in shown(answer), LabelSetting.objects.count()) == (400, True, 0)


def test_a_voice_that_is_too_large_is_refused_before_it_is_kept(elders_browser, song, monkeypatch):
    monkeypatch.setattr(uploads, "OTHER_BYTES", 1000)
    monkeypatch.setattr(uploads, "FORM_BYTES", 1000)

    answer = elders_browser.post(
        address(song, "utuh"), {"reason": WHY, "voice": SimpleUploadedFile("suara.wav", sounds.song())}
    )

    assert (answer.status_code, "paling besar 10 MB" in shown(answer)) == (400, True)
    assert not LabelSetting.objects.exists()


def test_taking_off_asks_why_and_is_not_offered_to_another_member(elders_browser, client, song, member, user_in):
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=member, reason=WHY)
    refused = elders_browser.post(address(song, "adat-saja"), {"lepas": "1", "lepas-reason": " "})
    other = factories.CouncilMemberFactory(person__user=user_in(Role.COUNCIL)).person.user
    client.force_login(other)
    offered = shown(client.get(address(song, "adat-saja")))
    forced = client.post(address(song, "adat-saja"), {"lepas": "1", "lepas-reason": WHY})
    client.force_login(member)

    done = client.post(address(song, "adat-saja"), {"lepas": "1", "lepas-reason": "Sudah boleh."}, follow=True)

    assert (refused.status_code, forced.status_code, "Label dilepas." in shown(done)) == (400, 403, True)
    assert ("Lepas label ini" in offered, "oleh ketua" in offered) == (False, True)
    assert "Sudah boleh." in shown(done)


def test_staff_read_the_labels_and_cover_but_set_none(desk, song):
    assert desk.get(address(song)).status_code == 200
    assert "Pasang label" not in desk.get(address(song, "utuh")).text
    assert desk.post(address(song, "utuh"), {"reason": WHY}).status_code == 403

    done = desk.post(address(song, "penutup"), {"note": "Penyanyinya wafat.", "reason": WHY}, follow=True)
    lifted = desk.post(address(song, "penutup"), {"lepas": "1", "lepas-reason": WHY}, follow=True)

    assert ("Penyanyinya wafat." in shown(done), "Catatan dilepas." in shown(lifted)) == (True, True)


@pytest.mark.parametrize("path", ["9999/", "9999/utuh/", "{pk}/rahasia/", "9999/penutup/"])
def test_a_song_or_label_that_is_not_there_is_not_found(elders_browser, song, path):
    assert elders_browser.get(f"/adat/label/{path.format(pk=song.pk)}").status_code == 404


def test_the_lists_cost_as_much_for_three_as_for_one(elders_browser, song, member):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            elders_browser.get("/adat/label/")
            elders_browser.get(address(song))
        return len(queries)

    labelling.put_on(song, protocol.UNALTERED, by=member, reason=WHY)
    cost()
    few = cost()
    for key in (protocol.NOT_SOLD, protocol.NAME_AUTHOR):
        labelling.put_on(song, key, by=member, reason=WHY)
        labelling.put_on(factories.SenjangPageFactory(published=True), key, by=member, reason=WHY)

    assert cost() == few


def test_the_visitor_reads_what_a_label_asks(client, song, member):
    labelling.put_on(song, protocol.NOT_SOLD, words="Jangan dijual, ya.", by=member, reason="Rahasia dapur.")

    text = client.get(song.get_url()).text

    assert re.search(r"<details><summary>Bukan untuk dijual</summary><p>Jangan dijual, ya.</p>", text)
    assert ("Rahasia dapur" in text, WORDS in text) == (False, True)


@pytest.mark.parametrize("own_address", [True, False])
def test_a_song_for_the_council_only_keeps_what_the_licence_needs_and_nothing_else(client, song, member, own_address):
    factories.RecordingFactory(senjang=song, heard=True)
    code = codes.place(song, label="Meja", licences=[factories.LicencePageFactory(title="Izin Toko 2")], by=None)
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=member, reason=WHY)

    answer = client.get(song.get_url() if own_address else code.path, headers=PHONE)

    assert (answer.status_code, "hanya untuk kalangan adat" in answer.text, "Izin Toko" in answer.text) == (
        200,
        True,
        True,
    )
    assert [word for word in (WORDS, "<audio", "suara/", "Musim Beumo") if word in answer.text] == []
    assert Scan.objects.count() == (0 if own_address else 1)


def test_a_season_ends_and_begins_at_midnight_however_the_page_was_kept(song, member):
    labelling.put_on(song, protocol.SEASONAL, season=protocol.Season("11-01", "02-15"), by=member, reason=WHY)
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2027, 2, 15), date(2027, 2, 16)]

    kept = [visitor._kept(song.pk, day, 1, "id").html.decode() for day in days]

    assert [WORDS in html for html in kept] == [False, True, True, False]
    assert "boleh dipakai lagi mulai Minggu, 1 November 2026" in kept[0]


def test_a_label_shows_at_once_on_a_page_that_was_kept_ready(client, song, member):
    before = WORDS in client.get(song.get_url()).text
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=member, reason=WHY)
    during = WORDS in client.get(song.get_url()).text
    labelling.take_off(song, protocol.COUNCIL_ONLY, by=member, reason=WHY)

    assert (before, during, WORDS in client.get(song.get_url()).text) == (True, False, True)


def test_behind_a_cover_words_and_sound_wait_folded_and_the_needs_do_not(client, song, staff):
    factories.RecordingFactory(senjang=song, heard=True)
    covering.cover(song, note="Penyanyinya sudah wafat.", reason=WHY, by=staff)

    text = client.get(song.get_url()).text
    folded = re.search(r'<details class="cover">.*?</section>\s*</div></details>', text, flags=re.DOTALL)[0]

    assert text.index("Penyanyinya sudah wafat.") < text.index(folded)
    assert (WORDS in folded, "<audio" in folded, WORDS in text.replace(folded, "")) == (True, True, False)
    assert ("Tetap buka" in folded, "autoplay" in text, "Izin Toko" in text.replace(folded, "")) == (True, False, True)


@pytest.mark.parametrize(
    ("key", "sent"), [(protocol.NOT_BROADCAST, [200, 404]), (protocol.COUNCIL_ONLY, [404, 404]), (None, [200, 200])]
)
def test_a_file_is_sent_only_on_the_channels_that_the_labels_leave(client, user_in, song, member, key, sent):
    recording = factories.RecordingFactory(senjang=song, heard=True)
    if key:
        labelling.put_on(song, key, by=member, reason=WHY)
    client.force_login(user_in(Role.RADIO))
    statuses = []
    for recipe in ("web-mp3", "radio-wav"):
        file = Rendition.objects.get(master__recording=recording, recipe=recipe)
        public_storage().save(str(file.file), ContentFile(b"suara"))
        statuses.append(client.get(file.address).status_code)

    assert statuses == sent


def test_a_player_keeps_a_song_on_the_last_day_of_its_season_no_longer_than_until_midnight(client, song, member):
    recording = factories.RecordingFactory(senjang=song, heard=True)
    file = Rendition.objects.get(master__recording=recording, recipe="web-mp3")
    public_storage().save(str(file.file), ContentFile(b"suara"))
    free = client.head(file.address)["Cache-Control"]
    today = timezone.localdate()
    season = protocol.Season(f"{today - timedelta(days=3):%m-%d}", f"{today:%m-%d}")
    labelling.put_on(song, protocol.SEASONAL, season=season, by=member, reason=WHY)

    seconds = int(client.head(file.address)["Cache-Control"].removeprefix("public, max-age="))

    assert (free, 0 < seconds <= until_midnight(timezone.now()) + 60) == ("public, max-age=86400", True)


def test_the_radio_and_the_recordings_page_name_the_reason(desk, song, member):
    recording = factories.RecordingFactory(senjang=song, heard=True)
    labelling.put_on(song, protocol.NOT_BROADCAST, by=member, reason=WHY)
    reason = "Lembaga Adat meminta senjang ini tidak disiarkan."

    assert (reason in desk.get("/siaran/").text, reason in desk.get(f"/admin/rekaman/{recording.pk}/").text) == (
        True,
        True,
    )
    assert desk.get(f"/siaran/berkas/{recording.pk}/", follow=True).text.count(reason) >= 1


def test_a_leaflet_names_the_labels_quotes_no_song_that_stays_whole_and_is_refused_out_of_season(song, member, staff):
    code = factories.CodeFactory(page=song)
    code.licences.add(factories.LicencePageFactory())
    labelling.put_on(song, protocol.UNALTERED, by=member, reason=WHY)
    words = leaflets._words(song, code, timezone.localdate(), draft=False)
    assert (words["verse"], words["small_print"][0].endswith("Jangan diubah.")) == ([], True)
    assert leaflets.render(song, code, by=staff).startswith(b"%PDF")

    labelling.put_on(song, protocol.SEASONAL, season=a_season(is_open=True), by=member, reason=WHY)
    assert leaflets.objections(song, code) == []
    labelling.put_on(song, protocol.SEASONAL, season=a_season(is_open=False), by=member, reason=WHY)

    assert [reason.startswith("Senjang ini musiman") for reason in leaflets.objections(song, code)] == [True]


def test_a_campaign_names_no_song_that_is_shut(client, song, member):
    campaign = factories.CampaignPageFactory()
    for one in (song, factories.SenjangPageFactory(published=True, title="Badagang Tenang")):
        CampaignSenjang.objects.create(campaign=campaign, senjang=one)
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=member, reason=WHY)

    text = client.get(campaign.get_url()).text

    assert ("Musim Beumo" in text, "Badagang Tenang" in text) == (False, True)


def test_the_admins_list_names_the_labels(desk, song, member):
    labelling.put_on(song, protocol.NOT_SOLD, by=member, reason=WHY)

    assert "Bukan untuk dijual" in shown(desk.get("/admin/senjang/"))


def test_whoever_replaces_a_label_is_told_what_goes_with_it(elders_browser, song, member):
    labelling.put_on(song, protocol.BROADCAST, by=member, reason=WHY)

    page = shown(elders_browser.get(address(song, protocol.NOT_BROADCAST)))

    assert "Sekarang terpasang “Boleh disiarkan”" in page
    assert "Label itu, dengan kata-kata dan suaranya, dilepas begitu label ini dipasang." in page


def test_a_permission_that_another_member_bars_is_not_even_offered(elders_browser, song, user_in):
    other = factories.CouncilMemberFactory(person__user=user_in(Role.COUNCIL))
    labelling.put_on(song, protocol.NOT_BROADCAST, by=other.person.user, reason=WHY)

    page = shown(elders_browser.get(address(song, protocol.BROADCAST)))

    assert "Label itu hanya dapat dilepas oleh anggota yang memasangnya, atau oleh ketua." in page
    assert "Pasang label" not in page
