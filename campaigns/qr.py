"""The picture of a code: the QR symbol of its capital address, as one SVG path and as PNG. No database."""

from django.conf import settings
from django.utils.translation import gettext as _

from cms.office import symbols

QUIET = symbols.QUIET


def address(code: str) -> str:
    """What the symbol holds; host and path are matched in any case."""
    return f"{settings.PUBLIC_BASE_URL}/q/{code}".upper()


def side(code: str) -> int:
    """Modules a side, quiet zone included: the viewBox of `path`."""
    return len(symbols.matrix(address(code)))


def path(code: str) -> str:
    """The dark modules as the `d` of one SVG path, a module = 1 unit."""
    return symbols.path(address(code))


def svg(code: str, *, mm: float = 30, title: str = "") -> str:
    """A stand-alone SVG picture `mm` wide, black on white."""
    about = _("Membuka %(address)s") % {"address": f"{settings.PUBLIC_BASE_URL}/q/{code}"}
    return symbols.svg(address(code), mm=mm, title=title or _("Kode QR %(code)s") % {"code": code}, about=about)


def png(code: str, *, mm: float = 30, dpi: int = 600) -> bytes:
    """A PNG at least `dpi` fine when printed `mm` wide."""
    return symbols.png(address(code), mm=mm, dpi=dpi)
