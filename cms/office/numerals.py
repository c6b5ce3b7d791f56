"""Numbers in Indonesian words, as minutes and receipts spell them: 2026 = “dua ribu dua puluh enam”. No database."""

ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


def spell(number: int) -> str:
    """0 to 999,999."""
    if not 0 <= number < 1_000_000:
        raise ValueError(number)
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    if number < 100:
        return _joined(f"{ONES[number // 10]} puluh", number % 10)
    if number < 200:
        return _joined("seratus", number - 100)
    if number < 1000:
        return _joined(f"{ONES[number // 100]} ratus", number % 100)
    if number < 2000:
        return _joined("seribu", number - 1000)
    return _joined(f"{spell(number // 1000)} ribu", number % 1000)


def _joined(head: str, rest: int) -> str:
    return f"{head} {spell(rest)}" if rest else head
