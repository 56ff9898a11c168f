"""A column that is looked up holds what a row is called: its own form of codes isn't asked of it."""

from assets.registers.adjusted import without_patterns
from assets.registers.contract import Register

CONTRACT = Register.model_validate(
    {
        "name": "prov",
        "about": "Ett register",
        "called": "registret",
        "mode": "snapshot",
        "key": ("Id",),
        "columns": (
            {"name": "Id", "type": "code", "req": True, "pattern": r"P\d+"},
            {"name": "Enhet", "type": "code", "pattern": r"E\d+"},
        ),
    }
)


def test_only_the_named_columns_lose_theirs() -> None:
    assert CONTRACT.by_name["Enhet"].pattern == r"E\d+"
    made = without_patterns(CONTRACT, {"Enhet"})
    assert {column.name: column.pattern for column in made.columns} == {"Id": r"P\d+", "Enhet": None}
    assert made.by_name["Enhet"].pattern is None
    assert CONTRACT.by_name["Enhet"].pattern == r"E\d+"
