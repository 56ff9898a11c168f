"""What `make run` does: one nightly run, or where nobody has delivered anything the demo's two reviews."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from assets.settings import Settings
from pipelines.commands.run import DONE, execute
from pipelines.config import read_settings, today
from pipelines.demo import AS_OF, KNOWN_AT, LATER_AS_OF, LATER_KNOWN_AT
from pipelines.demo.make import ORGANISATION, add_later_deliveries, make_inbox
from pipelines.environment import DEMO, ConfigurationError, has_no_deliveries, own_data

_REFUSED = "pub_avtal_2023-11-06.csv"
"""The demo's delivery that is refused as a whole, and so has most to tell."""


@click.command()
@click.option("--demo", is_flag=True, help="The demo organisation, whatever lies in the inbox.")
def main(*, demo: bool) -> None:
    """Ends with the exit code of the run."""
    try:
        settings = read_settings()
    except ConfigurationError as fault:
        click.echo(f"Inställningarna går inte att använda. {fault}", err=True)
        sys.exit(2)
    sys.exit(_run_demo(settings) if demo or has_no_deliveries() else execute(settings, None, None))


def _run_demo(settings: Settings) -> int:
    data = own_data() / DEMO
    settings = settings.model_copy(update={"data": data, "inbox": data / "inbox"})
    code = _run_reviews(settings)
    if code == DONE:
        click.echo("\nPröva sedan:")
        for command in _to_try(settings):
            click.echo(f"  {command}")
    click.echo(
        "\nDet här är en påhittad organisation. För egna leveranser: lägg dem i data/inbox/<organisation>/ "
        "eller peka ut mappen med LAGESBILD_INBOX, och kör make run igen."
    )
    return code


def _run_reviews(settings: Settings) -> int:
    """The demo's two reviews, the second on what the first decided."""
    make_inbox(settings.inbox)
    if code := execute(settings, AS_OF, KNOWN_AT):
        return code
    add_later_deliveries(settings.inbox, settings.published / "reviews" / f"{AS_OF}_{KNOWN_AT}")
    if today(settings) < LATER_KNOWN_AT:  # a machine whose clock is behind shows it all the same
        settings = settings.model_copy(update={"today": LATER_KNOWN_AT})
    return execute(settings, LATER_AS_OF, LATER_KNOWN_AT)


def _to_try(settings: Settings) -> Iterator[str]:
    """Three commands that show something of the demo, as they are typed where this one was."""
    program = _from_here(Path(sys.executable).with_name("lagesbild"))
    if not has_no_deliveries():  # without being told to, commands look at the installation's own
        places = {"LAGESBILD_DATA": settings.data, "LAGESBILD_INBOX": settings.inbox}
        program = " ".join([*(f"{name}={_from_here(path)}" for name, path in places.items()), program])
    yield f"{program} serve"
    yield f"{program} explain INC-03 --organisation {ORGANISATION}"
    yield f"{program} check {_from_here(settings.inbox / ORGANISATION / _REFUSED)}"


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


if __name__ == "__main__":
    main()
