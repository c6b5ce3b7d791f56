"""Takes by a channel vocoder: buzz and breath shaped by moving bands for voices; gongs, accordions, snares, rattles."""

import numpy as np

from tests.takes.mixing import RATE, Mix, level, trim

FRAME = 128
FREQS = np.fft.rfftfreq(4 * FRAME, 1 / RATE)
SOUNDS = {
    "a": (730, 1090, 2440, 1), "i": (270, 2290, 3010, 1), "u": (300, 870, 2240, 1), "o": (570, 840, 2410, 1),
    "e": (400, 2000, 2550, 1), "n": (250, 1400, 2200, 0.3), "m": (230, 1000, 2100, 0.3), "l": (360, 1300, 2700, 0.5),
    "s": (4500, 5500, 6500, -0.35), "k": (1800, 2600, 3500, -0.2), "t": (3300, 4200, 5200, -0.25),
    "-": (500, 1500, 2500, 0),
}  # fmt: skip


def text(rng, syllables):
    """Phones with their lengths in seconds."""
    phones = []
    for _ in range(syllables):
        if rng.random() < 0.8:
            phones.append((rng.choice(list("nmlskt-")), rng.uniform(0.03, 0.11)))
        phones.append((rng.choice(list("aiuoe")), rng.uniform(0.09, 0.2)))
    return phones


def say(rng, phones, pitch, singer):
    """Buzz (sawtooth) or breath through an envelope that moves from phone to phone."""
    stretch = singer["stretch"]
    tracks = []
    for phone, length in phones:
        frames = max(1, int(length * (stretch if phone in "aiuoe" else 1) * RATE / FRAME))
        tracks += [SOUNDS[phone]] * frames
    track = np.array(tracks, float)
    pad = np.pad(track, ((3, 3), (0, 0)), "edge")
    track = np.mean([pad[k : k + len(track)] for k in range(7)], 0)
    count = (len(track) + 3) * FRAME
    place = np.arange(count) / count
    contour = pitch(place * count / RATE)
    phase = np.cumsum(contour / RATE)
    buzz = 2 * (phase % 1) - 1 + 0.02 * rng.standard_normal(count)
    breath = rng.standard_normal(count)
    out, window = np.zeros(count + 4 * FRAME), np.hanning(4 * FRAME)
    for number, (one, two, three, gain) in enumerate(track):
        part = (buzz if gain > 0 else breath)[number * FRAME : number * FRAME + 4 * FRAME]
        if len(part) < 4 * FRAME:
            break
        envelope = sum(
            a / (1 + ((FREQS - f * singer["size"]) / w) ** 2)
            for f, w, a in ((one, 80, 1), (two, 100, 0.6), (three, 150, 0.3))
        )
        out[number * FRAME : number * FRAME + 4 * FRAME] += np.fft.irfft(np.fft.rfft(part * window) * envelope) * abs(
            gain
        )
    return out


def verse(rng, seconds, singer):
    parts, total = [], 0.0
    while total < seconds:
        phones = text(rng, int(rng.integers(6, 13)))
        low, steps = singer["pitch"], rng.choice([0, 2, 4, 5, 7], 40)

        def melody(t, low=low, steps=steps):
            notes = steps[np.minimum((t / singer["note"]).astype(int), 39)]
            soft = np.convolve(np.pad(notes, 400, "edge"), np.ones(801) / 801, "valid")
            return low * 2 ** (soft / 12) * (1 + singer["wave"] * np.sin(2 * np.pi * 5.8 * t))

        def prose(t, low=low):
            return (
                low
                * (1.2 - 0.12 * t)
                * (1 + 0.08 * np.sin(2 * np.pi * 0.9 * t) + 0.04 * np.sin(2 * np.pi * 2.3 * t + 1))
            )

        line = say(rng, phones, melody if singer["sung"] else prose, singer)
        pause = np.zeros(int(rng.uniform(0.05, 0.55) * RATE))
        parts += [line, pause]
        total += (len(line) + len(pause)) / RATE
    out = np.concatenate(parts)
    return level(trim(out))


def strike(rng, name, freq, seconds):
    t = np.arange(int(seconds * RATE)) / RATE
    if name == "gong":
        partials = ((1, 1), (1.52, 0.6), (2.41, 0.5), (3.9, 0.2), (5.1, 0.1))
        return sum(a * np.sin(2 * np.pi * freq * r * t) * np.exp(-t * 2.5 * r) for r, a in partials)
    if name == "accordion":
        saw = sum(((freq * d * t) % 1) - 0.5 for d in (0.997, 1, 1.004))
        return np.convolve(saw, np.ones(4) / 4, "same") * np.minimum(1, t / 0.06) * np.minimum(1, t[::-1] / 0.06)
    if name == "trumpet":
        f = freq * (1 + 0.03 * np.exp(-t * 30))
        phase = 2 * np.pi * np.cumsum(f) / RATE
        shape = np.minimum(1, t / 0.04) * np.minimum(1, t[::-1] / 0.06)
        return np.tanh(2.5 * shape * np.sin(phase) + 0.8) * shape
    if name == "snare":
        return (rng.standard_normal(len(t)) + np.sin(2 * np.pi * 180 * t)) * np.exp(-t * 22)
    if name == "rattle":
        return np.diff(rng.standard_normal(len(t) + 1)) * np.exp(-((t - 0.06) ** 2) / 0.002)
    return np.sin(2 * np.pi * (55 * t + 6 * (1 - np.exp(-25 * t)))) * np.exp(-t * 9)


ORCHESTRAS = [("gong",), ("accordion", "bass"), ("trumpet", "trumpet", "snare", "bass"), ("rattle", "snare"),
              ("gong", "snare"), ("accordion",), ("trumpet", "bass")]  # fmt: skip
PELOG = np.array([0, 1.2, 2.7, 5.4, 6.7, 7.9, 12])


def tune(rng, seconds, orchestra, root, beat):
    out, pattern = np.zeros(int((seconds + 3) * RATE)), [rng.random(8) < p for p in rng.uniform(0.5, 1, len(orchestra))]
    melody = rng.integers(0, 7, 16)
    for step in range(int(seconds / beat)):
        for number, name in enumerate(orchestra):
            if not pattern[number][step % 8] and step:
                continue
            freq = root * 2 ** (PELOG[melody[(step + 5 * number) % 16]] / 12)
            sound = strike(rng, name, freq, {"gong": 1.8, "accordion": beat * 1.1, "trumpet": beat}.get(name, 0.25))
            at = int(step * beat * RATE)
            out[at : at + len(sound)] += sound * (1.5 if name == "bass" else 1)
    out = out[: int(seconds * RATE)]
    return level(trim(out))


def take(seed, turns=None):
    """Samples at RATE and what they truly are: (start, end, kind)."""
    rng = np.random.default_rng([seed, 3])
    singer = {
        "pitch": rng.uniform(95, 230), "size": rng.uniform(0.95, 1.2), "sung": rng.random() < 0.65,
        "stretch": rng.uniform(1, 2.6), "note": rng.uniform(0.3, 0.7), "wave": rng.choice([0, 0.008, 0.02]),
    }  # fmt: skip
    singer["stretch"] = singer["stretch"] if singer["sung"] else 1
    orchestra, root, beat = ORCHESTRAS[rng.integers(len(ORCHESTRAS))], rng.uniform(200, 400), rng.uniform(0.16, 0.5)
    mix, kind = Mix(rng), rng.choice(["musik", "musik", "syair"])
    for _turn in range(turns or int(rng.integers(4, 9))):
        if kind == "musik":
            mix.add(tune(rng, rng.uniform(2, 10), orchestra, root, beat), kind)
        else:
            mix.add(verse(rng, rng.uniform(4, 16), singer), kind)
        kind = "syair" if kind == "musik" else "musik"
    return mix.finish()
