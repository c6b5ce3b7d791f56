"""Loads the places from the file that the app carries; again after every migration, changing only what differs."""

import csv
from pathlib import Path
from typing import Any

from campaigns.models import Kecamatan, Village

SOURCE = Path(__file__).parent / "data" / "wilayah_musi_banyuasin.csv"


def load(using: str = "default", **kwargs: Any) -> None:
    """Source: Kepmendagri 300.2.2-2430/2025 (Lawang Wetan spelled as in the files before it)."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if Village.objects.using(using).count() == len(rows):
        return
    kecamatan = {row["kode"][:8]: row["kecamatan"] for row in rows}
    Kecamatan.objects.using(using).bulk_create(
        [Kecamatan(code=code, name=name) for code, name in kecamatan.items()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    Village.objects.using(using).bulk_create(
        [Village(code=r["kode"], kecamatan_id=r["kode"][:8], kind=r["jenis"], name=r["nama"]) for r in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kecamatan", "kind", "name"],
    )
