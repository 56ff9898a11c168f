"""What asks the process to stop, where a library has made a fault of its own of it, as DuckDB does amid a query.

Whoever goes on after a fault asks this first, or the process would go on too.
"""

from assets.disk import causes


def raise_stop(fault: BaseException) -> None:
    """Raises what the fault was raised from where that is no fault: a signal's exception, which is no Exception."""
    for error in causes(fault):
        if not isinstance(error, Exception | GeneratorExit):
            raise error
