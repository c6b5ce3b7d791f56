"""What answers outside the pages: mistakes in plain words, and what search engines may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from cms import sitemap
from cms.office import notices
from cms.office.models import Notice

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /adat/
Disallow: /siaran/

Sitemap: {base}/sitemap.xml
"""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Our own refusals say why; Django's say nothing that a person could use."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of database or session, which may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS.format(base=settings.PUBLIC_BASE_URL), content_type="text/plain; charset=utf-8")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/sitemap.xml", {"entries": sitemap.entries()}, content_type="application/xml")


@require_POST
def finish_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Under /admin/, whose door has been passed; the notice must be open for this person."""
    notice = get_object_or_404(Notice.objects.open_for(request.user), pk=pk)
    notices.finish(notice.key, by=request.user)
    return redirect("wagtailadmin_home")
