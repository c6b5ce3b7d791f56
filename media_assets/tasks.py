"""Background jobs: one call into a use case each."""

from media_assets import renditions, sweep


def make_renditions(master_pk: int) -> None:
    renditions.make(master_pk)


def resume_renditions() -> None:
    renditions.resume_stuck()


def sweep_files() -> None:
    sweep.sweep()
