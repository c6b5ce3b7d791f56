"""Takes by additive synthesis: formant voices that speak or sing, and bands of seven kinds; all by one seed."""

import numpy as np

RATE = 16_000
VOWELS = np.array(
    [[750, 1250, 2550, 3500], [320, 2250, 2950, 3600], [350, 750, 2400, 3400], [480, 1950, 2600, 3500],
     [480, 900, 2450, 3400], [520, 1450, 2450, 3400]]
)  # fmt: skip
SCALE = [0, 2, 3, 5, 7, 8, 11, 12]


def level(samples, db=-20.0):
    rms = np.sqrt(np.mean(samples**2)) or 1.0
    return samples * (10 ** (db / 20) / rms)


def smooth(values, width):
    kernel = np.hanning(width + 2)[1:-1]
    return np.convolve(values, kernel / kernel.sum(), "same")


def coloured(rng, count, low, high):
    spectrum = np.fft.rfft(rng.standard_normal(count))
    freqs = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= np.exp(-0.5 * (np.log(np.maximum(freqs, 1) / np.sqrt(low * high)) / (0.5 * np.log(high / low))) ** 4)
    return np.fft.irfft(spectrum, count)


def glottal(rng, f0, formants, gain, tilt):
    """Harmonics of f0 (per sample) weighted by formants (per 5 ms)."""
    count = len(f0)
    grid = np.arange(0, count, 80)
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    low, out = f0[grid], np.zeros(count)
    for k in range(1, min(45, int(7000 / f0.mean())) + 1):
        freq = low * k
        widths = np.array([70, 90, 130, 180])
        resonance = (1 / (1 + ((freq[:, None] - formants[grid // 80]) / widths) ** 2) * [1, 0.7, 0.35, 0.2]).sum(1)
        weight = np.where(freq < 7600, (resonance + 0.005) * k**-tilt, 0)
        out += np.interp(np.arange(count), grid, weight) * np.sin(k * phase + rng.uniform(0, 6.28))
    return out * gain


def manner(rng):
    """How one singer sings all through a take."""
    return {
        "vibrato": rng.choice([0, rng.uniform(0.005, 0.025)], p=[0.3, 0.7]),
        "even": rng.choice([0, rng.uniform(0.15, 0.45)], p=[0.7, 0.3]),
        "glide": int(rng.choice([100, 1000])),
        "noise": rng.choice([0, 0.5], p=[0.3, 0.7]),
        "tilt": rng.uniform(0.3, 1.0),
        "dip": rng.choice([0.0, 0.5, 0.9]),
    }


def voice(rng, seconds, sung, base=None, how=None):
    """Phrases of syllables with breaths of up to 0.6 s between them."""
    base, how = base or rng.uniform(100, 320), how or manner(rng)
    count, parts, total = int(seconds * RATE), [], 0
    while total < count:
        phrase = _phrase(rng, rng.uniform(1.5, 5), sung, base, how)
        pause = np.zeros(int(rng.uniform(0.08, 0.6) * RATE))
        parts += [phrase, pause]
        total += len(phrase) + len(pause)
    out = np.concatenate(parts)[:count]
    heard = np.flatnonzero(np.abs(out) > 1e-4)
    return level(out[: heard[-1] + 1])


def _phrase(rng, seconds, sung, base, how):
    lengths = []
    while sum(lengths) < seconds:
        lengths.append(how["even"] or (rng.uniform(0.22, 0.7) if sung else rng.uniform(0.11, 0.28)))
    count = int(sum(lengths) * RATE)
    f0, gain = np.zeros(count), np.zeros(count)
    shapes, noise = np.zeros((count // 80 + 2, 4)), np.zeros(count)
    at, degree = 0, rng.integers(0, 6)
    stretch = rng.uniform(0.9, 1.15)
    for place, length in enumerate(lengths):
        end = min(count, at + int(length * RATE))
        degree = int(np.clip(degree + rng.integers(-2, 3), 0, 7))
        spoken = base * (1 + 0.25 * np.sin(place / 2.1 + at) - 0.2 * at / count) * rng.uniform(0.93, 1.08)
        f0[at:end] = base * 2 ** (SCALE[degree] / 12) if sung else spoken
        shapes[at // 80 : end // 80 + 1] = VOWELS[rng.integers(6)] * stretch
        attack, wide = int(rng.uniform(0.02, 0.07) * RATE), end - at
        shape = np.minimum(1, np.arange(wide) / attack) * np.minimum(1, np.arange(wide)[::-1] / (1.5 * attack))
        dip = rng.uniform(0, how["dip"] + 0.1)
        gain[at:end] = (dip + (1 - dip) * shape) * rng.uniform(0.6, 1)
        if rng.random() < how["noise"]:
            burst = int(rng.uniform(0.02, 0.1) * RATE)
            burst = min(burst, wide)
            low = rng.uniform(1500, 4500)
            noise[at : at + burst] += coloured(rng, burst, low, 7000) * np.hanning(burst) * rng.uniform(0.1, 0.5)
            gain[at : at + burst] *= rng.uniform(0, 0.5)
        at = end
    f0 = smooth(np.pad(f0, 1200, "edge"), how["glide"] if sung else 1600)[1200:-1200]
    if sung and how["vibrato"]:
        rate = rng.uniform(4.5, 6.5)
        f0 = f0 * (1 + how["vibrato"] * np.sin(2 * np.pi * rate * np.arange(count) / RATE))
    f0 = f0 * (1 + rng.choice([0, 0.05]) * smooth(rng.standard_normal(count), 400))
    shapes = np.stack([smooth(np.pad(column, 20, "edge"), 12)[20:-20] for column in shapes.T], 1)
    voiced = glottal(rng, f0, shapes, gain, how["tilt"])
    return voiced + noise * np.abs(voiced).max() * 0.8


def note(rng, kind, freq, seconds):
    count = int(seconds * RATE)
    t = np.arange(count) / RATE
    if kind == "pluck":
        return _pluck(rng, freq, count)
    if kind == "organ":
        tone = sum(a * np.sin(2 * np.pi * freq * k * t) for k, a in ((1, 1), (2, 0.6), (3, 0.35), (4, 0.3), (6, 0.2)))
        return tone * np.minimum(1, t / 0.02) * np.minimum(1, t[::-1] / 0.04)
    if kind == "brass":
        bright = np.minimum(1, t / 0.06) * (1 - 0.3 * t / seconds)
        wobble = rng.choice([0, 0.004, 0.01]) * np.sin(2 * np.pi * 5.5 * t)
        phase = 2 * np.pi * np.cumsum(freq * (1 + wobble)) / RATE
        tone = sum(bright**k / k**0.6 * np.sin(k * phase) for k in range(1, min(16, int(7000 / freq)) + 1))
        return tone * np.minimum(1, t / 0.03) * np.minimum(1, t[::-1] / 0.05)
    if kind == "pad":
        swell = np.minimum(1, t / 0.3) * np.minimum(1, t[::-1] / 0.3) * (1 + 0.2 * np.sin(2 * np.pi * 4 * t))
        return sum(np.sin(2 * np.pi * freq * k * 1.002**k * t) / k for k in range(1, 8)) * swell
    if kind == "flute":
        phase = 2 * np.pi * np.cumsum(freq * (1 + 0.007 * np.minimum(1, t * 3) * np.sin(2 * np.pi * 5 * t))) / RATE
        tone = np.sin(phase) + 0.4 * np.sin(2 * phase) + 0.15 * np.sin(3 * phase)
        return (tone + 0.03 * rng.standard_normal(count)) * np.minimum(1, t / 0.04) * np.minimum(1, t[::-1] / 0.04)
    decay = np.exp(-t * rng.uniform(2, 5))
    return sum(np.sin(2 * np.pi * freq * k * t) / k * decay**k for k in range(1, 6)) * np.minimum(1, t / 0.005)


def _pluck(rng, freq, count):
    period = int(RATE / freq)
    line = rng.uniform(-1, 1, period)
    out = np.zeros(count + period)
    for at in range(0, count, period):
        out[at : at + period] = line
        line = 0.996 * (0.5 * line + 0.5 * np.roll(line, 1))
    return out[:count]


def drum(rng, seconds, kind):
    t = np.arange(int(seconds * RATE)) / RATE
    if kind == "low":
        return np.sin(2 * np.pi * (60 * t + 4 * (1 - np.exp(-t * 30)))) * np.exp(-t * 14)
    if kind == "skin":
        return (np.sin(2 * np.pi * 190 * t) + 0.5 * np.sin(2 * np.pi * 333 * t)) * np.exp(-t * 25) + 0.3 * (
            rng.standard_normal(len(t)) * np.exp(-t * 60)
        )
    return coloured(rng, len(t), 2000, 7500) * np.exp(-t * rng.uniform(25, 60)) * 2


BANDS = {
    "chords": (("piano",), 3), "plucked": (("pluck",), 1), "organ": (("organ",), 3), "drums": ((), 0),
    "tanjidor": (("brass", "brass"), 1), "bursts": ((), 0), "ensemble": (("pluck", "organ"), 2),
    "pad": (("pad",), 3), "flute": (("flute",), 1), "bells": (("piano", "pluck"), 1),
}  # fmt: skip


def band(rng, seconds, kind):
    """Notes on a beat, with drums for most."""
    count = int(seconds * RATE)
    out, beat = np.zeros(count + 3 * RATE), rng.uniform(0.22, 0.45)
    tones, voices = BANDS[kind]
    root = rng.uniform(110, 300)
    drums = {"drums": 1.0, "bursts": 0.0, "tanjidor": 0.7}.get(kind, rng.choice([0, 0.4]))
    step, degree, now, free = 0, 0, 0.0, rng.choice([0, 0.05, 0.4])
    while now < seconds:
        at = int(now * RATE)
        for tone in tones:
            if rng.random() < 0.75:
                degree = int(np.clip(degree + rng.integers(-2, 3), 0, 7))
                length = beat * rng.choice([1, 1, 2, 4 if voices > 1 else 2]) * (3 if kind == "pad" else 1)
                for third in range(voices):
                    freq = root * 2 ** (SCALE[(degree + 2 * third) % 8] / 12)
                    sound = note(rng, tone, freq, min(length, 2.5))
                    out[at : at + len(sound)] += sound * rng.uniform(0.7, 1)
        if drums:
            sound = drum(rng, 0.3, "low" if step % 4 == 0 else rng.choice(["skin", "hat"]))
            out[at : at + len(sound)] += sound * drums * 2
        if kind == "bursts" and rng.random() < 0.9:
            length = int(rng.uniform(0.05, 0.2) * RATE)
            sound = coloured(rng, length, rng.choice([300, 1000, 2500]), 7000) * np.exp(-np.arange(length) / length * 5)
            out[at : at + length] += sound
        now += beat * (1 + free * rng.uniform(-1, 1.5)) * (2 if kind == "pad" else 1)
        step += 1
    heard = np.flatnonzero(np.abs(out[:count]) > 0.03 * np.abs(out).max())
    out = out[heard[0] : heard[-1] + 1]
    out[-400:] *= np.linspace(1, 0, 400)
    return level(out)


def applause(rng, seconds):
    count = int(seconds * RATE)
    out = 0.05 * coloured(rng, count, 600, 5000)
    for _ in range(int(seconds * rng.uniform(60, 200))):
        at, wide = rng.integers(0, max(1, count - 500)), rng.integers(150, 500)
        out[at : at + wide] += coloured(rng, wide, 700, 4500) * np.exp(-np.arange(wide) / 60) * rng.uniform(0.3, 1)
    t = np.linspace(0, 1, count)
    return level(out * np.minimum(1, t * 6) * np.minimum(1, (1 - t) * 3 + 0.02))


def fade(samples, into, out):
    if into:
        samples[: int(into * RATE)] *= np.linspace(0, 1, int(into * RATE))
    if out:
        samples[-int(out * RATE) :] *= np.linspace(1, 0, int(out * RATE))
    return samples


def take(seed):
    """Samples and truth [(start, end, kind)]."""
    rng = np.random.default_rng(seed)
    turns = int(rng.integers(4, 9))
    kind = "musik" if rng.random() < 0.75 else "syair"
    one_band, singers = rng.random() < 0.7, [rng.uniform(100, 160), rng.uniform(180, 320)]
    bands, sung, how = rng.choice(list(BANDS), 2), rng.choice(["sung", "sung", "spoken", "mixed"]), manner(rng)
    parts, truth, now = [np.zeros(int(rng.choice([0, 0.3, 1.5]) * RATE))], [], 0
    now = len(parts[0])
    tight = rng.random() < 0.5
    for turn in range(turns):
        if kind == "musik":
            sound = band(rng, rng.uniform(2.5, 12), bands[0 if one_band else rng.integers(2)])
        else:
            as_song = sung == "sung" or (sung == "mixed" and rng.random() < 0.5)
            sound = voice(rng, rng.uniform(5, 18), as_song, singers[rng.integers(2)] * rng.uniform(0.97, 1.03), how)
        sound = sound * 10 ** (rng.uniform(-3, 3) / 20)
        if turn in (0, turns - 1) or rng.random() < 0.1:
            sound = fade(sound, rng.choice([0, 0, 1.0, 2.0]) * (turn == 0), rng.choice([0, 0, 1, 2]) * (turn > 0))
        parts.append(sound)
        truth.append((now / RATE, (now + len(sound)) / RATE, kind))
        now += len(sound)
        if turn < turns - 1 and rng.random() < 0.08:
            parts.append(applause(rng, rng.uniform(2, 5)) * 0.7)
        elif not tight:
            parts.append(np.zeros(int(rng.choice([0.1, 0.25, 0.5, 0.8, 1.5]) * RATE)))
        else:
            parts.append(np.zeros(0))
        now += len(parts[-1])
        kind = "syair" if kind == "musik" else "musik"
    if rng.random() < 0.35:
        parts.append(applause(rng, rng.uniform(3, 7)))
    samples = np.concatenate(parts)
    noise = rng.choice([-90, -60, -40, -30])
    return samples + level(rng.standard_normal(len(samples)), noise - (20 if noise == -30 and seed % 2 else 0)), truth
