"""Runs every measurement and prints one table."""

import sys

from tests.bench import admin, audio, browser, segments, visitor

PARTS = {"visitor": visitor, "browser": browser, "audio": audio, "segments": segments, "admin": admin}


def main(names: list[str]) -> None:
    print("| what | measured | aim |\n| --- | --- | --- |")
    for name in names or list(PARTS):
        for what, figure, aim in PARTS[name].rows():
            print(f"| {what} | {figure} | {aim} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
