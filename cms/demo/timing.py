"""When the demo's tracks sing and play, and when each of their lines begins, as `audio/timings.json` says."""

import json
from typing import Any

from cms.demo.songs import HERE, Song
from media_assets import line_timing, segmenting, timed_text
from media_assets.models import Recording
from media_assets.models.timelines import Stretch
from media_assets.segments import Kind


def load(recording: Recording, song: Song, *, by: Any) -> None:
    told = json.loads((HERE / "audio" / "timings.json").read_text(encoding="utf-8"))[song.name]
    master = recording.masters.get()
    stanzas: dict[str, int] = {}
    stretches = []
    for one in told:
        part, stanza = one.get("part", ""), None
        if part:
            stanza = stanzas[part] = stanzas.get(part, 0) + 1
        kind = Kind.SYAIR if part else Kind.MUSIK
        stretches.append(Stretch(start=one["start"], end=one["end"], kind=kind, part=part, stanza=stanza))
    segmenting.save(master, stretches, based_on=0, by=by)
    lines = [line["uid"] for line in timed_text.lines_of(recording.words["parts"])]
    starts = [start for one in told for start in one.get("lines", ())]
    line_timing.save(master, dict(zip(lines, starts, strict=True)), based_on=0, by=by)
