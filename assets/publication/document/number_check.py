"""The number check: is every number that a finished Word document shows supported by a figure?

It reads the file alone, as it is after people have opened, edited and saved it. With the published evidence each
number of an indicator is held against that too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from assets.publication.document.chapters.figures import is_counted
from assets.publication.document.docx.reader import FIELD, Paragraph, Unreadable, paragraphs_in, parts_of, trees_of
from assets.publication.document.provenance import TAG, NoProvenance, read_provenance
from assets.publication.document.words import percent
from assets.publication.sv import integer

Evidence = Mapping[str, Mapping[str, Any]]

_NUMBER = re.compile(r"\d[\d\s.,:/-]*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”])")


def faults(docx: bytes, evidence: Evidence | None) -> list[str]:
    """What isn't supported, in Swedish sentences; none where all is well. `evidence`: indicator → its published
    JSON. A file that can't be read is a fault, never an error."""
    try:
        parts = parts_of(docx)
        provenance = read_provenance(parts)
        trees = list(trees_of(parts))
    except (Unreadable, NoProvenance) as fault:
        return [f"Dokumentet går inte att kontrollera: {fault}."]
    paragraphs = [paragraph for name, tree in trees for paragraph in paragraphs_in(name, tree)]
    headings = {_bare(paragraph.text) for paragraph in paragraphs if not _is_contents(paragraph)}
    found = [fault for paragraph in paragraphs for fault in _paragraph_faults(paragraph, provenance, headings)]
    found += _place_faults(paragraphs, provenance)
    found += [fault for _, tree in trees for fault in _alt_faults(tree, provenance)]
    if evidence is not None:
        found += _evidence_faults(provenance, evidence)
    return list(dict.fromkeys(found))


def review_of(docx: bytes) -> tuple[str, str] | None:
    """B and K of the run that drafted the document, as its provenance has them; None where it hasn't."""
    try:
        numbers = read_provenance(parts_of(docx))["siffror"].values()
    except (Unreadable, NoProvenance):
        return None
    dates = {entry["kalla"].get("korning"): entry["text"] for entry in numbers}
    return (dates["as_of"], dates["known_at"]) if {"as_of", "known_at"} <= dates.keys() else None


def _paragraph_faults(paragraph: Paragraph, provenance: Mapping[str, Any], headings: set[str]) -> Iterator[str]:
    controls: list[tuple[str, str]] = []
    for text, tag in paragraph.segments:
        if tag is not None and controls and controls[-1][0] == tag:
            controls[-1] = (tag, controls[-1][1] + text)
        elif tag is not None and tag != FIELD:
            controls.append((tag, text))
    yield from _control_faults(paragraph, controls, provenance)
    numbers = number_list(paragraph.uncited)
    if not numbers or paragraph.uncited in provenance["mall"]:
        return
    if _is_contents(paragraph) and _bare(paragraph.text) in headings:
        return
    for text, tag in _joined(paragraph):
        for number in number_list(text) if tag is None else ():
            yield f"{number} har ingen källa: ”{_around(paragraph.text, number)}”"


def _joined(paragraph: Paragraph) -> list[tuple[str, str | None]]:
    """Text that Word has split up, put together again."""
    found: list[tuple[str, str | None]] = []
    for text, tag in paragraph.segments:
        if found and found[-1][1] == tag:
            found[-1] = (found[-1][0] + text, tag)
        else:
            found.append((text, tag))
    return found


def _control_faults(
    paragraph: Paragraph, controls: list[tuple[str, str]], provenance: Mapping[str, Any]
) -> Iterator[str]:
    for tag, text in controls:
        number = tag.removeprefix(TAG)
        entry = provenance["siffror"].get(number)
        actual = " ".join(text.split())
        if entry is None:
            yield f"{actual} har en källa som inte finns i förteckningen: ”{_around(paragraph.text, actual)}”"
            continue
        expected = " ".join(entry["text"].split())
        if actual != expected:
            yield f"{actual or 'Ingenting'} ska vara {expected}: ”{_around(paragraph.text, actual)}”"


def _place_faults(paragraphs: Sequence[Paragraph], provenance: Mapping[str, Any]) -> Iterator[str]:
    """Numbers that were moved: into a sentence, or a row of a table, that the provenance knows as another's.
    Words may be edited: a sentence that the provenance doesn't know may hold any."""
    known: dict[str, set[int]] = {words: {0} for words in provenance["mall"]}
    for place, words in provenance["ord"].items():
        known.setdefault(words, set()).add(int(place))
    for _, group in groupby(paragraphs, key=_place):
        together = list(group)
        tags = dict.fromkeys(tag.removeprefix(TAG) for paragraph in together for _, tag in paragraph.segments if tag)
        found = [(provenance["siffror"][tag]["stycke"], int(tag)) for tag in tags if tag in provenance["siffror"]]
        places = {place for place, _ in found}
        own = known.get(together[0].uncited) if len(together) == 1 else None
        if len(places) > 1 or found != sorted(found) or (own is not None and not places <= own):
            text = " | ".join(paragraph.text for paragraph in together)
            yield f"Siffror har flyttats hit från ett annat ställe: ”{_around(text, '')}”"


def _place(paragraph: Paragraph) -> tuple[str, int]:
    """The row of a table that it stands in, or itself."""
    return paragraph.part, id(paragraph) if paragraph.row is None else paragraph.row


def _alt_faults(tree: Any, provenance: Mapping[str, Any]) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    known = {" ".join(alt["text"].split()) for alt in provenance["bilder"]} | set(provenance["mall"])
    for attribute in tree.xpath("//@descr | //@title | //@alt"):  # one question: a document has many elements
        text = " ".join(attribute.split())
        if number_list(text) and text not in known:
            yield f"En bilds text har en siffra utan källa: ”{text}”"


def _is_contents(paragraph: Paragraph) -> bool:
    """A line of a table of contents, which Word may have made anew from the headings, with page numbers."""
    return bool(re.fullmatch(r"(toc|innehll|innehåll|contents)\s*\d", paragraph.style.casefold()))


def _bare(text: str) -> str:
    """A heading as it stands in a table of contents, but for the page number."""
    return re.sub(r"\s+", " ", re.sub(r"\t\d+$", "", text.rstrip())).strip()


def _around(text: str, number: str) -> str:
    sentences = _SENTENCE.split(" ".join(text.split()))
    found = next((sentence for sentence in sentences if number and number in sentence), sentences[0])
    return found if len(found) <= 200 else found[:197] + "…"


def number_list(text: str) -> list[str]:
    """The numbers in a text as they stand, `2023-10-31` and `1 046` each as one; any numeric sign counts."""
    found = [number.rstrip(" \t.,:/-\N{NO-BREAK SPACE}") for number in _NUMBER.findall(text)]
    return found + [sign for sign in text if sign.isnumeric() and not sign.isdecimal()]


def _evidence_faults(provenance: Mapping[str, Any], evidence: Evidence) -> Iterator[str]:
    entries = [*provenance["siffror"].values(), *(entry for alt in provenance["bilder"] for entry in alt["siffror"])]
    for entry in entries:
        expected = _expected_text(entry["kalla"], entry["text"], evidence)
        if expected is not None and expected != entry["text"]:
            kind = entry["kalla"]
            source = kind.get("indikator") or ("Antalet indikatorer" if "antal" in kind else "Genomgångens datum")
            yield f"{source}: {entry['text']} ska enligt underlaget vara {expected}."


def _expected_text(source: Mapping[str, Any], text: str, evidence: Evidence) -> str | None:
    """How the text should read; None where the evidence says nothing of it: earlier reviews, rows, actual texts."""
    if "antal" in source:
        narrowed = {key: value for key, value in source.items() if key != "antal"}
        found = (is_counted(of, of["figure"]["state"], source["antal"], narrowed) for of in evidence.values())
        return integer(sum(found))
    if "indikator" in source and "per" not in source:
        of = evidence.get(source["indikator"])
        return "inget" if of is None else _of_indicator(source["falt"], text, of)
    if source.get("korning") in ("as_of", "known_at", "year") and evidence:
        return _of_run(source, next(iter(evidence.values())))
    return None


def _of_indicator(field: str, text: str, evidence: Mapping[str, Any]) -> str:
    figure = evidence["figure"]
    if field in ("indicator", "title"):
        return str(evidence[field])
    if field == "reason":
        reason = figure["reason"] or ""
        return text if all(number in reason for number in number_list(text)) else reason
    value = evidence["target"] if field == "target" else figure[field]
    if value is None:
        return "inget"
    return percent(value) if field in ("value", "target", "lowest", "highest") else integer(value)


def _of_run(source: Mapping[str, Any], evidence: Mapping[str, Any]) -> str:
    if source["korning"] == "year":
        return str(int(str(evidence["as_of"])[:4]) + source["plus"])
    return str(evidence[source["korning"]])
