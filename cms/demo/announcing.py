"""What the demo tells on the console: where to go, who may log in, how far the recordings are."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils.translation import gettext as _

from campaigns.models import Code
from cms.demo.people import ACCOUNTS, PASSWORD
from media_assets.models import Rendition

UNFINISHED = [Rendition.State.QUEUED, Rendition.State.WORKING]


def log_folder() -> Path:
    folder = Path(settings.DATA_DIR) / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def welcome(port: int) -> str:
    here = f"http://127.0.0.1:{port}"
    code = Code.objects.filter(state=Code.State.ACTIVE).order_by("created_at", "code").first()
    places = [
        (_("Halaman umum"), "/"),
        (_("Halaman kode QR"), code.path if code else "/q/"),
        (_("Ruang kerja staf"), "/admin/"),
        (_("Lembaga Adat"), "/adat/"),
        (_("Radio"), "/siaran/"),
    ]
    rows = [(account.username, PASSWORD, str(account.role.label)) for account in ACCOUNTS]
    connections.close_all()
    return "\n".join(
        [
            "",
            _("Bersenjang siap. Buka salah satu alamat ini di peramban:"),
            "",
            *_table([(name, here + path) for name, path in places]),
            "",
            *_table([(_("nama pengguna"), _("kata sandi"), _("peran")), *rows]),
            "",
            _("Data dan catatan: %(folder)s · Berhenti: Ctrl-C") % {"folder": settings.DATA_DIR},
            "",
        ]
    )


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


class Progress:
    """Called every second: tells each change in how many files are ready, until all are."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.told: tuple[int, int] | None = None
        self.done = False

    def __call__(self) -> None:
        if self.done:
            return
        waiting = Rendition.objects.filter(state__in=UNFINISHED).count()
        total = Rendition.objects.count()
        close_old_connections()
        if (waiting, total) != self.told and (waiting or self.told):
            self.say(_("Rekaman diolah: %(ready)d dari %(total)d berkas.") % {"ready": total - waiting, "total": total})
        self.told, self.done = (waiting, total), not waiting
