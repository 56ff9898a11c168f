"""Dagster: draft → audit → release, and what is published, file by file."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import dagster as dg

from assets.publication.asset_metadata import files_metadata
from assets.publication.draft import Draft
from assets.publication.output import Output
from assets.publication.outputs import OUTPUTS
from assets.settings import Run

OWNER = "team:lagesbild"
DRAFT, CURRENT = dg.AssetKey(["publication", "draft"]), dg.AssetKey(["publication", "current"])

_AFTER = [dg.AssetKey("history"), dg.AssetKey(["alerts", "evaluate"])]
"""What is done before anything is drafted: the figures are in the history, and it is known what there is to alert."""
_NOT_ASSETS = {"catalogue", "validation"}
"""Schemas of what models and suites say of themselves; no asset makes them."""


def publication_assets(
    build_draft: Callable[[Run], Draft],
    release: Callable[[Run], Path],
    place_of: Callable[[Run, str], dg.MetadataValue],
) -> list[dg.AssetsDefinition]:
    """The draft, with every kind of published file as an asset over all organisations, and its release. The files are
    written together, in one step, so selecting one selects all. `place_of`: where something of what the run publishes
    shows."""
    files = [_spec(output) for output in OUTPUTS]
    draft_spec = dg.AssetSpec(
        DRAFT,
        deps=sorted({dep.asset_key for spec in files for dep in spec.deps}),
        description="Every organisation's folder, built beside what is published and shown to nobody.",
        group_name="publication",
        owners=[OWNER],
        kinds={"folder"},
    )

    @dg.multi_asset(name="publication", specs=[draft_spec, *files])
    def publication(run: dg.ResourceParam[Run]) -> Iterator[dg.MaterializeResult[None]]:
        draft = build_draft(run)
        made: dict[str, dg.MetadataValue | int] = {
            "folder": dg.MetadataValue.path(str(draft.folder)),
            "organisations": len(draft.made),
        }
        yield dg.MaterializeResult(asset_key=DRAFT, metadata=made)
        for spec, output in zip(files, OUTPUTS, strict=True):
            metadata = files_metadata(output, sorted(draft.made), partial(place_of, run))
            yield dg.MaterializeResult(asset_key=spec.key, metadata=metadata)

    @dg.asset(
        key=CURRENT,
        deps=[draft_spec, *files],
        description="The draft, shown in one step once its audit has passed.",
        group_name="publication",
        owners=[OWNER],
        kinds={"folder"},
    )
    def current(run: dg.ResourceParam[Run]) -> dg.MaterializeResult[None]:
        folder = release(run)
        return dg.MaterializeResult(
            metadata={"folder": dg.MetadataValue.path(str(folder)), "open": place_of(run, "index.html")}
        )

    return [publication, current]


def draft_check(audit: Callable[[Run], None]) -> dg.AssetChecksDefinition:
    """The draft's audit, which raises where its files aren't what the tables say: nothing is released then."""

    @dg.asset_check(asset=DRAFT, name="audit", blocking=True, description="What the files say is what was computed.")
    def draft_audit(run: dg.ResourceParam[Run]) -> dg.AssetCheckResult:
        audit(run)
        return dg.AssetCheckResult(passed=True)

    return draft_audit


def _spec(output: Output) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["publication", output.name],
        deps=sorted({*_AFTER, *_upstream(output)}),
        description=output.about,
        group_name="publication",
        owners=[OWNER],
        kinds={output.kind},
    )


def _upstream(output: Output) -> Iterator[dg.AssetKey]:
    """The assets that an output's queries read."""
    for table in output.reads:
        schema, name = table.split(".")
        if schema == "intake":
            yield dg.AssetKey(["intake", "deliveries"])
        elif schema == "history":
            yield dg.AssetKey("history")
        elif schema not in _NOT_ASSETS:
            yield dg.AssetKey([schema, name])
