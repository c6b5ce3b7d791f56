"""The editor says kindly what the gate refuses, and nothing typed is lost."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.admin.models import EditingSession

from cms.office.models import Role
from media_assets import review_state
from media_assets.models import CampaignSenjang, LyricQuote, SenjangIndexPage, SenjangPage, Submission
from tests import factories
from tests.editor import form_of, stored, whole

pytestmark = pytest.mark.django_db
HELD = (
    "Draf tersimpan, tetapi belum diterbitkan: Lembaga Adat belum menyetujui kata-kata ini. "
    "Pilih “Ajukan ke Lembaga Adat”."
)


@pytest.fixture
def staff(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))
    return client


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def create():
    return reverse("wagtailadmin_pages:add", args=["media_assets", "senjangpage", SenjangIndexPage.objects.get().pk])


def test_publishing_from_the_create_form_keeps_what_was_typed_as_a_draft(staff):
    response = staff.post(create(), form_of(**whole("Kato baru")) | {"action-publish": "x"})

    page = SenjangPage.objects.get()
    assert (response.status_code, response.url, said(response)) == (302, edit(page), [HELD])
    assert (page.live, page.parts["isi"][0][0]["text"]) == (False, "Kato baru")


def test_publishing_changed_words_keeps_them_as_a_draft_and_the_approved_ones_live(staff):
    page = factories.SenjangPageFactory(published=True)

    response = staff.post(edit(page), form_of(page, **whole("Kato diubah")) | {"action-publish": "x"})

    page = SenjangPage.objects.get()
    assert (response.url, said(response)) == (edit(page), [HELD])
    assert (page.is_public, page.parts["isi"][0][0]["text"]) == (True, "Ngurus izin idak lah saro")
    assert page.get_latest_revision_as_object().parts["isi"][0][0]["text"] == "Kato diubah"


def test_an_incomplete_draft_may_be_saved_but_says_what_is_missing_when_published(staff):
    page = factories.SenjangPageFactory(penutup=[])

    response = staff.post(edit(page), form_of(page, **stored(page)) | {"action-publish": "x"})

    assert said(response)[-1] == ("Draf tersimpan, tetapi belum diterbitkan: masih ada bagian atau baris yang kosong.")


def test_approved_words_are_published_by_the_button(staff):
    page = factories.SenjangPageFactory(approved=True)

    staff.post(edit(page), form_of(page, **stored(page)) | {"action-publish": "x"})

    assert SenjangPage.objects.get().is_public


def complete(page):
    page.credits.create(person=factories.PersonFactory())
    page.licence_links.create(licence=factories.LicencePageFactory())
    page.save()
    page.save_revision()
    return page


def test_the_editor_offers_the_council_and_submits_with_the_last_words(staff):
    page = complete(factories.SenjangPageFactory())
    shown = staff.get(edit(page)).content.decode()
    assert 'name="action-ajukan"' in shown
    assert 'name="action-submit"' not in shown
    assert 'name="action-publish"' not in shown
    children = {
        "credits-TOTAL_FORMS": "1",
        "credits-INITIAL_FORMS": "1",
        "credits-0-id": page.credits.get().pk,
        "credits-0-person": page.credits.get().person_id,
        "credits-0-role": "penulis",
        "credits-0-ORDER": "1",
        "licence_links-TOTAL_FORMS": "1",
        "licence_links-INITIAL_FORMS": "1",
        "licence_links-0-id": page.licence_links.get().pk,
        "licence_links-0-licence": page.licence_links.get().licence_id,
        "licence_links-0-role": "utama",
        "licence_links-0-ORDER": "1",
    }

    response = staff.post(edit(page), form_of(page, **whole("Kato terakhir")) | children | {"action-ajukan": "x"})

    assert said(response)[-1] == f"“{page.title}” sudah diajukan ke Lembaga Adat."
    assert Submission.objects.get().text["isi"][0][0]["text"] == "Kato terakhir"


@pytest.mark.parametrize("button", ["action-ajukan", "action-submit"])
def test_a_submission_that_is_refused_says_why_and_leaves_the_draft_saved(staff, button):
    response = staff.post(create(), form_of(isi=whole("Kato baru")["isi"]) | {button: "x"})

    assert said(response)[-1].startswith("Belum dapat diajukan: bagian pembuka masih kosong")
    assert SenjangPage.objects.get().parts["isi"][0][0]["text"] == "Kato baru"
    assert not Submission.objects.exists()


def test_the_create_form_names_the_council_and_no_moderators(staff):
    shown = staff.get(create()).content.decode()

    assert "Ajukan ke Lembaga Adat" in shown
    assert 'name="action-submit"' not in shown


def in_review(page, user):
    page = complete(page)
    page.get_workflow().start(page, user)
    return page


def test_in_review_a_save_and_an_autosave_are_refused_and_the_text_stays(staff, admin_client, admin_user):
    page = in_review(factories.SenjangPageFactory(), admin_user)
    revision = page.latest_revision_id

    shown = admin_client.get(edit(page)).content.decode()
    saved = admin_client.post(edit(page), form_of(page, **whole("DIUBAH")))
    autosaved = staff.post(edit(page), form_of(page, **whole("DIUBAH")), headers={"accept": "application/json"})

    assert "Senjang ini sedang dibaca Lembaga Adat. Untuk mengubahnya, tarik kembali dulu pengajuannya." in shown
    assert saved.status_code == 200
    assert (autosaved.status_code, autosaved.json()["error_code"]) == (400, "locked")
    page = SenjangPage.objects.get()
    assert page.latest_revision_id == revision
    assert "DIUBAH" not in str(page.get_latest_revision().content)


def test_an_autosave_over_somebody_elses_newer_version_is_refused(staff):
    page = factories.SenjangPageFactory()
    mine = page.get_latest_revision()
    stale = {"loaded_revision_id": mine.pk, "loaded_revision_created_at": mine.created_at.isoformat()}
    page.title = "Judul rekan"
    page.save_revision()

    response = staff.post(edit(page), form_of(page, **whole("Punyaku")) | stale, headers={"accept": "application/json"})

    assert (response.status_code, response.json()["error_code"]) == (400, "invalid_revision")
    assert SenjangPage.objects.get().get_latest_revision_as_object().title == "Judul rekan"


def test_two_people_in_the_editor_see_each_other(client, user_in):
    page = factories.SenjangPageFactory()
    for name in ("Ayu", "Seko"):
        client.force_login(user_in(Role.COMMUNICATIONS, first_name=name))
        client.get(edit(page))
    mine = EditingSession.objects.get(user__first_name="Seko")

    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, mine.pk])
    others = client.post(ping, {"is_editing": "1", "revision_id": page.latest_revision_id}).json()["other_sessions"]

    assert [other["user"] for other in others] == ["Ayu"]


def test_the_mail_of_an_approval_promises_no_public_page(admin_user, user_in, mailoutbox):
    writer = user_in(Role.COMMUNICATIONS)
    page = in_review(factories.SenjangPageFactory(), writer)
    factories.approve(page)
    page.current_workflow_task_state.specific.approve(user=admin_user)

    mail = next(mail for mail in mailoutbox if mail.to == [writer.email] and "belum tayang" in mail.body)

    assert f"https://bersenjang.example{edit(page)}" in mail.body
    assert page.full_url not in mail.body
    assert not SenjangPage.objects.get().live


def quote_rows(page, *quotes):
    data = {"quotes-TOTAL_FORMS": str(len(quotes)), "quotes-INITIAL_FORMS": "0"}
    for at, (words, fact) in enumerate(quotes):
        data |= {f"quotes-{at}-words": words, f"quotes-{at}-fact": fact.pk, f"quotes-{at}-ORDER": str(at + 1)}
        data |= {f"quotes-{at}-id": "", f"quotes-{at}-DELETE": ""}
    return data


def test_a_quote_is_tied_to_the_line_that_holds_its_words(staff):
    page, fact = factories.SenjangPageFactory(), factories.LicenceFactFactory()

    staff.post(edit(page), form_of(page, **stored(page)) | quote_rows(page, ("idak lah  saro", fact)))

    quote = LyricQuote.objects.get()
    assert (quote.line_uid, quote.fact) == (page.parts["isi"][0][0]["uid"], fact)


def test_a_draft_may_lose_quoted_words_and_the_editor_names_them(staff):
    page, fact = factories.SenjangPageFactory(), factories.LicenceFactFactory()
    staff.post(edit(page), form_of(page, **whole("Kato lain")) | quote_rows(page, ("idak lah saro", fact)))
    page = SenjangPage.objects.get()

    shown = staff.get(edit(page)).content.decode()

    assert page.quotes.get().line_uid == ""
    assert "Kutipan “idak lah saro” tidak ada lagi dalam lirik. Perbaiki kutipannya, atau hapus." in shown


def test_a_lost_quote_keeps_a_draft_from_the_council():
    page = complete(factories.SenjangPageFactory())
    page.quotes.create(words="tiga hari", fact=factories.LicenceFactFactory())

    assert review_state.gaps(page) == ["ada kutipan yang tidak ada lagi dalam lirik"]


def test_the_fact_of_a_quote_is_chosen_among_those_in_force_by_licence(staff):
    old = factories.LicenceFactFactory(value="Rp10.000")
    new = factories.LicenceFactFactory(licence=old.licence, value="Gratis")

    shown = staff.get(create()).content.decode()

    assert f'<optgroup label="{old.licence.title}">' in shown
    assert f'<option value="{new.pk}">biaya: Gratis</option>' in shown
    assert "Rp10.000" not in shown


def test_a_draft_is_previewed_though_visitors_cannot_see_it(staff, client):
    page = factories.SenjangPageFactory()

    shown = staff.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert (shown.status_code, "Ngurus izin idak lah saro" in shown.content.decode()) == (200, True)
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    staff.logout()
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize("what", ["submission", "code", "campaign"])
def test_a_senjang_with_a_history_is_not_deleted(what, admin_client):
    page = factories.SenjangPageFactory()
    if what == "submission":
        factories.approve(page)
    elif what == "code":
        factories.CodeFactory(page=page)
    else:
        CampaignSenjang.objects.create(campaign=factories.CampaignPageFactory(), senjang=page)
    words = {"submission": "1 pengajuan", "code": "1 kode QR", "campaign": "1 campaign senjang"}
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}"

    answers = [
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk])),
        admin_client.post(bulk),
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.get_parent().pk])),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert words[what] in said(answers[0])[0]
    assert SenjangPage.objects.filter(pk=page.pk).exists()


def test_a_senjang_without_a_history_may_be_deleted(admin_client):
    page = factories.SenjangPageFactory()

    admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not SenjangPage.objects.exists()


@pytest.mark.parametrize(("state", "offered"), [({}, True), ({"approved": True}, False), ({"published": True}, False)])
def test_only_words_that_are_not_yet_approved_are_offered_for_submission(client, user_in, state, offered):
    page = factories.SenjangPageFactory(**state)
    client.force_login(user_in(Role.COMMUNICATIONS))

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert ("Ajukan ke Lembaga Adat" in answer.content.decode()) == offered
