"""Background jobs: one call into a use case each."""

from media_assets import pressing, renditions, renewing, suggesting, sweep


def make_renditions(master_pk: int) -> None:
    renditions.make(master_pk)


def resume_renditions() -> None:
    renditions.resume_stuck()


def renew_renditions() -> None:
    renewing.renew_outdated()


def tag_files(recording_pk: int) -> None:
    renewing.tag(recording_pk)


def press_disc(pressing_pk: int) -> None:
    pressing.make(pressing_pk)


def resume_pressings() -> None:
    pressing.resume_stuck()


def propose_segments(master_pk: int) -> None:
    suggesting.make(master_pk)


def sweep_files() -> None:
    sweep.sweep()
