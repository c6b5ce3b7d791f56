"""Whatever the stanza editor posts comes out as lines, or as a sentence that says why not."""

import json

import pytest
from django import forms
from django.urls import reverse

from cms.office.models import Role
from media_assets.models import SenjangIndexPage, SenjangPage
from media_assets.stanza_block import MAX_LINES, StanzaBlock
from tests import factories
from tests.editor import form_of, posted, stored
from tests.effort import effort
from tests.factories import line


def test_the_form_shows_what_was_stored_and_gives_it_back():
    lines = [line("satu", "one"), line("dua", "two", spoken="duo", formula=True)]
    block = StanzaBlock()

    shown = json.loads(block.get_form_state(lines))

    assert shown == {"lines": lines, "text": "satu\ndua", "gloss": "one\ntwo"}
    assert block.clean(json.dumps(shown)) == lines


def test_a_value_that_could_not_be_cleaned_is_shown_as_it_was_typed():
    typed = posted(text="\n".join(["baris"] * (MAX_LINES + 1)))
    block = StanzaBlock()

    with pytest.raises(forms.ValidationError):
        block.clean(typed)

    assert block.get_form_state(typed) == typed


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("{", "Bait ini tidak terbaca. Muat ulang halaman, lalu coba lagi."),
        ("[]", "Bait ini tidak terbaca. Muat ulang halaman, lalu coba lagi."),
        ("[" * 100_000, "Bait ini tidak terbaca. Muat ulang halaman, lalu coba lagi."),
        ('{"lines": 3}', "Bait ini tidak terbaca. Muat ulang halaman, lalu coba lagi."),
        ('{"lines": [{"uid": "x"}]}', "Bait ini tidak terbaca. Muat ulang halaman, lalu coba lagi."),
        (posted([line("a", uid="<script>")], "a"), "Bait ini tidak terbaca. Muat ulang halaman, lalu coba lagi."),
        (posted(text="a\n" * 41), "Satu bait paling banyak 40 baris. Bagilah menjadi beberapa bait."),
        (posted(text="pendek\n" + "a" * 201), "Baris 2 terlalu panjang (paling banyak 200 huruf)."),
        (posted(), "Bait ini masih kosong. Isi liriknya, atau hapus bait ini."),
        ("", "Bait ini masih kosong. Isi liriknya, atau hapus bait ini."),
    ],
)
def test_what_cannot_be_a_stanza_is_refused_in_a_sentence(value, sentence):
    with pytest.raises(forms.ValidationError) as refusal:
        StanzaBlock().clean(value)

    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize("known", [[line("a" * 201)], [line("a", spoken="a" * 201)]])
def test_a_line_that_is_told_of_is_no_longer_than_one_that_is_written(known):
    with pytest.raises(forms.ValidationError) as refusal:
        StanzaBlock().clean(posted(known, text="baris"))

    assert refusal.value.messages == ["Baris 1 terlalu panjang (paling banyak 200 huruf)."]


def test_long_lines_are_refused_before_they_are_compared():
    known = [line(f"{number} " + "ab cd " * 2000) for number in range(40)]

    def clean():
        with pytest.raises(forms.ValidationError):
            StanzaBlock().clean(posted(known, text="\n".join("cd ab " * 2000 for _ in range(39))))

    assert effort(clean) < 8_000_000


def test_nul_bytes_and_broken_characters_are_dropped():
    value = '{"text": "a\\u0000b\\ud800", "gloss": "\\u202earti"}'

    assert [(row["text"], row["gloss"]) for row in StanzaBlock().clean(value)] == [("ab", "arti")]


@pytest.fixture
def staff(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))
    return client


@pytest.mark.django_db
def test_create_save_reload_keeps_the_lines(staff):
    index = SenjangIndexPage.objects.get()
    stanza = posted(text="Assalamualaikum\nNumpang betanyo", gloss="Salam\nIzin bertanya")
    create = reverse("wagtailadmin_pages:add", args=["media_assets", "senjangpage", index.pk])

    assert staff.post(create, form_of(pembuka=[("b1", stanza)])).status_code == 302
    page = SenjangPage.objects.get()
    first = page.parts["pembuka"][0]
    again = posted(first, text="Assalamualaikum\nBaris baru\nNumpang betanyo kami", gloss="Salam\n\nIzin bertanya")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert staff.post(edit, form_of(page, pembuka=[("b1", again)])).status_code == 302

    second = SenjangPage.objects.get().get_latest_revision_as_object().parts["pembuka"][0]
    assert [row["text"] for row in second] == ["Assalamualaikum", "Baris baru", "Numpang betanyo kami"]
    assert [second[0]["uid"], second[2]["uid"]] == [row["uid"] for row in first]
    assert (page.live, page.digest) == (False, "")


@pytest.mark.django_db
def test_a_duplicated_stanza_is_stored_with_lines_of_its_own(staff):
    page = factories.SenjangPageFactory()
    lines = page.parts["isi"][0]
    stanza = posted(lines, "\n".join(row["text"] for row in lines))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    staff.post(edit, form_of(page, isi=[("b1", stanza), ("b2", stanza)], penutup=[("b3", stanza)]))

    saved = page.get_latest_revision_as_object()
    stored = [row["uid"] for stanzas in saved.parts.values() for rows in stanzas for row in rows]
    assert saved.parts["isi"][0][0]["uid"] == lines[0]["uid"]
    assert len(set(stored)) == len(stored) == 6


@pytest.mark.django_db
def test_an_unchanged_form_is_no_change(staff):
    page = factories.SenjangPageFactory()
    bound = SenjangPage.get_edit_handler().get_form_class()

    form = bound(form_of(page, **stored(page)), instance=page, for_user=None)

    assert form.is_valid(), form.errors
    assert [name for name in form.changed_data if name in page.parts] == []
