"""Accepting what came out (`responsief test --update`): `verwacht` changes, and not a byte of anything else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responsief.cli import group
from responsief.desk import Desk
from responsief.register import Register, read_files
from responsief.trial_update import update
from responsief.trials import run_trials
from test_trials import RULES

HEAD = """\
# Een toelichting bovenaan.
proef: klein
formaat: 1

basis:
  gewoon: {wonen: {huur: € 400}, aanvraag: {gemeld_op: 2026-01-01}, eigen: {klein: {x: ja}}}   # de basis

gevallen:

"""


def folder_with(folder: Path, cases: str) -> Path:
    for number, text in enumerate(RULES):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    path = folder / "klein.test.yaml"
    path.write_bytes((HEAD + cases).encode())
    return path


def case(number: int, situation: str, expected: str) -> str:
    return f"  - naam: geval {number}   # commentaar {number}\n    peildatum: 2026-03-02\n    basis: gewoon\n    situatie: {situation}\n    verwacht:{expected}\n"


def run(*args: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(group, ["test", *map(str, args)])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("situation", "before", "after"),
    [
        ("{wonen: {huur: € 600}}", " {uitkomst: toegekend}  # let op", " {uitkomst: afgewezen}  # let op"),
        ("{}", " {bedrag: € 200}", " {bedrag: € 100}"),
        ("{}", ' {bedrag: "€ 200,50"}', ' {bedrag: "€ 100,00"}'),
        ("{}", "\n      # waarom\n      uitkomst: 'afgewezen'   # hier\n      bedrag: geen", "\n      # waarom\n      uitkomst: 'toegekend'   # hier\n      bedrag: € 100"),
        ("{wonen: {huur: € 600}}", " {afgewezen_op: []}", " {afgewezen_op: [c0]}"),
        ("{}", " {afgewezen_op: [c0, c1]}", " {afgewezen_op: []}"),
        ("{}", "\n      afgewezen_op:\n        - c0\n        - c1\n      uitkomst: toegekend", "\n      afgewezen_op: []\n      uitkomst: toegekend"),
        ("{wonen: {huur: € 600}}", "\n      afgewezen_op:\n        - c1\n        - c0\n      bedrag: geen", "\n      afgewezen_op:\n        - c0\n      bedrag: geen"),
        ("{wonen: {huur: € 600}}", " {signalen: [ramp, te_duur]}", " {signalen: [te_duur]}"),
        ("{wonen: {huur: € 600}}", " {signalen_niet: [te_duur, vandaag]}", " {signalen_niet: [vandaag]}"),
        ("{wonen: {huur: € 600}}", ' {alternatieven: ["hardheid:v", q]}', ' {alternatieven: ["hardheid:v"]}'),
        ("{wonen: {huur: € 600}}", " {hardheid: {v: geblokkeerd, geen: {c1: buiten_bereik}}}", None),
        ("{wonen: {huur: € 600}}", " {hardheid: {v: {c0: buiten_bereik}}}", " {hardheid: {v: {c0: in_bereik}}}"),
        ("{aanvraag: {gemeld_op: 2026-04-01}}", " {wacht_tot: 2026-04-02}", " {wacht_tot: 2026-04-01}"),
        ("{}", " {ingang: 2026-01-01}", " {ingang: geen}"),
        ("{wonen: {huur: € 600}}", "\n      uitkomst: >-\n        toegekend\n\n      bedrag: geen", "\n      uitkomst: afgewezen\n\n      bedrag: geen"),
        ("{wonen: {huur: € 600}}", "\n      afgewezen_op:\n        - c1\n        - >-\n          c0\n      bedrag: geen", "\n      afgewezen_op:\n        - >-\n          c0\n      bedrag: geen"),
        ("{wonen: {huur: € 600}}", "\n      uitkomst: >-  # waarom\n        toegekend", None),
        ("{}", " {wacht_tot: 2026-04-02}", None),
        ("{}", "\n      afgewezen_op:\n        - c0   # huur\n        - c1", None),
    ],
)  # fmt: skip
def test_a_value_is_rewritten_at_its_place(situation: str, before: str, after: str | None, desk: Desk, tmp_path: Path) -> None:
    first = case(1, "{}", " {uitkomst: toegekend}")
    path = tmp_path / "proef.test.yaml"
    path.write_text(HEAD + first + case(2, situation, before), encoding="utf-8")
    (document,) = read_files([path]).documents["proef"]
    found = update(document, run_trials([document], desk))
    refused = [change for change in found.wijzigingen if change.waarom_niet]
    assert bool(refused) is (after is None)  # what can't be said there is left for a person
    if after is not None:
        assert found.tekst == HEAD + first + case(2, situation, after)


def test_it_shows_each_change_and_asks_first(tmp_path: Path) -> None:
    path = folder_with(tmp_path, case(1, "{wonen: {huur: € 600}}", " {uitkomst: toegekend, afgewezen_op: []}"))
    before = path.read_bytes()
    code, told = run(path, "--update")
    assert code == 1
    assert "    uitkomst: toegekend → afgewezen\n    afgewezen_op: niets → c0\n" in told
    assert "niets gewijzigd: bevestig met --yes" in told
    assert path.read_bytes() == before
    code, told = run(path, "--update", "--yes")
    assert code == 0
    assert "2 wijzigingen overgenomen" in told
    assert run(path, "--update")[1].startswith("alle gevallen komen uit zoals verwacht")


def test_a_case_that_could_not_run_is_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    wrong = case(1, "{wonen: {huur: 600}}", " {uitkomst: afgewezen}")
    path = tmp_path / "proef.test.yaml"
    path.write_text(HEAD + wrong + case(2, "{}", " {bedrag: € 1}"), encoding="utf-8")
    (document,) = read_files([path]).documents["proef"]
    assert update(document, run_trials([document], desk)).tekst == HEAD + wrong + case(2, "{}", " {bedrag: € 100}")


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    path = folder_with(tmp_path, "")
    text = (HEAD + case(1, "{}", " {bedrag: € 1}")).replace("\n", "\r\n")
    path.write_bytes(text.encode())
    assert run(path, "--update", "--yes")[0] == 0
    assert path.read_bytes() == text.replace("€ 1}", "€ 100}").encode()


@pytest.mark.parametrize("args", [["--yes"], ["--update", "--format", "json"]])
def test_wrong_use_is_told(args: list[str], tmp_path: Path) -> None:
    path = folder_with(tmp_path, case(1, "{}", " {uitkomst: toegekend}"))
    assert run(path, *args)[0] == 2


def test_files_of_an_installed_package_are_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder_with(tmp_path, case(1, "{}", " {bedrag: € 1}"))
    before = path.read_bytes()
    monkeypatch.setattr("responsief.cli.test.installed", lambda _: True)
    code, told = run(path, "--update", "--yes")
    assert code == 2
    assert "kopieer het naar een map van uzelf" in told
    assert path.read_bytes() == before


def test_a_filter_and_the_first_failure(tmp_path: Path) -> None:
    path = folder_with(
        tmp_path, case(1, "{}", " {bedrag: € 1}") + case(12, "{}", " {bedrag: € 1}") + case(3, "{}", " {bedrag: € 100}")
    )
    assert "3 gevallen" in run(path)[1]
    code, told = run(path, "-k", "GEVAL 1")
    assert (code, "2 gevallen met «GEVAL 1» in de naam" in told) == (1, True)
    code, told = run(path, "--fail-fast")
    assert (code, "1 geval uit" in told, "(gestopt bij de eerste)" in told) == (1, True, True)
    assert run(path, "-k", "geval 3")[0] == 0
    assert run(path, "-k", "niemand")[0] == 1


def test_the_cases_as_json(tmp_path: Path) -> None:
    path = folder_with(tmp_path, case(1, "{wonen: {huur: € 600}}", " {uitkomst: toegekend}"))
    code, told = run(path, "--format", "json")
    document = yaml.safe_load(told)
    assert (document["formaat"], document["bevindingen"]) == (1, [])
    (trial,) = document["gevallen"]
    assert code == 1
    (difference,) = trial["verschillen"]
    assert (difference["verwacht"], difference["gekregen"]) == ("toegekend", "afgewezen")
    assert difference["redenen"] == [
        {"kop": "c0: nee", "regels": [{"tekst": "wonen.huur <= € 500", "waarden": [{"kolom": 0, "waarde": "€ 600,00"}]}]}
    ]


# --- whatever is expected ----------------------------------------------------------------------------------------------

SITUATIONS = st.sampled_from(
    ["{}", "{wonen: {huur: € 600}}", "{eigen: {klein: {x: onbekend}}}", "{eigen: {klein: {x: nee}}}", "{aanvraag: {gemeld_op: 2026-04-01}}", "{wonen: {huur: € 460}}"]
)  # fmt: skip
KEYS = st.fixed_dictionaries(
    {},
    optional={
        "uitkomst": st.sampled_from(["toegekend", "afgewezen", "onbepaald", "wacht"]),
        "bedrag": st.sampled_from(["geen", "€ 100", '"€ 1.250,50"']),
        "afgewezen_op": st.sampled_from(["[]", "[c0]", "[c1, c0]", "\n        - c0\n        - c1"]),
        "te_wegen": st.sampled_from(["[]", "[c0]"]),
        "onbekend": st.sampled_from(["[]", "[eigen.klein.x]", "['wonen.huur', eigen.klein.x]"]),
        "aandachtspunten": st.sampled_from(["[]", "[dure-huur]"]),
        "signalen": st.sampled_from(["[]", "[te_duur]", "[vandaag, te_duur]"]),
        "signalen_niet": st.sampled_from(["[te_duur]", "[vandaag, te_duur]"]),
    },
).filter(bool)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(st.tuples(SITUATIONS, KEYS), min_size=1, max_size=4))
def test_after_accepting_every_case_is_as_expected_and_only_what_is_expected_changed(
    cases: list[tuple[str, dict[str, str]]], desk: Desk, tmp_path: Path
) -> None:
    text = "".join(case(n, s, "".join(f"\n      {k}: {v}" for k, v in keys.items())) for n, (s, keys) in enumerate(cases))
    path = tmp_path / "proef.test.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    (document,) = read_files([path]).documents["proef"]
    found = update(document, run_trials([document], desk))
    path.write_text(found.tekst, encoding="utf-8")
    (again,) = read_files([path]).documents["proef"]
    left = [d for trial in run_trials([again], desk) for d in trial.verschillen]
    assert len(left) == sum(c.waarom_niet is not None for c in found.wijzigingen)
    assert without_expected(found.tekst) == without_expected(HEAD + text)
    assert re.findall("#.*", found.tekst) == re.findall("#.*", HEAD + text)


def without_expected(text: str) -> Any:
    read = yaml.safe_load(text)
    return {**read, "gevallen": [{k: v for k, v in one.items() if k != "verwacht"} for one in read["gevallen"]]}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("regels")
    for number, text in enumerate(RULES):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    opened = Desk(Register.open(folder))
    opened.register.use_chainer("eigen")
    return opened
