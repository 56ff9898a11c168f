"""Where what a run publishes is read: what Dagster's events lead to."""

import dagster as dg

from assets.alerts.configuration import read_configuration
from assets.publication.release import release_path
from assets.registers.contract import CITY
from assets.settings import Run, Settings


def place_of(settings: Settings, run: Run, place: str) -> dg.MetadataValue:
    """A link to something of the published folder, of a night where `link` of recipients.toml says where it is read;
    else its path."""
    link = read_configuration(settings.config).recipients.link
    if link and run.kind == "nightly":
        return dg.MetadataValue.url(f"{link.rstrip('/')}/{place}")
    return dg.MetadataValue.path(str(release_path(settings.published, run) / place))


def page_of(settings: Settings, run: Run, indicator: str) -> dg.MetadataValue:
    """The same of an indicator's page, the city's."""
    return place_of(settings, run, f"{CITY}/indikatorer/{indicator}.html")
