"""The review sheet of a sitting: the whole text, a box for each member, and a code that knows who scans it."""

from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.office import papers
from cms.office.models import OfficeSettings, Paper, Role, Signatory
from media_assets import answering, lyrics, review, sitting_sheet, submitting
from tests import factories
from tests.paper import ABSENT, WHOLE, again, first, members, printed
from tests.test_approval_sheet import pages, words
from tests.test_noting import note
from tests.test_review import complete, reword

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(user_in):
    return members(user_in, "Ketua Karim", "Bu Aisyah")


def test_the_sheet_has_every_line_and_a_box_for_each_member(staff, council):
    submission = printed(staff, title="Izin Mudah")

    paper = sitting_sheet.of(submission)

    text = words(paper)
    told = ["Lembar sidang", paper.number, "Izin Mudah", "pengajuan ke-1", "Penulis", "Ketua Karim", "Bu Aisyah"]
    told += ["1 Assalamualaikum kami ucapke", "arti Ngurus izin idak lah saro", "6 Mohon maaf", "sedikitnya 2 suara"]
    told += [papers.spaced(paper.code), papers.spaced(submission.digest[-64:][:16]), "Anggota lain", "Catatan sidang"]
    assert [line for line in told if line not in text] == []
    assert text.count("Setuju seluruhnya") == text.count("Tanda tangan") == 3
    with pikepdf.open(BytesIO(papers.pdf(paper))) as document:
        assert bool(document.Root.MarkInfo.Marked)


def test_a_lyric_of_any_length_in_any_script_has_room(staff, council):
    bait = factories.stanza("Ngurus izin idak lah saro é̄", "سلام عليكم kami ucapke", "Tiga", "Empat")

    text = words(sitting_sheet.of(printed(staff, isi=bait * 200)))

    assert "804 Mohon maaf kami pamit" in text
    assert "kami ucapke" in text


@pytest.mark.parametrize("stanzas", [1, 4, 6])
def test_no_page_holds_a_signature_alone(staff, user_in, stanzas):
    Signatory.objects.create(office=OfficeSettings.load(), name="Rahmat Hidayat", position="Kepala Dinas")
    members(user_in, *(f"Pak {name}" for name in "ABCDEFG"[: stanzas + 1]))

    told = pages(sitting_sheet.of(printed(staff, isi=factories.stanza(*(f"Baris {n}" for n in range(6))) * stanzas)))

    signed = next(page for page in told if "Rahmat Hidayat" in page)
    assert "Catatan sidang" in signed


def test_a_submission_has_one_sheet_and_the_next_version_another(staff, council):
    submission = printed(staff)
    again = sitting_sheet.issue(submission, by=staff)
    submitting.recall(submission, by=staff)
    later = submitting.submit(reword(submission.page, "isi", "Baris lain"), by=staff)

    paper = sitting_sheet.issue(later, by=staff)

    assert (again.running, paper.running, Paper.objects.count()) == (1, 2, 2)
    assert "pengajuan ke-2" in words(paper)


@pytest.mark.parametrize("role", [Role.HEAD, Role.COUNCIL, Role.RADIO, Role.FRONT_DESK])
def test_other_roles_make_no_sheet(staff, council, user_in, role):
    submission = submitting.submit(complete(), by=staff)

    with pytest.raises(PermissionDenied):
        sitting_sheet.issue(submission, by=user_in(role))

    assert not Paper.objects.exists()


def test_no_sheet_without_members_or_after_the_end(staff, user_in):
    submission = submitting.submit(complete(), by=staff)
    with pytest.raises(ValidationError, match="Belum ada anggota"):
        sitting_sheet.issue(submission, by=staff)
    members(user_in, "Bu Aisyah")
    submitting.recall(submission, by=staff)

    with pytest.raises(ValidationError, match="sudah selesai"):
        sitting_sheet.issue(submission, by=staff)

    assert not Paper.objects.exists()


def test_its_code_leads_staff_to_the_entry_and_others_to_the_check_page(client, staff, council, user_in):
    submission = printed(staff, title="Izin Mudah")
    address = reverse("check_paper", args=[sitting_sheet.of(submission).code])

    stranger = client.get(address).text
    client.force_login(user_in(Role.HEAD))
    head = client.get(address)
    client.force_login(staff)
    officer = client.get(address)

    assert officer["Location"] == reverse("submissions:enter_paper", args=[submission.pk])
    assert head.status_code == 200
    assert "masih menunggu putusan Lembaga Adat" in stranger
    assert f"/masuk/?next={address}" in stranger
    assert ("Bu Aisyah" in stranger, "Ngurus izin" in stranger) == (False, False)


def test_the_check_page_tells_when_the_sheet_is_of_the_past(client, staff, council):
    decided, recalled, replaced = (printed(staff) for _number in range(3))
    review.send_back(decided, member=council[1], reason="Bait kedua", by=council[1].person.user)
    submitting.recall(recalled, by=staff)
    wished = note(replaced, council[1], words="", suggestion=lyrics.Wording("Ngurus izin mudah", "Mengurus izin mudah"))
    answering.accept(replaced, notes=[wished.pk], by=staff)

    pages = [
        client.get(reverse("check_paper", args=[sitting_sheet.of(one).code])).text
        for one in (decided, recalled, replaced)
    ]

    assert ["tidak berlaku lagi" in page for page in pages] == [True] * 3
    assert "Teks di lembar ini sudah diputuskan." in pages[0]
    assert "Kantor menarik kembali teks di lembar ini. Tidak ada sidang atas lembar ini." in pages[1]
    assert "Versi yang lebih baru menggantikan teks di lembar ini. Tidak ada sidang atas lembar ini." in pages[2]


def test_a_sheet_that_was_read_before_its_text_was_recalled_had_its_sitting(client, staff, other, user_in):
    council = members(user_in, "Ketua Karim", "Bu Aisyah", quorum=2)
    submission = printed(staff)
    said = {council[0]: WHOLE, council[1]: ABSENT}
    again(first(submission, said, by=staff), said, by=other)
    submitting.recall(submission, by=staff)

    page = client.get(reverse("check_paper", args=[sitting_sheet.of(submission).code])).text

    assert ("tidak jadi diputuskan" in page, "Tidak ada sidang" in page) == (True, False)


def test_the_button_makes_it_once_and_opens_it(desk, staff, council):
    submission = submitting.submit(complete(), by=staff)
    inspect, made = (reverse(f"submissions:{name}", args=[submission.pk]) for name in ("inspect", "sitting_sheet"))
    before = desk.get(inspect).text

    answer = desk.post(made, follow=True)

    assert "Buat lembar sidang (PDF)" in before
    assert "Catat isi lembar" in desk.get(inspect).text
    assert (answer["Content-Type"], Paper.objects.get().kind) == ("application/pdf", Paper.Kind.SITTING)
