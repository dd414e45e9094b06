"""The limit of open files, which many systems set too low for a web server."""

import logging
import resource

OPEN_ANYWAY = 100  # the database, the log, modules
logger = logging.getLogger(__name__)


def connections_that_fit(wanted: int) -> int:
    """Raise the limit of open files as far as allowed; return how many connections it leaves.

    A connection takes two files at most: its socket, and a file for a body that is not whole.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = 2 * wanted + OPEN_ANYWAY
    if soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else hard
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft >= needed:
        return wanted
    fitting = max(1, (soft - OPEN_ANYWAY) // 2)
    logger.warning(
        "Only %d files may be open, which is enough for %d connections, not %d: "
        "raise the hard limit (ulimit -Hn, LimitNOFILE=) to %d or more.",
        soft,
        fitting,
        wanted,
        needed,
    )
    return fitting
