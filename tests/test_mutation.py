"""Mutation: a small change in the rules is noticed by a case, or told as a survivor; the exact set is known on a small ruleset."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from responsief.cli import group
from responsief.cli.mutate import show
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.register import Register, read_files, shipped
from responsief.testing.campaign import Score, campaign, open_bench
from responsief.testing.mutants import applied, mutants, swapped
from responsief.testing.mutation import Fate
from responsief.testing.reruns import Rerun, above
from responsief.testing.suggest import validate
from responsief.testing.values_to_try import Elsewhere
from responsief.testing.written import leaves, put, written_cases
from responsief.trial_files import read_trials
from responsief.trials import run_case
from responsief.values import format_money
from small import register, ruleset

RULES = ruleset(
    "uitkomst: {bedrag: {per: maand, kies: [{als: heeft_kind, dan: hoog}, {anders: laag}]}}\n"
    "bedragen:\n"
    '  grens: {label: de grens, grondslag: art. 2, bron: proef, waarden: {2026-01-01: "€ 500"}, tot: 2026-12-31}\n'
    '  hoog: {label: hoog, grondslag: art. 2, bron: proef, waarden: {2026-01-01: "€ 200"}, tot: 2026-12-31}\n'
    '  laag: {label: laag, grondslag: art. 2, bron: proef, waarden: {2026-01-01: "€ 100"}, tot: 2026-12-31}\n'
    "begrippen:\n  heeft_kind: bestaat(huishouden.kinderen waar leeftijd < 18)\n",
    "eis: wonen.huur <= grens",
    "eis: leeftijd >= 18",
)
HEAD = (
    "proef: klein\nformaat: 1\n"
    "basis: {gewoon: {persoon: {geboortedatum: 2008-03-02}, huishouden: {kinderen: geen}, wonen: {huur: € 500}}}\ngevallen:\n"
)
ALL = (
    ("{}", "{uitkomst: toegekend, bedrag: € 100}"),
    ("{wonen: {huur: 'EUR 500,01'}}", "{afgewezen_op: [c0], hardheid: {geen: buiten_bereik}}"),
    ("{persoon: {geboortedatum: 2008-03-03}}", "{afgewezen_op: [c1], hardheid: {geen: buiten_bereik}}"),
    ("{huishouden: {kinderen: [{geboortedatum: 2008-03-03}]}}", "{bedrag: € 200}"),
    ("{huishouden: {kinderen: [{geboortedatum: 2008-03-02}]}}", "{bedrag: € 100}"),
)


def written(folder: Path, cases: Sequence[tuple[str, str]], extra: str = "") -> tuple[Path, Path]:
    rules, trials = folder / "klein.yaml", folder / "klein.test.yaml"
    rules.write_text(RULES, encoding="utf-8")
    rows = "".join(
        f"  - {{naam: geval {n}, peildatum: 2026-03-02, basis: gewoon, situatie: {s}, verwacht: {v}}}\n"
        for n, (s, v) in enumerate(cases)
    )
    trials.write_text(HEAD + rows + extra, encoding="utf-8")
    return rules, trials


def score(folder: Path, cases: Sequence[tuple[str, str]], extra: str = "") -> Score:
    rules, trials = written(folder, cases, extra)
    (found,) = campaign([rules, trials], [trials], ["klein"], jobs=1)
    return found


def test_cases_on_every_boundary_let_nothing_through(tmp_path: Path) -> None:
    found = score(tmp_path, ALL)
    assert [fate.id for fate in found.overlevers] == []
    assert found.percentage == 100
    assert found.geteld == 27


@pytest.mark.parametrize(
    ("without", "survivors"),
    [
        (1, {"clausule geen: geldt_voor: c0 → vervalt", "bedrag grens vanaf 2026-01-01: € 500,00 → € 500,01", "c0: deze voorwaarde → vervalt", "c0: gevolg: afwijzen → gevolg: kan_weigeren"}),
        (2, {"clausule geen: geldt_voor: c1 → vervalt", "c1: deze voorwaarde → vervalt", "c1: gevolg: afwijzen → gevolg: kan_weigeren", "c1: leeftijd >= 18 → leeftijd >= 17"}),
        (3, {"bedrag: als heeft_kind dan hoog → vervalt", "bedrag: als heeft_kind dan hoog → als heeft_kind dan laag", "bedrag hoog vanaf 2026-01-01: € 200,00 → € 200,01", "bedrag hoog vanaf 2026-01-01: € 200,00 → € 199,99", "begrip heeft_kind: leeftijd < 18 → leeftijd < 17"}),
        (4, {"begrip heeft_kind: waar leeftijd < 18 → vervalt", "begrip heeft_kind: leeftijd < 18 → leeftijd <= 18", "begrip heeft_kind: leeftijd < 18 → leeftijd < 19"}),
    ],
)  # fmt: skip
def test_what_a_missing_case_lets_through_is_known_exactly(without: int, survivors: set[str], tmp_path: Path) -> None:
    found = score(tmp_path, [case for n, case in enumerate(ALL) if n != without])
    assert {fate.id for fate in found.overlevers} == survivors
    assert all(fate.raad and fate.dichtbij for fate in found.overlevers)


def test_a_survivor_at_a_limit_says_which_value_would_catch_it(tmp_path: Path) -> None:
    found = score(tmp_path, ALL[:4])
    (fate,) = [f for f in found.overlevers if f.werd == "leeftijd <= 18"]
    assert fate.was == "leeftijd < 18"
    assert fate.plaats.endswith("klein.yaml:17:48")
    assert fate.raad == "schrijf een geval waarin «leeftijd» precies gelijk is aan «18»"


@pytest.mark.heavy
def test_two_processes_find_the_same_as_one() -> None:
    folders, given = [shipped()], [shipped() / "landelijk" / "schuldhulpverlening.test.yaml"]
    one, two = (campaign(folders, given, ["schuldhulp", "participatiewet"], jobs=jobs) for jobs in (1, 2))
    assert [s.lot for s in one] == [s.lot for s in two]
    assert sum(s.geteld for s in one) > 0


# --- only what changed is worked out again, and that gives what deciding everything gives ------------------------------


@pytest.mark.parametrize("left_out", [None, 1, 3])
def test_working_out_only_what_changed_catches_what_deciding_everything_catches(left_out: int | None, tmp_path: Path) -> None:
    rules, trials = written(tmp_path, [case for n, case in enumerate(ALL) if n != left_out])
    bench, files = open_bench([rules, trials], [trials])
    for rule, mutant in bench.mutants("klein"):
        desk = Desk(bench.desk.register.with_ruleset(applied(mutant, rule)))
        noticed = any(not run_case("klein", case, desk).ok for case in files[0].gevallen)
        assert noticed == (bench.judge(rule, mutant).gevangen_door is not None), mutant.id


@pytest.mark.heavy
@pytest.mark.parametrize(("ident", "step"), [("schuldhulp", 9), ("iit-rotterdam", 31), ("participatiewet", 167)])
def test_the_same_holds_on_shipped_rulesets(ident: str, step: int) -> None:
    folder = next(p for p in shipped().rglob("*.test.yaml") if f"proef: {ident}\n" in p.read_text(encoding="utf-8"))
    bench, files = open_bench([shipped()], [folder])
    for rule, mutant in bench.mutants(ident)[::step]:
        desk = Desk(bench.desk.register.with_ruleset(applied(mutant, rule)))
        noticed = any(not run_case(ident, case, desk).ok for case in files[0].gevallen)
        assert noticed == (bench.judge(rule, mutant).gevangen_door is not None), mutant.id


def test_a_rerun_without_a_change_gives_the_first_values() -> None:
    bench, _ = open_bench([shipped()], [shipped() / "gemeenten" / "voorbeeld"])
    for ran in bench.ran[::20]:
        first = ran.first
        for root in first.program.roots:
            swaps = {id(root): root}
            dirty = above(first.compiled, swaps)
            again = Rerun(first, swaps, dirty)
            assert [again.look(r) for r in first.program.roots] == [first.value(r) for r in first.program.roots]


# --- what a mutant is --------------------------------------------------------------------------------------------------


def test_ids_are_unique_and_do_not_know_line_numbers() -> None:
    bench, _ = open_bench([shipped()], [shipped() / "landelijk"])
    for versions in bench.desk.register.versions.values():
        for rule in versions:
            ids = [m.id for m in mutants(rule, [date(2026, 3, 1)])]
            assert len(ids) == len(set(ids))
            assert all(str(rule.source.name) not in one for one in ids)


def test_one_change_leaves_the_rest_of_the_ruleset_as_it_is() -> None:
    (rule,) = register(RULES).versions["klein"]
    for mutant in mutants(rule, [date(2026, 3, 2)]):
        changed = applied(mutant, rule)
        assert changed != rule, mutant.id
        assert changed.titel == rule.titel
        assert swapped(rule.criteria, {}) is rule.criteria


@pytest.mark.parametrize(
    ("eis", "ids"),
    [
        ("wonen.huur <= € 500", {"wonen.huur <= € 500 → wonen.huur < € 500", "wonen.huur <= € 500 → wonen.huur <= € 500,01", "wonen.huur <= € 500 → wonen.huur <= € 499,99"}),
        ("aanvraag.ontvangen_op = 2026-01-31", {"aanvraag.ontvangen_op = 2026-01-31 → aanvraag.ontvangen_op != 2026-01-31", "aanvraag.ontvangen_op = 2026-01-31 → aanvraag.ontvangen_op = 2026-02-01", "aanvraag.ontvangen_op = 2026-01-31 → aanvraag.ontvangen_op = 2026-01-30"}),
        ("niet persoon.detentie", {"niet persoon.detentie → persoon.detentie"}),
        ("persoon.detentie of zorg.geeft_mantelzorg", {
            "persoon.detentie → vervalt", "zorg.geeft_mantelzorg → vervalt", "persoon.detentie of zorg.geeft_mantelzorg → persoon.detentie en zorg.geeft_mantelzorg",
            "persoon.detentie of zorg.geeft_mantelzorg → niet persoon.detentie of zorg.geeft_mantelzorg", "persoon.detentie of zorg.geeft_mantelzorg → persoon.detentie of niet zorg.geeft_mantelzorg",
        }),
        ("wonen.huur < 30 % van € 1.000", {
            "wonen.huur < 30 % van € 1.000 → wonen.huur <= 30 % van € 1.000", "30 % van € 1.000 → 31 % van € 1.000", "30 % van € 1.000 → 29 % van € 1.000",
            "30 % van € 1.000 → 30 % van € 1.000,01", "30 % van € 1.000 → 30 % van € 999,99",
        }),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_made(eis: str, ids: set[str]) -> None:
    (rule,) = register(ruleset("", f"eis: {eis}", "eis: ja")).versions["klein"]
    found = {m.id.removeprefix("c0: ") for m in mutants(rule) if m.id.startswith("c0: ") and m.changed is None}
    assert found == ids


# --- explained, and no longer needed -----------------------------------------------------------------------------------

EXPLAINED = (
    "overlevers:\n  - mutanten: ['c1: leeftijd >= 18 → leeftijd >= 17', 'c0: weg → weg']\n    waarom: Niemand is zeventien.\n"
)


def test_a_survivor_can_be_explained_and_a_stale_explanation_is_told(tmp_path: Path) -> None:
    found = score(tmp_path, [ALL[0], ALL[1], ALL[3], ALL[4]], EXPLAINED)
    assert "c1: leeftijd >= 18 → leeftijd >= 17" not in {f.id for f in found.onverklaard}
    assert found.uitleg["c1: leeftijd >= 18 → leeftijd >= 17"] == "Niemand is zeventien."
    assert [name for name, _ in found.verouderd] == ["c0: weg → weg"]
    caught = score(tmp_path, ALL, EXPLAINED)
    assert [name for name, _ in caught.verouderd] == ["c1: leeftijd >= 18 → leeftijd >= 17", "c0: weg → weg"]


def test_a_file_may_hold_explanations_only_and_wrong_ones_are_found(tmp_path: Path) -> None:
    reg = register(RULES)
    for text, codes in (
        ("overlevers: [{mutanten: [a → b], waarom: Dat kan niet.}]", []),
        ("overlevers: [{mutanten: [a → b]}]", ["sleutel-ontbreekt"]),
        ("overlevers: [{mutanten: [a → b, a → b], waarom: x}]", ["dubbel-id"]),
        ("overlevers: [{mutant: a, waarom: x}]", ["onbekende-sleutel"]),
    ):
        path = tmp_path / "klein.test.yaml"
        path.write_text(f"proef: klein\nformaat: 1\n{text}\n", encoding="utf-8")
        (document,) = read_files([path]).documents["proef"]
        assert [f.code for f in read_trials(document, reg.versions).fout] == codes


def run(*args: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(group, [str(a) for a in args])
    return result.exit_code, result.output


def test_the_command_shows_survivors_with_the_change_and_what_would_catch_it(tmp_path: Path) -> None:
    _, trials = written(tmp_path, ALL[:4])
    code, told = run("mutate", trials, "--ruleset", "klein", "--jobs", "1")
    assert code == 0
    assert "    - leeftijd < 18\n    + leeftijd <= 18\n" in told
    assert "= schrijf een geval waarin «leeftijd» precies gelijk is aan «18»" in told
    assert f"27 kleine wijzigingen uit {trials.as_posix()}; 24 gevangen door de gevallen (88,8 %)" in told
    assert run("mutate", trials, "--ruleset", "klein", "--jobs", "1", "--fail-under", "95")[0] == 1


def test_what_no_case_reads_is_told_per_ruleset_and_in_total(capsys: pytest.CaptureFixture[str]) -> None:
    def fate(ident: str, caught: str | None, read: bool) -> Fate:
        return Fate(ident, "cijfers", "hier", "was", "werd", "cijfers.yaml:1:1", caught, gelezen=read)

    caught, unread = fate("a", "geval", True), fate("b", None, False)
    show([Score("cijfers", (caught, unread, unread), {}, ()), Score("los", (unread,), {}, ())], "hier", every=False)
    assert capsys.readouterr().out.splitlines() == [
        "cijfers  100,0 %      1 mutanten, alle gevangen, 2 niet gelezen",
        "los            –      0 mutanten, 1 niet gelezen",
        "",
        "1 kleine wijzigingen hier; 1 gevangen door de gevallen (100,0 %)",
        "3 andere wijzigingen tellen niet mee: geen geval leest wat daar verandert (niet gelezen)",
    ]
    show([Score("los", (unread,), {}, ())], "hier", every=False)
    assert "geen geval leest wat er verandert" in capsys.readouterr().out


def test_the_command_speaks_json(tmp_path: Path) -> None:
    _, trials = written(tmp_path, ALL)
    code, told = run("mutate", trials, "--ruleset", "klein", "--jobs", "1", "--format", "json", "--fail-under", "95")
    assert code == 0
    document = json.loads(told)
    assert (document["formaat"], document["bevindingen"]) == (1, [])
    (only,) = document["regelsets"]
    assert (only["regelset"], only["mutanten"], only["percentage"], only["overlevers"]) == ("klein", 27, 100.0, [])


def test_shipped_terms_that_an_own_ruleset_reads_are_no_work_for_its_writer(tmp_path: Path) -> None:
    rules, trials = written(tmp_path, ALL)
    rules.write_text(RULES.replace("eis: leeftijd >= 18", "eis: leeftijd >= 18 en niet aow_bereikt"), encoding="utf-8")
    read = [score.regelset for score in campaign([shipped(), rules, trials], [trials], jobs=1)]
    assert read == ["klein"]


def test_a_ruleset_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    _, trials = written(tmp_path, ALL)
    code, told = run("mutate", trials, "--ruleset", "klien")
    assert code == 2
    assert "bedoelde u «klein»?" in told


# --- the shipped register ----------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_shipped_cases_catch_at_least_95_percent_and_every_survivor_is_explained() -> None:
    scores = campaign([shipped()], [shipped()])
    counted = sum(s.geteld for s in scores)
    caught = sum(len(s.gevangen) for s in scores)
    assert counted > 3_500
    assert 100 * caught / counted >= 95
    assert [fate.id for s in scores for fate in s.onverklaard] == []
    assert [one for s in scores for one in s.verouderd] == []


# --- what a writer explained as unnoticeable ---------------------------------------------------------------------------


def neighbours(number: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Cases that differ in one to three facts from a written one, and expect what the rules as they are give."""
    chance = random.Random(seed)
    desk = Desk(Register.open(shipped()))
    documents = read_files([shipped()]).documents["proef"]
    elsewhere = Elsewhere(w for d in documents for w in written_cases(d))
    for document in documents:
        ident, every = document.root.get("proef").value, tuple(written_cases(document))
        for n in range(number if every else 0):
            near = chance.choice(every)
            data = near.situatie
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                path = chance.choice(list(leaves(near.situatie)))
                values = elsewhere.of(path)
                data = put(data, path, chance.choice(values) if values and chance.random() < 0.5 else "onbekend")
            try:
                situation = validate(data)
                day = near.peildatum or desk.reference_date(situation, ident, None, None)
                found = desk.verdict(situation, ident, day)
            except (InvalidError, LookupError):  # not every neighbour is a situation that can be
                continue
            wanted: dict[str, Any] = {"uitkomst": found.uitkomst, "afgewezen_op": list(found.afgewezen_op)}
            if found.bedrag is not None:
                wanted["bedrag"] = format_money(found.bedrag)
            yield ident, {"naam": f"buur {n}", "peildatum": str(day), "situatie": data, "verwacht": wanted}


@pytest.mark.heavy
def test_what_is_explained_as_unnoticeable_is_not_noticed_by_a_thousand_neighbours(tmp_path: Path) -> None:
    files: dict[str, list[dict[str, Any]]] = {}
    for ident, case in neighbours(100, seed=1):
        files.setdefault(ident, []).append(case)
    assert sum(map(len, files.values())) > 800
    for ident, cases in files.items():
        text = json.dumps({"proef": ident, "formaat": 1, "gevallen": cases}, ensure_ascii=False)
        (tmp_path / f"{ident}.test.yaml").write_text(text, encoding="utf-8")
    bench, _ = open_bench([shipped()], [tmp_path])
    told = {(f.regelset, name) for f in open_bench([shipped()], [shipped()])[1] for o in f.overlevers for name, _ in o.mutanten}
    every = {(ident, m.id): (rule, m) for ident in sorted({i for i, _ in told}) for rule, m in bench.mutants(ident)}
    noticed = {key: fate.gevangen_door for key in told if key in every and (fate := bench.judge(*every[key])).gevangen_door}
    assert noticed == {}
    others = [bench.judge(*every[key]).gevangen_door for key in [k for k in every if k not in told][::60]]
    assert sum(map(bool, others)) > len(others) / 2  # these neighbours do notice what can be noticed
