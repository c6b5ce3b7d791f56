"""Who opens a page of the council: by log-in or by secret link, and which version of a text they came for."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from media_assets import invitations, permissions, reading
from media_assets.models import CouncilMember, Invitation, Submission

Answer = TypeVar("Answer", bound=HttpResponseBase)
READ = ("page", "task_state", "submitted_by")


class Reader(NamedTuple):
    """`home` is the address of the review page as they opened it; `by` or `through` say how they came."""

    submission: Submission
    member: CouncilMember | None
    home: str
    by: Any = None
    through: str = ""
    opened: Invitation | None = None

    @property
    def has_left(self) -> bool:
        """Their seat has ended, or their link has outlived it: they see the text and what became of it, no more."""
        return self.member is not None and not self.member.is_serving(timezone.localdate())

    def address_of(self, newer: Submission) -> str:
        """Where they read a newer version; "" when their link does not lead there."""
        if self.opened is None:
            return reverse("adat_submission", args=[newer.pk])
        key = self.home.split("/")[3]
        return reverse("adat_link_newer", args=[key, newer.pk]) if invitations.led_on(self.opened, newer.pk) else ""


def council_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives the view its reader, or answers in its place; `key` is a link's, `pk` a submission's."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, *, key: str = "", pk: int | str = 0, **kwargs: Any) -> HttpResponseBase:
        found = _by_link(request, key, int(pk)) if key else _by_account(request, int(pk))
        return private(view(request, found, **kwargs) if isinstance(found, Reader) else found)

    return page


def private(response: Answer) -> Answer:
    """Not kept, not indexed, and its address (with a link's key) told to no other site.

    Not `no-referrer`: browsers would then send `Origin: null` with the form, which the CSRF check refuses.
    """
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _by_account(request: HttpRequest, pk: int) -> Reader | HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    subject = get_object_or_404(Submission.objects.select_related(*READ), pk=pk)
    if not permissions.can_read_submission(request.user, subject):
        raise Http404
    seats, home = CouncilMember.objects, reverse("adat_submission", args=[pk])
    member = seats.seat_of(request.user)
    if member and reading.is_by_a_person(request):
        reading.note(subject, member=member, by=request.user)
    return Reader(subject, member or seats.former_seat_of(request.user), home, by=request.user)


def shut(request: HttpRequest) -> HttpResponse:
    return render(request, "media_assets/adat/shut.html", status=404)


def _by_link(request: HttpRequest, key: str, pk: int) -> Reader | HttpResponse:
    """The version that the link was made for, or a later one that it leads on to."""
    opened = invitations.opened_by(key, by_person=request.method == "POST" or reading.is_by_a_person(request))
    meant = invitations.led_on(opened.invitation, pk) if opened and pk else opened and opened.invitation
    if not opened or not meant:
        return shut(request)
    user, member = request.user, opened.invitation.member
    theirs = not user.is_authenticated or member.person.user_id == user.pk
    if request.method == "POST" and not theirs:
        words = {"member": member, "submission": meant.submission}
        return render(request, "media_assets/adat/other_account.html", words, status=403)
    home = reverse("adat_link_newer", args=[key, pk]) if pk else reverse("adat_link", args=[key])
    reader = Reader(meant.submission, member, home, through=opened.through, opened=opened.invitation)
    if theirs and not reader.has_left and reading.is_by_a_person(request):
        reading.note(meant.submission, member=member, through=opened.through)
    return reader
