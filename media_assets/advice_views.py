"""Setting a hint of the form adviser aside, or taking it up again, in the admin."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from media_assets import advising, permissions
from media_assets.models import SenjangPage


class AdviceForm(forms.Form):
    """One hint, and why it is set aside; `up` takes it up again."""

    key = forms.CharField(max_length=16)
    up = forms.BooleanField(required=False)
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=500, required=False)

    def save(self, page: SenjangPage, request: HttpRequest) -> str:
        key = self.cleaned_data["key"]
        if self.cleaned_data["up"]:
            advising.take_up(page, key, by=request.user)
            return _("Saran itu tampil lagi.")
        advising.set_aside(page, key, reason=self.cleaned_data["reason"], by=request.user)
        return _("Saran itu dikesampingkan. Anda dapat menampilkannya lagi.")


@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(SenjangPage, pk=pk).get_latest_revision_as_object()
    if not (permissions.can_set_hint_aside(request.user, page) and page.permissions_for_user(request.user).can_edit()):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "media_assets/advice/page.html", {"page": page, "remarks": advising.remarks(page)})
    form = AdviceForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("Alasan paling banyak 500 huruf."))
        messages.success(request, form.save(page, request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("form_advice", pk)
