"""`lagesbild export postgres`: a published run's lists to a database, all of them or nothing."""

from pathlib import Path

import click
import sqlalchemy

from assets.intake.fetching.credentials import revealed
from assets.intake.fetching.database import postgresql_options
from assets.intake.fetching.fault import FetchFault, as_fetch_fault

VARIABLE = "LAGESBILD_POSTGRES"
"""The environment variable that holds the address, with its secret."""


class NotExported(ValueError):
    """The database is as it was; the message says in Swedish why."""


def export_to_postgres(published: Path, schema: str) -> bool:
    """Tells what the database holds once it has been exported to; false where an organisation is left out. Raises
    NotExported."""
    try:
        import psycopg

        from assets.publication.onward.postgres import read_tables, replace_tables
    except ImportError:
        raise NotExported("Exporten behöver ett tillägg på datorn: pip install 'lagesbild[postgres]'.") from None
    tables, missing = read_tables(published.resolve())  # current may be switched meanwhile
    if not tables:
        raise NotExported("Ingenting har exporterats: ingen organisations mapp har listorna som Parquet.")
    try:
        url = _address()
        options = postgresql_options(url, str(url.query.get("sslrootcert", "")) or None)
        with (
            as_fetch_fault(),
            psycopg.connect(
                url.render_as_string(hide_password=False), **options, client_encoding="utf8"
            ) as connection,
        ):
            try:
                rows = replace_tables(connection, schema, tables)
            except psycopg.errors.DependentObjectsStillExist:
                raise FetchFault("en vy står på en tabell som har fått andra kolumner; ta bort vyn först") from None
    except FetchFault as fault:
        raise NotExported(f"Ingenting har exporterats: {fault}.") from None
    for name, number in rows.items():
        click.echo(f"  {schema}.{name}: {number} {'rad' if number == 1 else 'rader'}")
    for organisation in missing:
        click.echo(f"  {organisation} är inte med: mappen har ingen datapackage.json.", err=True)
    return not missing


def _address() -> sqlalchemy.URL:
    try:
        url = sqlalchemy.make_url(revealed(f"env:{VARIABLE}"))
    except (sqlalchemy.exc.ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in ("postgresql", "postgres"):
        raise FetchFault(f"{VARIABLE} ska vara en adress som postgresql://konto:lösen@server/databas")
    return url
