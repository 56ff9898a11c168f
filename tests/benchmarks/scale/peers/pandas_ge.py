"""What one would write instead with pandas and Great Expectations, for two registers and one figure. By hand:

    python -m tests.benchmarks.scale.peers.pandas_ge <inbox>

Reads every organisation's personal and utbildning, asks the expectations that a first version has (keys are unique,
what is required is there, words are among those that are known, dates can be read), and gives the share of those
employed who have completed every section this year. No archive, quarantine, history, list, page or document. Writes a
JSON line: seconds, CPU seconds, peak bytes, the figure and how many expectations failed.
"""

import json
import sys
from pathlib import Path

from tests.benchmarks.scale.process_tree import Meter


def main(inbox: Path) -> None:
    with Meter() as meter:
        import great_expectations as gx
        import great_expectations.expectations as gxe
        import pandas as pd

        def read(register: str) -> pd.DataFrame:
            paths = sorted(inbox.glob(f"*/{register}_*.csv"))
            tables = [pd.read_csv(path, sep=";", dtype="string", encoding="utf-8-sig") for path in paths]
            return pd.concat(tables, keys=[path.parent.name for path in paths], names=["organisation"]).reset_index(0)

        context = gx.get_context(mode="ephemeral")
        source = context.data_sources.add_pandas("peer")

        def failed(name: str, table: pd.DataFrame, expectations: list[gxe.Expectation]) -> int:
            batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
            suite = gx.ExpectationSuite(name, expectations=expectations)
            found = batch.get_batch({"dataframe": table}).validate(suite)
            return sum(not result.success for result in found.results)

        people, done = read("personal"), read("utbildning")
        faults = failed(
            "personal",
            people,
            [
                gxe.ExpectCompoundColumnsToBeUnique(column_list=["organisation", "Anställnings-id"]),
                gxe.ExpectColumnValuesToNotBeNull(column="Enhet"),
                gxe.ExpectColumnValuesToBeInSet(column="Roll", value_set=["Medarbetare", "Chef", "Ledning"]),
                gxe.ExpectColumnValuesToMatchRegex(column="Anställd från", regex=r"^\d{4}-\d\d-\d\d$"),
            ],
        ) + failed(
            "utbildning",
            done,
            [
                gxe.ExpectColumnValuesToNotBeNull(column="Kurskod"),
                gxe.ExpectColumnValuesToBeInSet(column="Status", value_set=["Genomförd", "Påbörjad", "Ej påbörjad"]),
                gxe.ExpectColumnValuesToMatchRegex(column="Genomförd", regex=r"^\d{4}-\d\d-\d\d \d\d:\d\d"),
            ],
        )
        done = done[done["Status"] == "Genomförd"]
        done = done[pd.to_datetime(done["Genomförd"], errors="coerce").dt.year == 2026]
        own = done.drop_duplicates(["organisation", "Anställnings-id", "Kurskod", "Avsnitt"])
        sections = own.groupby(["organisation", "Anställnings-id"]).size()
        employed = people[people["Anställd till"].isna()].set_index(["organisation", "Anställnings-id"]).index
        complete = sections.reindex(employed).fillna(0) >= len(own[["Kurskod", "Avsnitt"]].drop_duplicates())
        line = {"seconds": round(meter.seconds(), 2), "cpu": round(meter.cpu(), 2), "peak": meter.take_peak()}
        print(json.dumps(line | {"figure": round(100 * float(complete.mean()), 1), "failed": faults}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
