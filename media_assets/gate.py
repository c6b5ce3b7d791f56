"""What the editor says and offers where the council's approval decides; the gate itself is in the senjang's model."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.models import Page

from media_assets import proceedings, submitting
from media_assets.models import SenjangPage

SUBMIT = "action-ajukan"
WAGTAILS_SUBMIT = "action-submit"


class SubmitItem(ActionMenuItem):
    """Saves the draft, then puts it before the council; a refusal leaves the draft saved and says why."""

    name = SUBMIT
    label = gettext_lazy("Ajukan ke Lembaga Adat")
    icon_name = "resubmit"
    order = 35

    def is_shown(self, context: dict[str, Any]) -> bool:
        may_submit = context["request"].user.has_perm("media_assets.submit_senjang")
        if context["view"] == "create":
            return may_submit
        return may_submit and not context["locked_for_user"] and not context["page"].is_approved


def offer_submission(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """For a senjang, our own words and way instead of Wagtail's "Submit to Moderators approval"."""
    if not _concerns_senjang(context):
        return
    items[:] = [item for item in items if not isinstance(item, SubmitForModerationMenuItem)]
    item = SubmitItem()
    if context["view"] != "revisions_revert" and item.is_shown(context):  # Wagtail asks only the items before this hook
        items.append(item)


def _concerns_senjang(context: dict[str, Any]) -> bool:
    page = context.get("page")
    if page is not None:
        return isinstance(page.specific, SenjangPage)
    return SenjangPage in context["parent_page"].creatable_subpage_models()


def submit_our_way(request: Any, page_class: type[Page]) -> None:
    """Wagtail's own submit button is not offered; posted all the same, it is heard as ours, whose refusals say why."""
    if issubclass(page_class, SenjangPage) and WAGTAILS_SUBMIT in request.POST:
        asked = request.POST.copy()
        del asked[WAGTAILS_SUBMIT]
        asked[SUBMIT] = "x"
        request.POST = asked


def hold_back(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before publishing, when everything typed has just been saved as a draft."""
    if isinstance(page, SenjangPage) and not page.is_approved:
        messages.error(request, not_published_sentence(page))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def settle(request: HttpRequest, page: Page) -> None:
    if isinstance(page, SenjangPage):
        proceedings.settle(page, by=request.user)


def not_published_sentence(page: SenjangPage) -> str:
    if not page.digest:
        return _("Draf tersimpan, tetapi belum diterbitkan: masih ada bagian atau baris yang kosong.")
    return _(
        "Draf tersimpan, tetapi belum diterbitkan: Lembaga Adat belum menyetujui kata-kata ini. "
        "Pilih “Ajukan ke Lembaga Adat”."
    )


def after_save(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After create and edit: submit when asked to, and never leave an unheeded "publish" without a word."""
    if not isinstance(page, SenjangPage):
        return None
    if SUBMIT in request.POST:
        return _submit(request, page)
    if "action-publish" in request.POST and not page.is_approved:
        messages.error(request, not_published_sentence(page))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def _submit(request: HttpRequest, page: SenjangPage) -> HttpResponse:
    try:
        submitting.submit(page, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except PermissionDenied:
        messages.error(request, _("Draf tersimpan, tetapi Anda tidak berhak mengajukan senjang ke Lembaga Adat."))
    else:
        messages.success(request, _("“%(title)s” sudah diajukan ke Lembaga Adat.") % {"title": page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)


def tell_of_lost_quotes(request: HttpRequest, page: Page) -> None:
    """On opening the editor: which quotes of licence facts no longer stand in the lyric."""
    if request.method != "GET" or not isinstance(page, SenjangPage):
        return
    lost = page.lost_quotes
    if lost:
        words = ", ".join(f"“{quote.words}”" for quote in lost)
        messages.warning(
            request,
            _("Kutipan %(words)s tidak ada lagi dalam lirik. Perbaiki kutipannya, atau hapus.") % {"words": words},
        )
