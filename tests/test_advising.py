"""Staff read the form adviser beside the lyric, and may set a hint aside with a reason; nothing is ever blocked."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms.office.append_only import HistoryIsFixed
from cms.office.models import Role, Trail
from media_assets import advising
from media_assets.models import FormHintDismissal
from tests import factories
from tests.editor import form_of, stored

pytestmark = pytest.mark.django_db
OPENING = ["Pegi ke ulu naik peghahu", "singgah sebento di Babat Toman", "bawe rantang baisi gulai"]
ANSWER = ["Ampun tabik Datuk Penghulu", "salam kami ke segale kawan"]


@pytest.fixture
def page():
    """One hint in pembuka: lines 3 and 6 do not rhyme."""
    return factories.SenjangPageFactory(
        pembuka=factories.stanza(*OPENING, *ANSWER, "izinke kami menumpang nyanyi"),
        isi=factories.stanza(*OPENING, *ANSWER, "datang ke loket urusan selesai"),
        penutup=factories.stanza(*OPENING, *ANSWER, "maafke kami, pamit la usai"),
    )


def told(page):
    return [(remark.place, remark.hint.line, bool(remark.aside)) for remark in advising.remarks(page)]


def only(page):
    (remark,) = advising.remarks(page)
    return remark


def test_a_hint_names_part_stanza_and_line(page):
    assert told(page) == [("Pembuka, bait 1", 3, False)]
    assert only(page).line_uid == page.pembuka[0].value[2]["uid"]


def test_a_hint_is_set_aside_with_a_reason_and_taken_up_again(page, staff):
    key = only(page).key

    advising.set_aside(page, key, reason=" Memang begitu dinyanyikan. ", by=staff)
    aside = only(page).aside
    advising.take_up(page, key, by=staff)

    assert (aside.reason, aside.by_name, aside.kind) == ("Memang begitu dinyanyikan.", "Sari Wulandari", "rhyme")
    assert told(page) == [("Pembuka, bait 1", 3, False)]
    assert list(page.hint_dismissals.values_list("set_aside", flat=True)) == [True, False]
    assert set(Trail.objects.values_list("verb", flat=True)) >= {"kesampingkan saran", "tampilkan saran"}
    assert Trail.objects.get(verb="kesampingkan saran").text.endswith(" Dikesampingkan: Memang begitu dinyanyikan.")


def test_nothing_is_set_aside_without_a_reason_twice_or_by_anybody_else(page, staff, user_in):
    key = only(page).key
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        advising.set_aside(page, key, reason=" ", by=staff)
    with pytest.raises(ValidationError, match="tidak sedang dikesampingkan"):
        advising.take_up(page, key, by=staff)
    with pytest.raises(ValidationError, match="sudah tidak berlaku"):
        advising.set_aside(page, "0" * 16, reason="Ya.", by=staff)
    with pytest.raises(PermissionDenied):
        advising.set_aside(page, key, reason="Ya.", by=user_in(Role.COUNCIL))
    assert FormHintDismissal.objects.count() == 0

    advising.set_aside(page, key, reason="Ya.", by=staff)

    with pytest.raises(ValidationError, match="sudah dikesampingkan oleh Sari Wulandari"):
        advising.set_aside(page, key, reason="Ya.", by=staff)
    assert FormHintDismissal.objects.count() == 1


def test_what_was_set_aside_is_history(page, staff):
    row = advising.set_aside(page, only(page).key, reason="Ya.", by=staff)

    for change in (row.save, row.delete, FormHintDismissal.objects.all().delete):
        with pytest.raises(HistoryIsFixed):
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        FormHintDismissal.objects.create(page=page, key="k", kind="rhyme", part="isi", reason="", by_name="x")


def test_a_reworded_line_brings_its_hint_back_and_another_line_does_not(page, staff):
    advising.set_aside(page, only(page).key, reason="Ya.", by=staff)

    page.pembuka[0].value[0]["text"] = "Pegi ke hulu naik peghahu"
    other = told(page)
    page.pembuka[0].value[2]["text"] = "bawe rantang baisi kelape"

    assert [other, told(page)] == [[("Pembuka, bait 1", 3, True)], [("Pembuka, bait 1", 3, False)]]


def test_a_row_without_words_yet_keeps_its_number():
    page = factories.SenjangPageFactory(isi=[("bait", [factories.line(""), factories.line("Oi")])])

    assert ("Isi, bait 1", 2, False) in told(page)


def test_the_editor_shows_what_stands_and_what_was_set_aside(page, desk, staff):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    before = desk.get(edit).content.decode()
    advising.set_aside(page, only(page).key, reason="Memang begitu.", by=staff)

    after = desk.get(edit).content.decode()

    assert "Baris 3 (“gulai”) seharusnya bersajak dengan baris 6 (“nyanyi”)" in before
    assert "1 saran dikesampingkan" not in before
    assert "Tidak ada saran lain." in after
    assert "Memang begitu." in after
    assert "Sari Wulandari" in after


def test_a_new_senjang_is_told_that_advice_comes_once_it_is_saved(desk):
    index = factories.SenjangIndexPage.objects.get()

    answer = desk.get(reverse("wagtailadmin_pages:add", args=["media_assets", "senjangpage", index.pk]))

    assert "Saran bentuk" in answer.text
    assert "Saran muncul di sini begitu senjang ini tersimpan." in answer.text


def test_advice_follows_each_save_of_its_own_into_the_open_editor(page, desk):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_of(page, **stored(page))

    first = desk.get(edit, {"_w_hydrate_create_view": "1"}).text
    later = desk.post(edit, form, headers={"Accept": "application/json"}).json()["html"]

    for html in (first, later):
        assert 'data-w-teleport-target-value="#saran-bentuk"' in html
        assert "Baris 3 (“gulai”) seharusnya bersajak dengan baris 6 (“nyanyi”)" in html
    assert 'data-w-teleport-target-value="header h1"' in first


def test_a_page_without_a_lyric_gets_no_advice_into_its_editor(desk):
    licence = factories.LicencePageFactory()

    answer = desk.get(reverse("wagtailadmin_pages:edit", args=[licence.pk]), {"_w_hydrate_create_view": "1"})

    assert "#saran-bentuk" not in answer.text


def test_staff_set_a_hint_aside_on_its_own_screen(page, desk):
    address = reverse("form_advice", args=[page.pk])
    key = only(page).key

    empty = desk.post(address, {"key": key, "reason": ""}, follow=True).content.decode()
    aside = desk.post(address, {"key": key, "reason": "Ya, begitu."}, follow=True).content.decode()
    again = desk.post(address, {"key": key, "up": "1"}, follow=True).content.decode()

    assert "Tulis alasannya" in empty
    assert "Ya, begitu." in aside
    assert "Saran itu tampil lagi." in again
    assert told(page) == [("Pembuka, bait 1", 3, False)]


@pytest.mark.parametrize("posted", [{}, {"key": "x" * 99, "reason": "Ya."}, {"key": "x", "reason": "y" * 501}])
def test_what_is_no_hint_is_refused_in_words(posted, page, desk):
    answer = desk.post(reverse("form_advice", args=[page.pk]), posted, follow=True)

    assert answer.status_code == 200
    assert FormHintDismissal.objects.count() == 0


def test_the_screen_is_for_those_who_write_lyrics(page, client, user_in):
    opened = set()
    for role in Role:
        client.force_login(user_in(role))
        if client.get(reverse("form_advice", args=[page.pk])).status_code == 200:
            opened.add(role)

    assert opened == {Role.ADMINISTRATOR, Role.COMMUNICATIONS}
