"""A scan of somebody's own files: what comes in, what is set aside, what comes out."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.cli import group
from scans import CHILDREN, HEADS, MAP, persons, row

pl = pytest.importorskip("polars", reason="needs the extra «population»")
RULESET = "stadspas-voorbeeld"


@pytest.fixture(scope="module")
def desk():
    from responsief.desk import open_desk

    return open_desk()


@pytest.fixture
def run(tmp_path, monkeypatch, desk):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("responsief.cli.scan.open_desk", lambda registers: desk)

    def invoke(*args):
        result = CliRunner().invoke(group, ["scan", *map(str, args)], catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return invoke


def scan(run, *more, code=0, people="mensen.csv", out="uit"):
    result = run(people, "--map", "kolommen.yaml", "--out", out, "--on", "2026-03-02", "--ruleset", RULESET, *more)
    assert result.exit_code == code, result.output
    return result


def write(text, name="mensen.csv", encoding="utf-8"):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))


def table(name):
    with Path(name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def aside(out="uit"):
    return table(f"{out}/uitgevallen.csv")


def decided(out="uit", ruleset=RULESET):
    return pl.concat([pl.read_parquet(path) for path in sorted(Path(out, "besluiten", ruleset).glob("*.parquet"))])


# --- bad rows ----------------------------------------------------------------------------------------------------------


def cells(number, **changes):
    """A good row with some of its cells changed."""
    values = dict(zip(HEADS.split(";"), row(number).split(";"), strict=True)) | changes
    return ";".join(values.values())


#: every kind of broken row: how it is made of a number, and what is said of it
BROKEN = {
    "geen sleutel": (lambda n: cells(n, klantnr=""), "geen sleutel"),
    "datum die er geen is": (lambda n: cells(n, geboren="gisteren"), "is geen datum"),
    "31 februari": (lambda n: cells(n, geboren="31-02-1980"), "bestaat niet op de kalender"),
    "datum andersom": (lambda n: cells(n, geboren="1980-12-31"), "is geen datum"),
    "datum met tijd": (lambda n: cells(n, geboren="01-02-1980 13:45"), "is geen datum"),
    "drie decimalen": (lambda n: cells(n, inkomen="1320,505"), "meer dan twee cijfers"),
    "punt als komma": (lambda n: cells(n, inkomen="1320.50"), "decimaalteken"),
    "tekst in een bedrag": (lambda n: cells(n, inkomen="veel"), "is geen bedrag"),
    "te groot": (lambda n: cells(n, saldo="99999999999999"), "groter dan kan"),
    "onbekend woord": (lambda n: cells(n, soort="lening"), "kan hier niet"),
    "geen ja of nee": (lambda n: cells(n, pas="misschien"), "geen ja, nee of onbekend"),
    "te weinig velden": (lambda n: cells(n).rpartition(";")[0], "8 velden, de koppen zijn er 9"),
    "te veel velden": (lambda n: cells(n) + ";x", "10 velden"),
    "andere codering": (lambda n: cells(n, kinderen="caf\udce9"), "geen utf-8"),
    "open aanhalingsteken": (lambda n: cells(n, kinderen='"open'), "aanhalingsteken"),
    "onder nul": (lambda n: cells(n, inkomen="-5,00"), "onder nul"),
    "toekomst": (lambda n: cells(n, geboren="01-01-2030"), "na de peildatum"),
    "te oud": (lambda n: cells(n, geboren="01-01-1850"), "ouder dan 125"),
    "lege rij": (lambda n: ";" * 8, "deze rij is leeg"),
    "formule": (lambda n: cells(n, saldo="=A1+B1"), "een formule"),
    "fout van een formule": (lambda n: cells(n, saldo="#N/B"), "fout van een formule"),
    "alleen met partner": (lambda n: cells(n, leefvorm="alleen", partner_geboren="01-05-1970"), "ook een partner"),
}


def test_five_percent_broken_rows_give_every_good_row_and_the_reasons(run):
    write(MAP, "kolommen.yaml")
    lines, wrong, good = [HEADS], {}, []
    kinds = list(BROKEN.items())
    for number in range(440):
        if number % 20 == 13:
            name, (make, words) = kinds[len(wrong) % len(kinds)]
            wrong[len(lines) + 1] = (name, words)
            lines.append(make(number))
        else:
            good.append(number)
            lines.append(cells(number, kinderen="één"))
    double = len(lines) + 1
    lines += [cells(1, kinderen="één"), cells(2, inkomen="1,00")]
    assert {name for name, _ in wrong.values()} == BROKEN.keys()
    write("\n".join(lines).encode("utf-8", "surrogateescape"))
    scan(run, "--part-size", "150")
    found = {}
    for one in aside():
        found.setdefault(int(one["rij"]), []).append(one)
    for at, (name, words) in wrong.items():
        assert any(words in one["wat"] for one in found[at]), (name, found.get(at))
        assert all(one["doen"] for one in found[at])
    assert "staat er al, in rij 3" in found[double][0]["wat"], "the same row twice counts once"
    assert "andere gegevens" in found[double + 1][0]["wat"]
    assert found.keys() == {*wrong, double, double + 1, 4}, "of two rows that differ neither counts"
    came_out = decided()
    assert came_out["eigen_sleutel"].to_list() == [f"K{n:05d}" for n in good if n != 2]
    assert came_out["sleutel"].is_sorted()


def test_good_rows_come_out_the_same_with_and_without_broken_ones(run):
    write(MAP + "bestand: {codering: utf-8}\n", "kolommen.yaml")
    write(persons(60))
    scan(run, out="schoon")
    lines = persons(60).splitlines()
    for at, (make, _) in enumerate(BROKEN.values()):
        lines.insert(2 + 2 * at, make(1000 + at))
    write("\n".join(lines).encode("utf-8", "surrogateescape"))
    scan(run, out="vuil")
    assert decided("vuil").drop("sleutel").equals(decided("schoon").drop("sleutel"))


def test_a_broken_row_of_a_list_makes_that_list_unknown_and_nothing_nought(run):
    write(MAP + CHILDREN, "kolommen.yaml")
    write("\n".join([HEADS, *(cells(n, leefvorm="alleen", partner_geboren="") for n in range(4))]))
    rows = ["K00001;01-03-2015;J", "K00001;32-03-2016;J", "K00002;01-03-2015;J", "K00009;01-03-2015;J", ";01-03-2015;J"]
    write("\n".join(["klantnr;geboren;thuis", *rows]), "kinderen.csv")
    scan(run, "--list", "huishouden.kinderen=kinderen.csv", "--part-size", "3")
    found = {int(one["rij"]): one for one in aside()}
    assert found.keys() == {3, 5, 6}
    assert "is van deze persoon" not in found[3]["doen"]
    assert "«huishouden.kinderen» van deze persoon onbekend" in found[3]["doen"]
    assert "geen persoon" in found[5]["wat"]
    assert "van wie" in found[6]["wat"]


def test_what_a_list_says_reaches_the_tables(tmp_path, desk):
    from datetime import date

    from responsief.scan.bring_in import bring_in
    from responsief.scan.mapping import read_map
    from responsief.scan.opening import open_files
    from responsief.tables.folder import read_tables
    from responsief.tables.from_frames import situations_of
    from responsief.tables.layout import layout

    (tmp_path / "k.yaml").write_text(MAP + CHILDREN, encoding="utf-8")
    people = [
        cells(0, leefvorm="samen", partner_geboren="01-05-1970", inkomen="1320,50"),
        cells(1, leefvorm="ouder", partner_geboren=""),
        cells(2, leefvorm="ouder", partner_geboren=""),
    ]
    (tmp_path / "m.csv").write_text(
        "\n".join([HEADS, *people, cells(3, leefvorm="alleen", partner_geboren="", inkomen="", soort="")]), encoding="utf-8"
    )
    (tmp_path / "kinderen.csv").write_text("klantnr;geboren;thuis\nK00001;01-03-2015;J\nK00001;02-03-2016;n", encoding="utf-8")
    known = layout(desk.register)
    columns = read_map(tmp_path / "k.yaml", known, desk.register.ids(), date(2026, 3, 2))
    opened = open_files(tmp_path / "m.csv", {"huishouden.kinderen": tmp_path / "kinderen.csv"}, columns)
    found = bring_in(opened, columns, known, date(2026, 3, 2), tmp_path / "tabellen", tmp_path / "uit.csv", 2)
    assert (found.rijen, found.goed, found.uitgevallen) == (4, 3, 1), "a single parent without children says two things"
    frames = {name: frame.collect() for name, frame in read_tables(tmp_path / "tabellen").items()}
    paired, parent, alone = (situation for _, situation in situations_of(frames, known))
    assert paired.huishouden.partner.geboortedatum.year == 1970
    assert paired.huishouden.kinderen == ()
    assert paired.inkomsten[0].bedrag == 132050
    assert paired.inkomsten[0].van.lo.year == 2025
    assert [kid.thuiswonend for kid in parent.huishouden.kinderen] == [True, False]
    assert alone.inkomsten == ()
    assert alone.persoon.gemeente == "9999"


# --- how files are written ---------------------------------------------------------------------------------------------


def test_semicolons_windows_1252_excel_and_parquet_say_the_same(run):
    import openpyxl

    write(MAP.replace("kinderen: weg", "opmerking: weg"), "kolommen.yaml")
    heads = HEADS.replace("kinderen", "opmerking")
    rows = [cells(n, kinderen="café; «3»").split(";") for n in range(40)]
    rows = [[*r[:7], "café", r[-1]] for r in rows]
    write("\r\n".join([heads, *(";".join(r) for r in rows)]), encoding="cp1252")
    scan(run, out="csv")
    write("\n".join([heads.replace(";", ","), *(",".join(f'"{c}"' for c in r) for r in rows)]), "komma.csv")
    scan(run, out="komma", people="komma.csv")
    book = openpyxl.Workbook()
    book.active.append(heads.split(";"))
    for one in rows:
        book.active.append([*one[:4], float(one[4].replace(",", ".")), one[5], int(one[6]), *one[7:]])
    book.save("mensen.xlsx")
    scan(run, out="excel", people="mensen.xlsx")
    pl.DataFrame({name: [r[at] for r in rows] for at, name in enumerate(heads.split(";"))}).write_parquet("mensen.parquet")
    scan(run, out="parquet", people="mensen.parquet")
    wanted = decided("csv")
    assert len(wanted) == 40
    for other in ("komma", "excel", "parquet"):
        assert decided(other).equals(wanted), other
        assert aside(other) == []


def test_a_formula_and_a_date_of_excel(run):
    from datetime import datetime

    import openpyxl

    write(MAP, "kolommen.yaml")
    book = openpyxl.Workbook()
    book.active.append(HEADS.split(";"))
    good = cells(1, leefvorm="alleen", partner_geboren="").split(";")
    book.active.append([good[0], datetime(1980, 5, 6), *good[2:]])  # noqa: DTZ001  # a sheet knows no zones
    book.active.append(["K2", datetime(1980, 5, 6, 13, 30), *good[2:]])  # noqa: DTZ001
    book.active.append(["K3", good[1], *good[2:6], "=10*100", *good[7:]])
    book.save("mensen.xlsx")
    scan(run, people="mensen.xlsx")
    assert decided()["eigen_sleutel"].to_list() == ["K00001"]
    assert [(one["rij"], one["kolom"]) for one in aside()] == [("3", "geboren"), ("4", "saldo")]
    assert "formule" in aside()[1]["wat"]


# --- the mapping -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ("persoon.geboortedatum", "persoon.geborte_datum"),
            ["kolommen.yaml:4", "is geen gegeven", "bedoelde u «persoon.geboortedatum»?"],
        ),
        (("geboren:", "gebooren:"), ["«gebooren» is geen kolom van mensen.csv", "bedoelde u «geboren»?"]),
        (
            ("alleen: alleenstaande", "alleen: alleenstande"),
            ["«alleenstande» kan niet bij «huishouden.soort»", "bedoelde u «alleenstaande»?"],
        ),
        (("schrijfwijze: {datum", "schrijfwijze: {datums"), ["«datums» kan hier niet", "bedoelde u «datum»?"]),
        (("dag-maand-jaar", "dag-mand-jaar"), ["«dag-mand-jaar» kan hier niet", "bedoelde u «dag-maand-jaar»?"]),
        (("sleutel: klantnr", "sleutel: klantnummer"), ["«klantnummer» is geen kolom", "bedoelde u «klantnr»?"]),
        (
            ("ontvangt.stadspas-voorbeeld", "ontvangt.stadspas-vorbeeld"),
            ["is geen regelset", "bedoelde u «stadspas-voorbeeld»?"],
        ),
        (("inkomsten.1.bedrag", "inkomsten.bedrag"), ["hoort bij een lijst", "«inkomsten.1.bedrag»"]),
        (("inkomsten: {zonder", "inkomen: {zonder"), ["«inkomen» kan hier niet"]),
        (("zonder_rijen: geen", "zonder_rijen: niets"), ["«niets» kan hier niet", "kies uit: geen, onbekend"]),
        (("  saldo: vermogen.bezittingen.1.waarde", "  saldo: inkomsten.1.bedrag"), ["vullen allebei «inkomsten.1.bedrag»"]),
        (
            ("  persoon.gemeente:", "  persoon.geboortedatum: 01-01-1980\n  persoon.gemeente:"),
            ["«persoon.geboortedatum» staat ook bij een kolom"],
        ),
        (('"9999"', "Voorbeeld"), ["«Voorbeeld» is geen gemeentecode"]),
    ],
)
def test_a_mistake_in_the_mapping_is_told_at_its_place_with_what_was_meant(run, change, words):
    assert change[0] in MAP
    write(MAP.replace(*change), "kolommen.yaml")
    write(persons(3))
    told = scan(run, code=2).output
    for word in words:
        assert word in told
    assert not Path("uit").exists(), "nothing is begun"


@pytest.mark.parametrize(
    ("head", "value", "path", "words"),
    [
        ("klantnr", lambda n: f"{100000000 + n}", None, None),
        ("bsn", lambda n: "", "sleutel", "lijkt op een burgerservicenummer: dat mag geen sleutel zijn"),
        ("nummer", lambda n: str(111222333 if n % 2 else 123456782), "sleutel", "lijkt op een burgerservicenummer"),
        ("wie", lambda n: f"Jan van der {'ABCDE'[n % 5]}eek", "sleutel", "lijkt op een naam"),
        ("achternaam", lambda n: "x", "gewenst_effect", "lijkt op een naam"),
    ],
)  # fmt: skip
def test_a_bsn_or_a_name_is_refused_as_key_and_as_fact(run, head, value, path, words):
    lines = [f"{HEADS};{head}x" if path is None else f"{HEADS};{head}", *(f"{row(n)};{value(n)}" for n in range(20))]
    write("\n".join(lines))
    text = (
        MAP
        if path is None
        else MAP.replace("sleutel: klantnr", f"sleutel: {head}")
        if path == "sleutel"
        else MAP.replace("  pas:", f"  {head}: {path}\n  pas:")
    )
    write(text, "kolommen.yaml")
    told = scan(run, code=0 if words is None else 2).output
    assert words is None or words in told
    assert "111222333" not in told


def test_the_first_mapping_guesses_and_says_so(run):
    write("\n".join([HEADS.replace("geboren", "Geb.datum") + ";BSN;Naam", *(f"{row(n)};123456782;Jan" for n in range(9))]))
    write("klantnr;geboren\nK00001;01-02-2015", "kinderen.csv")
    told = run("mensen.csv", "--list", "huishouden.kinderen=kinderen.csv", "--make-map", "kolommen.yaml")
    assert told.exit_code == 0, told.output
    text = Path("kolommen.yaml").read_text(encoding="utf-8")
    for line in text.splitlines():
        if re.match(r"  [^#\s].*: [a-z_.0-9]+", line) and "zonder_rijen" not in line:
            assert "gok" in line or "hoort niet in een scan" in line, line
    assert "Geb.datum: persoon.geboortedatum  # gok" in text
    assert "BSN: weg  # dit lijkt op een burgerservicenummer" in text
    assert "datum: dag-maand-jaar  # gok" in text
    scan(run, "--list", "huishouden.kinderen=kinderen.csv")  # what it wrote can be read
    again = run("mensen.csv", "--make-map", "kolommen.yaml")
    assert again.exit_code == 2, "a file of somebody is not overwritten"


# --- privacy -----------------------------------------------------------------------------------------------------------


def test_a_report_holds_no_key_and_no_count_under_ten(run):
    write(MAP, "kolommen.yaml")
    write(persons(130))
    scan(run, "--mode", "niet-gebruik", "--format", "csv")
    rows = table("uit/niet-gebruik.csv")
    assert rows
    assert all(one["eigen_sleutel"].startswith("K0") for one in rows)
    for name in ("verslag.md", "verslag.html", "voortgang.json", "uitgevallen.csv"):
        assert "K0" not in Path("uit", name).read_text(encoding="utf-8"), name
    shown = Path("uit/verslag.md").read_text(encoding="utf-8")
    assert "k = 10" in shown
    body = shown.split("## Alle regelingen")[1].split("## Wat er is ingelezen")[0]
    for cell in re.findall(r"\| +([0-9.]+) +(?=\|)|: ([0-9.]+)$", body, re.MULTILINE):
        number = int("".join(cell).replace(".", ""))
        assert number == 0 or number >= 10, body
    page = Path("uit/verslag.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert not re.search(r'(src|href)="https?:', page)
    assert not Path("uit/.werk").exists(), "what was only needed on the way is gone"


def test_a_population_under_ten_shows_nothing(run):
    write(MAP, "kolommen.yaml")
    write(persons(6))
    scan(run, "--mode", "niet-gebruik")
    shown = Path("uit/verslag.md").read_text(encoding="utf-8")
    assert "Minder dan 10 personen bekeken" in shown
    assert "| Stadspas" not in shown or "niet getoond" in shown


@pytest.fixture(scope="module")
def rotterdam(desk, tmp_path_factory):
    """120 people in Rotterdam."""
    from datetime import date

    from responsief.generate.population import Order, generate

    at = tmp_path_factory.mktemp("rotterdam") / "bev"
    generate(Order(120, 7, date(2026, 3, 2), "0599"), desk.register, at)
    return at


ELSEWHERE = "deze regeling is van een andere gemeente dan waar de inwoner woont"


@pytest.mark.parametrize(
    ("more", "day", "why"),
    [
        (["--ruleset", "iit-amsterdam"], "2026-03-02", ELSEWHERE),
        (["--ruleset", "iit-amsterdam", "--engine", "rij", "--part-size", "50"], "2026-03-02", ELSEWHERE),
        (["--ruleset", "studietoeslag", "--mode", "niet-gebruik"], "2027-02-01", "heeft geen waarde op 1 februari 2027"),
    ],
)
def test_when_nobody_could_be_decided_that_is_said_with_the_reason_and_it_ends_with_1(run, rotterdam, more, day, why):
    for _ in range(2):  # the same again: it was done, and it still is nobody
        result = run(rotterdam, "--out", "uit", "--on", day, *more)
        assert result.exit_code == 1, result.output
        (line,) = [one for one in result.output.splitlines() if "is niemand te beslissen" in one]
        assert why in line
    assert Path("uit/verslag.md").exists()


def test_when_somebody_could_be_decided_by_one_ruleset_it_ends_with_0(run, rotterdam):
    told = run(rotterdam, "--out", "uit", "--on", "2026-03-02", "--ruleset", "iit-amsterdam", "--ruleset", "studietoeslag")
    assert told.exit_code == 0
    assert "niemand te beslissen" not in told.output


def test_of_fewer_than_ten_nobody_decided_gives_no_reason_on_the_screen(run, desk):
    from datetime import date

    from responsief.generate.population import Order, generate

    generate(Order(6, 7, date(2026, 3, 2), "0599"), desk.register, Path("bev"))
    told = run("bev", "--out", "uit", "--on", "2026-03-02", "--ruleset", "iit-amsterdam")
    assert told.exit_code == 1
    assert "zie «reden» in uit/besluiten/" in told.output
    for name in ("verslag.md", "voortgang.json"):
        assert ELSEWHERE not in told.output + Path("uit", name).read_text(encoding="utf-8")


def test_the_same_few_people_in_two_rulesets_give_no_reason_either(run, desk):
    from datetime import date

    from responsief.generate.population import Order, generate

    generate(Order(6, 7, date(2026, 3, 2), "0599"), desk.register, Path("bev"))
    asked = [word for one in ("iit-amsterdam", "stadspas-voorbeeld") for word in ("--ruleset", one)]
    told = run("bev", "--out", "uit", "--on", "2026-03-02", *asked)
    assert told.exit_code == 1
    for name in ("verslag.md", "voortgang.json"):
        assert ELSEWHERE not in told.output + Path("uit", name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("people", "each", "told"),
    [
        (10, 21_000, ""),
        (12, 25_000, ""),
        (60, 25_000, ", samen ongeveer € 15.000,00 per maand"),
        (85, 1_696, ", samen ongeveer € 1.400,00 per maand"),
        (86, 1_696, ", samen ongeveer € 1.400,00 per maand"),
        (1_000_000, 1_700, ", samen ongeveer € 17.000.000,00 per maand"),
    ],
)
def test_a_total_is_told_to_within_what_ten_people_have(people, each, told):
    from types import SimpleNamespace

    from responsief.difference.report import Group
    from responsief.scan.report import _money

    group = Group("iedereen", people, {("toegekend", "toegekend"): people}, people * each, people * each)
    assert _money(SimpleNamespace(beeld=SimpleNamespace(allen=group)), "recht") == told


@pytest.mark.parametrize("mode", ["recht", "niet-gebruik"])
def test_where_nobody_could_be_decided_the_report_shows_no_nought(run, rotterdam, mode):
    asked = ["--ruleset", "iit-amsterdam", "--ruleset", "schuldhulp", "--mode", mode]
    assert run(rotterdam, "--out", "uit", "--on", "2026-03-02", *asked).exit_code == 0
    text = Path("uit/verslag.md").read_text(encoding="utf-8")
    page = Path("uit/verslag.html").read_text(encoding="utf-8")
    assert f"  - Individuele inkomenstoeslag: niet te beslissen, want {ELSEWHERE}" in text
    assert "Bij deze regelingen is niemand beslist" in text
    (line,) = [one for one in text.splitlines() if one.startswith("| Individuele inkomenstoeslag ")]
    assert re.search(r"\| niet te beslissen +\|", line)
    assert not re.search(r"\| 0 +\|", line)
    for shown in (text, page):
        assert "Individuele inkomenstoeslag: 0" not in shown
    assert page.count(f"niet te beslissen, want {ELSEWHERE}") == text.count(f"niet te beslissen, want {ELSEWHERE}") > 0
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert any("Schuldhulp" in one for one in drawings)
    assert not any("inkomenstoeslag" in one for one in drawings), "no bar of nought"


def test_where_nothing_may_be_shown_the_report_says_so(run, rotterdam):
    assert run(rotterdam, "--out", "uit", "--on", "2026-03-02", "--ruleset", "iit-rotterdam").exit_code == 0
    for name in ("verslag.md", "verslag.html"):
        text = Path("uit", name).read_text(encoding="utf-8")
        assert "Per huishouden en per leeftijd: niets getoond om kleine groepen te beschermen." in text, name
    lines = [one for one in Path("uit/verslag.md").read_text(encoding="utf-8").splitlines() if one]
    for heading, below in zip(lines, [*lines[1:], "# "], strict=True):
        assert not (heading.startswith("#") and below.startswith("#")), heading


@pytest.mark.parametrize("tables", [False, True])
@pytest.mark.parametrize(("broken", "warned"), [(10, False), (11, True)])
def test_when_more_than_half_is_set_aside_the_mapping_is_pointed_at(run, tables, broken, warned):
    write(MAP, "kolommen.yaml")
    write("\n".join([HEADS, *(cells(n, inkomen="1320.50") if n < broken else cells(n) for n in range(20))]))
    told = run("mensen.csv", "--map", "kolommen.yaml", "--make-tables", "t").output if tables else scan(run).output
    line = (
        "meer dan de helft van mensen.csv is apart gezet: kijk in het kolommenbestand naar «decimaal», «datum» en «scheiding»"
    )
    assert (line in told) == warned
    assert f"{broken} rijen zijn apart gezet" in told


def test_a_list_of_which_more_than_half_is_set_aside_is_named(run):
    write(MAP + CHILDREN, "kolommen.yaml")
    write(persons(9))
    write("klantnr;geboren;thuis\nK00001;2015-03-01;J\nK00002;2015-03-01;J\nK00003;01-03-2015;J", "kinderen.csv")
    told = scan(run, "--list", "huishouden.kinderen=kinderen.csv").output
    assert "meer dan de helft van kinderen.csv is apart gezet" in told


def test_tables_of_another_day_are_told_when_no_day_was_chosen(run, rotterdam, monkeypatch):
    from datetime import date

    monkeypatch.setattr("responsief.cli.scan.today", lambda: date(2026, 3, 9))
    args = [rotterdam, "--ruleset", "studietoeslag"]
    told = run(*args, "--out", "uit").output
    assert "gemaakt voor 2 maart 2026, en er is beslist op 9 maart 2026" in told
    assert "«--on 2026-03-02»" in told
    assert "gemaakt voor" not in run(*args, "--out", "zelf", "--on", "2026-03-09").output, "chosen is chosen"
    monkeypatch.setattr("responsief.cli.scan.today", lambda: date(2026, 3, 2))
    assert "gemaakt voor" not in run(*args, "--out", "dezelfde").output


# --- wrong use ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["mensen.csv"], ["«--out» ontbreekt"]),
        (["mensen.csv", "--out", "uit"], ["wat de kolommen betekenen", "--make-map"]),
        (["nergens.csv", "--out", "uit"], ["het bestaat niet"]),
        (["mensen.csv", "--map", "kolommen.yaml", "--out", "uit", "--list", "inkomsten"], ["geen lijst met een bestand"]),
        (["mensen.csv", "--map", "lijst.yaml", "--out", "uit", "--list", "kinderen=mensen.csv"], ["over de lijst «kinderen»", "bedoelde u «huishouden.kinderen»?"]),
        (["mensen.csv", "--map", "kolommen.yaml", "--out", "uit", "--margin", "veel"], ["«veel» is geen marge"]),
        (["mensen.csv", "--map", "kolommen.yaml", "--out", "uit", "--municipality", "599"], ["geen gemeentecode"]),
        (["mensen.csv", "--map", "kolommen.yaml", "--out", "uit", "--ruleset", "stadspas"], ["«stadspas» is geen regelset", "bedoelde u «stadspas-voorbeeld»?"]),
        (["mensen.csv", "--map", "kolommen.yaml", "--out", "vol"], ["is niet leeg, en er staat geen scan in"]),
        (["vol", "--out", "uit"], ["in deze map staan geen tabellen"]),
        (["mensen.doc", "--map", "kolommen.yaml", "--out", "uit"], ["is hier niet te lezen", "CSV, Excel"]),
        (["leeg.csv", "--map", "kolommen.yaml", "--out", "uit"], ["geen koppen"]),
        (["mensen.csv", "--map", "kolommen.yaml", "--out", "uit", "--mode", "alles"], ["«--mode» kent «alles» niet"]),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_dutch_with_what_to_do(run, args, words):
    write(MAP, "kolommen.yaml")
    write(persons(3))
    write(MAP + CHILDREN, "lijst.yaml")
    write("x", "mensen.doc")
    write("", "leeg.csv")
    Path("vol").mkdir()
    write("x", "vol/brief.txt")
    result = run(*args)
    assert result.exit_code == 2, result.output
    for word in words:
        assert word in result.output
    assert "hulp: " in result.output


def test_when_no_row_can_be_used_that_is_said(run):
    write(MAP.replace("dag-maand-jaar", "jjjjmmdd"), "kolommen.yaml")
    write(persons(5))
    told = scan(run, code=1).output
    assert "er is niemand om te scannen" in told
    assert "uitgevallen.csv" in told
    assert len({one["rij"] for one in aside()}) == 5
    assert json.loads(Path("uit/voortgang.json").read_text(encoding="utf-8"))["klaar"] is False


def everything(folder):
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["--ruleset", "stadspas-vorbeeld"], "is geen regelset"),
        (["--ruleset", RULESET, "--on", "2019-01-01"], "valt op 2019-01-01 niets te beslissen"),
        (["--on", "1900-01-01"], "op 1900-01-01 valt hier niets te beslissen"),
    ],
)
@pytest.mark.parametrize("before", ["no folder", "an empty folder", "another scan"])
def test_what_is_refused_before_anything_is_decided_leaves_the_folder_as_it_was(run, population, wrong, words, before):
    good = ["bevolking", "--out", "diep/uit", "--on", "2026-03-02", "--ruleset", RULESET]
    more = []
    if before == "an empty folder":
        Path("diep/uit").mkdir(parents=True)
    elif before == "another scan":
        assert run(*good, "--format", "csv").exit_code == 0
        more = ["--restart"]
    was = everything(".")
    refused = run("bevolking", "--out", "diep/uit", *wrong, *more)
    assert refused.exit_code == 2, refused.output
    assert words in refused.output
    assert everything(".") == was
    assert run(*good, *more).exit_code == 0, "the command that was put right goes"


def test_tables_that_are_refused_leave_nothing_behind_but_what_somebody_put_there(run, population, monkeypatch):
    from responsief.scan import scanning

    table = pl.concat([pl.read_parquet(path) for path in sorted(Path("bevolking/personen").glob("*.parquet"))])
    shutil.copytree("bevolking", "los", ignore=shutil.ignore_patterns("personen"))
    table.sort("sleutel", descending=True).write_parquet("los/personen.parquet")
    args = ["los", "--out", "uit", "--on", "2026-03-02", "--ruleset", RULESET]
    assert run(*args).exit_code == 2
    assert not Path("uit").exists()
    plan = scanning.plan_parts

    def with_a_note(folder, size):
        write("van mij", "uit/brief.txt")
        return plan(folder, size)

    monkeypatch.setattr(scanning, "plan_parts", with_a_note)
    assert run(*args).exit_code == 2
    assert everything("uit") == ["brief.txt"]


@pytest.mark.parametrize("stopped", [False, True])
def test_what_a_scan_made_stays_when_starting_anew_is_refused(run, population, monkeypatch, stopped):
    from responsief.scan import scanning

    table = pl.concat([pl.read_parquet(path) for path in sorted(Path("bevolking/personen").glob("*.parquet"))])
    shutil.copytree("bevolking", "los", ignore=shutil.ignore_patterns("personen"))
    table.sort("sleutel", descending=True).write_parquet("los/personen.parquet")
    good = ["bevolking", "--out", "uit", "--on", "2026-03-02", "--ruleset", RULESET, "--part-size", "40"]
    if stopped:
        finish = scanning.Progress.finish
        seen = []

        def once(self, *args):
            finish(self, *args)
            seen.append(args)
            if len(seen) == 1:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(scanning.Progress, "finish", once)
            assert run(*good).exit_code == 1
    else:
        assert run(*good).exit_code == 0

    def contents():
        return {path: path.read_bytes() for path in sorted(Path("uit").rglob("*")) if path.is_file()}

    was = contents()
    for _ in range(2):
        refused = run("los", "--out", "uit", "--on", "2026-03-02", "--ruleset", RULESET, "--restart")
        assert refused.exit_code == 2
        assert contents() == was
    assert run(*good, "--restart").exit_code == 0
    assert not Path("uit/.werk").exists()


def test_what_a_scan_made_outlives_a_process_that_dies_just_after_starting_anew(tmp_path):
    from responsief.scan.progress import Progress

    out = tmp_path / "uit"
    first = Progress(out, {"x": "1"})
    write("een brief", out / "verslag.md")
    first.close()

    def contents():
        return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}

    was = contents()
    Progress(out, {"x": "2"}, restart=True).release()  # as when its process dies
    assert not (out / "verslag.md").exists()
    again = Progress(out, {"x": "3"}, restart=True)
    again.take_back()
    assert contents() == was
    third = Progress(out, {"x": "4"}, restart=True)
    third.finish("1", {})
    assert b"een brief" not in contents().values()


def test_an_outcome_does_not_come_among_the_tables(run, population):
    told = run("bevolking", "--out", "bevolking/uit", "--on", "2026-03-02", "--ruleset", RULESET)
    assert told.exit_code == 2
    assert "kies een map ernaast" in told.output
    assert not Path("bevolking/uit").exists()


def test_several_rulesets_in_one_option_are_told_apart(run, population):
    told = run("bevolking", "--out", "uit", "--on", "2026-03-02", "--ruleset", "iit-rotterdam,participatiewet")
    assert told.exit_code == 2
    assert "herhaal «--ruleset» voor elke regelset: --ruleset iit-rotterdam --ruleset participatiewet" in told.output


def test_a_difference_says_what_is_there_no_more_and_what_was_not_there(run, population):
    args = ["bevolking", "--on", "2026-03-02"]
    assert run(*args, "--out", "een", "--ruleset", RULESET).exit_code == 0
    gone = run(*args, "--out", "een", "--mode", "bijna").output
    assert f"--ruleset was «{RULESET}» en is er nu niet" in gone
    assert "--mode was «recht» en is nu «bijna»" in gone
    added = run(*args, "--out", "een", "--ruleset", RULESET, "--municipality", "9999").output
    assert "--municipality was er niet en is nu «9999»" in added


# --- tables, and stopping ----------------------------------------------------------------------------------------------


@pytest.fixture
def population(run, desk):
    from datetime import date

    from responsief.population.households import households
    from responsief.tables.to_frames import write_tables

    people = list(households(date(2026, 3, 2), count=90, gemeente="9999"))
    write_tables(people, desk.register, Path("bevolking"), made_by="toets", part=40)
    return len(people)


def test_a_folder_of_tables_is_scanned_as_it_is(run, population):
    result = run("bevolking", "--out", "uit", "--on", "2026-03-02", "--part-size", "33", "--ruleset", RULESET)
    assert result.exit_code == 0, result.output
    assert f"{population} personen, 1 regeling: klaar." in result.output
    assert decided()["sleutel"].to_list() == list(range(1, population + 1))
    assert not Path("uit/uitgevallen.csv").exists(), "nothing was read in"
    again = run("bevolking", "--out", "heel", "--on", "2026-03-02", "--ruleset", RULESET)
    assert again.exit_code == 0
    assert decided("heel").equals(decided()), "parts change nothing"
    inside = run("bevolking", "--out", "bevolking", "--on", "2026-03-02")
    assert inside.exit_code == 2
    assert "de map van de bevolking zelf" in inside.output


def test_keys_that_are_not_in_order_are_told(run, population):
    table = pl.concat([pl.read_parquet(path) for path in sorted(Path("bevolking/personen").glob("*.parquet"))])
    shutil.copytree("bevolking", "los", ignore=shutil.ignore_patterns("personen"))
    table.sort("sleutel", descending=True).write_parquet("los/personen.parquet")
    result = run("los", "--out", "uit", "--on", "2026-03-02", "--ruleset", RULESET)
    assert result.exit_code == 2
    assert "niet oplopend" in result.output


def test_stopping_by_hand_says_how_to_go_on(run, population, monkeypatch):
    from responsief.scan import scanning

    whole, asked = scanning.read_part, []

    def until_the_third(folder, part):
        asked.append(part.nummer)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return whole(folder, part)

    args = ["bevolking", "--out", "uit", "--on", "2026-03-02", "--part-size", "20", "--ruleset", RULESET, "--engine", "rij"]
    monkeypatch.setattr(scanning, "read_part", until_the_third)
    stopped = run(*args)
    assert stopped.exit_code == 1
    assert "Onderbroken: 2 delen zijn klaar en bewaard. Geef dezelfde opdracht nog eens" in stopped.output
    monkeypatch.setattr(scanning, "read_part", whole)
    done = run(*args)
    assert done.exit_code == 0
    assert "2 van de" in done.output
    assert "delen waren al klaar" in done.output
    assert "was al klaar" in run(*args).output


def test_without_a_day_a_scan_goes_on_on_the_day_on_which_it_began(run, population, monkeypatch):
    from datetime import date

    args = ["bevolking", "--out", "uit", "--ruleset", RULESET]
    monkeypatch.setattr("responsief.cli.scan.today", lambda: date(2026, 3, 2))
    assert run(*args).exit_code == 0
    monkeypatch.setattr("responsief.cli.scan.today", lambda: date(2026, 3, 3))
    assert "was al klaar" in run(*args).output
