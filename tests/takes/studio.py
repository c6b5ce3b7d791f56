"""Takes by grains and frequency modulation: voices of one damped formant burst a pitch period, bands of FM tones."""

import numpy as np

from tests.takes.mixing import RATE, Mix, level, trim

VOWELS = {
    "a": (700, 1220, 2600), "e": (530, 1840, 2480), "i": (270, 2290, 3010), "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}  # fmt: skip
SLENDRO = [0, 2.4, 4.8, 7.2, 9.6, 12]


def grain(formants, widths, gains):
    t = np.arange(int(0.03 * RATE)) / RATE
    burst = sum(
        g * np.exp(-np.pi * w * t) * np.sin(2 * np.pi * f * t) for f, w, g in zip(formants, widths, gains, strict=True)
    )
    return burst * np.minimum(1, t / 0.001)


def syllable(rng, out, at, length, pitch, bend, size, wave):
    """Pulses from `at` on, their vowel sliding to another; returns nothing, adds to `out`."""
    one, two = (np.array(VOWELS[name]) * size for name in rng.choice(list(VOWELS), 2))
    now, end = at, at + length
    while now < end:
        share = (now - at) / length
        formants = one + (two - one) * max(0, 2 * share - 1)
        shape = min(1, share * 8) * min(1, (1 - share) * 6) + 0.02
        burst = grain(formants, (90, 110, 160), (1, 0.5, 0.25)) * shape * rng.uniform(0.93, 1.07)
        place = int(now * RATE)
        out[place : place + len(burst)] += burst
        now += 1 / (
            pitch * 2 ** (bend * share / 12) * (1 + wave * np.sin(2 * np.pi * 5.2 * now)) * rng.uniform(0.995, 1.005)
        )
    if rng.random() < 0.5:  # a hissed or burst consonant
        wide = int(rng.uniform(0.02, 0.09) * RATE)
        hiss = np.diff(rng.standard_normal(wide + 1)) * np.hanning(wide) * rng.uniform(0.05, 0.3)
        out[int(at * RATE) : int(at * RATE) + wide] += hiss


def verse(rng, seconds, singer):
    """Lines with breaths; sung on a five-note scale or spoken with a falling line."""
    out, now = np.zeros(int((seconds + 3) * RATE)), 0.0
    while now < seconds:
        end, degree = min(seconds, now + rng.uniform(2, 4.5)), 2
        begun = now
        while now < end - 0.05:
            length = rng.uniform(0.25, 0.8) if singer["sung"] else rng.uniform(0.12, 0.24)
            length = min(length, end - now)
            degree = int(np.clip(degree + rng.integers(-1, 2), 0, 5))
            fall = 2 ** (-4 * (now - begun) / (end - begun + 0.1) / 12)
            pitch = singer["pitch"] * (2 ** (SLENDRO[degree] / 12) if singer["sung"] else fall * rng.uniform(0.9, 1.1))
            bend = rng.choice([0, 0, 1.5, -1]) if singer["sung"] else rng.uniform(-3, 2)
            syllable(rng, out, now, length * 0.95, pitch, bend, singer["size"], singer["wave"] if singer["sung"] else 0)
            now += length
        now += rng.uniform(0.15, 0.6)
    return level(trim(out))


def fm(freq, seconds, ratio, index, attack, decay):
    t = np.arange(int(seconds * RATE)) / RATE
    shape = np.minimum(1, t / attack) * np.exp(-decay * t) * np.minimum(1, t[::-1] / 0.03)
    return shape * np.sin(2 * np.pi * freq * t + index * shape * np.sin(2 * np.pi * freq * ratio * t))


TONES = {
    "bell": (3.5, 3, 0.003, 2.5), "horn": (1, 4, 0.05, 0.3), "reed": (2, 2, 0.03, 0.05),
    "string": (1.001, 2, 0.15, 0.1), "lute": (2, 3, 0.002, 5),
}  # fmt: skip


def thump(rng, seconds, freq, noise):
    t = np.arange(int(seconds * RATE)) / RATE
    body = np.sin(2 * np.pi * freq * t * (1 + 0.3 * np.exp(-t * 40))) * np.exp(-t * 18)
    return body + noise * rng.standard_normal(len(t)) * np.exp(-t * 45)


def tune(rng, seconds, style):
    """A melody over chords in a style: tones for both, and how often a drum falls."""
    lead, chord, drums, beat = style["lead"], style["chord"], style["drums"], style["beat"]
    out, step = np.zeros(int((seconds + 4) * RATE)), 0
    while step * beat < seconds:
        at = int((step * beat + rng.uniform(0, style["loose"])) * RATE)
        sounds = []
        if lead and rng.random() < 0.8:
            sounds.append(
                fm(style["root"] * 2 ** (SLENDRO[rng.integers(6)] / 12), beat * rng.choice([1, 2]), *TONES[lead])
            )
        if chord and step % 4 == 0:
            sounds += [0.6 * fm(style["root"] / 2 * 2 ** (n / 12), beat * 4, *TONES[chord]) for n in (0, 4, 7)]
        if rng.random() < drums:
            sounds.append(1.2 * thump(rng, 0.25, rng.choice([70, 140, 220]), rng.uniform(0.05, 1)))
        for sound in sounds:
            out[at : at + len(sound)] += sound
        step += 1
    return level(trim(out[: int(seconds * RATE)]))


def take(seed, turns=None):
    """Samples at RATE and what they truly are: (start, end, kind)."""
    rng = np.random.default_rng([seed, 2])
    singers = [
        {"pitch": pitch, "size": size, "sung": rng.random() < 0.7, "wave": rng.choice([0, 0.01, 0.02])}
        for pitch, size in ((rng.uniform(95, 150), 1.0), (rng.uniform(180, 260), 1.15))
    ]
    lead = rng.choice(["", *TONES])
    style = {
        "lead": lead, "chord": rng.choice(["", *TONES]), "drums": rng.choice([0, 0.4, 0.9]) if lead else 0.95,
        "beat": rng.uniform(0.18, 0.5), "loose": rng.choice([0, 0.1]), "root": rng.uniform(180, 420),
    }  # fmt: skip
    mix = Mix(rng)
    kind = rng.choice(["musik", "musik", "syair"])
    for _turn in range(turns or int(rng.integers(4, 9))):
        if kind == "musik":
            mix.add(tune(rng, rng.uniform(2, 10), style), kind)
        else:
            mix.add(verse(rng, rng.uniform(4, 16), singers[rng.integers(2)]), kind)
        kind = "syair" if kind == "musik" else "musik"
    return mix.finish()
