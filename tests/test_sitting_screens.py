"""The council's other answers on the phone, and the office's part of a sitting at the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.office.models import Role
from media_assets import noting, review, submitting, turns
from media_assets.forms import VerdictForm
from media_assets.models import CouncilRule, Decision, Recusal, Ruling
from tests import factories
from tests.test_adat import shown
from tests.test_review import complete
from tests.test_sitting import quoting

pytestmark = pytest.mark.django_db


@pytest.fixture
def elder(user_in):
    return factories.CouncilMemberFactory(person__name="Pak Mahmud", person__user=user_in(Role.COUNCIL), is_chair=True)


@pytest.fixture
def phone(client, elder):
    client.force_login(elder.person.user)
    return client


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def send(browser, submission, **answer):
    """Both steps; what was read back, and the page after it."""
    address = reverse("adat_submission", args=[submission.pk])
    asked = shown(browser.post(address, answer))
    return asked, browser.post(address, answer | {"step": "catat"}, follow=True)


def test_what_is_ticked_is_agreed_and_the_rest_still_waits(phone, submission):
    asked, after = send(phone, submission, verdict="setuju", parts=["isi"], questions=["bentuk", "adat"])

    assert "Setuju sebagian: Isi (bentuk, adat)" in asked
    assert list(Decision.objects.order_by("question").values_list("part", "question")) == [
        ("isi", "adat"),
        ("isi", "bentuk"),
    ]
    assert "Menunggu putusan Anda" in shown(after)


def test_words_kept_from_the_public(phone, submission):
    asked, after = send(phone, submission, verdict="tertutup", reason="Milik upacara")

    assert "Tidak untuk umum" in asked
    assert "Tidak untuk umum, kata Pak Mahmud: Milik upacara" in shown(after)
    assert Ruling.objects.get().verdict == Ruling.Verdict.NOT_PUBLIC


def test_the_chair_is_told_that_one_vote_is_not_enough(phone, submission):
    asked = shown(phone.post(reverse("adat_submission", args=[submission.pk]), {"verdict": "setuju"}))

    assert "Tercatat sebagai suara ketua. Senjang disetujui setelah anggota lain juga setuju." in asked


def test_stepping_aside(phone, submission):
    _asked, after = send(phone, submission, verdict="undur", reason="Sepupu penulisnya")

    assert "Anda tidak ikut memutuskan" in shown(after)
    assert "Setuju seluruhnya" not in shown(after)
    assert Recusal.objects.get().reason == "Sepupu penulisnya"
    assert "Izin Mudah" not in shown(phone.get(reverse("adat"))).partition("Yang sudah Anda putuskan")[0]


def test_the_chair_gives_more_time(phone, submission):
    later = timezone.localdate() + timedelta(days=30)

    asked, after = send(phone, submission, verdict="perpanjang", until=later.isoformat(), reason="Musim panen")

    assert "Memperpanjang waktu membaca" in asked
    assert after.status_code == 200
    assert turns.due(submission) == later


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"verdict": "tertutup"}, "Tulis alasannya"),
        ({"verdict": "undur", "reason": " "}, "Tulis alasannya"),
        ({"verdict": "perpanjang", "reason": "x"}, "Pilih tanggalnya"),
        ({"verdict": "perpanjang", "reason": "x", "until": "besok"}, "Tanggal ini tidak terbaca."),
        ({"verdict": "setuju", "parts": ["lain"]}, "lain"),
        ({"verdict": "setuju", "questions": ["fakta"]}, "fakta"),
        ({"verdict": "batal"}, "batal"),
        ({"verdict": "setuju", "partly": "on"}, "Tandai sedikitnya satu bagian yang Anda setujui."),
        ({"verdict": "setuju", "partly": "on", "parts": ["isi"]}, "Tandai sedikitnya satu hal yang sudah baik."),
        ({"verdict": "setuju", "partly": "on", "questions": ["adat"]}, "Tandai sedikitnya satu bagian"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(phone, submission, answer, words):
    refused = phone.post(reverse("adat_submission", args=[submission.pk]), answer | {"step": "catat"})

    assert refused.status_code == 400
    assert words in shown(refused)
    assert not Decision.objects.exists()
    assert not Recusal.objects.exists()


@pytest.mark.parametrize(("days", "words"), [(-1, "Pilih hari sesudah batas waktu"), (91, "Pilih hari paling lambat")])
def test_a_day_that_cannot_be_is_told_before_it_is_read_back(phone, submission, days, words):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()

    refused = phone.post(
        reverse("adat_submission", args=[submission.pk]), {"verdict": "perpanjang", "until": day, "reason": "Panen"}
    )

    assert (refused.status_code, words in shown(refused)) == (400, True)
    assert "Periksa putusan Anda" not in shown(refused)


@pytest.mark.parametrize("verdict", ["tertutup", "undur", "perpanjang"])
def test_what_a_verdict_does_is_told_before_it_is_recorded(phone, submission, verdict):
    day = (timezone.localdate() + timedelta(days=30)).isoformat()

    asked = phone.post(
        reverse("adat_submission", args=[submission.pk]), {"verdict": verdict, "reason": "Sebab", "until": day}
    )

    assert str(VerdictForm.DOES[verdict]) in shown(asked)


def test_once_the_votes_are_enough_nobody_waits_for_members(phone, submission, elder, staff):
    other = factories.CouncilMemberFactory()
    noting.write(
        submission, member=other, uid=submission.text["isi"][0][0]["uid"], words="Kurang pas", by=None, through="x"
    )
    review.agree(submission, member=other, through="x")

    desk = Client()
    desk.force_login(staff)
    page = shown(desk.get(reverse("submissions:inspect", args=[submission.pk])))

    assert "Suara anggota sudah cukup. Tinggal jawaban staf atas catatan anggota." in page
    assert "Ingatkan" not in page


def test_a_day_in_the_past_is_refused_in_words(phone, submission):
    answer = {"verdict": "perpanjang", "reason": "x", "until": "2020-01-01", "step": "catat"}

    refused = phone.post(reverse("adat_submission", args=[submission.pk]), answer)

    assert (refused.status_code, "Pilih hari sesudah" in shown(refused)) == (409, True)


def test_the_desk_tells_votes_day_and_who_is_awaited(desk, submission, elder):
    page = desk.get(reverse("submissions:inspect", args=[submission.pk]))

    words = shown(page)
    assert "Perlu 1 suara anggota untuk tiap bagian" in words
    assert "Ingatkan Pak Mahmud lewat WhatsApp" in words
    assert "Anggota yang boleh memutuskan senjang ini tidak cukup" in words  # only the chair
    assert "tidak mengutip fakta layanan" in words


def test_who_only_reads_sees_who_is_awaited_but_reminds_nobody(client, submission, elder, user_in):
    client.force_login(user_in(Role.HEAD))

    words = shown(client.get(reverse("submissions:inspect", args=[submission.pk])))

    assert ("Pak Mahmud" in words, "Ingatkan" in words, "Pengingat untuk" in words) == (True, False, False)


def test_another_officer_finds_the_facts_right(client, desk, staff, user_in):
    _page, submission = quoting(staff)
    address = reverse("submissions:check_facts", args=[submission.pk])

    own = shown(desk.get(reverse("submissions:inspect", args=[submission.pk])))
    client.force_login(user_in(Role.COMMUNICATIONS))
    offered = shown(client.get(reverse("submissions:inspect", args=[submission.pk])))
    client.post(address, {"verdict": "setuju"})
    after = shown(client.get(reverse("submissions:inspect", args=[submission.pk])))

    assert ("Fakta cocok" in own, "Fakta cocok" in offered) == (False, True)
    assert "Sudah diperiksa petugas kantor: cocok." in after
    assert Decision.objects.filter(question="fakta").count() == 3


def test_a_wrong_fact_needs_its_reason(client, staff, user_in):
    _page, submission = quoting(staff)
    client.force_login(user_in(Role.COMMUNICATIONS))

    refused = client.post(
        reverse("submissions:check_facts", args=[submission.pk]), {"verdict": "perbaiki", "reason": ""}, follow=True
    )

    assert "Tulis alasannya" in shown(refused)
    assert not Decision.objects.exists()


def test_the_administrator_sets_the_councils_rule(client, user_in):
    client.force_login(user_in(Role.ADMINISTRATOR))
    address = reverse("wagtailsettings:edit", args=["media_assets", "councilrule", CouncilRule.load().pk])

    client.post(address, {"quorum": "3", "days": "10"})
    refused = shown(client.post(address, {"quorum": "0", "days": "10"}))

    assert (CouncilRule.load().quorum, CouncilRule.load().days) == (3, 10)
    assert "Terlalu kecil: paling kecil 1." in refused


def test_staff_do_not_set_the_councils_rule(desk):
    address = reverse("wagtailsettings:edit", args=["media_assets", "councilrule", CouncilRule.load().pk])

    desk.post(address, {"quorum": "3", "days": "10"})

    assert CouncilRule.load().quorum == 1


def test_the_review_page_asks_the_database_as_often_for_three_members_as_for_one(phone, submission):
    address, asked = reverse("adat_submission", args=[submission.pk]), []
    phone.get(address)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            phone.get(address)
        asked.append(len(queries))
        factories.CouncilMemberFactory.create_batch(2)

    assert asked[0] == asked[1]


def test_a_verdict_may_be_changed_while_the_text_is_discussed(phone, submission):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    factories.CouncilMemberFactory()
    send(phone, submission, verdict="setuju")

    page = shown(phone.get(reverse("adat_submission", args=[submission.pk])))
    send(phone, submission, verdict="perbaiki", reason="Ternyata keliru")

    assert "Anda boleh mengubahnya; yang terakhir berlaku." in page
    assert Ruling.objects.get().verdict == Ruling.Verdict.SENT_BACK


def test_a_vote_that_came_too_late_is_told_as_not_recorded(phone, submission, staff):
    submitting.recall(submission, by=staff)

    late = phone.post(reverse("adat_submission", args=[submission.pk]), {"verdict": "setuju", "step": "catat"})

    assert (late.status_code, "Putusan Anda belum tercatat." in shown(late)) == (409, True)
