"""The visitor page: small, quick, strict about scripts, and true to what is sung."""

import gzip
import re
from base64 import b64encode
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import unquote

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from campaigns import codes, contact, inlined
from campaigns.models import CampaignPage, FactKey, Scan
from cms.office.models import OfficeHours, OfficeSettings, WhatsAppLine
from media_assets import visitor, waveform
from media_assets.models import Approval, CampaignSenjang, RecordingCredit, SenjangCredit, SenjangLicence
from performers.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile Safari/537.36"}
NOVEMBER = date(2026, 11, 21)


@pytest.fixture
def office():
    office = OfficeSettings.objects.create(
        short_name="DPMPTSP Musi Banyuasin",
        address="Jalan Kolonel Wahid Udin, Sekayu",
        latitude="-2.88",
        longitude="103.83",
    )
    OfficeHours.objects.create(office=office, weekday=6, opens="08:00", closes="12:00")
    WhatsAppLine.objects.create(office=office, number="0812 3456 7890")
    return office


def a_song(title="Ngurus Izin", **fields):
    page = factories.SenjangPageFactory(published=True, title=title, **fields)
    recording = factories.RecordingFactory(senjang=page, heard=True)
    return page, recording


def a_code(page, *licences, **fields):
    return codes.place(page, label="Meja", licences=licences or [factories.LicencePageFactory()], by=None, **fields)


def test_the_player_says_how_long_and_how_large(client, office):
    page, _recording = a_song()
    normal = visitor.song(visitor.choose(page, NOVEMBER)).normal.url

    text = client.get(a_code(page).path, headers=PHONE).text

    assert "2 menit 41 detik" in text
    assert ("1,9 MB" in text, "420 KB" in text) == (True, True)
    assert re.findall(r"<audio[^>]*>", text) == [f'<audio controls preload="none" src="{normal}">']


def test_the_page_reads_from_top_to_bottom_as_a_visitor_needs_it(client, office):
    page, _recording = a_song()
    campaign = factories.CampaignPageFactory()
    other = factories.SenjangPageFactory(published=True, title="Senjang kedua")
    for song in (page, other):
        CampaignSenjang.objects.create(campaign=campaign, senjang=song)

    licence = factories.LicencePageFactory()
    for key in (FactKey.TIME, FactKey.FEE):
        factories.LicenceFactFactory(licence=licence, key=key)

    text = client.get(a_code(page, licence, campaign=campaign).path, headers=PHONE).text
    order = [
        "DPMPTSP",
        "<h1",
        'class="play',
        'class="wave',
        'href="#lirik"',
        "Yang perlu disiapkan",
        "Waktu",
        "Biaya",
        "Tanya lewat WhatsApp",
        'id="kantor"',
        "Petunjuk arah",
        'href="#pembuka"',
        "Numpang betanyo",
        "Bagikan lewat WhatsApp",
        "Senjang kedua",
        "disetujui Lembaga Adat",
        "Laporkan stiker palsu",
    ]
    places = [text.index(words, text.index("<body")) for words in order]

    assert places == sorted(places)


def test_what_the_song_is_mainly_about_stands_first(client, office):
    page, _recording = a_song()
    side, main = factories.LicencePageFactory(code="A-1"), factories.LicencePageFactory(code="B-1")
    page.licence_links.all().delete()
    for licence, role in ((side, SenjangLicence.Role.SUPPORTING), (main, SenjangLicence.Role.MAIN)):
        SenjangLicence.objects.create(senjang=page, licence=licence, role=role)

    texts = [client.get(url, headers=PHONE).text for url in (a_code(page, side, main).path, page.url)]

    assert [text.index(main.title) < text.index(side.title) for text in texts] == [True, True]


def test_the_first_licence_stands_open_and_the_others_show_time_and_fee(client, office):
    page, _recording = a_song()
    licences = [factories.LicencePageFactory() for _ in range(3)]
    for licence in licences:
        factories.LicenceFactFactory(licence=licence, key=FactKey.REQUIREMENTS, value="KTP")
        factories.LicenceFactFactory(licence=licence, key=FactKey.TIME, value="5 hari")

    text = client.get(a_code(page, *licences).path, headers=PHONE).text
    cards = re.findall(r"<article.*?</article>", text, flags=re.DOTALL)

    assert ["<details open>" in card for card in cards] == [True, False, False]
    assert all(card.index("5 hari") < card.index("<details") < card.index("KTP") for card in cards)


def test_the_parts_are_links_to_sections_that_all_stand_in_the_page(client, office):
    page, _recording = a_song()

    text = client.get(a_code(page).path, headers=PHONE).text

    assert re.findall(r'<a href="#(\w+)">', text) == ["pembuka", "isi", "penutup"]
    assert re.findall(r'<section class="([\w ]+)" id="(\w+)"', text) == [
        ("lyric", "lirik"),
        ("part on", "pembuka"),
        ("part", "isi"),
        ("part", "penutup"),
    ]


def test_everything_inline_is_allowed_by_its_hash_alone(client):
    page, _recording = a_song()

    for answer in (client.get(a_code(page).path, headers=PHONE), client.get(page.get_url())):
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        for tag, rule in (("style", "style-src"), ("script", "script-src")):
            blocks = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", answer.text, flags=re.DOTALL)
            assert blocks
            for block in blocks:
                assert f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" in policy[rule]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert (
            re.findall(
                r"<[^>]*\s(?:style|on\w+)=", re.sub(r"<(style|script).*?</\1>", "", answer.text, flags=re.DOTALL)
            )
            == []
        )


def test_words_typed_by_people_cannot_become_markup(client):
    bad = "<script>alert(1)</script>\"&'</style>"
    page, _recording = a_song(title=bad, isi=factories.stanza(bad))
    licence = factories.LicencePageFactory(title=bad)
    factories.LicenceFactFactory(licence=licence, key=FactKey.REQUIREMENTS, value=bad)

    text = client.get(a_code(page, licence).path, headers=PHONE).text

    assert (text.count("<script"), text.count("</style>"), "alert(1)" in text) == (2, 1, True)


def test_the_page_weighs_less_than_thirty_kilobytes_and_asks_for_nothing_else(client, office):
    verse = factories.stanza(*(f"Baris ke {n} dari senjang yang panjang sekali" for n in range(8)))
    page, _recording = a_song(isi=verse * 6)
    licences = [factories.LicencePageFactory() for _ in range(5)]
    for licence in licences:
        factories.LicenceFactFactory(
            licence=licence,
            key=FactKey.REQUIREMENTS,
            value="\n".join(f"Syarat nomor {n} yang harus dibawa" for n in range(8)),
        )

    answer = client.get(a_code(page, *licences).path, headers=PHONE | {"Accept-Encoding": "gzip"})
    text = gzip.decompress(answer.content).decode()

    assert (len(answer.content) < 14_000, len(inlined.STYLE) < 8_300, len(inlined.SCRIPT) < 7_000) == (True,) * 3
    assert re.findall(r'<(?:link|img|script|iframe)[^>]*(?:href|src)="(?!data:)', text) == []


def queries_for(client, path):
    for kept in (contact.on, visitor._kept):
        kept.cache_clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, headers=PHONE).status_code == 200
    print()
    return len(captured)


def test_a_cold_page_asks_the_database_as_often_for_one_of_each_as_for_thirty(client, office):
    small, _recording = a_song()
    SenjangLicence.objects.create(senjang=small, licence=factories.LicencePageFactory())
    large, recording = a_song(isi=factories.stanza("Satu", "Duo") * 30)
    campaigns = [factories.CampaignPageFactory(), factories.CampaignPageFactory()]
    CampaignSenjang.objects.create(campaign=campaigns[0], senjang=small)
    licences = [factories.LicencePageFactory() for _ in range(30)]
    for licence in licences:
        factories.LicenceFactFactory(licence=licence)
        SenjangLicence.objects.create(senjang=large, licence=licence)
    for song in [large] + [factories.SenjangPageFactory(published=True) for _ in range(3)]:
        CampaignSenjang.objects.create(campaign=campaigns[1], senjang=song)
    for number in range(30):
        factories.RecordingFactory(senjang=large, heard=number % 2)
        person = factories.PersonFactory()
        SenjangCredit.objects.create(senjang=large, person=person)
        RecordingCredit.objects.create(recording=recording, person=person)
    few, many = a_code(small, campaign=campaigns[0]), a_code(large, *licences, campaign=campaigns[1])
    client.get(a_code(small).path, headers=PHONE)

    assert queries_for(client, few.path) == queries_for(client, many.path) <= 22
    assert queries_for(client, small.get_url()) == queries_for(client, large.get_url())


def test_the_page_at_its_own_address_is_the_same_and_counts_nobody(client, django_assert_max_num_queries):
    page, _recording = a_song()
    SenjangLicence.objects.create(senjang=page, licence=factories.LicencePageFactory(title="Izin Toko"))
    client.get(page.get_url(), headers=PHONE)

    with django_assert_max_num_queries(9):  # eight are how Wagtail finds a page by its address
        answer = client.get(page.get_url(), headers=PHONE)

    assert (answer.status_code, "Izin Toko" in answer.text, "data-beacon" in answer.text) == (200, True, False)
    assert not Scan.objects.exists()


def test_words_not_public_are_nowhere_to_be_read(client):
    page, _recording = a_song()
    code = a_code(page)
    Approval.objects.all().delete()

    assert "Numpang betanyo" not in client.get(code.path, headers=PHONE).text
    assert client.get(page.get_url()).status_code == 404


def test_a_recording_shows_the_words_it_sings_and_says_that_the_text_moved_on(client):
    page, _recording = a_song()
    page.isi = factories.stanza("Kate yang baru pulo")
    factories.approve(page)
    page.save_revision().publish()

    text = client.get(a_code(page).path, headers=PHONE).text

    assert ("Ngurus izin idak lah saro" in text, "Kate yang baru pulo" in text) == (True, False)
    assert "sudah diperbarui" in text


def test_a_recording_of_the_newest_words_goes_before_a_newer_one_of_old_words(client):
    page, old = a_song()
    words = old.words
    page.isi = factories.stanza("Kate yang baru pulo")
    factories.approve(page)
    page.save_revision().publish()
    page.refresh_from_db()
    new = factories.RecordingFactory(senjang=page, heard=True)
    factories.RecordingFactory(senjang=page, heard=True, digest=old.digest, words=words)

    assert visitor.choose(page, NOVEMBER).recording == new


def test_without_a_recording_the_words_can_be_read(client):
    page = factories.SenjangPageFactory(published=True)

    text = client.get(a_code(page).path, headers=PHONE).text

    assert ("Rekamannya belum ada" in text, "<audio" in text, "Numpang betanyo" in text) == (True, False, True)


def test_people_are_named_by_what_they_did(client):
    page, recording = a_song()
    SenjangCredit.objects.create(senjang=page, person=factories.PersonFactory(name="Pak Ujang"))
    for name in ("Kupek Ayu", "Kuyung Seko"):
        person = factories.PersonFactory(name=name, role=Person.Role.SINGER, contact="0812000")
        RecordingCredit.objects.create(recording=recording, person=person)

    text = client.get(a_code(page).path, headers=PHONE).text

    assert "Dibawakan oleh Kupek Ayu, Kuyung Seko" in text
    assert ("Penulis lirik: Pak Ujang" in text, "0812000" in text) == (True, False)


def test_an_ended_campaign_says_so_and_still_sings(client):
    page, _recording = a_song()
    campaign = factories.CampaignPageFactory(starts=date(2025, 1, 1), ends=date(2025, 12, 31))

    text = client.get(a_code(page, campaign=campaign).path, headers=PHONE).text

    assert ("sudah berakhir" in text, "<audio" in text) == (True, True)


@pytest.mark.parametrize("live", [True, False])
def test_a_campaign_that_is_not_public_is_named_to_nobody(client, live):
    page, _recording = a_song()
    campaign = factories.CampaignPageFactory(title="Sadar Izin", live=live)

    text = client.get(a_code(page, campaign=campaign).path, headers=PHONE).text

    assert ("Sadar Izin" in text, "<audio" in text) == (live, True)


def test_the_shared_link_is_marked_and_names_the_song(client, office):
    page, _recording = a_song(title="Ngurus Izin")
    code = a_code(page)

    texts = [client.get(address, headers=PHONE).text for address in (code.path, page.get_url())]
    shared = [unquote(re.search(r"https://wa\.me/\?text=([^\"]+)", text)[1]) for text in texts]

    assert shared == [
        f"Dengarkan senjang “Ngurus Izin”: https://bersenjang.example{address}?dari=bagi"
        for address in (code.path, page.get_url())
    ]


def test_whatsapp_has_the_licence_filled_in(client, office):
    page, _recording = a_song()
    code = a_code(page, factories.LicencePageFactory(title="Izin Toko"))

    text = client.get(code.path, headers=PHONE).text

    assert "https://wa.me/6281234567890?text=Halo%2C%20saya%20ingin%20bertanya%20tentang%20Izin%20Toko." in text


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "Hari ini, Sabtu: buka 08.00–12.00 WIB"), (1, "Hari ini, Minggu: tutup")]
)
def test_the_hours_are_those_of_the_day(office, days, expected):
    assert contact.on(NOVEMBER + timedelta(days=days), days, "id").today == expected


@pytest.mark.parametrize("peaks", [[], [0], [100], [-5, 400], list(range(100)) * 30])
def test_a_waveform_has_as_many_strokes_whatever_the_peaks(peaks):
    strokes = waveform.path(peaks).split("M")[1:]
    heights = [int(stroke.split("v")[1]) for stroke in strokes]

    assert len(strokes) == waveform.COLUMNS
    assert (min(heights) >= 2, max(heights) <= waveform.HEIGHT) == (True, True)


def test_a_licence_that_is_not_public_shows_to_no_visitor(client, office):
    page, _recording = a_song()
    draft = factories.LicencePageFactory(title="Izin Rahasia", live=False)
    SenjangLicence.objects.create(senjang=page, licence=draft)
    code = a_code(page, draft)

    texts = [client.get(address, headers=PHONE).text for address in (code.path, page.url)]
    codes.hold(code, by=None, reason="diperiksa")
    texts.append(client.get(code.path, headers=PHONE).text)

    assert [("Izin Rahasia" in text, "Datang ke kantor" in text) for text in texts] == [(False, True)] * 3
    assert ["Tanyakan kepada petugas kami" in text for text in texts] == [True, False, True]


def test_a_senjang_withdrawn_while_its_page_is_drawn_is_not_found(office):
    page, _recording = a_song()
    Approval.objects.all().delete()
    page.refresh_from_db()

    with pytest.raises(Http404):
        visitor._draw(page, NOVEMBER, 1)


def test_next_songs_come_from_live_campaigns_and_stand_approved():
    page, _recording = a_song()
    for campaign, title in (
        (factories.CampaignPageFactory(), "Lanjut"),
        (factories.CampaignPageFactory(live=False), "Draf"),
    ):
        for song in (page, factories.SenjangPageFactory(published=True, title=title)):
            CampaignSenjang.objects.create(campaign=campaign, senjang=song)

    changed = factories.SenjangPageFactory(published=True)
    CampaignSenjang.objects.create(campaign=CampaignPage.objects.live().get(), senjang=changed)
    Page.objects.filter(pk=changed.pk).update(title="Judul lain")

    assert [song.title for song in visitor.visit_context(page, NOVEMBER)["next_songs"]] == ["Lanjut"]
