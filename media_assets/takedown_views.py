"""The public form that asks for a song to be taken down, what became of it, and the council's answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from media_assets import permissions, takedowns
from media_assets.label_forms import ReasonForm
from media_assets.models import SenjangPage, TakedownContact, TakedownRequest
from media_assets.takedown_forms import TakedownForm

VERDICTS = {"kabulkan": takedowns.uphold, "tolak": takedowns.dismiss}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The code is shown in the answer itself, this once; nothing of the sender is kept but what they wrote."""
    senjang = get_object_or_404(SenjangPage, pk=pk)
    if not senjang.is_public or senjang.label_settings.bars_everybody().exists():
        raise Http404
    form = TakedownForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (sent := form.save(senjang)):
        words = {"takedown": sent, "code": takedowns.spaced(sent.code)}
        return _unlisted(render(request, "media_assets/takedown/sent.html", words))
    words = {"form": form, "senjang": senjang, "is_open": TakedownRequest.objects.holding().filter(senjang=pk).exists()}
    return _unlisted(render(request, "media_assets/takedown/ask.html", words, status=400 if form.errors else 200))


@require_safe
@never_cache
def look_up(request: HttpRequest) -> HttpResponseBase:
    sent = request.GET.get("kode", "")[:60]
    request_found = takedowns.found(sent)
    words = {"takedown": request_found, "typed": sent if sent.isprintable() else "", "is_unknown": bool(sent.strip())}
    status = 404 if sent.strip() and request_found is None else 200
    return _unlisted(render(request, "media_assets/takedown/look_up.html", words, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not permissions.can_read_labels(request.user):
        raise PermissionDenied
    takedown = get_object_or_404(TakedownRequest.objects.select_related("senjang", "answer__member__person"), pk=pk)
    may_answer = permissions.can_answer_takedown(request.user, takedown.senjang)
    form = ReasonForm(request.POST or None)
    act = VERDICTS.get(request.POST.get("putusan", ""))
    if request.method == "POST" and act and form.is_valid() and form.save(act, takedown, by=request.user):
        messages.success(request, _("Putusan Anda sudah tercatat. Terima kasih."))
        return redirect("takedown", pk)
    words = {
        "takedown": takedown,
        "may_answer": may_answer,
        "contact": TakedownContact.objects.filter(request=takedown).first() if may_answer else None,
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "media_assets/adat/takedown.html", words, status=status)


def _unlisted(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
