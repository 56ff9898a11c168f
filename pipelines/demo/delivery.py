"""A file of the inbox, before it is written: whose rows, in which export profile, in which frame."""

from dataclasses import dataclass, field

from pipelines.demo.export_format import Frame
from pipelines.demo.export_profiles import ExportProfile
from pipelines.demo.rows import Row

COUNTED = "Antal rader: {}"
TITLED_AND_COUNTED = Frame(titles=(("Uttag", "Farsta"), ()), note=COUNTED)


@dataclass(frozen=True)
class Delivery:
    """One file. Its name says the register and the date; the register's level says the folder."""

    register: str
    file: str
    rows: list[Row]
    profile: ExportProfile
    frame: Frame = field(default_factory=Frame)
