"""Whatever is tried, an anonymous visitor never sees words that the council has not approved."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import get_resolver
from wagtail.models import Page

from cms.office.models import Notice, Role
from media_assets import lyrics, watch
from media_assets.models import Approval, SenjangPage
from media_assets.stanza_block import LINE_KEYS, PartBlock, StanzaBlock
from tests import factories
from tests.gate_routes import ROUTES, SECRET, Stage

pytestmark = pytest.mark.django_db
# Past every model of ours; there the database keeps a live row, its page answers 404, and the daily look tells staff.
BACK_DOORS = {
    "approval_row_deleted_while_live",
    "base_page_save_live",
    "base_queryset_update_live",
    "base_manager_update",
    "base_manager_update_with_forged_digest",
    "raw_sql",
    "loaddata",
    "page_type_conversion",
}


@pytest.fixture
def stage(admin_client, admin_user, tmp_path):
    stage = Stage(admin_client, tmp_path)
    stage.user = admin_user
    return stage


def seen_by_anybody():
    """Which addresses of the site show the secret to somebody who is not logged in."""
    visitor = Client()
    pages = [page for page in Page.objects.filter(depth__gt=1).specific() if page.url]
    codes = [factories.CodeFactory(page=page).path for page in pages if isinstance(page, SenjangPage)]
    answers = {url: visitor.get(url) for url in (*codes, *(page.url for page in pages))}
    assert {answer.status_code for answer in answers.values()} <= {200, 302, 404}
    return [url for url, answer in answers.items() if SECRET in answer.content.decode()]


@pytest.mark.parametrize("name", ROUTES)
def test_no_route_shows_unapproved_words_and_every_refusal_is_kind(name, stage):
    answer = None

    try:
        with transaction.atomic():
            answer = ROUTES[name](stage)
            connection.check_constraints()
    except (PermissionDenied, IntegrityError):
        pass  # refused in code; through the browser a refusal must be a page or a redirect

    assert answer is None or answer.status_code in {200, 302, 400, 403, 404, 405}
    assert seen_by_anybody() == []
    assert (name in BACK_DOORS) == bool(watch.live_but_not_public())


def test_the_daily_look_tells_staff_of_a_row_that_came_live_past_the_gate(user_in):
    page = factories.SenjangPageFactory(title="Selinap")
    Page.objects.filter(pk=page.pk).update(live=True)

    watch.look()

    assert [notice.text for notice in Notice.objects.open_for(user_in(Role.COMMUNICATIONS))] == [
        "“Selinap” tercatat tayang, tetapi liriknya bukan yang disetujui Lembaga Adat, jadi tidak tampil."
    ]


def test_a_batch_publishes_what_is_approved_and_skips_the_rest(stage):
    good, held = factories.SenjangPageFactory(approved=True), stage.draft()

    stage.bulk_publish(good, held)

    assert [SenjangPage.objects.get(pk=page.pk).live for page in (good, held)] == [True, False]


def test_copies_aliases_and_translations_of_approved_words_need_no_new_approval(stage):
    page = stage.live()

    copy = page.copy(update_attrs={"slug": "salinan"}, keep_live=True)
    alias = page.create_alias(update_slug="alias")

    assert [SenjangPage.objects.get(pk=one.pk).is_public for one in (page, copy, alias)] == [True, True, True]


def test_blanks_and_invisible_characters_are_published_unasked(stage):
    page = stage.live()
    page.isi = factories.stanza(*(f" {row['text']}\u200b " for row in page.parts["isi"][0]))
    for row, old in zip(page.parts["isi"][0], SenjangPage.objects.get(pk=page.pk).parts["isi"][0], strict=True):
        row["gloss"] = old["gloss"]

    page.save_revision().publish()

    assert SenjangPage.objects.get(pk=page.pk).is_public


def test_the_site_has_no_api_that_could_carry_a_lyric():
    addresses = str(get_resolver().url_patterns)

    assert not [name for name in settings.INSTALLED_APPS if name.startswith("wagtail.api")]
    assert "wagtailapi" not in addresses
    assert Client().get("/api/v2/pages/").status_code == Client().get("/api/v3/pages/").status_code == 404


def test_reading_asks_the_database_nothing(django_assert_num_queries):
    page = SenjangPage.objects.get(pk=factories.SenjangPageFactory(published=True).pk)

    with django_assert_num_queries(0):
        assert page.is_public


def test_every_field_that_holds_words_is_seen_by_the_digest():
    """A new block or text must be added to `lyrics.spoken`, or be shown here to hold no words."""
    blocks = {name: type(block) for name, block in PartBlock().child_blocks.items()}
    words = {
        field.name
        for field in SenjangPage._meta.local_fields
        if field.get_internal_type() in {"TextField", "JSONField"}
    }

    assert blocks == {"bait": StanzaBlock}
    assert words == set(lyrics.PARTS)
    assert set(LINE_KEYS) == {"text", "gloss", "spoken"} | {"uid", "formula"}  # the last two hold no words


def test_nothing_offers_approvals_to_be_typed_in():
    from wagtail.admin.viewsets import viewsets as registry
    from wagtail.snippets.models import get_snippet_models

    registry.populate()

    assert Approval not in get_snippet_models()
    assert Approval not in {getattr(viewset, "model", None) for viewset in registry.viewsets}
    assert apps.get_model("media_assets", "approval") is Approval
