"""`lagesbild source`: a draft of a source file out of an export, and what is left to do in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assets.intake.inbox import ORGANISATION, RESERVED
from assets.intake.inbox_names import DOCUMENT_ENDING, TEXT_ENDINGS, WORKBOOK_ENDINGS, display_name
from assets.intake.limited_reading import TOO_MUCH
from assets.intake.privacy import masked
from assets.intake.refusal import Refused
from assets.intake.sources import html_tables, json_records
from assets.intake.sources.claims import claimed_by
from assets.intake.sources.draft import absent, draft, key, lacking, name_for
from assets.intake.sources.load import FOLDER, SourceError, read_source_file
from assets.intake.sources.survey import Survey, survey
from assets.intake.sources.unpack import GZIP, ZIP, ending_of, members, unpack_gzip, unpack_member
from assets.limits import LimitExceeded, run_limited
from assets.nearest import nearest
from assets.publication.sv import counted
from assets.registers.contract import CITY, Register
from assets.registers.refusal_reasons import NO_HEADING_ROW, UNREADABLE
from assets.settings import Settings
from pipelines.commands.check_preview import tell_words
from pipelines.installation import installed_registers, installed_sources

READABLE = TEXT_ENDINGS | WORKBOOK_ENDINGS | json_records.ENDINGS | html_tables.ENDINGS


class NoDraft(ValueError):
    """Why no draft is written, in Swedish."""


def write_draft(
    path: Path, settings: Settings, register_name: str, name: str | None, organisation: str | None
) -> Path:
    """The draft of a source file for the export, written where sources lie; tells what is left. Raises NoDraft."""
    registers = installed_registers(settings)
    register = registers.get(register_name)
    if register is None:
        raise NoDraft(f"{register_name} är inget register{nearest(register_name, registers)}")
    _check_organisation(organisation, register)
    with unpacked(path) as (content, file):
        target = settings.config / FOLDER / f"{name or name_for(file)}.toml"
        if target.exists():
            raise NoDraft(f"{target} finns redan. Välj ett annat namn med --name.")
        try:
            found = run_limited(
                survey, content.absolute(), ending_of(file), register, registers,
                memory=settings.limits.memory, seconds=settings.limits.seconds,
            )  # fmt: skip
        except LimitExceeded as fault:
            raise NoDraft(f"{display_name(file)}: {TOO_MUCH[fault.limit]}") from None
        except Refused as refused:
            raise NoDraft(f"{display_name(file)}: {refused}{_advice(refused)}") from None
        except Exception as fault:  # noqa: BLE001 – a reader's error may quote the file
            raise NoDraft(f"{display_name(file)}: {UNREADABLE} ({type(fault).__name__})") from None
    text = draft(file, found, register, organisation)
    with TemporaryDirectory() as place:
        trial = Path(place) / target.name
        trial.write_text(text, encoding="utf-8")
        try:
            read_source_file(trial, registers)
        except SourceError as fault:
            raise NoDraft(str(fault)) from None
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        raise NoDraft(f"{target} finns redan. Välj ett annat namn med --name.") from None
    rivals = _rivals(target.stem, file, organisation, register, settings)
    _tell(found, register, target, path, rivals)
    return target


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Path, str]]:
    """The bytes to look at and their file's own name: of a .gz what it packs, of a .zip its first readable file.
    Raises NoDraft."""
    with TemporaryDirectory() as place:
        content, name = Path(place) / "content", path.name
        try:
            if name.lower().endswith(ZIP):
                with path.open("rb") as packed:
                    found = sorted(members(packed), key=lambda member: (member.lower().endswith(".txt"), member))
                    readable = [member for member in found if ending_of(member) in READABLE]
                    if not readable:
                        raise NoDraft(f"{display_name(name)} packar ingen fil som går att läsa")
                    with content.open("wb") as target:
                        unpack_member(packed, readable[0], target)
                name = Path(readable[0]).name
            elif name.lower().endswith(GZIP):
                with path.open("rb") as packed, content.open("wb") as target:
                    unpack_gzip(packed, target)
            else:
                content = path
        except Refused as refused:
            raise NoDraft(f"{display_name(name)}: {refused}") from None
        if ending_of(name) not in READABLE or ending_of(name) == DOCUMENT_ENDING:
            raise NoDraft(f"{display_name(name)}: filer av det slaget kan ingen källa läsa")
        yield content, name


def _check_organisation(organisation: str | None, register: Register) -> None:
    if organisation is None:
        return
    if not ORGANISATION.fullmatch(organisation) or organisation in RESERVED:
        raise NoDraft(f"{organisation} kan inte vara en mapp i inkorgen (a–z, 0–9 och -)")
    if (organisation == CITY) != (register.level == "city"):
        whose = "stadens" if register.level == "city" else "organisationernas"
        raise NoDraft(f"{register.name} är {whose} register och kommer inte i mappen {organisation}")


def _advice(refused: Refused) -> str:
    if str(refused).startswith(NO_HEADING_ROW):
        return ". Ingen av de första 30 raderna ser ut som rubriker. Exportera med rubrikrad."
    return ""


def _rivals(name: str, file: str, organisation: str | None, register: Register, settings: Settings) -> list[str]:
    """The other sources of the register that claim the file: it is refused as long as two do."""
    level = CITY if register.level == "city" else "organisation"
    others = [source for source in installed_sources(settings).values() if source.register_name == register.name]
    return [
        source.name
        for source in others
        if source.name != name and claimed_by(source, register, file, organisation or (*source.folders, level)[0])
    ]


def _tell(found: Survey, register: Register, target: Path, file: Path, rivals: Sequence[str]) -> None:
    click.echo(f"{_near(target)} är skriven: ett utkast för {register.name}.")
    place = f"rubrikerna på rad {found.heading_row}" if found.heading_row else "fälten i posterna"
    sheets = f" i {', '.join(map(masked, found.sheets))}" if found.sheets else ""
    click.echo(f"  {found.rows} rader, {place}{sheets}")
    if found.recognised:
        known = [name if name == heading else f"{name} ({heading})" for name, heading in found.recognised.items()]
        click.echo(f"  känns igen: {', '.join(known)}")
    click.echo("Den gäller från nästa natt, och filer som den inte kan läsa avvisas. Gör så här:")
    example = file if display_name(file.name) == file.name else "FILEN"
    steps = [*_steps(found, register, rivals), f"Pröva: .venv/bin/lagesbild check {example} --source {target.stem}"]
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")
    for name, words in found.words.items():
        source = f" ur {found.offered[name][0]}" if name in found.offered else ""
        click.echo(f"  ord som inte läses i {name}{source} (visas bara här):")
        tell_words(words)
    for heading, organisations in found.organisations.items():
        click.echo(f"  organisationer i {heading} (visas bara här): {', '.join(map(masked, organisations))}")


def _near(path: Path) -> Path:
    """The path from where the person stands, where it lies under it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _steps(found: Survey, register: Register, rivals: Sequence[str]) -> Iterator[str]:
    if rivals:
        yield f"Filen läses redan av {', '.join(rivals)}, och avvisas så länge båda gör det. Ändra files"
    gone = absent(found, register)
    needed = [
        column for column in lacking(found, register) if column.req or (column.head and column.name not in gone)
    ]
    if needed:
        yield f"Säg i [columns] varifrån de här kommer: {', '.join(column.name for column in needed)}"
    if found.nameless:
        yield (
            f"{counted(found.nameless, 'kolumn', 'kolumner')} har ingen rubrik. Står flera poster på samma rad? "
            f"Gör dem till rader med en SQL-fråga i filen bredvid, med samma namn och ändelsen .sql"
        )
    for column, formats in found.dates.items():
        if column in found.recognised and len(formats) > 1:
            yield f"{column}: {len(formats)} format passar varje cell. Välj ett i [columns]"
    for name, words in found.words.items():
        source = f", om den hämtas ur {found.offered[name][0]}" if name in found.offered else ""
        yield f"{name}: {words.height} ord läses inte{source}. Skriv en rad för varje i [values.{key(name)}]"
    for heading in found.organisations:
        yield f"Rubriken {heading} nämner flera organisationer. Skriv [organisation]"
    if gone:
        yield f"Ingen rubrik ger {', '.join(gone)}, som därför står i absent. Stämmer det?"
    if found.personal:
        headings = counted(len(found.personal), "rubrik", "rubriker")
        yield (
            f"{headings} ser ut att vara personuppgifter och står först i ignore. Låt dem stå, om ingen kolumn ska "
            "slå upp dem (lookup)"
        )
    if found.withheld:
        headings = counted(found.withheld, "rubrik", "rubriker")
        yield f"{headings} har personnummer eller e-postadress och skrivs inte ut. Döp om dem"
    if found.other_sheets:
        yield f"{found.other_sheets} blad till har andra rubriker och läses inte. Ska de läsas, gör en källa till"
