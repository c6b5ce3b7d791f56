"""The waveform as one SVG path. Pure."""

from collections.abc import Sequence

COLUMNS, WIDTH, HEIGHT = 120, 1000, 48
LOWEST = 2.0


def path(peaks: Sequence[int]) -> str:
    """Upright strokes in a box of 1000 × 48 from peaks of 0–100 in any number; without peaks a quiet row."""
    columns = [_loudest(peaks, column) for column in range(COLUMNS)]
    step, middle = WIDTH / COLUMNS, HEIGHT / 2
    strokes = []
    for number, peak in enumerate(columns):
        half = max(LOWEST, peak / 100 * (middle - 1))
        strokes.append(f"M{step * (number + 0.5):.0f} {middle - half:.0f}v{2 * half:.0f}")
    return "".join(strokes)


def _loudest(peaks: Sequence[int], column: int) -> int:
    if not peaks:
        return 0
    start = column * len(peaks) // COLUMNS
    stop = max(start + 1, (column + 1) * len(peaks) // COLUMNS)
    return max(0, min(100, max(peaks[start:stop])))
