"""The guide recording: the council hears it with the text under review, by log-in and by link, and nobody else does."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.office import generation, trail
from cms.office.models import Role, SecretLink
from media_assets import fitness, guides, invitations, noting, submitting
from media_assets.models import CouncilMember, Guide, Recording, Rendition
from media_assets.models.recordings import public_storage
from tests import factories
from tests.test_adat import count, path_of, shown
from tests.test_review import complete, reword
from tests.test_serving import body

pytestmark = pytest.mark.django_db
SOUND = bytes(range(256))


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def take_of(page, **fields):
    """A recording whose files are there to be sent."""
    recording = factories.RecordingFactory(senjang=page, heard=True, **fields)
    for rendition in Rendition.objects.filter(master__recording=recording):
        public_storage().save(str(rendition.file), ContentFile(SOUND))
    return recording


@pytest.fixture
def guide(submission, staff):
    return guides.mark(take_of(submission.page, label="Irama Sekayu"), by=staff)


@pytest.fixture
def link(submission, staff):
    member = factories.CouncilMemberFactory(person__user=None)
    return path_of(invitations.invite(submission, member=member, by=staff))


def test_the_review_page_offers_it_with_length_and_sizes_and_plays_without_javascript(
    elders_browser, submission, guide
):
    answer = elders_browser.get(f"/adat/{submission.pk}/")

    page = answer.content.decode()
    assert f'<audio controls preload="none" src="/adat/{submission.pk}/suara/biasa/"' in page
    assert "Irama Sekayu, 2 menit 41 detik (1,9 MB)" in shown(answer)
    assert f'href="/adat/{submission.pk}/suara/hemat/"' in page
    assert "hemat kuota (420 KB)" in shown(answer)
    assert "Kata-katanya berbeda" not in page


def test_a_text_without_a_guide_says_nothing_of_one(elders_browser, submission):
    assert "panduannya" not in shown(elders_browser.get(f"/adat/{submission.pk}/"))


def test_a_guide_still_being_made_says_so(elders_browser, submission, staff):
    guides.mark(factories.RecordingFactory(senjang=submission.page), by=staff)

    assert "sedang disiapkan" in shown(elders_browser.get(f"/adat/{submission.pk}/"))
    assert elders_browser.get(f"/adat/{submission.pk}/suara/biasa/").status_code == 404


def test_it_says_in_which_parts_its_words_differ_from_the_text_under_review(elders_browser, submission, guide, staff):
    submitting.recall(submission, by=staff)
    again = submitting.submit(reword(submission.page, "isi", "Lain", "lagi"), by=staff)

    page = shown(elders_browser.get(f"/adat/{again.pk}/"))

    assert "Kata-katanya berbeda dari teks di bawah ini: Isi." in page


@pytest.mark.parametrize(
    ("quality", "asked", "status", "sent", "kind"),
    [
        ("biasa", "", 200, SOUND, "audio/mpeg"),
        ("hemat", "", 200, SOUND, "audio/ogg"),
        ("biasa", "bytes=10-19", 206, SOUND[10:20], "audio/mpeg"),
        ("biasa", "bytes=999-", 416, b"", "text/html; charset=utf-8"),
    ],
)
def test_it_is_sent_in_pieces_to_log_ins_and_links_and_kept_by_nobody(
    quality, asked, status, sent, kind, elders_browser, client, submission, guide, link
):
    headers = {"range": asked} if asked else {}

    for address in (f"/adat/{submission.pk}/", link):
        answer = elders_browser.get(f"{address}suara/{quality}/", headers=headers)
        assert (answer.status_code, body(answer)) == (status, sent)
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
        if status != 416:
            assert answer["Content-Type"] == kind


@pytest.mark.parametrize("quality", ["cd-wav", "radio", "", "x"])
def test_no_other_file_is_offered_here(quality, elders_browser, submission, guide):
    assert elders_browser.get(f"/adat/{submission.pk}/suara/{quality}/").status_code == 404


def test_strangers_and_other_roles_do_not_hear_it(client, user_in, submission, guide):
    address = f"/adat/{submission.pk}/suara/biasa/"

    assert client.get(address).url.startswith("/masuk/")
    for role in (Role.RADIO, Role.FRONT_DESK):
        client.force_login(user_in(role))
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("end", ["revoked", "unknown"])
def test_a_dead_link_plays_nothing(end, client, link, guide):
    SecretLink.objects.update(**({"revoked_at": "2026-01-01T00:00Z"} if end == "revoked" else {"key_hash": "x"}))

    assert client.get(f"{link}suara/biasa/").status_code == 404


def test_a_link_plays_and_shows_nothing_of_the_council_after_its_members_seat(client, submission, elder, guide, staff):
    noting.write(
        submission,
        member=elder,
        uid=submission.text["isi"][0][0]["uid"],
        words="Terlalu kasar",
        by=elder.person.user,
    )
    link = path_of(invitations.invite(submission, member=elder, by=staff))
    CouncilMember.objects.update(until=timezone.localdate())

    page = client.get(link, headers={"user-agent": "Mozilla/5.0 (Linux; Android 5.1) Chrome/44.0 Mobile"}).text

    assert ("Terlalu kasar" in page, "panduan" in page, submission.readings.exists()) == (False, False, False)
    assert client.get(f"{link}suara/biasa/").status_code == 404


def test_a_link_plays_only_the_guide_of_its_own_text(client, link, staff):
    """The other senjang has a guide, this one has none."""
    other = submitting.submit(complete(), by=staff)
    guides.mark(take_of(other.page), by=staff)

    assert client.get(f"{link}suara/biasa/").status_code == 404


def test_while_only_for_the_council_it_is_never_public_though_its_words_are_approved(client, staff):
    page = factories.SenjangPageFactory(published=True)
    recording = take_of(page)
    address = Rendition.objects.get(recipe="web-mp3").address
    before = client.get(address).status_code

    guides.mark(recording, by=staff)

    assert (before, client.get(address).status_code) == (200, 404)
    assert list(Recording.objects.audible_for(page)) == []
    assert "Rekaman ini panduan untuk Lembaga Adat saja." in fitness.objections(recording, "radio", date(2026, 11, 22))
    assert fitness.cases([recording], date(2026, 11, 22))[0].objections("web") != []
    assert f"/media/suara/{recording.pk}" not in client.get(page.url).content.decode()
    guides.unmark(recording, by=staff)
    assert client.get(address).status_code == 200


def test_a_take_shut_once_stays_shut_when_another_guides_until_staff_release_it(client, staff):
    page = factories.SenjangPageFactory(published=True)
    shut = take_of(page)
    address = Rendition.objects.get(recipe="web-mp3").address
    guides.mark(shut, by=staff)

    guides.mark(factories.RecordingFactory(senjang=page), by=staff)
    answers = [client.get(address).status_code]
    guides.mark(shut, by=staff, council_only=False)
    answers.append(client.get(address).status_code)
    guides.unmark(shut, by=staff)

    assert answers == [404, 404]
    assert client.get(address).status_code == 200


def test_a_public_take_may_guide_as_well_and_stays_public(client, staff):
    recording = take_of(factories.SenjangPageFactory(published=True))

    guides.mark(recording, by=staff, council_only=False)

    assert client.get(Rendition.objects.get(recipe="web-mp3").address).status_code == 200


def test_a_senjang_has_one_guide_and_the_trail_tells_who_chose_it(staff, guide, submission):
    other = take_of(submission.page, label="Baru")
    number = generation.current()

    guides.mark(other, by=staff)

    assert (guides.of(submission).recording, Guide.objects.count()) == (other, 2)
    assert trail.of(other).get(verb="tetapkan panduan").actor == staff
    assert generation.current() > number
    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.create(senjang=submission.page, recording=take_of(submission.page))


@pytest.mark.parametrize("role", [Role.HEAD, Role.RADIO, Role.COUNCIL])
def test_only_staff_choose_the_guide(role, user_in, client, guide, submission):
    other, user = take_of(submission.page), user_in(role)
    client.force_login(user)

    with pytest.raises(PermissionDenied):
        guides.mark(other, by=user)
    with pytest.raises(PermissionDenied):
        guides.unmark(guide.recording, by=user)
    client.post(f"/admin/rekaman/{other.pk}/panduan/")
    assert Guide.objects.get().recording == guide.recording


def test_staff_choose_and_release_it_on_the_recordings_page(desk, submission):
    recording = take_of(submission.page)
    page = f"/admin/rekaman/{recording.pk}/"
    offered = desk.get(page).content.decode()

    desk.post(f"{page}panduan/", {"council_only": "on"})
    chosen = shown(desk.get(page))
    told = shown(desk.get(f"/admin/adat/pengajuan/inspect/{submission.pk}/"))
    desk.post(f"{page}panduan/", {"guide": "no"})

    assert '<input type="checkbox" name="council_only" checked>' in offered
    assert "Didengar Lembaga Adat waktu membaca senjang ini" in chosen
    assert recording.label in told
    assert Guide.objects.count() == 0


def test_an_upload_may_be_the_guide_at_once(desk, submission, take):
    form = desk.get(f"/admin/rekaman/unggah/?senjang={submission.page_id}&panduan=1").content.decode()

    answer = desk.post("/admin/rekaman/unggah/", {"senjang": submission.page_id, "file": take(), "guide": "on"})

    assert 'name="guide" id="id_guide" checked' in form or "checked" in form.split('name="guide"')[1][:80]
    assert answer.status_code == 302
    assert Guide.objects.get().council_only


def test_the_review_page_asks_the_database_no_more_for_many_takes(elders_browser, submission, guide):
    address = f"/adat/{submission.pk}/"
    elders_browser.get(address)
    few = count(lambda: elders_browser.get(address))
    for _number in range(3):
        take_of(submission.page)

    assert count(lambda: elders_browser.get(address)) == few
