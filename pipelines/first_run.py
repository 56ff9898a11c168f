"""What `make run` does: one nightly run, or where nothing is configured the demo organisation's review."""

import os
import sys

import click

from assets.settings import Settings
from pipelines.commands.run import execute
from pipelines.config import ConfigurationError, read_settings, today
from pipelines.demo import AS_OF, KNOWN_AT, LATER_AS_OF, LATER_KNOWN_AT
from pipelines.demo.make import add_later_deliveries, make_inbox


def main() -> int:
    """Gives the exit code of the run."""
    try:
        settings = read_settings()
    except ConfigurationError as fault:
        click.echo(f"Inställningarna går inte att använda. {fault}", err=True)
        return 2
    if (os.environ.get("LAGESBILD_INBOX") or settings.inbox.exists()) and "--demo" not in sys.argv[1:]:
        return execute(settings, None, None)
    code = _run_demo(settings)
    click.echo(
        "Det här är en påhittad organisation. För egna leveranser: lägg dem i data/inbox/<organisation>/ "
        "eller peka ut mappen med LAGESBILD_INBOX, och kör make run igen."
    )
    return code


def _run_demo(settings: Settings) -> int:
    """The demo's two reviews, the second on what the first decided; gives the exit code."""
    demo = settings.data / "demo"
    settings = settings.model_copy(update={"data": demo, "inbox": demo / "inbox", "config": demo / "config"})
    make_inbox(settings.inbox)
    if code := execute(settings, AS_OF, KNOWN_AT):
        return code
    add_later_deliveries(settings.inbox, settings.published / "reviews" / f"{AS_OF}_{KNOWN_AT}")
    if today(settings) < LATER_KNOWN_AT:  # a machine whose clock is behind shows it all the same
        settings = settings.model_copy(update={"today": LATER_KNOWN_AT})
    return execute(settings, LATER_AS_OF, LATER_KNOWN_AT)


if __name__ == "__main__":
    sys.exit(main())
