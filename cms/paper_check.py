"""The public page under /periksa/: is this paper ours, and does it still stand? Nothing that the paper does not say."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns import codes
from cms.office import dates, papers, typed


@require_safe
def type_code(request: HttpRequest) -> HttpResponse:
    """The form for whoever reads the code from the paper."""
    sent = request.GET.get("kode", "")
    if found := papers.find(sent):
        return HttpResponseRedirect(reverse("check_paper", args=[found.code]))
    return _unknown(request, sent) if sent.strip() else _page(request, {})


@never_cache  # an approval may be withdrawn any day
@require_safe
def check(request: HttpRequest, sent: str) -> HttpResponse:
    paper = papers.find(sent)
    if paper is None:
        return _unknown(request, sent)
    if door := papers.door(paper, request.user):
        return HttpResponseRedirect(door)
    words = {
        "staff_door": paper.kind in papers.DOORS and not request.user.is_authenticated,
        "paper": paper,
        "code": papers.spaced(paper.code),
        "made": papers.long_day(paper.made_at),
        "office": paper.data["office"]["name"],
        "text_digest": papers.spaced(paper.data.get("digest_short", "")),
        "file_digest": papers.spaced(paper.file_digest, 8),
    }
    standing = papers.standing(paper)
    words |= {"standing": standing, "since": dates.long_moment(standing.since) if standing.since else ""}
    return _page(request, words)


def _unknown(request: HttpRequest, sent: str) -> HttpResponse:
    """A leaflet's code, typed at the wrong form, is shown its own door."""
    code = typed.read(sent)
    problem = "unknown" if typed.is_well_formed(code, papers.CODE_LENGTH) else "slip"
    leaflet = code if codes.is_well_formed(code) else ""
    shown = "".join(sign for sign in sent[:60] if sign.isprintable())
    return _page(request, {"typed": shown, "problem": problem, "leaflet": leaflet}, status=404)


def _page(request: HttpRequest, words: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "cms/paper_check.html", words, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
