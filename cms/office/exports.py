"""What the staff download as CSV: a spreadsheet opens it as text, never as a formula."""

import re
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*\Z")


def plain(cell: Any) -> Any:
    """Words that a spreadsheet would run get an apostrophe before them; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(FORMULA) and not NUMBER.match(cell):
        return f"'{cell}"
    return cell


class PlainExport(SpreadsheetExportMixin):
    """Before a view of Wagtail's that exports; its XLSX writes text as text already."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        words = super().preprocess_field_value(field, value, export_format)
        return plain(words) if export_format == "csv" else words
