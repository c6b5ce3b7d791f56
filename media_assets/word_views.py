"""The word list's pages: a member explains a word, visitors look words up."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from media_assets import lyrics, permissions
from media_assets.models import Decision, Word
from media_assets.readers import Reader, council_page
from media_assets.word_forms import ExplainForm

PER_PAGE = 50


@council_page
def explain(request: HttpRequest, reader: Reader, part: str) -> HttpResponse:
    """The form for one word of a part; POST sends it to the office."""
    submission, member = reader.submission, reader.member
    if member is None or part not in lyrics.PARTS:
        raise Http404
    if not permissions.can_propose_word(member, by=reader.by, through=reader.through):
        raise PermissionDenied
    form = ExplainForm(request.POST or None, stanzas=submission.text.get(part, []))
    back = f"{reader.home}#bagian-{part}"
    if request.method == "POST" and form.is_valid():
        word = form.save(submission, member=member, part=part, by=reader.by, through=reader.through)
        if word:
            messages.success(request, _("Terima kasih. Arti “%(term)s” sudah dikirim ke kantor.") % {"term": word.term})
            return redirect(back)
    words = {"submission": submission, "part": Decision.Part(part).label, "form": form, "back": back}
    return render(request, "media_assets/adat/word.html", words, status=400 if form.is_bound else 200)


@require_safe
def word_list(request: HttpRequest) -> HttpResponse:
    """All published words; any search gives a page in words."""
    query = lyrics.tidy(request.GET.get("q", ""))[:60]
    paginator = Paginator(Word.objects.published().holding(query), PER_PAGE)
    total = paginator.count
    summary = ngettext("%(n)d kata", "%(n)d kata", total) % {"n": total}
    if query:
        summary = _("Tidak ada kata yang cocok dengan “%(query)s”.") % {"query": query} if not total else summary
    words = {
        "query": query,
        "words": paginator.get_page(request.GET.get("halaman", "")) if total else None,
        "summary": summary,
        "asked": f"{urlencode({'q': query})}&" if query else "",
    }
    return render(request, "media_assets/words.html", words)
