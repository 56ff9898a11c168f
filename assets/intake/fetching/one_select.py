"""Whether the text of a query is one SELECT and nothing else, in any of the databases' spellings."""

DIALECTS = ("postgres", "tsql", "oracle", "sqlite")


def check_one_select(query: str) -> None:
    """Raises ValueError, in Swedish, where it isn't. The database is asked to read only, besides, where it can."""
    from sqlglot import exp, parse  # only where a database is fetched from, and not by every command
    from sqlglot.errors import SqlglotError

    changes = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Command, exp.Into, exp.Create, exp.Drop)
    for dialect in DIALECTS:
        try:
            statements = [statement for statement in parse(query, read=dialect) if statement is not None]
        except SqlglotError:
            continue
        if len(statements) != 1 or not isinstance(statements[0], exp.Query) or statements[0].find(*changes):
            raise ValueError("ska vara en enda SELECT, som inte ändrar något")
        return
    raise ValueError("går inte att läsa som SQL")
