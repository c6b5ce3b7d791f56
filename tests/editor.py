"""What the browser posts from the senjang editor."""

import json

from media_assets import lyrics
from media_assets.stanza_block import StanzaBlock

FORMSETS = ("credits", "licence_links", "quotes", "comments")


def posted(lines=(), text="", gloss=""):
    return json.dumps({"lines": list(lines), "text": text, "gloss": gloss})


def form_of(page=None, **parts):
    """Each part a list of (block id, stanza JSON); other fields as the page has them."""
    data = {"title": page.title if page else "Senjang baru", "slug": page.slug if page else "senjang-baru"}
    data |= {"language": "mui", "irama": ""}
    for part in lyrics.PARTS:
        stanzas = parts.get(part, [])
        data[f"{part}-count"] = str(len(stanzas))
        for number, (uid, value) in enumerate(stanzas):
            row = {"deleted": "", "order": str(number), "type": "bait", "id": uid, "value": value}
            data |= {f"{part}-{number}-{key}": word for key, word in row.items()}
    for formset in FORMSETS:
        data |= {f"{formset}-TOTAL_FORMS": "0", f"{formset}-INITIAL_FORMS": "0"}
        data |= {f"{formset}-MIN_NUM_FORMS": "0", f"{formset}-MAX_NUM_FORMS": "1000"}
    return data


def stored(page):
    """The page's parts as the editor shows them."""
    return {
        part: [
            (child.id or f"{part}-{at}", StanzaBlock().get_form_state(child.value)) for at, child in enumerate(stream)
        ]
        for part, stream in ((part, getattr(page, part)) for part in lyrics.PARTS)
    }


def whole(text):
    """Parts in which every line says `text`."""
    return {part: [(part, posted(text=text, gloss="arti"))] for part in lyrics.PARTS}
