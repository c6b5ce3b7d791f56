"""A time of a take as people type it. Pure."""

import re

# "01:23.45" and "1:23,4"; "1.02,5" as timelines are written here; "83,45" and "83.45" are seconds alone.
_FORMS = (
    re.compile(r"(?P<minutes>\d{1,4}):(?P<seconds>[0-5]?\d(?:[.,]\d{1,3})?)"),
    re.compile(r"(?P<minutes>\d{1,4})\.(?P<seconds>[0-5]\d,\d{1,3})"),
    re.compile(r"(?P<minutes>)(?P<seconds>\d{1,5}(?:[.,]\d{1,3})?)"),
)


def read(text: str) -> float | None:
    """Seconds in hundredths, or None where it is no time."""
    found = next((match for form in _FORMS if (match := form.fullmatch(text.strip()))), None)
    if found is None:
        return None
    return round(int(found["minutes"] or 0) * 60 + float(found["seconds"].replace(",", ".")), 2)
