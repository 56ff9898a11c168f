"""What ends the run, whoever meets it: what asks the process to stop, and a disk that is full or failing.

A library may have made a fault of its own of it, as DuckDB does of a signal amid a query. Whoever goes on after a
fault asks this first, or the process would go on too.
"""

from assets.disk import causes, raise_disk_fault


def raise_fatal(fault: BaseException) -> None:
    """Raises what ends the run where the fault was raised from it: any other costs only what it befell."""
    raise_stop(fault)
    raise_disk_fault(fault)


def raise_stop(fault: BaseException) -> None:
    """Raises what the fault was raised from where that is no fault: a signal's exception, which is no Exception."""
    for error in causes(fault):
        if not isinstance(error, Exception | GeneratorExit):
            raise error
