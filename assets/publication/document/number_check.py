"""The number check: is every number that a finished Word document shows supported by a figure?

It reads the file alone, as it is after people have opened, edited and saved it. With the published evidence each
number of an indicator is held against that too.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from assets.publication.document.expected import expected_text, number_list
from assets.publication.document.provenance import NAMESPACE, TAG, VERSION
from assets.publication.document.reading import Paragraph, Unreadable, paragraphs_in, parts_of, trees_of

Evidence = Mapping[str, Mapping[str, Any]]

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”])")


def faults(docx: bytes, evidence: Evidence | None) -> list[str]:
    """What isn't supported, in Swedish sentences; none where all is well. `evidence`: indicator → its published
    JSON. A file that can't be read is a fault, never an error."""
    try:
        parts = parts_of(docx)
        ledger = _ledger(parts)
        trees = list(trees_of(parts))
    except Unreadable as fault:
        return [f"Dokumentet går inte att kontrollera: {fault}."]
    paragraphs = [paragraph for name, tree in trees for paragraph in paragraphs_in(name, tree)]
    headings = {_bare(paragraph.text) for paragraph in paragraphs if not _is_contents(paragraph)}
    found = [fault for each in paragraphs for fault in _paragraph_faults(each, ledger, headings)]
    found += _place_faults(paragraphs, ledger)
    found += [fault for _, tree in trees for fault in _alt_faults(tree, ledger)]
    if evidence is not None:
        found += _evidence_faults(ledger, evidence)
    return list(dict.fromkeys(found))


def _ledger(parts: Mapping[str, bytes]) -> dict[str, Any]:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found = []
    for name, content in parts.items():
        if name.startswith("customXml/") and NAMESPACE.encode() in content:
            element = etree.fromstring(content, parser)
            if element.tag == f"{{{NAMESPACE}}}siffror":
                found.append(element.text or "")
    if len(found) != 1:
        raise Unreadable("förteckningen över siffrornas källor saknas" if not found else "det har två förteckningar")
    try:
        ledger = json.loads(found[0])
    except ValueError as fault:
        raise Unreadable("förteckningen över siffrornas källor går inte att läsa") from fault
    if not isinstance(ledger, dict) or ledger.get("version") != VERSION:
        raise Unreadable("förteckningen över siffrornas källor är gjord av en annan version av lägesbilden")
    if not all(isinstance(ledger.get(key), kind) for key, kind in _PARTS.items()):
        raise Unreadable("förteckningen över siffrornas källor är inte hel")
    return ledger


_PARTS = {"mall": list, "siffror": dict, "bilder": list, "ord": dict}


def _paragraph_faults(paragraph: Paragraph, ledger: Mapping[str, Any], headings: set[str]) -> Iterator[str]:
    controls: list[tuple[str, str]] = []
    for text, tag in paragraph.segments:
        if tag is not None and controls and controls[-1][0] == tag:
            controls[-1] = (tag, controls[-1][1] + text)
        elif tag is not None:
            controls.append((tag, text))
    yield from _control_faults(paragraph, controls, ledger)
    numbers = number_list(paragraph.outside)
    if not numbers or paragraph.outside in ledger["mall"]:
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
    paragraph: Paragraph, controls: list[tuple[str, str]], ledger: Mapping[str, Any]
) -> Iterator[str]:
    for tag, text in controls:
        number = tag.removeprefix(TAG)
        entry = ledger["siffror"].get(number)
        shown = " ".join(text.split())
        if entry is None:
            yield f"{shown} har en källa som inte finns i förteckningen: ”{_around(paragraph.text, shown)}”"
            continue
        expected = " ".join(entry["text"].split())
        if shown != expected:
            yield f"{shown or 'Ingenting'} ska vara {expected}: ”{_around(paragraph.text, shown)}”"


def _place_faults(paragraphs: Sequence[Paragraph], ledger: Mapping[str, Any]) -> Iterator[str]:
    """Numbers that were moved: into a sentence, or a row of a table, that the ledger knows as another's. Words may be
    edited: a sentence that the ledger doesn't know may hold any."""
    known: dict[str, set[int]] = {words: {0} for words in ledger["mall"]}
    for place, words in ledger["ord"].items():
        known.setdefault(words, set()).add(int(place))
    for _, group in groupby(paragraphs, key=lambda each: (each.part, id(each) if each.row is None else each.row)):
        together = list(group)
        tags = dict.fromkeys(tag.removeprefix(TAG) for each in together for _, tag in each.segments if tag)
        found = [(ledger["siffror"][tag]["stycke"], int(tag)) for tag in tags if tag in ledger["siffror"]]
        places = {place for place, _ in found}
        own = known.get(together[0].outside) if len(together) == 1 else None
        if len(places) > 1 or found != sorted(found) or (own is not None and not places <= own):
            text = " | ".join(each.text for each in together)
            yield f"Siffror har flyttats hit från ett annat ställe: ”{_around(text, '')}”"


def _alt_faults(tree: Any, ledger: Mapping[str, Any]) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    known = {" ".join(alt["text"].split()) for alt in ledger["bilder"]} | set(ledger["mall"])
    for element in tree.iter():
        for name in ("descr", "title", "alt"):
            told = " ".join(str(element.get(name, "")).split())
            if number_list(told) and told not in known:
                yield f"En bilds text har en siffra utan källa: ”{told}”"


def _evidence_faults(ledger: Mapping[str, Any], evidence: Evidence) -> Iterator[str]:
    entries = [*ledger["siffror"].values(), *(each for alt in ledger["bilder"] for each in alt["siffror"])]
    for entry in entries:
        expected = expected_text(entry["kalla"], entry["text"], evidence)
        if expected is not None and expected != entry["text"]:
            kind = entry["kalla"]
            source = kind.get("indikator") or ("Antalet indikatorer" if "antal" in kind else "Genomgångens datum")
            yield f"{source}: {entry['text']} ska enligt underlaget vara {expected}."


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
