"""What an installation's deliveries are held against: its registers and, where its systems spell otherwise, its
sources."""

from assets.intake.sources.definition import Source
from assets.intake.sources.load import load_sources, lookups
from assets.registers.contract import Register, load_registers, with_late_days, with_lookups
from assets.settings import Settings


def registers_of(settings: Settings) -> dict[str, Register]:
    """The contracts by name, as the configuration has them: with its days for what is late, and with what its sources
    look up in."""
    looked_up = {target for source in sources_of(settings).values() for target in lookups(source).values()}
    return with_late_days(with_lookups(load_registers(settings.registers), looked_up), settings.late_days)


def sources_of(settings: Settings) -> dict[str, Source]:
    """The configuration's sources by name. Raises SourceError, which `read_settings` has told of already."""
    return load_sources(settings.config, load_registers(settings.registers))
