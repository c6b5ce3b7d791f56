"""Every way by which a lyric might come before visitors without the council: each is tried in test_gate_routes.py."""

import json
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import GroupApprovalTask, Locale, Page, Revision, Workflow, WorkflowPage, WorkflowTask

from cms import publishing
from cms.models import ContentPage, HomePage
from media_assets.models import Approval, SenjangIndexPage, SenjangPage
from tests import factories
from tests.editor import form_of, stored, whole

SECRET = "Kato rahasio belum disetujui"
ROUTES = {}


def route(function):
    ROUTES[function.__name__] = function
    return function


class Stage:
    """A superuser's browser, and pages in the states that matter."""

    def __init__(self, client, tmp_path):
        self.client, self.tmp_path = client, tmp_path

    def draft(self):
        return factories.SenjangPageFactory(isi=factories.stanza(SECRET))

    def live(self):
        return factories.SenjangPageFactory(published=True)

    def approved(self):
        return factories.SenjangPageFactory(isi=factories.stanza(SECRET), approved=True)

    def changed(self, page):
        """The page with other words, not saved."""
        page = SenjangPage.objects.get(pk=page.pk)
        page.isi = factories.stanza(SECRET)
        return page

    def withdrawn(self, page):
        """The state after a withdrawal: the page off the site, the approval gone."""
        page.unpublish()
        Approval.objects.filter(pages=None).delete()
        Approval.objects.filter(pk=page.digest).delete()

    def edit(self, page, parts, **extra):
        return self.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, **parts) | extra)

    def create(self, **extra):
        parent = SenjangIndexPage.objects.get().pk
        url = reverse("wagtailadmin_pages:add", args=["media_assets", "senjangpage", parent])
        return self.client.post(url, form_of(**whole(SECRET)) | extra)

    def post(self, name, *args, **data):
        return self.client.post(reverse(f"wagtailadmin_pages:{name}", args=args), data)

    def bulk_publish(self, *pages, **data):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        return self.client.post(url + "?" + "&".join(f"id={page.pk}" for page in pages), data)

    def complete(self, page):
        page.credits.create(person=factories.PersonFactory())
        page.licence_links.create(licence=factories.LicencePageFactory())
        page.save()
        page.save_revision()
        return page

    def in_review(self, user):
        page = self.complete(self.draft())
        page.get_workflow().start(page, user)
        return SenjangPage.objects.get(pk=page.pk)

    def load(self, rows):
        path = self.tmp_path / "rows.json"
        path.write_text(json.dumps(rows))
        call_command("loaddata", path, verbosity=0)


def soon():
    return timezone.now() + timedelta(hours=1)


def field(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def let_time_pass():
    publishing.publish_due(timezone.now() + timedelta(days=2))


@route
def admin_publish(s):
    page = s.draft()
    return s.edit(page, stored(page), **{"action-publish": "x"})


@route
def admin_create_and_publish(s):
    return s.create(**{"action-publish": "x"})


@route
def admin_create_and_submit_with_publish_too(s):
    return s.create(**{"action-submit": "x", "action-publish": "x"})


@route
def admin_create_and_submit(s):
    return s.create(**{"action-submit": "x"})


@route
def admin_create_and_submit_our_way_with_publish_too(s):
    return s.create(**{"action-ajukan": "x", "action-publish": "x"})


@route
def publish_button_while_in_review(s):
    page = s.in_review(s.user)
    return s.edit(page, stored(page), **{"action-publish": "x"})


@route
def edit_after_approval_and_publish(s):
    return s.edit(s.live(), whole(SECRET), **{"action-publish": "x"})


@route
def gloss_changed_after_approval_and_publish(s):
    page = s.live()
    for stanza in page.parts["isi"]:
        stanza[0]["gloss"] = SECRET
    return s.edit(page, stored(page), **{"action-publish": "x"})


@route
def title_changed_and_published(s):
    page = s.live()
    return s.edit(page, stored(page), title=SECRET, **{"action-publish": "x"})


@route
def superuser_workflow_approve_view(s):
    page = s.in_review(s.user)
    state = page.current_workflow_task_state
    return s.post("workflow_action", page.pk, "approve", state.pk)


@route
def workflow_action_in_edit_form(s):
    page = s.in_review(s.user)
    extra = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return s.edit(page, stored(page), **extra)


@route
def taskstate_approve_in_shell(s):
    s.in_review(s.user).current_workflow_task_state.specific.approve(user=s.user)


@route
def workflow_finish_in_shell(s):
    s.in_review(s.user).current_workflow_state.finish(user=s.user)


@route
def group_approval_workflow_assigned_to_page(s):
    page = s.complete(s.draft())
    task, workflow = GroupApprovalTask.objects.create(name="g"), Workflow.objects.create(name="w")
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    page.get_workflow().start(page, s.user)
    page.current_workflow_task_state.specific.approve(user=s.user)


@route
def schedule_in_admin_then_publish_due(s):
    page = s.draft()
    answer = s.edit(page, stored(page), go_live_at=field(soon()), **{"action-publish": "x"})
    let_time_pass()
    return answer


@route
def schedule_over_live_page_then_publish_due(s):
    answer = s.edit(s.live(), whole(SECRET), go_live_at=field(soon()), **{"action-publish": "x"})
    let_time_pass()
    return answer


@route
def save_revision_with_approved_go_live_at(s):
    s.draft().save_revision(approved_go_live_at=soon())
    let_time_pass()


@route
def wagtails_own_publish_scheduled_command(s):
    s.draft().save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


@route
def scheduled_approved_then_autosave_overwrites_revision(s):
    page = factories.SenjangPageFactory(approved=True)
    revision = page.save_revision(approved_go_live_at=soon())
    s.changed(page).save_revision(overwrite_revision=revision, clean=False)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=soon())
    let_time_pass()


@route
def approval_withdrawn_before_schedule(s):
    page = s.approved()
    page.save_revision(approved_go_live_at=soon())
    s.withdrawn(page)
    let_time_pass()


@route
def approval_withdrawn_while_live(s):
    page = s.approved()
    page.get_latest_revision().publish()
    s.withdrawn(SenjangPage.objects.get(pk=page.pk))


@route
def approval_row_deleted_while_live(s):
    page = s.approved()
    page.get_latest_revision().publish()
    Approval.objects.all().delete()


@route
def revert_to_old_revision_and_publish(s):
    page = s.draft()
    old = page.get_latest_revision()
    page.isi = factories.stanza("Kato elok")
    page.save_revision()
    factories.approve(page)
    page.get_latest_revision().publish()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    return s.client.post(url, form_of(page, **stored(old.as_object())) | {"action-publish": "x"})


@route
def autosave_then_publish(s):
    page = s.live()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    s.client.post(url, form_of(page, **whole(SECRET)), headers={"accept": "application/json"})
    return s.edit(page, whole(SECRET), **{"action-publish": "x"})


@route
def revision_publish_in_shell(s):
    s.draft().get_latest_revision().publish()


@route
def revision_publish_skip_permission(s):
    s.draft().get_latest_revision().publish(skip_permission_checks=True)


@route
def base_page_publish(s):
    page = s.draft()
    Page.objects.get(pk=page.pk).publish(page.get_latest_revision())


@route
def publish_action_class(s):
    PublishPageRevisionAction(s.draft().get_latest_revision()).execute(skip_permission_checks=True)


@route
def publish_with_other_pages_revision(s):
    s.live().publish(s.draft().get_latest_revision())


@route
def save_live_true(s):
    page = s.draft()
    page.live = True
    page.save()


@route
def save_live_true_unclean(s):
    page = s.draft()
    page.live = True
    page.save(clean=False)


@route
def save_update_fields_live(s):
    page = s.draft()
    page.live = True
    page.save(update_fields=["live"])


@route
def save_update_fields_text_of_live(s):
    s.changed(s.live()).save(update_fields=["isi"])


@route
def save_update_fields_title_of_live(s):
    page = s.live()
    page.title = SECRET
    page.save(update_fields=["title"])


@route
def save_text_of_live(s):
    s.changed(s.live()).save()


@route
def base_page_save_live(s):
    page = Page.objects.get(pk=s.draft().pk)
    page.live = True
    page.save()


@route
def add_child_live_by_default(s):
    SenjangIndexPage.objects.get().add_child(
        instance=SenjangPage(title="Baru", slug="baru", isi=factories.stanza(SECRET))
    )


@route
def queryset_update_live(s):
    SenjangPage.objects.filter(pk=s.draft().pk).update(live=True)


@route
def queryset_update_text_of_live(s):
    page = s.changed(s.live())
    SenjangPage.objects.filter(pk=page.pk).update(isi=page.isi)


@route
def base_queryset_update_live(s):
    Page.objects.filter(pk=s.draft().pk).update(live=True)


@route
def bulk_update_live(s):
    page = s.draft()
    page.live = True
    SenjangPage.objects.bulk_update([page], ["live"])


@route
def base_manager_update(s):
    SenjangPage._base_manager.filter(pk=s.changed(s.live()).pk).update(isi=factories.stanza(SECRET))


@route
def base_manager_update_with_forged_digest(s):
    other = s.live()
    SenjangPage._base_manager.filter(pk=s.draft().pk).update(live=True, approval_id=other.approval_id)


@route
def raw_sql(s):
    page, other = s.draft(), s.live()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, page.pk])
        cursor.execute(
            "UPDATE media_assets_senjangpage SET approval_id = %s WHERE page_ptr_id = %s", [other.approval_id, page.pk]
        )


@route
def loaddata(s):
    s.load([{"model": "wagtailcore.page", "pk": s.draft().pk, "fields": raw_page(SenjangPage.objects.get())}])


@route
def loaddata_with_forged_approval(s):
    page = s.draft()
    fields = {"language": "mui", "approval": page.digest} | {
        part: json.dumps(getattr(page, part).get_prep_value()) for part in page.parts
    }
    s.load([{"model": "media_assets.senjangpage", "pk": page.pk, "fields": fields}])


def raw_page(page):
    names = ("path", "depth", "numchild", "title", "slug", "url_path", "draft_title", "locale", "content_type")
    fields = {name: getattr(page, f"{name}_id", None) or getattr(page, name) for name in names}
    return fields | {"live": True, "translation_key": str(page.translation_key)}


@route
def copy_keep_live_with_draft(s):
    page = s.live()
    s.changed(page).save_revision()
    page.copy(update_attrs={"slug": "salinan"}, keep_live=True)


@route
def copy_keep_live_update_attrs(s):
    s.live().copy(update_attrs={"slug": "salinan", "isi": factories.stanza(SECRET)}, keep_live=True)


@route
def copy_then_publish_copy(s):
    s.draft().copy(update_attrs={"slug": "salinan"}).save_revision().publish()


@route
def admin_copy_publish_copies(s):
    page = s.draft()
    parent = page.get_parent().pk
    return s.post("copy", page.pk, new_title="S", new_slug="s", new_parent_page=parent, publish_copies="on")


@route
def alias_of_draft_made_live(s):
    alias = s.draft().create_alias(update_slug="alias")
    alias.live = True
    alias.save()


@route
def alias_sync_with_unapproved_content(s):
    page = s.live()
    page.create_alias(update_slug="alias")
    s.changed(page).update_aliases()


@route
def alias_of_draft_then_update_aliases(s):
    page = s.draft()
    page.create_alias(update_slug="alias")
    page.update_aliases()


@route
def convert_alias_then_publish(s):
    alias = s.draft().create_alias(update_slug="alias")
    s.post("convert_alias", alias.pk)
    SenjangPage.objects.get(pk=alias.pk).get_latest_revision().publish()


def english():
    Locale.objects.get_or_create(language_code="en")
    return Locale.objects.get(language_code="en")


@route
def translation_copy_then_publish(s):
    s.draft().copy_for_translation(english(), copy_parents=True).save_revision().publish()


@route
def translation_alias(s):
    page = s.draft().copy_for_translation(english(), copy_parents=True, alias=True)
    page.live = True
    page.save()


@route
def move(s):
    page = s.draft()
    return s.post("move_confirm", page.pk, HomePage.objects.get().pk)


@route
def bulk_publish(s):
    return s.bulk_publish(s.draft(), s.live())


@route
def bulk_publish_descendants(s):
    s.draft()
    return s.bulk_publish(SenjangIndexPage.objects.get(), include_descendants="on")


@route
def unpublish_edit_republish(s):
    page = s.live()
    s.post("unpublish", page.pk)
    return s.edit(page, whole(SECRET), **{"action-publish": "x"})


@route
def expired_then_edit_and_republish(s):
    page = s.live()
    page.unpublish(set_expired=True)
    return s.edit(page, whole(SECRET), **{"action-publish": "x"})


@route
def action_create_publish(s):
    page, parent = SenjangPage(owner=s.user), SenjangIndexPage.objects.get()
    form = SenjangPage.get_edit_handler().get_form_class()(
        form_of(**whole(SECRET)), instance=page, parent_page=parent, for_user=s.user
    )
    assert form.is_valid(), form.errors
    CreatePageAction(page, parent, user=s.user, form=form, publish=True).execute()


@route
def action_edit_publish(s):
    EditPageAction(s.changed(s.live()), user=s.user, publish=True).execute()


@route
def action_publish(s):
    PublishPageRevisionAction(s.draft().get_latest_revision(), user=s.user).execute()


@route
def action_copy_keep_live(s):
    CopyPageAction(s.draft(), update_attrs={"slug": "salinan"}, keep_live=True, user=s.user).execute()


@route
def action_revert_then_publish(s):
    page = s.draft()
    RevertToPageRevisionAction(page, page.get_latest_revision(), user=s.user).execute().publish()


@route
def action_edit_while_in_review(s):
    EditPageAction(s.in_review(s.user), user=s.user, publish=True).execute()


@route
def action_publish_with_go_live_at(s):
    page = s.draft()
    page.go_live_at = soon()
    EditPageAction(page, user=s.user, publish=True).execute()
    let_time_pass()


@route
def preview_links_anonymous(s):
    page = s.draft()
    s.client.logout()
    return s.client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))


@route
def draft_by_revision_link_anonymous(s):
    page = s.draft()
    s.client.logout()
    return s.client.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, page.latest_revision_id]))


@route
def preview_by_parameter_anonymous(s):
    page = s.draft()
    s.client.logout()
    return s.client.get(page.url + "?preview=1&in_preview_panel=true&mode=")


@route
def page_type_conversion(s):
    """A live content page made into a senjang by hand."""
    page = ContentPage(title="Halaman", slug="halaman", body="<p>isi</p>")
    HomePage.objects.get().add_child(instance=page)
    lyric = SenjangPage(page_ptr_id=page.pk, isi=factories.stanza(SECRET))
    lyric.__dict__.update({k: v for k, v in Page.objects.get(pk=page.pk).__dict__.items() if k != "_state"})
    lyric.content_type = SenjangIndexPage.objects.get().content_type.__class__.objects.get_for_model(SenjangPage)
    lyric.save_base(raw=True)


@route
def empty_text_published(s):
    page = factories.SenjangPageFactory(title=SECRET, pembuka=[], isi=[], penutup=[])
    return s.edit(page, {}, **{"action-publish": "x"})


@route
def other_case_and_punctuation(s):
    page = factories.SenjangPageFactory(isi=factories.stanza(SECRET.lower() + "!"), approved=True)
    return s.edit(page, whole(SECRET), **{"action-publish": "x"})
