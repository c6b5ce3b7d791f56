"""A listing of 100,000 rows in the admin: queries and time, beside the same listing of 100 rows."""

import tempfile
from pathlib import Path

from tests.bench.visitor import prepare, shell

SCRIPT = """
import statistics, time
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from campaigns.codes import ALPHABET, check_character
from campaigns.models import Code
from wagtail.models import Page

def name(number):
    body = "".join(ALPHABET[number // 32**place % 32] for place in range(5))
    return body + check_character(body)

def measure():
    times, queries = [], 0
    for _turn in range(7):
        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            answer = client.get("/admin/kode/")
            times.append(time.perf_counter() - started)
        assert answer.status_code == 200, answer.status_code
        queries = len(captured)
    return statistics.median(times) * 1000, queries

client = Client(HTTP_HOST="localhost")
client.force_login(get_user_model().objects.get(username="admin"))
page = Page.objects.get(depth=2)
def fill(first, last):
    now = timezone.now()
    rows = (Code(code=name(n), label=f"Tempat {n}", page=page, created_at=now) for n in range(first, last))
    Code.objects.bulk_create(rows, batch_size=5000)
fill(0, 100)
few = measure()
fill(100, 100_000)
many = measure()
print(*few, *many)
"""


def rows() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        prepare(data)
        few, few_queries, many, many_queries = shell(data, SCRIPT)[-4:]
    figure = f"{float(many):.0f} ms with {many_queries} queries (100 rows: {float(few):.0f} ms, {few_queries})"
    return [("admin listing of 100,000 codes", figure, "≤ 300 ms, constant queries")]
