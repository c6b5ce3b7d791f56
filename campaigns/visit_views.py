"""What answers under /q/: the code, the form for typing one, and the page's beacon."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from campaigns import codes, visit_pages, visits


@require_safe
def open_code(request: HttpRequest, typed: str) -> HttpResponse:
    found, visitor = visits.find(typed), visits.meet(request)
    visits.count(visitor, found, typed)
    if found is None:
        return _unknown(request, typed)
    response = visit_pages.respond(request, visit_pages.ready(found, visitor.day, get_language() or ""))
    if visitor.is_new:
        response.set_cookie(
            visits.COOKIE,
            visitor.device,
            max_age=visits.until_midnight(timezone.now()),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_safe
def type_code(request: HttpRequest) -> HttpResponse:
    """The form for whoever reads the code from the paper; a code that exists opens under its own address."""
    typed = request.GET.get("kode", "")
    if found := visits.find(typed):
        return HttpResponseRedirect(f"/q/{found.code}")
    if typed.strip():
        visits.count(visits.meet(request), None, typed)
        return _unknown(request, typed)
    return _form(request)


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    """Never tells which other codes exist; the check character alone tells a slip of the finger from a foreign code."""
    shown = visits.printable(typed)
    return _form(request, typed=shown, problem="unknown" if codes.is_well_formed(codes.read(typed)) else "slip")


def _form(request: HttpRequest, *, typed: str = "", problem: str = "") -> HttpResponse:
    words = {"typed": typed, "problem": problem}
    return render(request, "campaigns/code_form.html", words, status=404 if problem else 200)


@csrf_exempt  # acts for nobody, and a call from another site comes without the SameSite cookie it asks for
@require_POST
def hear_beacon(request: HttpRequest, typed: str) -> HttpResponse:
    visits.tell(request, typed, request.GET.get("e", ""))
    return HttpResponse(status=204)
