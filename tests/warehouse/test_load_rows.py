"""Of an accumulating register the newest delivery's row wins where a key comes again, within an organisation."""

from pathlib import Path

from tests.warehouse.deliveries import Deliveries


def completion(person: str, status: str, moment: str = "") -> dict[str, str]:
    return {"Anställnings-id": person, "Kurskod": "K", "Avsnitt": "1", "Status": status, "Genomförd": moment}


def test_the_newest_row_of_a_key_wins(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path)
    first = [
        completion("A1", "Genomförd", "2026-01-01 08:00"),
        completion("A2", "Påbörjad"),
        completion("A3", "Genomförd", "2026-01-03 08:00"),
    ]
    again = [
        completion("A1", "Genomförd", "2026-01-01 08:00") | {"Registrering": "Självstudie"},
        completion("A2", "Ej påbörjad"),  # nothing is a value of a key like any other
        completion("A1", "Genomförd", "2026-02-01 08:00"),
    ]
    delivered.deliver("utbildning", first, "2026-10-01")
    delivered.deliver("utbildning", again, "2026-11-01")
    delivered.deliver("utbildning", first, "2026-09-01", organisation="jarva")
    with delivered.loaded() as con:
        found = con.execute(
            """SELECT organisation, anstallnings_id, status, registrering, delivery FROM registers.utbildning
            ORDER BY organisation, anstallnings_id, genomford"""
        ).fetchall()
        temporary = con.execute("SELECT count(*) FROM duckdb_tables() WHERE temporary").fetchall()
    old, new = "utbildning_2026-10-01.csv", "utbildning_2026-11-01.csv"
    assert found[:4] == [
        ("farsta", "A1", "Genomförd", "Självstudie", new),
        ("farsta", "A1", "Genomförd", None, new),
        ("farsta", "A2", "Ej påbörjad", None, new),
        ("farsta", "A3", "Genomförd", None, old),
    ]
    assert [row[:3] for row in found[4:]] == [
        ("jarva", "A1", "Genomförd"),
        ("jarva", "A2", "Påbörjad"),
        ("jarva", "A3", "Genomförd"),
    ]
    assert temporary == [(0,)]
