"""QR symbols (ISO/IEC 18004) of a text, as one SVG path and as PNG. No database.

Capitals fit the alphanumeric mode, whose symbols are smaller; level Q outlives creases; four modules stay quiet.
"""

from functools import lru_cache
from html import escape
from io import BytesIO
from math import ceil

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q

QUIET = 4
MM_PER_INCH = 25.4


@lru_cache(maxsize=256)
def matrix(text: str) -> list[list[bool]]:
    """The modules, rows of dark or light, quiet zone included."""
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET)
    symbol.add_data(text, optimize=0)
    symbol.make(fit=True)
    return symbol.get_matrix()


def path(text: str) -> str:
    """The dark modules as the `d` of one SVG path, a module = 1 unit; each run of modules is one rectangle."""
    pieces = []
    for y, row in enumerate(matrix(text)):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                pieces.append(f"M{x} {y}h{run}v1h-{run}z")
            x += run + 1
    return "".join(pieces)


def svg(text: str, *, mm: float, title: str, about: str) -> str:
    """A stand-alone SVG picture `mm` wide, black on white."""
    units = len(matrix(text))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{mm:g}mm" height="{mm:g}mm" viewBox="0 0 {units} {units}" '
        f'role="img" shape-rendering="crispEdges"><title>{escape(title)}</title><desc>{escape(about)}</desc>'
        f'<path fill="#fff" d="M0 0h{units}v{units}H0z"/><path fill="#000" d="{path(text)}"/></svg>'
    )


def png(text: str, *, mm: float, dpi: int) -> bytes:
    """A PNG at least `dpi` fine when printed `mm` wide; whole pixels a module, so that edges stay crisp."""
    rows = matrix(text)
    scale = ceil(mm / MM_PER_INCH * dpi / len(rows))
    image = Image.new("1", (len(rows), len(rows)), 1)
    image.putdata([not dark for row in rows for dark in row])
    image = image.resize((len(rows) * scale, len(rows) * scale), Image.Resampling.NEAREST)
    fine = image.width * MM_PER_INCH / mm
    out = BytesIO()
    image.save(out, "PNG", dpi=(fine, fine), optimize=True)
    return out.getvalue()
