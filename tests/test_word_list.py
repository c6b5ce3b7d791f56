"""The word list: a member explains a word, staff publish it, with its sound where they have one."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cms.office import generation, trail
from cms.office.models import Notice, Role
from media_assets import invitations, submitting, word_list
from media_assets.models import Word
from tests import factories, sounds
from tests.test_adat import path_of, shown
from tests.test_review import complete

pytestmark = pytest.mark.django_db
WORD = {"word": "saro", "meaning": "susah"}


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


@pytest.fixture
def link(submission, staff):
    member = factories.CouncilMemberFactory(person__name="Bu Aisyah", person__user=None)
    return path_of(invitations.invite(submission, member=member, by=staff))


def a_word(term="saro", meaning="susah", state=Word.State.PUBLISHED, **fields):
    return Word.objects.create(term=term, meaning=meaning, state=state, **fields)


def sent(term="saro", meaning="susah", state="terbit", **fields):
    return {"term": term, "meaning": meaning, "state": state, "language": "mui", "example": "", **fields}


def test_each_part_offers_to_explain_a_word(elders_browser, submission):
    page = elders_browser.get(f"/adat/{submission.pk}/").content.decode()

    for part in ("pembuka", "isi", "penutup"):
        assert f'href="/adat/{submission.pk}/kata/{part}/"' in page


def test_the_words_of_the_part_are_offered_line_by_line(elders_browser, submission):
    page = elders_browser.get(f"/adat/{submission.pk}/kata/isi/").content.decode()

    assert '<optgroup label="Ngurus izin idak lah saro">' in page
    assert re.findall(r'<option value="(\w+)"', page)[:3] == ["Ngurus", "izin", "idak"]
    assert "Assalamualaikum" not in page


@pytest.mark.parametrize("by_link", [False, True])
def test_a_member_explains_a_word_and_comes_back_to_the_text(by_link, elders_browser, client, submission, link):
    if by_link:
        client.logout()
    address = link if by_link else f"/adat/{submission.pk}/"

    answer = client.post(f"{address}kata/isi/", WORD, follow=True)

    word = Word.objects.get()
    assert answer.redirect_chain == [(f"{address}#bagian-isi", 302)]
    assert "Terima kasih. Arti “saro” sudah dikirim ke kantor." in shown(answer)
    assert (word.term, word.meaning, word.language, word.state) == ("saro", "susah", "mui", "usul")
    assert (word.line, str(word.member)) == ("Ngurus izin idak lah saro", "Bu Aisyah" if by_link else "Pak Mahmud")
    assert trail.of(word).get().verb == "usul kata"
    assert "menjelaskan kata “saro”: susah" in Notice.objects.get(key="kosakata").text


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"meaning": "susah"}, "Pilih katanya"),
        ({"word": "saro", "meaning": " "}, "Tulis artinya."),
        ({"typed": "tidak ada", "meaning": "x"}, "Kata itu tidak ada di bagian ini."),
        ({"typed": "sar", "meaning": "x"}, "Kata itu tidak ada di bagian ini."),
        ({"typed": "\u200b", "meaning": "x"}, "Tulis katanya dengan huruf."),
        ({"word": "saro", "meaning": "\u200b"}, "Tulis artinya."),
        ({"word": "bukan-pilihan", "meaning": "x"}, "Kata"),
        ({"typed": "x" * 61, "meaning": "x"}, "60"),
    ],
)
def test_an_unfinished_explanation_is_told_and_keeps_nothing(answer, sentence, elders_browser, submission):
    page = elders_browser.post(f"/adat/{submission.pk}/kata/isi/", answer)

    assert (page.status_code, Word.objects.count()) == (400, 0)
    assert sentence in shown(page)


def test_several_words_may_be_typed(elders_browser, submission):
    elders_browser.post(f"/adat/{submission.pk}/kata/isi/", {"typed": "idak LAH", "meaning": "tidaklah"})

    assert Word.objects.get().key == "idak lah"


def test_only_a_serving_member_explains(client, user_in, staff, submission, link, elder):
    address = f"/adat/{submission.pk}/kata/isi/"
    assert client.get(address).url.startswith("/masuk/")
    for role in (Role.RADIO, Role.COMMUNICATIONS, Role.COUNCIL):
        client.force_login(user_in(role))
        assert client.post(address, WORD).status_code == 404
    assert client.post(f"{link}kata/isi/", WORD).status_code == 403
    elder.until = timezone.localdate()
    elder.save()
    with pytest.raises(PermissionDenied):
        word_list.propose(submission, member=elder, part="isi", term="saro", meaning="x", by=elder.person.user)
    assert Word.objects.count() == 0


@pytest.mark.parametrize("part", ["refrein", "isi2"])
def test_a_part_that_does_not_exist_has_no_page(part, elders_browser, submission):
    assert elders_browser.get(f"/adat/{submission.pk}/kata/{part}/").status_code == 404


def test_staff_publish_a_proposal_and_the_notice_is_settled(desk, staff, submission, elder):
    word = word_list.propose(submission, member=elder, part="isi", term="saro", meaning="susah", by=elder.person.user)
    number = generation.current()
    listed = shown(desk.get("/admin/adat/kosakata/"))

    answer = desk.post(f"/admin/adat/kosakata/edit/{word.pk}/", sent(meaning="susah, sulit"))

    word.refresh_from_db()
    assert ("saro" in listed, "Pak Mahmud" in listed, "Ngurus izin idak lah saro" in listed) == (True, True, True)
    assert (answer.status_code, word.state, word.meaning) == (302, "terbit", "susah, sulit")
    assert (word.set_by, trail.of(word)[0].verb) == (staff, "terbitkan kata")
    assert not Notice.objects.filter(key="kosakata", done_at=None).exists()
    assert generation.current() > number


def test_a_sound_is_made_small_and_a_new_one_takes_its_place(desk, upload, tmp_path):
    other = sounds.make(tmp_path, "lain.mp3", seconds=2).read_bytes()
    desk.post("/admin/adat/kosakata/new/", sent(sound=upload(sounds.song())))
    word = Word.objects.get()
    old, storage = word.audio.name, word.audio.storage
    heard = desk.get(word.address)

    desk.post(f"/admin/adat/kosakata/edit/{word.pk}/", sent(sound=upload(other)))
    word.refresh_from_db()
    first_gone = word.audio.name == old or not storage.exists(old)
    desk.post(f"/admin/adat/kosakata/edit/{word.pk}/", sent(silent="on"))
    word.refresh_from_db()

    assert (heard.status_code, heard["Content-Type"]) == (200, "audio/mpeg")
    assert re.fullmatch(r"kata/[0-9a-f]{32}/kata\.mp3", old)
    assert (first_gone, word.address, storage.exists(old)) == (True, "", False)


def test_a_sound_is_public_while_its_word_is_published_and_goes_with_it(
    desk, upload, django_capture_on_commit_callbacks
):
    desk.post("/admin/adat/kosakata/new/", sent(sound=upload(sounds.song())))
    word, visitor = Word.objects.get(), Client()
    told = visitor.get(word.address)
    Word.objects.update(state=Word.State.DECLINED)
    after = [visitor.get(word.address).status_code, desk.get(word.address).status_code]

    with django_capture_on_commit_callbacks(execute=True):
        word.delete()

    assert (told.status_code, told["Cache-Control"], after) == (200, "public, max-age=300", [404, 200])
    assert not word.audio.storage.exists(word.audio.name)


def test_what_is_no_sound_is_refused_at_its_field_and_nothing_is_kept(desk, upload):
    answer = desk.post("/admin/adat/kosakata/new/", sent(sound=upload(b"bukan suara", "kata.mp3")))

    assert (answer.status_code, Word.objects.count()) == (200, 0)
    assert "error" in answer.content.decode()


def test_a_long_recording_is_no_word(desk, upload, tmp_path):
    long = sounds.make(tmp_path, "lama.mp3", seconds=20).read_bytes()

    answer = desk.post("/admin/adat/kosakata/new/", sent(sound=upload(long, "lama.mp3")))

    assert "paling lama 15 detik" in shown(answer)
    assert Word.objects.count() == 0


@pytest.mark.parametrize("term", ["saro", "SARO", " Saro "])
def test_a_term_is_published_once_in_each_language(term, desk, staff):
    a_word()

    answer = desk.post("/admin/adat/kosakata/new/", sent(term=term))

    assert "sudah terbit dalam kosakata" in shown(answer)
    assert Word.objects.count() == 1
    with pytest.raises(ValidationError, match="sudah terbit"):
        word_list.save(Word(term=term, meaning="x", state="terbit"), by=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_word(term)
    a_word(term, language="ind")


@pytest.mark.parametrize(
    ("term", "meaning", "reason"),
    [("—", "x", "huruf"), ("\u200b", "x", "huruf"), ("\ufb2c" * 30, "x", "panjang"), ("saro", "\u200b", "artinya")],
)
def test_a_word_without_letters_or_meaning_is_refused(term, meaning, reason, staff):
    with pytest.raises(ValidationError, match=reason):
        word_list.save(Word(term=term, meaning=meaning), by=staff)
    assert Word.objects.count() == 0


def test_a_term_that_grows_in_lower_case_is_kept(staff):
    word_list.save(Word(term="\u0390" * 60, meaning="x"), by=staff)

    assert len(Word.objects.get().key) > 60


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.RADIO, Role.HEAD, Role.FRONT_DESK])
def test_only_staff_keep_the_list(role, user_in):
    with pytest.raises(PermissionDenied):
        word_list.save(Word(term="saro", meaning="x"), by=user_in(role))
    assert Word.objects.count() == 0
