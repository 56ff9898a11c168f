"""The command line as people and monitors meet it: what it says, and its exit codes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assets.settings import Settings
from pipelines.cli import main

LAGESBILD = Path(sys.executable).with_name("lagesbild")


def lagesbild(settings: Settings, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What the program did."""
    command, environment = [LAGESBILD, *arguments], os.environ | environment_of(settings)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def in_process(settings: Settings, *arguments: str, **more: str) -> Result:
    """What the same command does in this process, which needs no new one to import everything."""
    return CliRunner().invoke(main, list(arguments), env=environment_of(settings) | more)


def environment_of(settings: Settings) -> dict[str, str]:
    return {
        "LAGESBILD_DATA": str(settings.data), "LAGESBILD_INBOX": str(settings.inbox), "LAGESBILD_TODAY": "2023-11-21",
    }  # fmt: skip


@pytest.mark.long
def test_run_publishes_sums_up_and_status_knows_of_it(settings: Settings) -> None:
    before = lagesbild(settings, "status")
    assert (before.returncode, before.stdout) == (4, "Ingen lägesbild är publicerad.\n")
    night = lagesbild(settings, "run")
    assert night.returncode == 0, night.stderr
    assert re.search(r"^ ?farsta +\d+", night.stdout, re.MULTILINE), night.stdout
    assert str(settings.published / "current") in night.stdout
    assert "LAGESBILD_TODAY" in night.stderr
    after = lagesbild(settings, "status")
    assert after.returncode == 0
    assert "Senaste nattliga körning: publicerad" in after.stdout
    assert "farsta: sena" in after.stdout
    kept = settings.warehouse.read_bytes()
    replay = lagesbild(settings, "law", "--under", "2026-02-01")
    assert replay.returncode == 0, replay.stderr
    assert "Siffrorna per 2023-11-21, om lagen 2026-02-01 hade gällt hela tiden:" in replay.stdout
    assert re.search(
        r"^  farsta INC-07 NIS-rapporter i tid: \d+ av \d+, .* → \d+ av \d+, ", replay.stdout, re.MULTILINE
    )
    assert settings.warehouse.read_bytes() == kept


def test_law_tells_the_limits_of_a_day(empty: Settings) -> None:
    before, since = (in_process(empty, "law", "--as-of", day) for day in ("2026-01-14", "2026-01-15"))
    assert (before.exit_code, since.exit_code) == (0, 0)
    assert "nis_incidenter: Första rapport 6 timmar efter Kännedom" in before.stdout
    assert "Lägesrapport" not in before.stdout
    assert "nis_incidenter: Lägesrapport 1 månad efter Incidentanmälan (räknat enligt lag (1930:173))" in since.stdout
    assert "2025:1506 2 kap. 8 §, sedan 2026-01-15" in since.stdout
    assert "EU-US DPF" in since.stdout
    assert not empty.data.exists() or not list(empty.data.rglob("*.duckdb"))


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["run", "--as-of", "31 oktober"], {}),
        (["run", "--known-at", "2023-11-21"], {}),
        (["run"], {"LAGESBILD_TODAY": "i dag"}),
        (["check"], {}),
        (["vad"], {}),
        (["status"], {"LAGESBILD_TODAY": "0001-01-01"}),
        (["law", "--as-of", "9999-12-31"], {}),
    ],
    ids=[
        "a date that is none",
        "K without B",
        "a today that is none",
        "no file",
        "no such command",
        "a today out of bounds",
        "a day out of bounds",
    ],
)
def test_wrong_use_is_2(empty: Settings, arguments: list[str], environment: dict[str, str]) -> None:
    assert in_process(empty, *arguments, **environment).exit_code == 2


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("keep_night = 3", "keep_night är ingen inställning (menar du keep_nights?)"),
        ("keep_nights = 0", "keep_nights ska vara minst 1"),
        ("retention_days = 99999999999", "retention_days ska vara högst 36500"),
        ("late_days = { personal = 99999999999 }", "late_days.personal ska vara högst 36500"),
        ("limits = { seconds = inf }", "limits.seconds ska vara högst 604800"),
        ("fetching = { memory = 9223372036854775807 }", "fetching.memory ska vara högst 1125899906842624"),
        ("limits = { memroy = 3 }", "limits.memroy är ingen nyckel (menar du memory?)"),
        ("late_days = { personel = 3 }", "personel, som inte är något register (menar du personal?)"),
        ('open_data = { url = "https://x/", publisher = "X", contact = "a@x" }', "open_data.license saknas"),
        ("keep_nights = ", "går inte att använda"),
    ],
)
def test_wrong_configuration_is_2_and_says_what(empty: Settings, toml: str, message: str) -> None:
    (empty.data / "config").mkdir(parents=True)
    (empty.data / "config" / "lagesbild.toml").write_text(toml, encoding="utf-8")
    refused = in_process(empty, "run")
    assert refused.exit_code == 2
    assert message in refused.stderr


@pytest.mark.slow
def test_check_says_what_would_be_refused_and_changes_nothing(empty: Settings, tmp_path: Path) -> None:
    fine = tmp_path / "vor_indikatorer_2023-11-01.csv"
    fine.write_text("Indikator;År;Bedömning\nBehörighet;2023;Delvis\n", encoding="utf-8")
    bad_row = tmp_path / "vor_indikatorer_2023-11-02.csv"
    bad_row.write_text("Indikator;År;Bedömning\nBehörighet;2023;Kanske\nKlassning;2023;\n", encoding="utf-8")
    no_head = tmp_path / "vor_indikatorer.csv"
    no_head.write_text("Indikator;År\nBehörighet;2023\n", encoding="utf-8")
    no_register = empty.inbox / "farsta" / "läsmig.txt"
    no_register.parent.mkdir(parents=True)
    no_register.write_text("Frågor: samordnare@exempel.se\n", encoding="utf-8")
    before = sorted(empty.data.rglob("*"))
    assert lagesbild(empty, "check", fine).returncode == 0
    checked = lagesbild(empty, "check", fine, bad_row, no_head, no_register)
    assert checked.returncode == 3
    assert "rad 2: Bedömning ska vara något av Godtagbar, Delvis, Ej godtagbar." in checked.stdout
    assert "rad 3: Bedömning måste ha ett värde." in checked.stdout
    assert "hela leveransen avvisas: kolumnen Bedömning saknas" in checked.stdout
    assert "avvisas: filen passar inget register" in checked.stdout
    assert sorted(empty.data.rglob("*")) == before


@pytest.mark.parametrize("command", ["check", "verify"])
def test_what_is_no_file_is_told_in_swedish(empty: Settings, tmp_path: Path, command: str) -> None:
    for path, words in ((tmp_path / "borta.csv", "finns inte"), (tmp_path, "är en mapp: ange filerna i den")):
        told = in_process(empty, command, str(path))
        assert (told.exit_code, told.stderr) == (2, f"{path} {words}.\n")


def test_nobody_waits_for_a_pipe_and_a_link_is_told_as_the_night_does(empty: Settings, tmp_path: Path) -> None:
    pipe, link = tmp_path / "personal.csv", tmp_path / "enheter.csv"
    os.mkfifo(pipe)
    (tmp_path / "enheter_kopia.csv").write_text("Enhet\n", encoding="utf-8")
    link.symlink_to("enheter_kopia.csv")
    checked = in_process(empty, "check", str(pipe), str(link))
    assert checked.exit_code == 3
    assert (
        checked.stdout == "personal.csv\n  avvisas: är ingen vanlig fil\nenheter.csv\n  avvisas: länkar följs inte\n"
    )
    verified = in_process(empty, "verify", str(pipe))
    assert (verified.exit_code, verified.stderr) == (2, f"{pipe} är ingen vanlig fil.\n")


def test_what_is_no_package_is_told_in_swedish(empty: Settings, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(b"inget paket")
    told = in_process(empty, "verify", str(file))
    assert told.exit_code == 3
    assert "den är ingen .zip, eller är skadad eller inte hel." in told.stdout
    assert "not a zip" not in told.stdout
