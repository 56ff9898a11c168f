"""What an installation works with: the product's contracts and models together with its own, as it has chosen them.

Whatever asks for registers or models asks here, so that one's own are never left out.
"""

from assets.registers.contract import Register, load_registers, with_late_days, with_lists
from assets.settings import Settings


def installed_registers(settings: Settings) -> dict[str, Register]:
    """Every register by name, with its patience and its lists as the installation has them. Raises ContractError."""
    registers = load_registers(*settings.register_folders)
    return with_lists(with_late_days(registers, settings.late_days), settings.register_lists)
