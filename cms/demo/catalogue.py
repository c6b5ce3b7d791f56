"""The demo's catalogue: the 47 + 13 example licences, through the same import as the office's own table."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from campaigns import importing

SOURCE = Path(__file__).parent / "licences.csv"


def load(*, by: Any) -> None:
    with SOURCE.open("rb") as file:
        report = importing.take_in(file, SOURCE.name, by=by)
    if report.faults:
        raise ValidationError([str(fault) for fault in report.faults])
