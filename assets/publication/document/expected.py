"""What a number should read by the published evidence."""

import re
from collections.abc import Mapping
from typing import Any

from assets.publication.document.figures import is_counted
from assets.publication.document.words import percent
from assets.publication.sv import whole_number

_NUMBER = re.compile(r"\d[\d\s.,:/-]*")


def number_list(text: str) -> list[str]:
    """The numbers in a text as they stand, `2023-10-31` and `1 046` each as one; any numeric sign counts."""
    found = [each.rstrip(" \t.,:/-\N{NO-BREAK SPACE}") for each in _NUMBER.findall(text)]
    return found + [sign for sign in text if sign.isnumeric() and not sign.isdecimal()]


def expected_text(source: Mapping[str, Any], text: str, evidence: Mapping[str, Mapping[str, Any]]) -> str | None:
    """How the text should read; None where the evidence says nothing of it: earlier reviews, rows, written texts."""
    if "antal" in source:
        narrowed = {key: value for key, value in source.items() if key != "antal"}
        told = evidence.values()
        return whole_number(
            sum(is_counted(each, each["figure"]["state"], source["antal"], narrowed) for each in told)
        )
    if "indikator" in source and "per" not in source:
        told_of = evidence.get(source["indikator"])
        return "inget" if told_of is None else _of_indicator(source["falt"], text, told_of)
    if source.get("korning") in ("as_of", "known_at", "year") and evidence:
        return _of_run(source, next(iter(evidence.values())))
    return None


def _of_indicator(field: str, text: str, told: Mapping[str, Any]) -> str:
    figure = told["figure"]
    if field == "title":
        return str(told["title"])
    if field == "reason":
        reason = figure["reason"] or ""
        return text if all(number in reason for number in number_list(text)) else reason
    value = told["target"] if field == "target" else figure[field]
    if value is None:
        return "inget"
    return percent(value) if field in ("value", "target") else whole_number(value)


def _of_run(source: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    if source["korning"] == "year":
        return str(int(str(told["as_of"])[:4]) + source["plus"])
    return str(told[source["korning"]])
