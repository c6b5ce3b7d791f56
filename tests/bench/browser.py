"""The visitor page on a weak phone: LCP on 3G with a sixfold slower processor, and Lighthouse where Node is at hand."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.server import gunicorn
from tests.bench.visitor import prepare
from tests.journeys.chromium import FLAGS, executable

THREE_G = {"offline": False, "latency": 300, "downloadThroughput": 700_000 / 8, "uploadThroughput": 700_000 / 8}
LCP = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true}))"""
LIGHTHOUSE = "lighthouse@12"


def lcp(browser: Browser, address: str) -> float:
    """Milliseconds until the largest paint, cache empty: round trips of 300 ms, 700 kbit/s, a processor 6 × slower."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", THREE_G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    value = page.evaluate(LCP)
    context.close()
    return value


def lighthouse(address: str) -> list[dict[str, float]]:
    """Five runs of Lighthouse's mobile preset; empty without Node."""
    if not shutil.which("npx"):
        return []
    runs = []
    for _ in range(5):
        command = [
            "npx",
            "--yes",
            LIGHTHOUSE,
            address,
            "--output=json",
            "--quiet",
            f"--chrome-flags=--headless {' '.join(FLAGS)}",
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=os.environ | {"CHROME_PATH": executable()},
            check=False,
            timeout=180,
        )
        if done.returncode == 0:
            runs.append({name: part["score"] * 100 for name, part in json.loads(done.stdout)["categories"].items()})
    return runs


def rows() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        code = prepare(data)
        with gunicorn("cms.wsgi:application", data) as port:
            address = f"http://127.0.0.1:{port}/q/{code}"
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
                times = [lcp(browser, address) for _ in range(5)]
                browser.close()
            runs = lighthouse(address)
    scores = {name: statistics.median(run[name] for run in runs) for name in runs[0]} if runs else {}
    words = ", ".join(f"{name} {score:.0f}" for name, score in scores.items()) or "not measured: no Node here"
    return [
        (
            "visitor page, LCP on 3G (300 ms, 700 kbit/s, processor 6 × slower), median of five",
            f"{statistics.median(times):.0f} ms",
            "≤ 1600 ms",
        ),
        ("visitor page, Lighthouse mobile, median of five", words, "performance ≥ 98, others 100"),
    ]
