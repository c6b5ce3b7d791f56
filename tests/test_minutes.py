"""The minutes say what was true when the council ruled: who, through what, votes needed and reached, and why."""

from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.office import numerals, papers
from cms.office.models import Paper, Role
from media_assets import answering, lyrics, minutes, office_check, review, submitting, turns
from media_assets.models import Approval, CouncilRule
from tests import factories
from tests.paper import ABSENT, WHOLE, again, first, members, printed
from tests.test_approval_sheet import words
from tests.test_noting import note
from tests.test_review import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(user_in):
    return members(user_in, "Ketua Karim", "Bu Aisyah", "Pak Rusdi", "Pak Jauh")


def missing(told, paper):
    text = words(paper)
    return [line for line in told if line not in text]


@pytest.mark.parametrize(
    ("number", "spelt"),
    [
        (0, "nol"),
        (1, "satu"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (1111, "seribu seratus sebelas"),
        (2026, "dua ribu dua puluh enam"),
        (215_000, "dua ratus lima belas ribu"),
    ],
)
def test_numbers_are_spelt_as_they_are_spoken(number, spelt):
    assert numerals.spell(number) == spelt


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_numbers_beyond_are_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        numerals.spell(number)


def test_a_sitting_on_paper_and_by_log_in_is_told_whole(staff, other, council):
    submission = printed(staff, title="Izin Mudah")
    review.agree(submission, member=council[1], parts=["isi"], by=council[1].person.user)
    said = {council[0]: WHOLE, council[1]: WHOLE, council[2]: ("undur", [], "", "Sepupu penulisnya")}
    again(first(submission, said, by=staff), said, by=other)

    paper = minutes.issue(submission, by=staff)

    today = timezone.localdate()
    told = ["Berita acara sidang", paper.number, "Izin Mudah", numerals.spell(today.day), numerals.spell(today.year)]
    told += [today.strftime("(%d-%m-%Y)"), "bertempat di Balai adat Sekayu", "Ketua Karim Anggota di lembar sidang"]
    told += ["Bu Aisyah Anggota di lembar sidang, lewat akun", "Tidak memberi putusan: Pak Jauh."]
    told += ["Pak Rusdi tidak ikut memutuskan Sepupu penulisnya", "Pembuka 2 (perlu 2) 2 (perlu 2) 2 (perlu 2)"]
    told += [
        "Bu Aisyah Isi setuju setuju setuju",
        "Tidak ada alasan atau catatan tertulis.",
    ]
    told += [
        "menyetujui lirik senjang",
        "Petugas pencatat",
        "Sari Wulandari",
        "Fikri",
        papers.spaced(submission.digest[-64:][:16]),
    ]
    assert missing(told, paper) == []
    with pikepdf.open(BytesIO(papers.pdf(paper))) as document:
        assert bool(document.Root.MarkInfo.Marked)


def test_whom_both_officers_marked_absent_is_named_as_absent_but_not_who_ruled_elsewhere(staff, other, council):
    submission = printed(staff)
    review.agree(submission, member=council[1], by=council[1].person.user)
    said = {council[0]: WHOLE, council[1]: ABSENT, council[2]: WHOLE, council[3]: ABSENT}
    again(first(submission, said, by=staff), said, by=other)

    text = words(minutes.issue(submission, by=staff))

    assert "Pak Jauh tidak hadir di sidang" in text
    assert ("Bu Aisyah tidak hadir" in text, "Tidak memberi putusan" in text) == (False, False)


def test_a_send_back_has_minutes_with_its_reasons(staff, council):
    submission = submitting.submit(complete(), by=staff)
    review.agree(submission, member=council[0], by=council[0].person.user)
    review.send_back(submission, member=council[1], reason="Baris tiga janggal", part="isi", through="Bu Aisyah")

    paper = minutes.issue(submission, by=staff)

    told = ["tanpa duduk bersama", "Bu Aisyah (isi): Baris tiga janggal", "mengembalikan senjang ini", "lewat tautan"]
    told += ["Bu Aisyah Isi minta perbaikan minta perbaikan", "Isi 1 (perlu 2)"]
    assert missing(told, paper) == []


def test_two_members_of_one_name_are_two_rows(staff, user_in):
    _chair, one, two = members(user_in, "Ketua Karim", "Pak Ahmad", "Pak Ahmad", quorum=3)
    submission = submitting.submit(complete(), by=staff)
    review.agree(submission, member=one, parts=["isi"], through="Pak Ahmad")
    review.send_back(submission, member=two, reason="Baris tiga janggal", part="isi", through="Pak Ahmad")

    paper = minutes.issue(submission, by=staff)

    told = ["Pak Ahmad Isi setuju setuju setuju", "Pak Ahmad Isi minta perbaikan minta perbaikan minta perbaikan"]
    assert missing(told, paper) == []


def test_two_officers_of_one_name_are_two_rows(other, council, staff, user_in):
    page = complete()
    page.quotes.create(words=page.isi[0].value[0]["text"], fact=factories.LicenceFactFactory())
    page.save_revision()
    submission = submitting.submit(page, by=staff)
    office_check.confirm(submission, by=other)
    office_check.send_back(submission, reason="Izinnya gratis", by=user_in(Role.COMMUNICATIONS, first_name="Fikri"))

    paper = minutes.issue(submission, by=staff)

    verdicts = [row for row in paper.data["verdicts"] if row[:2] == ["Fikri", "Isi"]]
    assert [row[-1] for row in verdicts] == ["setuju", "minta perbaikan"]


def test_words_kept_from_the_public_and_wrong_facts_are_told_as_such(staff, council, other):
    kept = submitting.submit(complete(), by=staff)
    review.keep_private(kept, member=council[0], reason="Milik upacara", by=council[0].person.user)
    page = complete()
    page.quotes.create(words=page.isi[0].value[0]["text"], fact=factories.LicenceFactFactory())
    page.save_revision()
    wrong = submitting.submit(page, by=staff)
    office_check.send_back(wrong, reason="Izinnya gratis", by=other)

    assert missing(["tidak untuk umum", "Milik upacara"], minutes.issue(kept, by=staff)) == []
    told = ["Kantor mengembalikan", "Izinnya gratis", "Tidak ada anggota yang memberi putusan.", "Fakta layanan"]
    assert missing(told, minutes.issue(wrong, by=staff)) == []


def test_what_changes_afterwards_changes_no_minutes(staff, council):
    submission = submitting.submit(complete(), by=staff)
    for member in council[:2]:
        review.agree(submission, member=member, by=member.person.user)
    CouncilRule.objects.update(quorum=4)
    council[1].person.name = "Nama Baru"
    council[1].person.save()

    text = words(minutes.issue(submission, by=staff))

    assert ("sedikitnya 2 suara" in text, "Bu Aisyah" in text, "Nama Baru" in text) == (True, True, False)


def test_a_text_nobody_ruled_on_has_no_minutes(staff, council):
    waiting, recalled = (submitting.submit(complete(), by=staff) for _n in range(2))
    submitting.recall(recalled, by=staff)

    for submission in (waiting, recalled):
        with pytest.raises(ValidationError, match="sudah diputuskan"):
            minutes.issue(submission, by=staff)

    assert not Paper.objects.exists()


def test_who_may_not_read_submissions_makes_none(staff, council, user_in):
    submission = submitting.submit(complete(), by=staff)
    review.send_back(submission, member=council[1], reason="Bait kedua", by=council[1].person.user)

    with pytest.raises(PermissionDenied):
        minutes.issue(submission, by=user_in(Role.RADIO))

    assert not Paper.objects.exists()


def test_the_check_page_of_minutes_names_nobody_and_tells_what_stands(client, staff, council):
    submission = submitting.submit(complete(), by=staff)
    turns.recuse(submission, member=council[2], reason="Sepupu", by=council[2].person.user)
    for member in council[:2]:
        review.agree(submission, member=member, by=member.person.user)
    address = reverse("check_paper", args=[minutes.issue(submission, by=staff).code])
    standing = client.get(address).text
    review.withdraw(Approval.objects.get(), reason="Keluarga keberatan", by=staff)

    after = client.get(address).text

    assert "Berita acara sidang" in standing
    assert "Persetujuan Lembaga Adat atas teks ini masih berlaku." in standing
    assert "sudah dicabut" in after
    assert [str(member) in standing + after for member in council] == [False] * 4


def test_minutes_of_a_send_back_stay_true(client, staff, council):
    submission = submitting.submit(complete(), by=staff)
    review.send_back(submission, member=council[1], reason="Bait kedua", by=council[1].person.user)

    page = client.get(reverse("check_paper", args=[minutes.issue(submission, by=staff).code])).text

    assert "Surat ini asli dan masih berlaku." in page
    assert "berakhir tanpa persetujuan" in page


def test_the_button_stands_where_there_is_a_ruling(desk, staff, council):
    submission = submitting.submit(complete(), by=staff)
    inspect, made = (reverse(f"submissions:{name}", args=[submission.pk]) for name in ("inspect", "minutes"))
    before = desk.get(inspect).text
    early = desk.post(made, follow=True).text
    review.send_back(submission, member=council[1], reason="Bait kedua", by=council[1].person.user)
    offered = desk.get(inspect).text

    answer = desk.post(made, follow=True)

    assert ("Buat berita acara" in before, "Buat berita acara" in offered) == (False, True)
    assert "Berita acara hanya ada" in early
    assert (answer["Content-Type"], Paper.objects.get().kind) == ("application/pdf", Paper.Kind.MINUTES)
    assert Paper.objects.get().number in desk.get(inspect).text


def test_notes_beside_the_lines_and_agreement_with_changes_are_told(staff, council):
    submission = submitting.submit(complete(), by=staff)
    written = note(submission, council[1], words="Kurang halus")
    answering.answer(written, words="Sudah kami tanyakan", by=staff)
    softer = lyrics.Wording("Ngurus izin dak saro", "Mengurus izin tidak susah")
    note(submission, council[0], words="", suggestion=softer)
    review.agree_with_changes(submission, member=council[0], reason="Lebih halus", by=council[0].person.user)
    review.send_back(submission, member=council[1], reason="Baris tiga", part="isi", by=council[1].person.user)

    paper = minutes.issue(submission, by=staff)

    told = ["Bu Aisyah: Kurang halus; dijawab Sari Wulandari: Sudah kami tanyakan"]
    told += ["Ketua Karim: usul: “Ngurus izin dak saro”", "setuju dengan usul setuju dengan usul"]
    assert missing(told, paper) == []


def test_notes_on_an_earlier_version_are_told_while_their_line_stands(staff, council):
    before = submitting.submit(complete(), by=staff)
    first_line, second_line = before.text["isi"][0][:2]
    stays = note(before, council[1], words="Sudah bagus", uid=first_line["uid"])
    wish = lyrics.Wording("Datang ke kantor disambut elok", "Datang ke kantor disambut baik")
    wished = note(before, council[0], words="", uid=second_line["uid"], suggestion=wish)
    reworded = note(before, council[2], words="Kurang sopan", uid=second_line["uid"])
    answering.answer(stays, words="Terima kasih", by=staff)
    answering.answer(reworded, words="Kami ganti", by=staff)
    submission = answering.accept(before, notes=[wished.pk], by=staff)
    review.send_back(submission, member=council[1], reason="Baris tiga", part="isi", by=council[1].person.user)

    text = words(minutes.issue(submission, by=staff))

    assert "Bu Aisyah: Sudah bagus; dijawab Sari Wulandari: Terima kasih" in text
    assert "Ketua Karim: usul: “Datang ke kantor disambut elok”; usul diterima Sari Wulandari" in text
    assert "Kurang sopan" not in text
