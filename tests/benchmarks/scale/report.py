"""docs/prestanda.md and its plot, of the newest result of each size in docs/prestanda.json."""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import log10
from pathlib import Path
from typing import Any

from assets.publication.charts import svg
from tests.benchmarks.scale.exports import SIZES
from tests.benchmarks.scale.night import NIGHT, STEPS

DOCS = Path(__file__).parents[3] / "docs"
RESULTS = DOCS / "prestanda.json"
NAMES = {
    "row": "en rad", "district": "en förvaltning", "districts": "fem förvaltningar", "city": "en stad",
    "sweden": "hela Sverige",
}  # fmt: skip
STEP_NAMES = {
    "reading": "läsning", "loading": "laddning", "history, read": "historik, läst", "SQL": "SQL",
    "validation": "validering", "history, written": "historik, skriven", "alerts": "larm",
    "publication": "publicering", "audit": "granskning av utkastet", "release": "byte",
}  # fmt: skip

PEERS = {"pandas_ge": "pandas och Great Expectations", "dbt_duckdb": "dbt och DuckDB"}
"""What one would write instead for two registers and one figure: a module of `peers` each, and its libraries."""

Result = Mapping[str, Any]

HEAD = """# Prestanda

Skriven av `make bench` (`tests/benchmarks/scale`). Exporterna görs på nytt varje gång, med samma byte: 23 register
per organisation och 3 för staden; en hänvisning av tvåhundra saknar mål och en cell av femhundra går inte att läsa.
*Golvet* är att DuckDB bara läser samma filer som text. CPU-sekunder är alla processers egna; sekunder på klockan
hänger också på vad maskinen gör i övrigt. Minne är det mesta vid ett tillfälle, alla processer tillsammans. Till den
oförändrade natten har inget nytt kommit. Tidigare mätningar ligger kvar i `prestanda.json`.

![CPU-sekunder mot rader](prestanda.svg)
"""


def write_report() -> None:
    found = newest(json.loads(RESULTS.read_text(encoding="utf-8")))
    (DOCS / "prestanda.md").write_text(report(found), encoding="utf-8")
    (DOCS / "prestanda.svg").write_text(plot(found), encoding="utf-8")


def report(found: Sequence[Result]) -> str:
    """docs/prestanda.md: the tables of the results, and what words.md says of them."""
    words = Path(__file__).with_name("words.md").read_text(encoding="utf-8")
    parts = [HEAD, *_overview(found), "", words, *(line for result in found for line in _of_size(result))]
    return "\n".join(parts).rstrip() + "\n"


def newest(results: Sequence[Result]) -> list[Result]:
    """The last result of each size, smallest first."""
    last = {result["size"]: result for result in results}
    return [last[name] for name in SIZES if name in last]


def _overview(found: Sequence[Result]) -> Iterator[str]:
    yield (
        "| storlek | rader | filer | golv: CPU-s | första natten: CPU-s | × golv | oförändrad natt: CPU-s | × golv |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for result in found:
        floor, first, again = result["floor"]["cpu"], _in_all(result["first"]), _in_all(result["unchanged"])
        yield (
            f"| {NAMES[result['size']]} | {_count(result['rows'])} | {_count(result['files'])} | {_number(floor)} "
            f"| {_number(first['cpu'])} | {_number(first['cpu'] / floor)} "
            f"| {_number(again['cpu'])} | {_number(again['cpu'] / floor)} |"
        )


def _of_size(result: Result) -> Iterator[str]:
    name = NAMES[result["size"]]
    yield f"\n## {name[0].upper()}{name[1:]}\n"
    yield f"{result['day']}, {result['commit']}, {result['cores']} kärnor, {result['bytes'] / 1e6:.0f} MB.\n"
    yield f"Golvet: {_number(result['floor']['seconds'])} s, {_number(result['floor']['cpu'])} CPU-s.\n"
    if peers := result.get("peers"):  # the first results have none
        costs = (
            f"med {PEERS[name]} (`peers/{name}.py`) {_number(peer['seconds'])} s, {_number(peer['cpu'])} CPU-s, "
            f"{peer['peak'] / 1e6:.0f} MB"
            for name, peer in peers.items()
        )
        yield (
            "Två register och en siffra, utan arkiv, karantän, historik, listor, sidor och dokument: "
            f"{'; '.join(costs)}.\n"
        )
    yield "| steg | första natten: s | CPU-s | MB | oförändrad natt: s | CPU-s | MB |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for step in STEPS:
        yield f"| {STEP_NAMES[step]} | {_cells(result, step)} |"
    yield f"| **hela natten**, med import och Dagster | {_cells(result, NIGHT)} |"


def _cells(result: Result, step: str) -> str:
    found = [_of_step(result[night], step) for night in ("first", "unchanged")]
    return " | ".join(
        f"{_number(line['seconds'])} | {_number(line['cpu'])} | {line['peak'] / 1e6:.0f}" for line in found
    )


def _of_step(lines: Sequence[Result], step: str) -> dict[str, float]:
    """A step that is done in several goes is one here."""
    own = [line for line in lines if line["step"] == step]
    totals = {key: sum(line[key] for line in own) for key in ("seconds", "cpu")}
    return totals | {"peak": max((line["peak"] for line in own), default=0)}


def _in_all(lines: Sequence[Result]) -> dict[str, float]:
    return _of_step(lines, NIGHT)


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _count(value: int) -> str:
    return f"{value:,}".replace(",", " ")


_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 320, 60, 280
_CURVES = (
    ("golvet", "floor", "#59636e"),
    ("första natten", "first", "#2b5f91"),
    ("oförändrad natt", "unchanged", "#1a6b3a"),
)


def plot(found: Sequence[Result]) -> str:
    """CPU seconds against rows, both on scales by tens."""
    most_rows, most = 8.1, 4.0

    def x(rows: float) -> float:
        return _LEFT + log10(max(rows, 1)) / most_rows * (_WIDTH - _LEFT - 20)

    def y(seconds: float) -> float:
        return _BOTTOM - (log10(max(seconds, 0.1)) + 1) / (most + 1) * (_BOTTOM - 20)

    marks = [
        f'<text x="{_LEFT - 8}" y="{y(10**power) + 4:.0f}" font-size="12" text-anchor="end">{10**power:g}</text>'
        f'<line x1="{_LEFT}" x2="{_WIDTH - 20}" y1="{y(10**power):.0f}" y2="{y(10**power):.0f}" stroke="#e3e7eb"/>'
        for power in range(-1, 5)
    ]
    marks += [
        f'<text x="{x(10**power):.0f}" y="{_BOTTOM + 20}" font-size="12" text-anchor="middle">'
        f"{_count(10**power)}</text>"
        for power in range(0, 9, 2)
    ]
    for place, (words, key, colour) in enumerate(_CURVES):
        points = [
            (x(size["rows"]), y(size[key]["cpu"] if key == "floor" else _in_all(size[key])["cpu"])) for size in found
        ]
        line = " ".join(f"{left:.1f},{top:.1f}" for left, top in points)
        marks.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        marks += [f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3" fill="{colour}"/>' for left, top in points]
        marks.append(f'<text x="{_LEFT + 10}" y="{34 + 16 * place}" font-size="12" fill="{colour}">{words}</text>')
    marks.append(f'<text x="{_WIDTH - 20}" y="{_BOTTOM + 36}" font-size="12" text-anchor="end">rader</text>')
    return svg("diagram", _WIDTH, _HEIGHT, "prestanda", "CPU-sekunder mot rader", "Se tabellen under.", marks) + "\n"


if __name__ == "__main__":
    write_report()
