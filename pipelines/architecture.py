"""The architecture picture, `docs/arkitektur.svg`, drawn from Dagster's asset graph.

.venv/bin/python -m pipelines.architecture
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from assets.publication.charts import INK, svg, text
from assets.settings import Settings
from pipelines.definitions import build_defs

PICTURE = Path(__file__).parents[1] / "docs" / "arkitektur.svg"
_WIDTH, _HEIGHT, _GAP, _EDGE = 140, 56, 56, 12

Graph = Mapping[str, Set[str]]
"""Box → the boxes that it reads."""


def architecture(settings: Settings) -> str:
    """Returns the picture as SVG: a box for each group of assets, an arrow from each to those that read it. What is
    read by way of another box has no arrow of its own, and a group that both feeds another and reads it is drawn
    asset by asset."""
    assets = build_defs(settings).resolve_asset_graph()
    keys = sorted(assets.get_all_asset_keys())
    parents = {key.to_user_string(): [p.to_user_string() for p in assets.get(key).parent_keys] for key in keys}
    box = {key.to_user_string(): assets.get(key).group_name for key in keys}
    while True:
        graph = _between(parents, box)
        try:
            order = list(TopologicalSorter(graph).static_order())
            break
        except CycleError as cycle:
            smallest = min(sorted(set(cycle.args[1])), key=list(box.values()).count)
            box = {key: key if group == smallest else group for key, group in box.items()}
    return _drawn(graph, order, Counter(box.values()))


def _between(parents: Mapping[str, Sequence[str]], box: Mapping[str, str]) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {name: set() for name in sorted(box.values())}
    for key, name in box.items():
        graph[name] |= {box[parent] for parent in parents[key]} - {name}
    return graph


def _drawn(graph: Graph, order: list[str], sizes: Mapping[str, int]) -> str:
    column: dict[str, int] = {}
    for name in order:
        column[name] = max((column[parent] + 1 for parent in graph[name]), default=0)
    places = {
        name: (
            _EDGE + column[name] * (_WIDTH + _GAP),
            _EDGE + [other for other in order if column[other] == column[name]].index(name) * (_HEIGHT + _GAP // 2),
        )
        for name in order
    }
    marks = [
        *_arrows(graph, order, places),
        *(mark for name in order for mark in _box(name, sizes[name], places[name])),
    ]
    width = max(left for left, _ in places.values()) + _WIDTH + _EDGE
    height = max(top for _, top in places.values()) + _HEIGHT + _EDGE + _GAP // 2
    words = "; ".join(f"{name} reads {', '.join(sorted(graph[name]))}" for name in order if graph[name])
    return svg("arkitektur", width, height, "arkitektur", "From delivery to publication", words, marks) + "\n"


def _box(name: str, size: int, place: tuple[int, int]) -> Iterator[str]:
    left, top = place
    middle = left + _WIDTH / 2
    yield (f'<rect x="{left}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="#eef3f8" stroke="#2b5f91"/>')
    yield text(middle, top + 25, name, anchor="middle")
    yield text(middle, top + 44, f"{size} asset{'' if size == 1 else 's'}", anchor="middle", size=12)


def _arrows(graph: Graph, order: list[str], places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    yield (
        '<defs><marker id="spets" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{INK}"/></marker></defs>'
    )
    before: dict[str, set[str]] = {}
    for name in order:
        before[name] = {*graph[name]} | {far for parent in graph[name] for far in before[parent]}
        left, top = places[name]
        for parent in sorted(graph[name] - {far for other in graph[name] for far in before[other]}):
            x, y = places[parent]
            yield (
                f'<path d="M{x + _WIDTH} {y + _HEIGHT // 2} {left} {top + _HEIGHT // 2}" stroke="{INK}" fill="none" '
                'marker-end="url(#spets)"/>'
            )


def main() -> None:
    nowhere = Path("nowhere")
    PICTURE.write_text(architecture(Settings(data=nowhere, inbox=nowhere, config=nowhere)), encoding="utf-8")


if __name__ == "__main__":
    main()
