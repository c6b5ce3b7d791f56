"""Finds a Chromium or Chrome; where there is none, installs Playwright's own or Debian's."""

import shutil
import subprocess
import sys
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip


def installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@cache
def executable() -> str:
    """The browser's path; raises RuntimeError, never skips, when none can be had."""
    if found := installed():
        return found
    if path := playwrights_own():
        return path
    subprocess.run(["apt-get", "update", "-q"], check=False, capture_output=True)
    subprocess.run(["apt-get", "install", "-yq", "chromium"], check=False, capture_output=True)
    if found := installed():
        return found
    raise RuntimeError("No Chromium here and none could be installed; install chromium and run again.")


def playwrights_own() -> str | None:
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)
    if done.returncode:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    print(executable())
