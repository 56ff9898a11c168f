"""The asset graph, as text that a person can read: what there is, and what hangs on what."""

from pathlib import Path

from assets.settings import Settings
from pipelines.definitions import build_defs

GRAPH = Path(__file__).with_name("asset_graph.txt")


def test_the_graph_is_as_drawn(empty: Settings) -> None:
    """Where a change is meant, write the new drawing: it is reviewed with the change."""
    assert drawn(empty) == GRAPH.read_text(encoding="utf-8").splitlines()


def test_every_asset_says_what_it_is_and_who_owns_it(empty: Settings) -> None:
    graph = build_defs(empty).resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description, key
        assert node.owners, key
        assert node.kinds, key
        assert node.group_name != "default", key


def drawn(settings: Settings) -> list[str]:
    graph = build_defs(settings).resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys()):
        node = graph.get(key)
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
        lines.append(f"{key.to_user_string()} [{node.group_name}]" + (f" ← {parents}" if parents else ""))
    return lines


if __name__ == "__main__":  # .venv/bin/python -m tests.nights.test_graph draws it anew
    GRAPH.write_text("\n".join([*drawn(Settings(data=Path("x"), inbox=Path("x"), config=Path("x"))), ""]), "utf-8")
