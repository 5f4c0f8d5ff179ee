"""Policy writers' test cases: what came out otherwise is told with its place, and so is what is written wrong."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from responsief.cli.test import trial_lines
from responsief.register import read_files
from responsief.trials import Trial, run_trials
from small import ruleset
from stories import desk_of, provision, provisions, signal, signals

RULES = (
    ruleset(
        "uitkomst: {bedrag: {per: maand, is: € 100}}\n"
        "aandachtspunten: [{id: dure-huur, soort: anders, als: wonen.huur > € 450, tekst: Uw huur is hoog., grondslag: art. 7}]\n"
        "gegevens: {x: {type: ja_nee, label: het feit, vraag: Is het zo?, van: [inwoner]}}\n",
        "eis: wonen.huur <= € 500",
        "eis: x",
        "eis: peildatum >= aanvraag.gemeld_op, gevolg: wacht_tot aanvraag.gemeld_op",
    ).replace(
        "hardheid: [{id: geen, soort: geen, grondslag: art. 9, geldt_voor: alle}]",
        "hardheid:\n"
        "  - {id: v, soort: verordening_clausule, grondslag: art. 8, maatstaf: m, geldt_voor: [c0], wie_beslist: college}\n"
        "  - {id: geen, soort: geen, grondslag: art. 9, geldt_voor: [c1]}",
    ),
    provisions(provision("p", "financien", "wonen.huur > € 0")),
    signals(
        {"duur": "wonen.huur > € 500", "haast": "wonen.huur = € 460"},
        signal("r", "duur", "te_duur"),
        signal("s", "haast", "vandaag", urgentie="{werkdagen: 0, uit: eigen_norm}"),
    ),
    ruleset(
        "ingang: {vanaf: aanvraag.gemeld_op, grondslag: art. 3, uitleg: Het begint bij uw melding.}\n",
        "eis: wonen.huur <= € 500",
        ident="over-de-tijd",
    ),
)
BASE = "basis: {gewoon: {wonen: {huur: € 400}, aanvraag: {gemeld_op: 2026-01-01}, eigen: {klein: {x: ja}}}}\n"
CASE = "  - naam: {naam}\n    peildatum: 2026-03-02\n    basis: gewoon\n    situatie: {situatie}\n    verwacht: {verwacht}\n"
NEE = "{wonen: {huur: € 600}}"


def trials(folder: Path, *cases: tuple[str, str], head: str = BASE, text: str | None = None) -> tuple[Trial, ...]:
    desk = desk_of(folder, *RULES)
    written = "".join(CASE.format(naam=f"geval {n}", situatie=s, verwacht=v) for n, (s, v) in enumerate(cases))
    path = folder / "klein.test.yaml"
    path.write_text(text if text is not None else f"proef: klein\nformaat: 1\n{head}gevallen:\n{written}", encoding="utf-8")
    return run_trials(read_files([path]).documents["proef"], desk)


def told(trial: Trial) -> list[tuple[str, str, str, int, int]]:
    return [(d.wat, d.verwacht, d.gekregen, d.span.line, d.span.column) for d in trial.verschillen]


@pytest.mark.parametrize(
    ("situatie", "verwacht"),
    [
        ("{}", "{uitkomst: toegekend, bedrag: € 100, afgewezen_op: [], te_wegen: [], onbekend: []}"),
        (NEE, "{uitkomst: afgewezen, bedrag: geen, afgewezen_op: [c0], hardheid: {v: in_bereik}, signalen: [te_duur], alternatieven: [p]}"),
        ("{eigen: {klein: {x: onbekend}}}", "{uitkomst: onbepaald, onbekend: [eigen.klein.x]}"),
        ("{aanvraag: {gemeld_op: 2026-04-01}}", "{uitkomst: wacht, wacht_tot: 2026-04-01}"),
        ("{wonen: {huur: € 600}, eigen: {klein: {x: nee}}}", "{afgewezen_op: [c1, c0], hardheid: {v: {c0: in_bereik, c1: buiten_bereik}, geen: buiten_bereik}}"),
        ("{}", "{aandachtspunten: [], ingang: geen, signalen_niet: [te_duur, vandaag], alternatieven_niet: [p, 'hardheid:v']}"),
        ("{wonen: {huur: € 460}}", "{uitkomst: toegekend, aandachtspunten: [dure-huur], signalen: [vandaag], signalen_niet: [te_duur]}"),
        (NEE, "{signalen_niet: [vandaag], alternatieven_niet: [klein, deel, kracht-1, netwerk-2, gesprek_met_mens]}"),
    ],
)  # fmt: skip
def test_what_is_as_expected_is_ok(situatie: str, verwacht: str, tmp_path: Path) -> None:
    (trial,) = trials(tmp_path, (situatie, verwacht))
    assert (trial.ok, trial.naam, trial.regelset) == (True, "geval 0", "klein")


@pytest.mark.parametrize(
    ("situatie", "verwacht", "difference"),
    [
        (NEE, "{uitkomst: toegekend}", ("uitkomst", "toegekend", "afgewezen", 9, 26)),
        ("{}", "{bedrag: € 200}", ("bedrag", "€ 200,00", "€ 100,00", 9, 24)),
        ("{}", "{bedrag: geen}", ("bedrag", "geen", "€ 100,00", 9, 24)),
        (NEE, "{bedrag: € 100}", ("bedrag", "€ 100,00", "geen", 9, 24)),
        (NEE, "{afgewezen_op: [c1]}", ("afgewezen_op", "c1", "c0", 9, 30)),
        (NEE, "{afgewezen_op: []}", ("afgewezen_op", "niets", "c0", 9, 30)),
        (NEE, "{te_wegen: [c0]}", ("te_wegen", "c0", "niets", 9, 26)),
        ("{eigen: {klein: {x: onbekend}}}", "{onbekend: [wonen.huur]}", ("onbekend", "wonen.huur", "eigen.klein.x", 9, 26)),
        ("{aanvraag: {gemeld_op: 2026-04-01}}", "{wacht_tot: 2026-04-02}", ("wacht_tot", "2026-04-02", "2026-04-01", 9, 27)),
        ("{}", "{wacht_tot: 2026-04-02}", ("wacht_tot", "2026-04-02", "niets", 9, 27)),
        (NEE, "{signalen: [te_duur, ramp]}", ("signalen", "ramp", "te_duur", 9, 26)),
        ("{}", "{signalen: [te_duur]}", ("signalen", "te_duur", "niets", 9, 26)),
        (NEE, "{alternatieven: [q]}", ("alternatieven", "q", "p, hardheid:v", 9, 31)),
        (NEE, "{hardheid: {v: geblokkeerd}}", ("hardheid v", "geblokkeerd", "in_bereik", 9, 27)),
        (NEE, "{hardheid: {v: {c0: buiten_bereik}}}", ("hardheid v bij c0", "buiten_bereik", "in_bereik", 9, 27)),
        (NEE, "{hardheid: {geen: buiten_bereik}}", ("hardheid geen", "buiten_bereik", "niet genoemd", 9, 27)),
        ("{}", "{hardheid: {v: in_bereik}}", ("hardheid v", "in_bereik", "niet genoemd", 9, 27)),
        (NEE, "{alternatieven_niet: [klein, p]}", ("alternatieven_niet", "geen p", "p, hardheid:v", 9, 44)),
        (NEE, "{alternatieven_niet: ['hardheid:v']}", ("alternatieven_niet", "geen hardheid:v", "p, hardheid:v", 9, 38)),
        (NEE, "{signalen_niet: [te_duur]}", ("signalen_niet", "geen te_duur", "te_duur", 9, 32)),
        ("{wonen: {huur: € 460}}", "{signalen_niet: [vandaag]}", ("signalen_niet", "geen vandaag", "vandaag", 9, 32)),
        ("{wonen: {huur: € 460}}", "{aandachtspunten: []}", ("aandachtspunten", "niets", "dure-huur", 9, 33)),
        ("{}", "{aandachtspunten: [dure-huur]}", ("aandachtspunten", "dure-huur", "niets", 9, 33)),
        ("{}", "{ingang: 2026-01-01}", ("ingang", "2026-01-01", "niets", 9, 24)),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_told_with_both_sides_and_its_place(
    situatie: str, verwacht: str, difference: tuple[str, str, str, int, int], tmp_path: Path
) -> None:
    (trial,) = trials(tmp_path, (situatie, verwacht))
    assert (trial.ok, told(trial)) == (False, [difference])


def test_every_difference_of_a_case_is_told(tmp_path: Path) -> None:
    (trial,) = trials(tmp_path, (NEE, "{uitkomst: wacht, afgewezen_op: [], alternatieven: [q, p]}"))
    assert [d.wat for d in trial.verschillen] == ["uitkomst", "afgewezen_op", "alternatieven"]


@pytest.mark.parametrize(
    ("situatie", "verwacht", "code", "line"),
    [
        ("{}", "{uitkomts: toegekend}", "onbekende-sleutel", 9),
        ("{}", "{uitkomst: geweigerd}", "keuze-onbekend", 9),
        ("{}", "{bedrag: 100}", "geen-bedrag", 9),
        ("{}", "{wacht_tot: morgen}", "geen-datum", 9),
        ("{}", "{ingang: morgen}", "geen-datum", 9),
        ("{}", "{aandachtspunten: [dure_huur]}", "keuze-onbekend", 9),
        ("{}", "{aandachtspunten: dure-huur}", "geen-lijst", 9),
        ("{}", "{signalen_niet: [te_durr]}", "feit-onbekend", 9),
        ("{}", "{alternatieven_niet: [q]}", "voorziening-onbekend", 9),
        ("{}", "{alternatieven_niet: ['hardheid:w']}", "voorziening-onbekend", 9),
        ("{}", "{alternatieven_niet: [{p: ja}]}", "geen-tekst", 9),
        ("{}\n    verhaal: [Anna verhuist.]", "{uitkomst: toegekend}", "geen-tekst", 9),
        ("{}\n    verhaal: ''", "{uitkomst: toegekend}", "lege-waarde", 9),
        ("{}\n    verhael: Anna verhuist.", "{uitkomst: toegekend}", "onbekende-sleutel", 9),
        (NEE, "{hardheid: {w: in_bereik}}", "onbekende-sleutel", 9),
        (NEE, "{hardheid: {v: binnen_bereik}}", "keuze-onbekend", 9),
        (NEE, "{hardheid: {v: {c9: in_bereik}}}", "onbekende-sleutel", 9),
        (NEE, "{hardheid: {v: {c0: [x]}}}", "keuze-onbekend", 9),
        (NEE, "{hardheid: {v: [c0]}}", "geen-groep", 9),
        ("[]", "{uitkomst: toegekend}", "geen-groep", 8),
        ("{}\n    waarmo: x", "{uitkomst: toegekend}", "onbekende-sleutel", 9),
    ],
)
def test_what_is_written_wrong_is_found_at_its_place(
    situatie: str, verwacht: str, code: str, line: int, tmp_path: Path
) -> None:
    (trial,) = trials(tmp_path, (situatie, verwacht))
    assert [(d.code, d.span.line if d.span else None) for d in trial.fout] == [(code, line)]
    assert not trial.ok


def test_a_mistake_in_the_situation_is_told_and_the_next_case_goes_on(tmp_path: Path) -> None:
    first, second = trials(tmp_path, ("{wonen: {huur: 600}}", "{uitkomst: toegekend}"), ("{}", "{uitkomst: toegekend}"))
    assert [(d.pad, d.span.line if d.span else None) for d in first.fout] == [("wonen.huur", 8)]
    assert second.ok


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("proef: klien\nformaat: 1\ngevallen: []\n", "regelset-onbekend"),
        ("proef: klein\nformaat: 1\ngevalen: []\n", "onbekende-sleutel"),
        ("proef: klein\nformaat: 1\ngevallen:\n  - {naam: a, basis: gewon, verwacht: {}}\n", "basis-onbekend"),
        ("proef: klein\nformaat: 2\ngevallen: []\n", "formaat-onbekend"),
        ("proef: klein\nformaat: 1\ngevallen: []\n", "lege-waarde"),
        ("proef: klein\nformaat: 1\ngevallen:\n  - {naam: a, peildatum: 2026-03-02, verwacht: {}}\n", "lege-waarde"),
        ("proef: klein\nformaat: 1\ngevallen:\n  - {naam: a, verwacht: {afgewezen_op: [c9]}}\n", "criterium-onbekend"),
    ],
)
def test_a_file_with_a_mistake_is_one_trial_that_could_not_run(text: str, code: str, tmp_path: Path) -> None:
    (trial,) = trials(tmp_path, text=text)
    assert code in [d.code for d in trial.fout]
    assert trial.naam == "dit bestand"


def test_a_case_on_a_day_without_rules_says_so(tmp_path: Path) -> None:
    text = "proef: klein\nformaat: 1\ngevallen:\n  - {naam: a, peildatum: 1950-01-01, verwacht: {uitkomst: toegekend}}\n"
    (trial,) = trials(tmp_path, text=text)
    assert [(d.code, d.span.line if d.span else None) for d in trial.fout] == [("proef-mislukt", 4)]
    assert "geldt geen versie op 1 januari 1950" in trial.fout[0].tekst


def test_a_case_without_a_date_says_so(tmp_path: Path) -> None:
    text = "proef: klein\nformaat: 1\ngevallen:\n  - {naam: a, verwacht: {uitkomst: toegekend}}\n"
    (trial,) = trials(tmp_path, text=text)
    assert trial.fout[0].tekst == "er is geen peildatum: noem er een, of vul de datum van de aanvraag in"


def test_a_case_says_only_what_differs_from_its_base(tmp_path: Path) -> None:
    head = (
        "basis: {gewoon: {wonen: {huur: € 400, soort: huur}, aanvraag: {gemeld_op: 2026-01-01}, "
        "inkomsten: [{bedrag: € 1}, {bedrag: € 2}], eigen: {klein: {x: ja}}}}\n"
    )
    cases = [
        ("{wonen: {soort: koop}, inkomsten: [{bedrag: € 3}]}", "{uitkomst: toegekend}"),
        ("{wonen: {huur: onbekend}}", "{uitkomst: onbepaald}"),
    ]
    assert all(t.ok for t in trials(tmp_path, *cases, head=head))


OVER_TIME = "proef: over-de-tijd\nformaat: 1\ngevallen:\n" + CASE.replace("    basis: gewoon\n", "").replace(
    "{naam}", "Anna meldt zich"
)
FROM = "{wonen: {huur: € 400}, aanvraag: {gemeld_op: 2026-01-15}}"


@pytest.mark.parametrize(
    ("situatie", "expected", "difference"),
    [
        (FROM, "2026-01-15", None),
        (FROM, "2026-01-16", ("ingang", "2026-01-16", "2026-01-15", 7, 24)),
        (FROM, "geen", ("ingang", "niets", "2026-01-15", 7, 24)),
        (FROM.replace("400", "600"), "geen", None),
    ],
)
def test_the_day_on_which_a_right_begins_is_expected(
    situatie: str, expected: str, difference: tuple[str, str, str, int, int] | None, tmp_path: Path
) -> None:
    text = OVER_TIME.format(situatie=situatie, verwacht=f"{{ingang: {expected}}}")
    (trial,) = trials(tmp_path, text=text)
    assert not trial.fout
    assert told(trial) == ([difference] if difference else [])


def test_the_story_of_a_case_is_kept_and_shown_when_it_fails(tmp_path: Path) -> None:
    story = "    verhaal: >-\n      Anna huurt een flat.\n      De huur ging omhoog.\n"
    text = OVER_TIME.format(situatie=FROM, verwacht="{uitkomst: afgewezen}").replace("    situatie", f"{story}    situatie")
    (trial,) = trials(tmp_path, text=text)
    assert trial.verhaal == "Anna huurt een flat. De huur ging omhoog."
    heading, told_first, *rest = trial_lines(trial)
    assert "Anna meldt zich" in heading
    assert told_first == "    Anna huurt een flat. De huur ging omhoog."
    assert click.unstyle(rest[0]) == "    uitkomst  verwacht afgewezen  gekregen toegekend  (10:26)"


def test_a_story_stays_with_a_case_that_could_not_run(tmp_path: Path) -> None:
    (trial,) = trials(tmp_path, ("{wonen: {huur: 600}}\n    verhaal: Anna verhuist.", "{uitkomst: toegekend}"))
    assert trial.fout
    assert "    Anna verhuist." in trial_lines(trial)


def test_a_long_story_is_wrapped_and_a_case_without_one_has_no_line_for_it(tmp_path: Path) -> None:
    long, none = trials(
        tmp_path, (NEE + "\n    verhaal: " + "Anna verhuist. " * 30, "{uitkomst: wacht}"), (NEE, "{uitkomst: wacht}")
    )
    assert len(trial_lines(long)) > 4
    assert max(map(len, trial_lines(long)[1:])) <= 120
    assert trial_lines(none)[1].startswith("    uitkomst  verwacht")


# --- why it came out otherwise -----------------------------------------------------------------------------------------


def reasons(trial: Trial) -> list[str]:
    """What is told under the two sides, without margin."""
    lines = [click.unstyle(line) for line in trial_lines(trial)]
    return [line[6:] for line in lines if line.startswith("      ")]


@pytest.mark.parametrize(
    ("situatie", "verwacht", "told"),
    [
        (NEE, "{uitkomst: toegekend}", ["└ c0: nee", "    wonen.huur <= € 500", "    € 600,00"]),
        (NEE, "{uitkomst: toegekend, afgewezen_op: []}", ["└ c0: nee", "    wonen.huur <= € 500", "    € 600,00"]),
        ("{}", "{afgewezen_op: [c0]}", ["└ c0: ja", "    wonen.huur <= € 500", "    € 400,00"]),
        ("{eigen: {klein: {x: onbekend}}}", "{uitkomst: toegekend}", ["└ c1: onbekend", "    nog niet bekend: eigen.klein.x (het feit)"]),
        ("{}", "{onbekend: [eigen.klein.x]}", ["└ eigen.klein.x: is bekend (ja)"]),
        ("{}", "{onbekend: [wonen.soort]}", ["└ wonen.soort: deze regelset leest dit gegeven niet"]),
        ("{eigen: {klein: {x: onbekend}}}", "{onbekend: []}", ["└ eigen.klein.x: is onbekend (het feit), en nodig voor c1"]),
        ("{}", "{bedrag: € 200}", ["└ zo is het bedrag berekend", "    € 100"]),
        (NEE, "{bedrag: € 100}", ["└ er is geen bedrag, want de uitkomst is afgewezen"]),
        ("{}", "{hardheid: {v: in_bereik}}", ["└ er is niets afgewezen, dus er is geen clausule nodig"]),
        (NEE, "{hardheid: {v: geblokkeerd}}", ["└ bij c0: reikt tot deze voorwaarde (art. 1)"]),
        (NEE, "{signalen: [vandaag]}", ["└ vandaag, regel s: «haast» is nee", "    wonen.huur = € 460", "    € 600,00"]),
        (NEE, "{signalen_niet: [te_duur]}", ["└ regel r", "    wonen.huur > € 500", "    € 600,00"]),
        ("{eigen: {klein: {x: nee}}, wonen: {huur: € 0}}", "{alternatieven: [p]}", ["└ p: de voorwaarden zijn nee", "    wonen.huur > € 0", "    € 0,00"]),
        ("{wonen: {huur: € 460}}", "{aandachtspunten: []}", ["└ dure-huur: ja", "    wonen.huur > € 450", "    € 460,00"]),
        ("{aanvraag: {gemeld_op: 2026-04-01}}", "{uitkomst: toegekend}", ["└ c2: nee", "    peildatum >= aanvraag.gemeld_op", "    2 maart 2026 1 april 2026"]),
    ],
)  # fmt: skip
def test_what_it_turned_on_stands_under_the_difference_with_the_value_under_each_part(
    situatie: str, verwacht: str, told: list[str], tmp_path: Path
) -> None:
    (trial,) = trials(tmp_path, (situatie, verwacht))
    assert reasons(trial) == told


def test_a_value_stands_under_its_own_part_and_a_term_is_written_out(tmp_path: Path) -> None:
    rules = ruleset("begrippen:\n  samen: {is: wonen.huur + € 10, label: samen}\n", "eis: samen <= € 500 + € 1")
    desk = desk_of(tmp_path, rules)
    path = tmp_path / "klein.test.yaml"
    path.write_text(
        "proef: klein\nformaat: 1\ngevallen:\n  - naam: a\n    peildatum: 2026-03-02\n    situatie: {wonen: {huur: € 600}}\n    verwacht: {uitkomst: toegekend}\n",
        encoding="utf-8",
    )
    (trial,) = run_trials(read_files([path]).documents["proef"], desk)
    assert reasons(trial) == [
        "└ c0: nee",
        "    samen <= € 500 + € 1",
        "    € 610,00",
        "    samen = wonen.huur + € 10",
        "            € 600,00",
    ]


def test_what_a_part_took_off_the_amount_is_told_so_that_the_sum_adds_up(tmp_path: Path) -> None:
    rules = ruleset(
        "uitkomst: {bedrag: {per: maand, is: steun_alleen}}\n"
        "bedragen: {steun_alleen: {label: de steun, grondslag: art. 2, bron: b, waarden: {2026-01-01: € 300}}}\n"
        "begrippen: {te_duur: {is: wonen.huur - € 500, label: wat de huur te hoog is}}\n",
        "eis: wonen.huur <= € 500, gevolg: deel, aftrek: 'afronden(50 % van te_duur, cent)'",
        "eis: wonen.huur <= € 550, gevolg: deel, aftrek: '€ 7,13'",
        "eis: wonen.huur <= € 900, gevolg: deel, aftrek: € 99",
    )
    desk = desk_of(tmp_path, rules)
    path = tmp_path / "klein.test.yaml"
    path.write_text(
        "proef: klein\nformaat: 1\ngevallen:\n  - naam: a\n    peildatum: 2026-03-02\n    situatie: {wonen: {huur: € 600}}\n    verwacht: {bedrag: € 250}\n",
        encoding="utf-8",
    )
    (trial,) = run_trials(read_files([path]).documents["proef"], desk)
    assert [(d.verwacht, d.gekregen) for d in trial.verschillen] == [("€ 250,00", "€ 242,87")]
    assert reasons(trial) == [
        "└ zo is het bedrag berekend",
        "    steun_alleen",
        "    € 300,00",
        "└ c0: nee",
        "    wonen.huur <= € 500",
        "    € 600,00",
        "└ c0: er gaat € 50,00 af",
        "    afronden(50 % van te_duur, cent)",
        "                      € 100,00",
        "    te_duur = wonen.huur - € 500",
        "              € 600,00",
        "└ c1: nee",
        "    wonen.huur <= € 550",
        "    € 600,00",
        "└ c1: er gaat € 7,13 af",
        "    € 7,13",
        "└ samen: € 300,00 - € 50,00 - € 7,13 = € 242,87",
    ]
