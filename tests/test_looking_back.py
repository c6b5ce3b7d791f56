"""The council sees what changed since it last read: from which version, why it came back, line by line."""

import pytest

from media_assets import invitations, looking_back, review, submitting
from media_assets.models import SenjangPage
from tests import factories
from tests.test_adat import count, path_of, shown
from tests.test_review import complete, reword

pytestmark = pytest.mark.django_db
ISI = ["Ngurus izin idak lah saro", "Datang ke kantor disambut rami"]


@pytest.fixture
def first(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


@pytest.fixture
def second(first, staff, elder):
    """Sent back for its isi, whose lines then changed places and one of them its words."""
    review.send_back(first, member=elder, part="isi", reason="Baris 3 terlalu kasar", by=elder.person.user)
    page = SenjangPage.objects.get(pk=first.page_id).get_latest_revision_as_object()
    one, two = page.isi[0].value
    page.isi = [("bait", [{**two}, {**one, "text": "Ngurus izin dak saro"}])]
    page.save_revision()
    return submitting.submit(page, by=staff)


def test_a_first_submission_has_nothing_to_be_compared_with(elders_browser, first):
    page = shown(elders_browser.get(f"/adat/{first.pk}/?beda=1"))

    assert "Bandingkan" not in page
    assert "pernah diajukan" not in page


def test_the_page_tells_why_it_came_back_and_what_changed_and_offers_the_comparison(elders_browser, second):
    answer = elders_browser.get(f"/adat/{second.pk}/")

    page = shown(answer)
    for words in (
        "Diminta perbaikan oleh Pak Mahmud: Baris 3 terlalu kasar",
        "Yang berubah sejak itu: Isi.",
        "Bandingkan dengan yang dulu",
    ):
        assert words in page
    assert f'href="/adat/{second.pk}/?beda=1#bagian-isi"' in answer.content.decode()
    assert "<del>" not in answer.content.decode()


def test_both_versions_stand_side_by_side_in_words_and_marks(elders_browser, second):
    answer = elders_browser.get(f"/adat/{second.pk}/?beda=1")

    page, html = shown(answer), answer.content.decode()
    assert page.count("Tidak berubah") == 2
    assert "pindah dari baris 4 dulu 4 Datang ke kantor disambut rami" in page
    assert "diubah dulu 3 Ngurus izin idak lah saro" in page
    assert "<del>idak lah</del>" in html
    assert "<ins>dak</ins>" in html
    assert "Setuju seluruhnya" in page


def test_a_changed_title_is_told(elders_browser, first, elder, staff):
    review.send_back(first, member=elder, part="pembuka", reason="Judulnya", by=elder.person.user)
    page = SenjangPage.objects.get(pk=first.page_id).get_latest_revision_as_object()
    page.title = "Izin Gampang"
    page.save_revision()
    again = submitting.submit(page, by=staff)

    html = elders_browser.get(f"/adat/{again.pk}/").content.decode()

    assert "Izin <del>Mudah</del>" in html
    assert "Izin <ins>Gampang</ins>" in html
    assert "Liriknya tidak berubah sejak itu." in html


def test_who_reads_by_link_compares_with_what_was_sent_to_them_else_with_the_last(first, staff):
    asked, other = (factories.CouncilMemberFactory(person__user=None) for _ in range(2))
    invitations.invite(first, member=asked, by=staff)
    submitting.recall(first, by=staff)
    middle = submitting.submit(reword(first.page, "isi", "Antara", "saja"), by=staff)
    submitting.recall(middle, by=staff)
    last = submitting.submit(reword(first.page, "isi", *ISI), by=staff)

    found = [looking_back.previous_of(last, reader) for reader in (asked, other, None)]

    assert found == [first, middle, middle]


def test_what_was_handed_in_anew_leads_to_its_change(elders_browser, client, first, second, staff, elder):
    old = elders_browser.get(f"/adat/{first.pk}/")

    assert "Senjang ini sudah diajukan lagi" in shown(old)
    assert f'href="/adat/{second.pk}/?beda=1"' in old.content.decode()


def test_by_an_older_link_the_newer_text_is_told_of_but_not_opened(client, first, staff):
    member = factories.CouncilMemberFactory(person__user=None)
    address = path_of(invitations.invite(first, member=member, by=staff))
    submitting.recall(first, by=staff)
    newer = submitting.submit(reword(first.page, "isi", "Antara", "saja"), by=staff)

    answer = client.get(address)

    assert "Bukalah tautan yang baru dari staf." in shown(answer)
    assert f"/adat/{newer.pk}/" not in answer.content.decode()


def test_each_part_leads_to_the_next_and_the_last_to_the_verdict(elders_browser, first):
    html = elders_browser.get(f"/adat/{first.pk}/").content.decode()

    for anchor in ("bagian-pembuka", "bagian-isi", "bagian-penutup", "putusan"):
        assert f'href="#{anchor}"' in html
        assert html.count(f'id="{anchor}"') == 1


def test_the_comparison_asks_the_database_as_often_after_three_versions_as_after_one(elders_browser, second, staff):
    def asked(submission):
        return count(lambda: elders_browser.get(f"/adat/{submission.pk}/?beda=1"))

    asked(second)
    few, last = asked(second), second
    for words in (["a", "b"], ["c", "d", "e"], ["f", "g", "h", "i"]):
        submitting.recall(last, by=staff)
        last = submitting.submit(reword(last.page, "isi", *words), by=staff)

    assert asked(last) == few
