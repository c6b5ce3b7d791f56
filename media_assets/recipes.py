"""The files that are made from every master, as data. Whoever changes a line raises its version."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """`target` in LUFS (None: keep the master's level); `ceiling` in dBTP is what the finished file may reach,
    `headroom` what the limiter leaves below it because a lossy encoder overshoots, `makeup` (dB) what that encoder's
    low-pass takes off; `lossless` files are 16-bit samples with dither; `broadcast` ones carry
    the `bext` chunk that studios read."""

    name: str
    version: int
    suffix: str
    content_type: str
    channels: int
    rate: int
    codec: tuple[str, ...]
    target: float | None
    ceiling: float = -1.0
    headroom: float = 0.2
    makeup: float = 0.0
    lossless: bool = False
    broadcast: bool = False

    @property
    def aim(self) -> float | None:
        """The loudness to send into the encoder."""
        return None if self.target is None else self.target + self.makeup


ALL = (
    Recipe(
        "web-mp3", 1, "mp3", "audio/mpeg", 2, 44_100,
        ("-c:a", "libmp3lame", "-b:a", "96k", "-joint_stereo", "1"), target=-16.0, headroom=0.8, makeup=0.3,
    ),
    Recipe(
        "web-opus", 1, "opus", "audio/ogg", 2, 48_000,
        ("-c:a", "libopus", "-b:a", "64k", "-f", "ogg"), target=-16.0, headroom=0.8,
    ),
    Recipe(
        "low-opus", 1, "opus", "audio/ogg", 1, 48_000,
        ("-c:a", "libopus", "-b:a", "32k", "-f", "ogg"), target=-16.0, headroom=2.0,
    ),
    Recipe(
        "radio-wav", 2, "wav", "audio/wav", 2, 44_100,
        ("-c:a", "pcm_s16le", "-f", "wav"), target=-23.0, lossless=True, broadcast=True,
    ),
    Recipe(
        "cd-wav", 1, "wav", "audio/wav", 2, 44_100,
        ("-c:a", "pcm_s16le", "-f", "wav"), target=None, lossless=True,
    ),
)  # fmt: skip
VOICE = Recipe(  # an elder's explanation of a label; no master, one file
    "voice", 1, "mp3", "audio/mpeg", 1, 44_100, ("-c:a", "libmp3lame", "-b:a", "64k"), target=-16.0, headroom=0.8
)
BY_NAME = {recipe.name: recipe for recipe in ALL}
WEB = "web-mp3"  # plays everywhere, so it decides whether a recording can be heard on the web
LOW = "low-opus"
ON_THE_WEB = (WEB, "web-opus", LOW)  # the others are for staff and the radio
