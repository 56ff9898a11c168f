"""What an installation works with: the product's contracts and models together with its own, as it has chosen them.

Whatever asks for registers, sources or models asks here, so that one's own are never left out.
"""

from assets.intake.sources.definition import Source
from assets.intake.sources.load import load_sources, lookups
from assets.registers.adjusted import with_late_days, with_lists, with_lookups
from assets.registers.contract import Register
from assets.registers.own_words import with_words
from assets.registers.read_contracts import load_registers
from assets.settings import Settings


def installed_registers(settings: Settings) -> dict[str, Register]:
    """Every register by name, with its patience, words and lists as the installation has them, and with what its
    sources look up in. Raises ContractError, and SourceError, which `read_settings` has told of already."""
    looked_up = {target for source in installed_sources(settings).values() for target in lookups(source).values()}
    registers = with_lookups(_contracts(settings), looked_up)
    return with_lists(with_late_days(registers, settings.late_days), settings.register_lists)


def installed_sources(settings: Settings) -> dict[str, Source]:
    """The configuration's sources by name. Raises SourceError."""
    return load_sources(settings.config, _contracts(settings))


def _contracts(settings: Settings) -> dict[str, Register]:
    """What every delivery is held against, with the words of one's own."""
    return with_words(load_registers(*settings.register_folders), settings.words)
