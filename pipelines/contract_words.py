"""What a contract's own rules say, in Swedish: `assets.registers.contract` speaks to whoever builds the product, and
an installation's own contracts are written by others."""

import re

_OF_COLUMN = {
    "an enum, and nothing else, lists its values": "values hör till type = enum, som måste ha dem",
    "only an enum has words of one's own": "own_words hör till type = enum",
    "only a bool protects": "protects hör till type = bool",
    "what identifies a person is pii": "det som identifierar en person ska ha pii = true",
    "only a text is filled or secret": "filled och open_when hör till type = text",
    "only an int has min and max.*": "min och max hör till type = int eller number",
    "the min and max of an int are whole numbers": "min och max ska vara heltal för type = int",
    "min is no greater than max.*": "min får inte vara större än max",
    "also_values has (?P<what>.+), which .*": "also_values nämner {what}, som inte är något av values",
    "a value or a spelling of one is empty": "ett värde i values eller also_values är tomt",
    "only a code, or a text .*": "pattern hör till en code, eller en text utan filled och open_when",
    "the example (?P<what>.+) doesn't fit the pattern .*": "example {what} stämmer inte med pattern",
    "the pattern (?P<what>.+?) can't .*": "pattern {what} går inte att använda: skriv det enklare",
    "the name is reserved.*": "namnet är upptaget; välj ett längre, och sätt rubriken i also",
}
_OTHERS = {
    r"column (?P<column>.+) refers to (?P<what>\S+), which is no .*": "pekar på {what}, som inte är något register",
    r"column (?P<column>.+) refers to (?P<what>\S+), which has .*": "pekar på {what}, som inte har någon nyckel",
    "column (?P<column>.+) hangs on (?P<what>.+), which .*": "hänger på {what}, som inte är någon kolumn",
    "a heading has neither letters nor digits": "en rubrik har varken bokstäver eller siffror",
    "the value of column (?P<column>.+), (?P<what>'.+') is there twice": "värdet {what} finns två gånger",
    "the heading (?P<what>'.+') is there twice": "rubriken {what} finns två gånger",
    r"the column \(as ASCII\) (?P<what>'.+') is there twice": "två kolumner heter {what} i SQL; döp om den ena",
    "the key names the column (?P<what>.+), which .*": "key nämner {what}, som inte är någon kolumn",
    "a register of persons needs a key": "ett register över personer behöver en nyckel: key",
    "who delivers a register .*": "vem som lämnar ett register står i lagesbild.toml",
}
_WORDS = {f"column (?P<column>.+?): {words}": sentence for words, sentence in _OF_COLUMN.items()} | _OTHERS
"""The rule's words → what it says to whoever wrote the contract; `column` is named first."""


def in_swedish(message: str) -> str:
    """What the rule says; as it stands where the rule isn't known here."""
    for words, sentence in _WORDS.items():
        if found := re.fullmatch(words, message, re.DOTALL):
            named = found.groupdict()
            place = f"kolumnen {named['column']}: " if named.get("column") else ""
            return place + sentence.format(what=named.get("what"))
    return message
