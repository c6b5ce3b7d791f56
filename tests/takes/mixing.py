"""Puts verses and music in a row as one records them: gaps or none, fades, applause, noise, and the truth beside it."""

import numpy as np

RATE = 16_000


def level(samples, db=-20.0):
    """At this level (root mean square, dB of full scale)."""
    rms = np.sqrt(np.mean(samples**2)) or 1.0
    return samples * (10 ** (db / 20) / rms)


def trim(samples):
    """Without the silence before and after."""
    heard = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    return samples[heard[0] : heard[-1] + 1]


def noise(rng, count, tilt):
    """Gaussian, falling by `tilt` × 3 dB an octave: 0 white, 1 pink."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    return np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 40) ** (tilt / 2), count)


def applause(rng, seconds):
    """Many hands, each with a beat of its own."""
    out = np.zeros(int((seconds + 0.1) * RATE))
    for _hand in range(int(rng.integers(15, 50))):
        every, tone = rng.uniform(0.2, 0.35), rng.uniform(800, 2500)
        t = np.arange(int(0.025 * RATE)) / RATE
        for at in np.arange(rng.uniform(0, every), seconds, every):
            clap = rng.standard_normal(len(t)) * np.cos(2 * np.pi * tone * t) * np.exp(-t * 220)
            place = int(max(0, at + rng.normal(0, 0.02)) * RATE)
            out[place : place + len(t)] += clap[: len(out) - place] * rng.uniform(0.3, 1)
    return level(out[: int(seconds * RATE)])


class Mix:
    """A take that grows; how it is recorded is drawn once."""

    def __init__(self, rng):
        self.rng, self.parts, self.truth, self.now = rng, [], [], 0
        self.gaps = [[0.0], [0.0, 0.1, 0.3], [0.3, 0.5], [0.8, 1.2, 2.0], [0.0, 0.5, 1.5]][rng.integers(5)]
        self.spread = rng.choice([0, 3])
        self.clapping = rng.random() < 0.35
        self._put(np.zeros(int(rng.choice([0, 0.4, 2]) * RATE)))

    def _put(self, samples):
        self.parts.append(samples)
        self.now += len(samples)

    def add(self, samples, kind):
        if self.truth:
            if self.clapping and kind == "musik" and self.rng.random() < 0.3:
                self._put(applause(self.rng, self.rng.uniform(2, 5)))
            else:
                self._put(np.zeros(int(self.rng.choice(self.gaps) * RATE)))
        samples = samples * 10 ** (self.rng.uniform(-1, 1) * self.spread / 20)
        if kind == "musik" and self.rng.random() < 0.4:
            into, out = (int(seconds * RATE) for seconds in self.rng.choice([0.2, 0.8, 1.5], 2))
            into, out = min(into, len(samples) // 3), min(out, len(samples) // 3)
            samples[:into] *= np.linspace(0, 1, into)
            samples[-out:] *= np.linspace(1, 0, out)
        self.truth.append((self.now / RATE, (self.now + len(samples)) / RATE, str(kind)))
        self._put(samples)

    def finish(self):
        if self.clapping:
            self._put(applause(self.rng, self.rng.uniform(3, 6)))
        self._put(np.zeros(int(self.rng.choice([0, 1]) * RATE)))
        samples = np.concatenate(self.parts)
        hiss = level(noise(self.rng, len(samples), self.rng.choice([0, 1])), self.rng.choice([-80, -50, -40, -30]))
        return samples + hiss, self.truth
