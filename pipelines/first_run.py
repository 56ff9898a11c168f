"""What `make run` does: one nightly run, or where nothing is configured the demo organisation's review."""

import os
import sys

import click

from pipelines.commands.run import execute
from pipelines.config import ConfigurationError, read_settings
from pipelines.demo import AS_OF, KNOWN_AT
from pipelines.demo.make import make_inbox


def main() -> int:
    """Gives the exit code of the run."""
    try:
        settings = read_settings()
    except ConfigurationError as fault:
        click.echo(f"Inställningarna går inte att använda. {fault}", err=True)
        return 2
    if os.environ.get("LAGESBILD_INBOX") or settings.inbox.exists():
        return execute(settings, None, None)
    demo = settings.data / "demo"
    settings = settings.model_copy(update={"data": demo, "inbox": demo / "inbox", "config": demo / "config"})
    make_inbox(settings.inbox)
    code = execute(settings, AS_OF, KNOWN_AT)
    click.echo(
        "Det här är en påhittad organisation. För egna leveranser: lägg dem i data/inbox/<organisation>/ "
        "eller peka ut mappen med LAGESBILD_INBOX, och kör make run igen."
    )
    return code


if __name__ == "__main__":
    sys.exit(main())
