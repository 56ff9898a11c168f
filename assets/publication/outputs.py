"""Every published file, once.

Dagster's assets, the files of a folder, the page's list of downloads and the contents of the sealed package come from
here; the README's tree of output and the handbook's table are held against it by a test. A new output is its module
and one `Output`.
"""

from assets.publication.calendar.ics import write_calendar
from assets.publication.csv_files import WAREHOUSE_TABLES, csv_file, write_gap_lists, write_warehouse
from assets.publication.document.document import write_document
from assets.publication.document.rows import QUERIES as DOCUMENT_QUERIES
from assets.publication.document.rows import rows_of
from assets.publication.evidence import QUERIES as EVIDENCE_QUERIES
from assets.publication.evidence import write_evidence
from assets.publication.narrative import Note
from assets.publication.onward.open_data import write_open_data
from assets.publication.onward.parquet import write_parquet
from assets.publication.output import Group, OrganisationFolder, Output
from assets.publication.package.seal import write_package
from assets.publication.page.matrix import write_matrix
from assets.publication.page.mending import write_mending
from assets.publication.page.sidebar import downloads
from assets.publication.page.site import write_site
from assets.publication.page.summary import write_summary
from assets.publication.page.system import write_systems
from assets.publication.page.year import write_year
from assets.publication.supply.page import write_blank_workbooks, write_register_page
from assets.publication.tonight import write_alerts, write_looks, write_validation_page
from assets.publication.units.page import write_unit_files
from assets.publication.workbook.write import write_workbook

_EVERY_LIST = (
    "figures", "bounds", "figures_per_unit", "figures_per_organisation", "history", "gaps", "open_gaps",
    "way_to_green", "not_measured", "closed_gaps", "unmatched", "doubles", "personal_numbers", "quarantine",
    "deliveries",
)  # fmt: skip
"""What the workbook and the pages show: every list that has a file of its own."""


def _write_document(folder: OrganisationFolder) -> None:
    own = folder.narrative
    notes, remarks = _notes(folder)
    rows = rows_of(folder.publication.document_rows, folder.organisation)
    folder.remarks += own.remarks + remarks
    limits = folder.publication.settings.limits
    folder.remarks += write_document(folder.report, rows, own.texts, own.template, folder.path, limits, notes)


def _notes(folder: OrganisationFolder) -> tuple[list[Note], list[str]]:
    """The dated notes that are shown, and remarks on those that can't be."""
    figures = folder.report.tables.figures
    return folder.narrative.notes_until(folder.run.as_of, figures["indicator"].to_list())


def _write_calendar(folder: OrganisationFolder) -> None:
    aside = folder.publication.settings.data / "history" / "calendars" / f"{folder.organisation}.ics"
    write_calendar(folder.report, folder.path / "arshjul.ics", folder.before / "arshjul.ics", aside)
    write_year(folder.report, folder.path / "arshjul.html")


def _write_package(folder: OrganisationFolder) -> None:
    failed = [output for output in _SEALED if output in folder.failures]
    files = [pattern for output in _SEALED if output not in folder.failures for pattern in output.files]
    write_package(folder.report, folder.path, files, [output.title for output in failed])


def _write_site(folder: OrganisationFolder) -> None:
    write_site(
        folder.report,
        folder.path,
        folder.alerts,
        folder.remarks,
        downloads(OUTPUTS, folder.path),
        folder.failures,
        _notes(folder)[0],
    )


_OF_TONIGHT = (
    Output(
        "utseende", "Sidornas utseende", "css", "both", {"stil.css": "", "sida.js": ""}, of_tonight=True,
        write=write_looks,
    ),
    Output(
        "validering", "Valideringen", "html", "both", {"validering.html": "kontrollerna av underlaget"},
        group=Group.EVIDENCE, of_tonight=True, write=write_validation_page,
    ),
    Output(
        "larm", "Larmen", "csv", "both", {"larm.html": "larmen i ord", "larm.csv": "larmen som lista"},
        group=Group.EVIDENCE, of_tonight=True, write=write_alerts,
    ),
)  # fmt: skip

_SEALED = (
    Output(
        "indikatorer", "Indikatorerna", "csv", "both", {"indikatorer.csv": "indikatorerna"}, ("figures",),
        group=Group.FIGURES, sealed=True, essential=True, write=csv_file("figures", "indikatorer.csv"),
    ),
    Output(
        "indikatorer_per_organisation", "Indikatorerna per organisation", "csv", "city",
        {"indikatorer_per_organisation.csv": "indikatorerna per organisation"}, ("figures_per_organisation",),
        group=Group.FIGURES, sealed=True,
        write=csv_file("figures_per_organisation", "indikatorer_per_organisation.csv"),
    ),
    Output(
        "indikatorer_per_enhet", "Indikatorerna per enhet", "csv", "organisation",
        {"indikatorer_per_enhet.csv": "indikatorerna per enhet"}, ("figures_per_unit",),
        group=Group.FIGURES, sealed=True, write=csv_file("figures_per_unit", "indikatorer_per_enhet.csv"),
    ),
    Output(
        "osakerhet", "Osäkerheten", "csv", "both", {"osakerhet.csv": "vad varje siffra lägst och högst kan vara"},
        ("bounds",), group=Group.FIGURES, sealed=True, write=csv_file("bounds", "osakerhet.csv"),
    ),
    Output(
        "historik", "Historiken", "csv", "both", {"historik.csv": "indikatorerna över tid"}, ("history",),
        group=Group.FIGURES, sealed=True, write=csv_file("history", "historik.csv"),
    ),
    Output(
        "leveranser", "Leveranserna", "csv", "both", {"leveranser.csv": "leveranserna"}, ("deliveries",),
        group=Group.FIGURES, sealed=True, essential=True, write=csv_file("deliveries", "leveranser.csv"),
    ),
    Output(
        "karantan", "Karantänen", "csv", "both", {"karantan.csv": "rader och celler i karantän"}, ("quarantine",),
        group=Group.FIGURES, sealed=True, write=csv_file("quarantine", "karantan.csv"),
    ),
    Output(
        "bristlistor", "Bristlistorna", "csv", "organisation", {"bristlistor/*-*.csv": ""}, ("figures", "gaps"),
        sealed=True, essential=True, write=lambda folder: write_gap_lists(folder.report, folder.path),
    ),
    Output(
        "ej_matta", "Listan över det som inte gick att mäta", "csv", "organisation",
        {"bristlistor/ej_matta.csv": "det som inte gick att mäta"}, ("not_measured",),
        group=Group.LISTS, sealed=True, write=csv_file("not_measured", "bristlistor/ej_matta.csv"),
    ),
    Output(
        "stangda", "Listan över stängda brister", "csv", "organisation",
        {"bristlistor/stangda.csv": "brister stängda de senaste 90 dagarna"}, ("closed_gaps",),
        group=Group.LISTS, sealed=True, write=csv_file("closed_gaps", "bristlistor/stangda.csv"),
    ),
    Output(
        "omatchade", "Listan över omatchade hänvisningar", "csv", "organisation",
        {"bristlistor/omatchade.csv": "hänvisningar som inte pekar på något"}, ("unmatched",),
        group=Group.LISTS, sealed=True, write=csv_file("unmatched", "bristlistor/omatchade.csv"),
    ),
    Output(
        "dubbla_kallor", "Listan över rader med samma nyckel i flera källor", "csv", "both",
        {"bristlistor/dubbla_kallor.csv": "rader som en annan källas rad gäller i stället för"}, ("doubles",),
        group=Group.LISTS, sealed=True, write=csv_file("doubles", "bristlistor/dubbla_kallor.csv"),
    ),
    Output(
        "personnummer_i_fritext", "Listan över personnummer i fritext", "csv", "organisation",
        {"bristlistor/personnummer_i_fritext.csv": "ställen, inga nummer"}, ("personal_numbers",),
        group=Group.LISTS, sealed=True, write=csv_file("personal_numbers", "bristlistor/personnummer_i_fritext.csv"),
    ),
    Output(
        "underlag", "Underlaget", "parquet", "both",
        {"underlag/*.json": "", "underlag.parquet": "varje post bakom siffrorna"},
        ("figures", "figures_per_organisation", *EVIDENCE_QUERIES),
        group=Group.EVIDENCE, sealed=True, write=write_evidence,
    ),
    Output(
        "dokument", "Dokumentet", "word", "both",
        {
            "ledningens_genomgang.docx": "utkastet till ledningens genomgång, att redigera",
            "ledningens_genomgang.pdf": "samma dokument, att läsa",
        },
        ("figures", "changes", *DOCUMENT_QUERIES),
        group=Group.DOCUMENTS, sealed=True, write=_write_document,
    ),
)  # fmt: skip

_MORE_LISTS = (
    Output(
        "brister", "Listan över alla öppna brister", "csv", "organisation",
        {"brister.csv": "alla öppna brister, enhet för enhet, med hur de åtgärdas"}, ("open_gaps",),
        group=Group.LISTS, write=csv_file("open_gaps", "brister.csv"),
    ),
    Output(
        "vagen_till_gront", "Vägen till grönt", "csv", "organisation",
        {"vagen_till_gront.csv": "hur många brister som skiljer varje siffra från grönt"},
        ("way_to_green",), group=Group.LISTS, write=csv_file("way_to_green", "vagen_till_gront.csv"),
    ),
)  # fmt: skip

_LISTS = tuple(output for output in (*_SEALED, *_MORE_LISTS) if output.kind == "csv")

OUTPUTS = (
    *_SEALED,
    *_MORE_LISTS,
    Output(
        "parquet", "Listorna som Parquet", "parquet", "both",
        {"parquet/*.parquet": "", "datapackage.json": "vad varje kolumn i listorna och underlaget är"},
        tuple(dict.fromkeys(output.queries[-1] for output in _LISTS)),
        group=Group.EVIDENCE, write=lambda folder: write_parquet(folder, _LISTS),
    ),
    Output(
        "enheter", "Sidorna till enheterna", "html", "organisation", {"enheter/*.html": "", "enheter/*.xlsx": ""},
        ("figures_per_unit", "open_gaps", "not_measured", "figures"), write=write_unit_files,
    ),
    Output(
        "warehouse", "Tabellerna för egna frågor", "duckdb", "both",
        {"warehouse.duckdb": "tabellerna, för den som vill fråga själv"}, tables=WAREHOUSE_TABLES,
        group=Group.EVIDENCE, write=write_warehouse,
    ),
    Output(
        "oppna_data", "Öppna data", "rdf", "city", {"oppna_data/*": ""}, ("open_figures",), write=write_open_data,
    ),
    Output(
        "arbetsbok", "Arbetsboken", "excel", "both",
        {"ledningens_genomgang.xlsx": "alla siffror och listor i en arbetsbok"}, _EVERY_LIST,
        group=Group.DOCUMENTS,
        write=lambda folder: write_workbook(folder.report, folder.path / "ledningens_genomgang.xlsx"),
    ),
    Output(
        "paket", "Paketet till diariet", "zip", "both",
        {"ledningens_genomgang.zip": "förseglat paket för diariet"},
        tuple(dict.fromkeys(query for output in _SEALED for query in output.queries)),
        group=Group.DOCUMENTS, write=_write_package,
    ),
    Output(
        "kalender", "Årshjulet", "ics", "both", {"arshjul.ics": "årshjulet för kalendern", "arshjul.html": ""},
        ("due",), group=Group.DOCUMENTS, write=_write_calendar,
    ),
    Output(
        "matris", "Organisationerna bredvid varandra", "html", "city", {"matris.html": ""},
        ("figures", "figures_per_organisation"),
        write=lambda folder: write_matrix(folder.report, folder.path / "matris.html"),
    ),
    Output(
        "mallar", "De tomma arbetsböckerna", "excel", "both", {"mallar/*.xlsx": ""}, write=write_blank_workbooks,
    ),
    Output(
        "register", "Sidan om vad som ska levereras", "html", "both", {"register.html": ""},
        tables=("catalogue.indicators",), write=write_register_page,
    ),
    *_OF_TONIGHT,
    Output(
        "sammanfattning", "Sammanfattningen", "html", "both", {"sammanfattning.html": "läget på en sida"},
        ("figures", "changes", "due", "register_status"), group=Group.DOCUMENTS,
        write=lambda folder: write_summary(folder.report, folder.path / "sammanfattning.html", folder.missing),
    ),
    Output(
        "atgarder", "Sidan om vad som ska åtgärdas", "html", "organisation", {"atgarder.html": ""},
        ("way_to_green", "open_gaps", "figures_per_unit", "not_measured", "figures"), write=write_mending,
    ),
    Output(
        "system", "Sidorna om system och behandlingar", "html", "organisation",
        {
            "system/index.html": "varje system och behandling: vad registren vet", "system/*.html": "",
            "system/alla.csv": "systemen och behandlingarna, med antal brister och motsägelser",
        },
        ("system_facts", "system_contradictions", "gaps", "figures", "register_status"), group=Group.EVIDENCE,
        write=lambda folder: write_systems(folder.report, folder.path, folder.missing),
    ),
    Output(
        "sida", "Sidan", "html", "both",
        {"index.html": "", "leveranser.html": "", "indikatorer/*.html": ""},
        (*_EVERY_LIST, "refused_deliveries", "changes", "due", "register_status", "incident_kinds"),
        write=_write_site,
    ),
    Output("forstasida", "Förstasidan", "html", "top", {"index.html": ""}),
    Output("manifest", "Manifestet", "json", "top", {"manifest.json": ""}),
)  # fmt: skip
"""In the order in which a folder is written: what tells of the others comes after them, the page last."""
