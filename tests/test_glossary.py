"""Visitors read what a word means: on tap in the lyric, and in the list of all words."""

import re

import pytest

from campaigns import codes
from media_assets.models import Word
from tests import factories
from tests.test_adat import count, shown
from tests.test_visitor_page import PHONE, a_song
from tests.test_word_list import a_word

pytestmark = pytest.mark.django_db


def links(html):
    return re.findall(r'<a class="kata" href="#arti-(\d+)"(?: id="kata-\d+")?>([^<]+)</a>', html)


@pytest.fixture
def page():
    return a_song(isi=factories.stanza("Ngurus izin idak lah saro", "Saro nian, sarojo bae"))[0]


def test_a_known_word_leads_to_its_meaning_and_back_without_javascript(client, page):
    word = a_word(example="Idak saro nian")

    html = client.get(page.url, headers=PHONE).text

    assert links(html) == [(str(word.pk), "saro")]
    assert f'<a class="kata" href="#arti-{word.pk}" id="kata-{word.pk}">saro</a>' in html
    assert f'<li id="arti-{word.pk}"><span><b lang="mui">saro</b>: susah. <i lang="mui">Idak saro nian</i>' in html
    assert f'<a href="#kata-{word.pk}">Kembali ke lirik</a>' in html


def test_it_is_marked_once_in_each_part_with_one_place_to_come_back_to(client):
    page = a_song(pembuka=factories.stanza("saro saro"), isi=factories.stanza("idak saro", "saro"))[0]
    word = a_word()

    html = client.get(page.url, headers=PHONE).text

    assert (len(links(html)), html.count(f'id="kata-{word.pk}"'), html.count(f'id="arti-{word.pk}"')) == (2, 1, 1)


@pytest.mark.parametrize("state", [Word.State.PROPOSED, Word.State.DECLINED])
def test_what_staff_have_not_published_is_shown_to_nobody(state, client, page):
    a_word(state=state, meaning="rahasia dulu")

    assert "rahasia dulu" not in client.get(page.url, headers=PHONE).text
    assert "rahasia dulu" not in client.get("/kosakata/").text


def test_a_word_of_another_language_is_not_marked(client, page):
    a_word(language="ind")

    assert links(client.get(page.url, headers=PHONE).text) == []


def test_without_known_words_the_page_has_no_list(client, page):
    a_word("lain")

    assert 'id="h-kosakata"' not in client.get(page.url, headers=PHONE).text


def test_a_page_kept_ready_is_drawn_anew_when_a_word_changes(client, page):
    code = codes.place(page, label="Meja", licences=[factories.LicencePageFactory()], by=None)
    word = a_word(meaning="susah")
    before = client.get(code.path, headers=PHONE).text

    word.meaning = "sulit"
    word.save()

    assert ("susah" in before, "sulit" in client.get(code.path, headers=PHONE).text) == (True, True)


def test_many_words_cost_no_more_queries_and_little_weight(client):
    terms = [f"kato{letter}{other}" for letter in "abcde" for other in "abcdef"]
    page = a_song(isi=factories.stanza(*terms))[0]
    for term in terms:
        a_word(term, "arti yang cukup panjang untuk sebuah kata")
    code = codes.place(page, label="Meja", licences=[factories.LicencePageFactory()], by=None)
    client.get(code.path, headers=PHONE)
    warm = count(lambda: client.get(code.path, headers=PHONE))

    answer = client.get(code.path, headers=PHONE | {"accept-encoding": "gzip"})

    assert warm <= 6
    assert len(answer.content) < 15_000


def test_a_word_cannot_bring_markup_into_the_page(client, page):
    a_word("saro", "<script>alert(1)</script>")

    assert "<script>alert" not in client.get(page.url, headers=PHONE).text
    assert "<script>alert" not in client.get("/kosakata/").text


def test_the_list_has_every_published_word_in_order(client):
    a_word("umah", "rumah")
    a_word("bae", "saja", example="Pacak bae")

    page = shown(client.get("/kosakata/"))

    assert page.index("bae saja") < page.index("umah rumah")
    assert "Pacak bae" in page
    assert "2 kata" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("umah", ["umah"]), ("RUMAH", ["umah"]), ("saja", ["bae"]), ("a", ["bae", "umah"]), ("  ", ["bae", "umah"])],
)
def test_words_are_found_by_term_or_meaning(query, found, client):
    a_word("umah", "rumah")
    a_word("bae", "saja")

    html = client.get("/kosakata/", {"q": query}).text

    assert re.findall(r"<dfn[^>]*>([^<]+)</dfn>", html) == found


@pytest.mark.parametrize("query", ["takada", "%", "\u202e", "x" * 500, "<b>"])
def test_a_search_that_finds_nothing_says_so(query, client):
    a_word("umah", "rumah")

    answer = client.get("/kosakata/", {"q": query})

    assert answer.status_code == 200
    assert ("Tidak ada kata yang cocok" in shown(answer)) == (query != "\u202e")


def test_the_empty_list_says_what_will_stand_there(client):
    assert "Daftar kata sedang disusun bersama Lembaga Adat." in shown(client.get("/kosakata/"))


@pytest.mark.parametrize("number", ["", "0", "2", "99", "abc"])
def test_many_words_stand_on_pages(number, client, monkeypatch):
    monkeypatch.setattr("media_assets.word_views.PER_PAGE", 2)
    for term in ("bae", "saro", "umah"):
        a_word(term, "arti")

    assert "dari 2" in shown(client.get("/kosakata/", {"halaman": number, "q": "arti"}))


def test_the_list_asks_the_database_as_often_for_three_as_for_one(client):
    a_word()
    client.get("/kosakata/")
    few = count(lambda: client.get("/kosakata/"))
    for term in ("umah", "bae"):
        a_word(term)

    assert count(lambda: client.get("/kosakata/")) == few


def test_the_list_is_found_from_the_footer_the_senjang_and_the_site_map(client):
    for address in ("/", "/senjang/"):
        assert 'href="/kosakata/"' in client.get(address).text
    assert "/kosakata/</loc>" in client.get("/sitemap.xml").text
