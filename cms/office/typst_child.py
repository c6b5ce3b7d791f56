"""The process that sets type: reads jobs from its input, answers with PDFs, under limits it cannot lift.

It stands alone (no Django, no settings, no secrets). A job is one line of JSON `{folder, main, seconds}`; the answer
is one line of JSON `{size, warnings}` and then that many bytes, or `{error}`.
"""

import json
import resource
import sys

import typst

FONTS = sys.argv[1]
MEMORY = 1_500_000_000


def limit(kind: int, value: int) -> None:
    resource.setrlimit(kind, (value, value))


def allow_seconds(seconds: int) -> None:
    """CPU time counts from the start of the process, so every job gets its own ration on top of what is spent."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, resource.RLIM_INFINITY)
    )


def set_type(job: dict, fonts: typst.Fonts) -> tuple[dict, bytes]:
    try:
        pdf, warnings = typst.compile_with_warnings(
            f"{job['folder']}/{job['main']}",
            root=job["folder"],
            font_paths=fonts,
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        return {"error": error.message}, b""
    return {"size": len(pdf), "warnings": [warning.message for warning in warnings]}, pdf


def main() -> None:
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_NOFILE, 64)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        allow_seconds(job["seconds"])
        answer, pdf = set_type(job, fonts)
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + pdf)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
