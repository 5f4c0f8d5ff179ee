"""What the language server answers, without a server: at every place of a text, however broken it is."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from functools import cache
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from responsief.checked import check, check_read
from responsief.diagnostics import Diagnostic, Findings
from responsief.ir.from_syntax import Checker
from responsief.lsp.completion import complete, part_around
from responsief.lsp.fixes import fixes
from responsief.lsp.formatting import smallest
from responsief.lsp.hover import hover
from responsief.lsp.mentions import definitions, mentions, references, resolved, target_at
from responsief.lsp.outline import folds, outline
from responsief.lsp.places import Lines, characters, path_of, uri_of, width
from responsief.lsp.rename import Change, RefusedError, rename
from responsief.lsp.shape import shape_at
from responsief.lsp.tree import Node, Tree
from responsief.lsp.world import Page, Target, World
from responsief.register import check_files, read_files, shipped
from responsief.remembered import Memory
from responsief.source import Scalar, Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Mapping, Sequence, Yaml
from responsief.syntax.reading import Reader

TODAY = date(2026, 3, 2)
FILES = sorted(shipped().rglob("*.yaml"))
ERRORS = sorted((Path(__file__).parent / "errors").glob("*.yaml"))


@cache
def world() -> World:
    pages = {path: Page(path, path.read_text("utf-8")) for path in FILES}
    return World(pages, TODAY, check([], TODAY))


def page(text: str, name: str = "mijn.yaml") -> Page:
    return Page(Path(name), text)


def labels(text: str, name: str = "mijn.yaml") -> list[str]:
    """What can be chosen where «|» stands."""
    at = text.index("|")
    text = text.replace("|", "", 1)
    here = page(text, name)
    return [item.label for item in complete(text, at, here.path, world().with_page(here)).items]


def shown(text: str) -> str:
    at = text.index("|")
    here = page(text.replace("|", "", 1))
    found = hover(here, at, world().with_page(here))
    return found.text if found is not None else ""


# --- the structure of a text -------------------------------------------------------------------------------------------


def same(node: Node, other: Yaml, text: str) -> None:
    """A structure read tolerantly is the one that YAML has, every key and value at its place."""
    if isinstance(other, Mapping):
        assert [entry.key for entry in node.entries] == list(other.entries)
        for entry, (key, value) in zip(node.entries, other.entries.values(), strict=True):
            assert text[entry.start : entry.end] == key.value
            same(entry.node, value, text)
    elif isinstance(other, Sequence):
        assert node.kind == "lijst"
        for entry, value in zip(node.entries, other.items, strict=True):
            same(entry.node, value, text)
    else:
        assert isinstance(other, Scalar)
        assert node.kind == "waarde"
        quoted = node.style == '"' and "\\" in node.text
        read = node.text.replace("''", "'") if node.style == "'" else node.text
        assert quoted or read.split() == other.value.split()
        assert text[node.inner : node.inner + len(node.text)] == node.text


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(shipped()).as_posix())
def test_of_a_right_text_the_structure_is_that_of_yaml(file: Path) -> None:
    text = file.read_text("utf-8")
    document = read_yaml(Source("x", text), Findings())
    assert document is not None
    same(Tree(text).root, document.root, text)


@settings(max_examples=10)
@given(strategies.registers())
def test_of_a_random_ruleset_too(written: strategies.Written) -> None:
    for text in written.texts:
        document = read_yaml(Source("x", text), Findings())
        assert document is not None
        same(Tree(text).root, document.root, text)


def ask_everything(text: str, name: str, places: list[int]) -> None:
    """Ask everything at these places."""
    here = page(text, name)
    around = world().with_page(here)
    assert len(around.index) > 0
    for at in places:
        found = complete(text, at, here.path, around)
        for item in found.items:
            assert 0 <= item.start <= at <= max(item.end, at)
            assert item.end <= len(text)
        hover(here, at, around)
        definitions(here, at, around)
        target_at(here, at, around)
    outline(here)
    folds(here)
    mentions(here)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("gemeenten/voorbeeld/wmo.yaml", 5),
        ("gemeenten/voorbeeld/stadspas.yaml", 7),
        ("signalen/proces.yaml", 13),
        ("landelijk/participatiewet.yaml", 307),
        ("landelijk/participatiewet.test.yaml", 997),
    ],
)
def test_every_place_of_a_shipped_file_has_an_answer(name: str, step: int) -> None:
    text = (shipped() / name).read_text("utf-8")
    ask_everything(text, name, list(range(0, len(text) + 1, step)))  # how fast: tests/benchmarks/editor.py


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["gemeenten/voorbeeld/stadspas.yaml", "gemeenten/voorbeeld/wmo.yaml", "signalen/proces.yaml"])
def test_every_single_place_of_more_files(name: str) -> None:
    text = (shipped() / name).read_text("utf-8")
    ask_everything(text, name, list(range(len(text) + 1)))


def test_texts_cut_off_and_stirred_at_random_have_answers_everywhere() -> None:
    chance = random.Random(1)
    for file in chance.sample(FILES, 25):
        text = file.read_text("utf-8")
        at = chance.randrange(len(text))
        start = max(0, at - chance.choice([50, 500, 3000]))
        odd = chance.choice(
            [
                "",
                "\n",
                "\n  ",
                "'",
                '"',
                "{",
                "[",
                "- ",
                ": ",
                "|",
                "|\n",
                "\t",
                "\ufeff",
                "𝒜",
                "€ ",
                "(",
                "#",
                "*",
                "&",
                "---\n",
            ]
        )
        broken = (
            ("" if chance.random() < 0.3 else text[:200]) + text[start:at] + odd + text[at : at + chance.choice([0, 40, 800])]
        )
        places = [chance.randrange(len(broken) + 1) for _ in range(25)]
        ask_everything(broken, file.name, [*places, 0, len(broken)])


@settings(max_examples=100)
@given(st.text(st.sampled_from("regelst: x\n  -{}[]'\"|>#&*€𝒜.,criteriaeis()="), max_size=120), st.integers(0, 130))
def test_any_text_at_all(text: str, at: int) -> None:
    at = min(at, len(text))
    here = page("regelset: x\n" + text)
    ask_everything(here.text, "x.yaml", [at])
    for spot in here.tree.walk():
        assert spot.entry is not None
        assert 0 <= spot.entry.start <= spot.entry.end <= len(here.text)
        if spot.node is not None:
            assert spot.node.start <= spot.node.end <= len(here.text)


def test_a_broken_rule_does_not_stop_the_answers() -> None:
    for file in ERRORS:
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if len(text) < 20_000:
            ask_everything(text, file.name, list(range(0, len(text), max(1, len(text) // 4))))


# --- words to choose from ----------------------------------------------------------------------------------------------

HEAD = "regelset: mijn\nformaat: 1\nsoort: verordening\ngegevens:\n  reis: {type: keuze, opties: [fiets, ov], label: reis}\n"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("|", ["regelset", "proef", "voorzieningen", "signalen"]),
        (HEAD + "|", ["titel", "geldig", "bron"]),
        (HEAD + "criteria:\n  - |", ["criterium", "id", "titel", "grondslag"]),
        (HEAD + "criteria:\n  - id: x\n    |", ["titel", "grondslag", "doel", "eis"]),
        (HEAD + "criteria:\n  - id: x\n  |", ["criterium", "id"]),
        (HEAD + "criteria:\n  - {id: x, ei|}", ["eis"]),
        ("regelset: x\nsoort: ver|", ["verordening"]),
        (HEAD + "criteria:\n  - gevolg: |", ["afwijzen", "kan_weigeren", "deel"]),
        (HEAD + "criteria:\n  - eis: huishouden.|", ["inkomen_gedaald", "kinderen"]),
        (HEAD + "criteria:\n  - eis: huishouden.partner.gebo|\n    doel: x", ["geboortedatum"]),
        (HEAD + "criteria:\n  - eis: bestaat(schulden waar |)", ["achterstand_maanden"]),
        (HEAD + "criteria:\n  - eis: som(inkomsten.bedrag waar p|)", ["per"]),
        (HEAD + "criteria:\n  - eis: wonen.soort = '|", ["huur", "koop"]),
        (HEAD + "criteria:\n  - eis: wonen.soort in ['huur', |", ["huur", "koop"]),
        (HEAD + "criteria:\n  - eis: bestaat(schulden waar soort = '|')", ["huur", "hypotheek"]),
        (HEAD + "criteria:\n  - eis:\n      alle:\n        - reis = |", ["fiets", "ov"]),
        (HEAD + "criteria:\n  - eis: leeftijd |", ["en", "in", "is bekend"]),
        (HEAD + "criteria:\n  - eis: wonen.huur is |", ["bekend", "geen", "onbekend"]),
        (HEAD + "criteria:\n  - eis:\n      |\n    doel: x", ["reis"]),
        (HEAD + "criteria:\n  - id: abc\nhardheid:\n  - geldt_voor: [|", ["abc"]),
        (HEAD + "clausules_bij:\n  participatiewet:\n    - geldt_voor: [vermo|", ["vermogen"]),
        (HEAD + "begrippen:\n  n: {gebruik: participatiewet.toepas|}", ["participatiewet.toepasselijke_norm"]),
        (HEAD + "vult_in:\n  studietoe|", ["studietoeslag.bedrag_per_maand"]),
        (HEAD + "voorziening: individuele_i|", ["individuele_inkomenstoeslag"]),
        (HEAD + "bevoegd: {gemeente: |", ["0361", "0363", "0599"]),
        (HEAD + "doel: x\nleefgebieden: [fin|]", ["financien"]),
        (HEAD + "hardheid:\n  - wegen:\n      - soort: acute|", ["acute_nood"]),
        ("signalen: x\nregels:\n  - biedt: [taalh|", ["taalhuis"]),
        ("signalen: x\nfeiten:\n  a: {is: zaak.|}", ["ontbreekt", "regelset", "uitkomst"]),
        ("proef: iit-rotterdam\nbasis:\n  a: {}\ngevallen:\n  - basis: |", ["a"]),
        ("proef: participatiewet\ngevallen:\n  - situatie:\n      wonen: {soort: |}", ["huur", "koop"]),
        ("proef: participatiewet\ngevallen:\n  - situatie:\n      eigen: {participatiewet: {uitsl|}}", ["uitsluitingsgrond"]),
        ("proef: participatiewet\ngevallen:\n  - situatie:\n      eigen: {participatiewet: {uitsluitingsgrond: d|}}", ["dienstplicht"]),
        ("proef: participatiewet\ngevallen:\n  - verwacht: {afgewezen_op: [vermog|]}", ["vermogen"]),
        ("proef: participatiewet\ngevallen:\n  - verwacht: {onbekend: [eigen.participatiewet.onbet|]}", ["eigen.participatiewet.onbetaald_verlof"]),
        ("proef: participatiewet\ngevallen:\n  - verwacht: {hardheid: {art-16: |}}", ["in_bereik", "buiten_bereik"]),
    ],
)  # fmt: skip
def test_what_can_be_chosen(text: str, first: list[str]) -> None:
    assert labels(text)[: len(first)] == first


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "titel: |",
        HEAD + "# |",
        HEAD + "criteria:\n  - eis: x # |",
        HEAD + "doel: >-\n  een |",
        "services:\n  web: |",
    ],
)
def test_where_nothing_is_to_be_chosen_nothing_is_offered(text: str) -> None:
    assert labels(text) == []


def test_a_key_that_stands_there_is_not_offered_again() -> None:
    assert "id" not in labels(HEAD + "criteria:\n  - id: x\n    |\n    doel: y")
    assert "doel" not in labels(HEAD + "criteria:\n  - id: x\n    |\n    doel: y")
    assert "soort" not in labels(HEAD + "|")


def test_choosing_puts_quotes_where_yaml_needs_them() -> None:
    def chosen(text: str, label: str) -> str:
        at = text.index("|")
        text = text.replace("|", "", 1)
        here = page(text)
        item = next(i for i in complete(text, at, here.path, world().with_page(here)).items if i.label == label)
        return text[: item.start] + item.text + text[item.end :]

    assert chosen("regelset: x\nbevoegd: {gemeente: |}", "0599").endswith('gemeente: "0599"}')
    assert chosen('regelset: x\nbevoegd: {gemeente: "|"}', "0599").endswith('gemeente: "0599"}')
    assert chosen("regelset: x\ncriteria:\n  - eis: wonen.soort = |", "huur").endswith("= 'huur'")
    assert chosen("regelset: x\ncriteria:\n  - eis: wonen.soort = '|'", "huur").endswith("= 'huur'")
    assert chosen("regelset: x\ncriteria:\n  - eis: 'wonen.soort = |'", "huur").endswith("= ''huur'''")


def test_the_part_that_is_read_holds_what_matters() -> None:
    for file in (shipped() / "landelijk" / "participatiewet.yaml", shipped() / "landelijk" / "participatiewet.test.yaml"):
        text = file.read_text("utf-8")
        whole = Tree(text)
        chance = random.Random(3)
        for at in (chance.randrange(len(text)) for _ in range(100)):
            part = part_around(text, at)
            spot, other = whole.spot(at), Tree(part.text).spot(at - part.shift)
            assert (spot is None) == (other is None)
            if spot is not None and other is not None:
                plain = [step if isinstance(step, str) else 0 for step in spot.path]
                assert plain == [step if isinstance(step, str) else 0 for step in other.path]


# --- what a word is ----------------------------------------------------------------------------------------------------


def test_a_figure_tells_its_value_of_today() -> None:
    said = shown("regelset: x\ncriteria:\n  - eis: norm_21|_a > € 3")
    assert "Vandaag **€ 1.401,50**, sinds 2026-01-01" in said
    assert "grondslag: Pw 21 onder a" in said
    later = World(world().pages, date(2026, 8, 1), world().checked)
    text = "regelset: x\ncriteria:\n  - eis: norm_21_a > € 3"
    found = hover(page(text), text.index("norm") + 2, later)
    assert found is not None
    assert "Vandaag **€ 1.419,46**, sinds 2026-07-01" in found.text
    gone = World(world().pages, date(2031, 1, 1), world().checked)
    found = hover(page(text), text.index("norm") + 2, gone)
    assert found is not None
    assert "is er geen waarde meer" in found.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("regelset: x\ncriteria:\n  - e|is: a", "Wat waar moet zijn."),
        ("regelset: x\ncriteria:\n  - eis: huishouden.part|ner is geen", "«Heeft u een partner?»"),
        ("regelset: x\ncriteria:\n  - eis: bestaat(schulden waar so|ort = 'huur')", "soort schuld"),
        ("regelset: x\ncriteria:\n  - eis: aow_ber|eikt", "_begrip van `begrippen`, geleverd_"),
        ("regelset: x\ncriteria:\n  - grondslag: Pw 3|6", "https://wetten.overheid.nl/jci1.3:c:BWBR0015703&artikel=36"),
        ("regelset: x\ncriteria:\n  - eis: a is| geen", "bekend is dat het er niet is"),
        ("regelset: x\nvoorziening: bijzondere_|bijstand", "Geld voor bijzondere en nodige kosten"),
        (
            "proef: participatiewet\ngevallen:\n  - verwacht: {afgewezen_op: [verm|ogen]}",
            "_criterium van `participatiewet`, geleverd_",
        ),
        ("regelset: x\nhardheid:\n  - soort: awb_4|_84", "alleen bij beleidsregels"),
    ],
)
def test_hover(text: str, said: str) -> None:
    assert said in shown(text)


def test_every_name_that_a_shipped_ruleset_reads_is_found() -> None:
    """Definition works for every name in every expression: what is not found is a word of the language or a field of an entry."""
    for path in FILES:
        here = world().pages[path]
        for mention in mentions(here):
            first = mention.targets[0]
            if first.kind in ("criterium", "clausule", "regelset", "basis", "aandachtspunt", "feit") or (first.kind == "naam"):
                assert resolved(mention, world()) is not None, (path.name, first)


def test_references_are_exactly_the_places_that_name_it() -> None:
    target = Target("naam", "iit-rotterdam", "inkomen_referteperiode")
    found = references(target, world())
    assert {there.text[start:end] for there, start, end in found} == {"inkomen_referteperiode"}
    files = {there.path.name for there, _, _ in found}
    assert files == {"iit.yaml", "iit.test.yaml"}
    mine = [there for there, _, _ in found if there.path.parts[-2:] == ("rotterdam", "iit.yaml")]
    assert len(mine) == mine[0].text.count("inkomen_referteperiode")


def changed_by(changes: list[Change]) -> dict[Path, str]:
    """The new texts of the pages that a rename changes."""
    texts = {change.page.path: change.page.text for change in changes}
    for change in sorted(changes, key=lambda c: c.start, reverse=True):
        text = texts[change.page.path]
        texts[change.page.path] = text[: change.start] + change.text + text[change.end :]
    return texts


@settings(max_examples=6, deadline=None)
@given(strategies.registers(), st.data())
def test_renaming_an_own_name_keeps_a_register_as_it_was(written: strategies.Written, data: st.DataObject) -> None:
    """After a rename everything is found as before: the same findings, at other places."""
    pages = {Path(f"{n}.yaml"): page(text, f"{n}.yaml") for n, text in enumerate(written.texts)}
    around = World(pages, TODAY, None)
    names = [n for n in around.of_kind("naam") if n.page.text.count(n.target.name) > 1]
    if not names:
        return
    named = data.draw(st.sampled_from(names))
    changed = changed_by(rename(named.page, named.start, "een_andere_naam", around))
    texts = {path: changed.get(path, before.text) for path, before in pages.items()}

    def codes(all_texts: Iterable[str]) -> list[str]:
        documents = [read_yaml(Source(str(n), text), Findings()) for n, text in enumerate(all_texts)]
        return sorted(
            f.code for f in Checker([d for d in documents if d is not None and "regelset" in d.root.entries]).findings
        )

    assert codes(texts.values()) == codes(written.texts)


def shipped_as_own() -> tuple[World, Memory]:
    """The shipped register as somebody's own files: the only one with local clauses, filled slots, versions and cases."""
    texts = {Path("/t") / path.relative_to(shipped()): path.read_text("utf-8") for path in FILES}
    memory = Memory(texts)
    return World({path: Page(path, text) for path, text in texts.items()}, TODAY, None), memory


def everything_found(memory: Memory) -> list[str]:
    files = read_files([*memory.texts], memory.read)
    return sorted(finding.code for finding in check_read(files, TODAY, memory, own=True).findings)


def assert_renames_keep_it(names: int, seed: int) -> None:
    around, memory = shipped_as_own()
    good = dict(memory.texts)
    before = everything_found(memory)
    kinds = ("naam", "criterium", "clausule", "basis")
    every = sorted(
        (n for n in map(itemgetter(0), around.index.values()) if n.target.kind in kinds), key=lambda n: str(n.target)
    )
    for named in random.Random(seed).sample(every, names):
        changes = rename(named.page, named.start, "een_andere_naam", around)
        memory.texts = {**good, **changed_by(changes)}
        assert everything_found(memory) == before, named.target


def test_renaming_what_the_shipped_register_names_keeps_every_finding() -> None:
    """Facts, terms, figures, criteria, clauses and base situations, in rulesets, local clauses and test cases alike."""
    assert_renames_keep_it(2, seed=1)


@pytest.mark.heavy
def test_renaming_more_of_the_shipped_register() -> None:
    assert_renames_keep_it(20, seed=2)


@pytest.mark.parametrize(
    "way", ["wacht_tot einde", "'wacht_tot einde'", ">-\n      wacht_tot\n      einde", "|\n      wacht_tot einde"]
)
def test_a_name_is_renamed_however_yaml_writes_its_text(way: str) -> None:
    text = f"regelset: x\ngegevens:\n  einde: {{type: datum}}\ncriteria:\n  - id: a\n    gevolg: {way}\n"
    here = page(text)
    [new] = changed_by(rename(here, text.index("einde"), "slot", world().with_page(here))).values()
    assert new == text.replace("einde", "slot")


def test_what_came_with_the_package_keeps_its_name() -> None:
    path = shipped() / "gemeenten" / "rotterdam" / "iit.yaml"
    here = world().pages[path]
    with pytest.raises(RefusedError, match="geleverde regelsets"):
        rename(here, here.text.index("inkomen_referteperiode") + 2, "iets", world())


# --- fixes -------------------------------------------------------------------------------------------------------------


def applied(finding: Diagnostic) -> list[str]:
    assert finding.span is not None
    text = finding.span.source.text
    return [text[:start] + new + text[end:] for fix in fixes(finding) for start, end, new in fix.changes]


def test_a_fix_for_a_planted_mistake_takes_it_away() -> None:
    """Of every file with planted mistakes: whatever fix is offered, the finding is gone after it."""
    offered = 0
    for file in ERRORS:
        _, _, found = check_files(read_files([file]))
        for finding in found:
            for text in applied(finding):
                offered += 1

                def again(path: Path, findings: Findings, text: str = text) -> object:
                    return read_yaml(Source(path.as_posix(), text), findings)

                left = check_files(read_files([file], again))[2]  # type: ignore[arg-type]
                assert not any(f.code == finding.code and f.span == finding.span and f.tekst == finding.tekst for f in left), (
                    file.name
                )
    assert offered > 25


# --- places ------------------------------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("a€𝒜é\n\r "), max_size=40), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.integers(0, 50))
def test_places_go_there_and_back(text: str, units: str, at: int) -> None:
    lines = Lines(text, units)  # type: ignore[arg-type]
    at = min(at, len(text))
    if text[at - 1 : at] == "\r":
        return  # in the middle of a line end
    assert lines.offset(lines.position(at)) == at
    assert width(text, "utf-16") == len(text.encode("utf-16-le")) // 2
    assert width(text, "utf-8") == len(text.encode())
    assert characters(text, width(text, units), units) == len(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a/b%20c.yaml", "/home/a/b c.yaml"),
        ("file:///c%3A/Beleid/x.yaml", "c:/Beleid/x.yaml"),
        ("file:///C:/Beleid/x.yaml", "C:/Beleid/x.yaml"),
        ("file://server/map/x.yaml", "//server/map/x.yaml"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
        ("file:///t/%C3%A9%23.yaml", "/t/é#.yaml"),
    ],
)
def test_uris(uri: str, path: str) -> None:
    assert path_of(uri).as_posix() == path
    assert path_of(uri_of(path_of(uri))) == path_of(uri)


@given(st.text("ab\n", max_size=30), st.text("ab\n", max_size=30))
def test_the_smallest_change_makes_the_one_of_the_other(one: str, other: str) -> None:
    change = smallest(one, other)
    assert (change is None) == (one == other)
    if change is not None:
        assert one[: change.start] + change.text + one[change.end :] == other


# --- the schema and the readers ----------------------------------------------------------------------------------------


def test_every_key_that_the_readers_ask_for_is_in_the_schema_and_the_other_way_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Per place: what a reader asks for is what the schema offers there, over all shipped files and all planted mistakes."""
    asked: dict[tuple[str, tuple[str | int, ...]], set[str]] = {}
    places: dict[tuple[str, int, int], tuple[str, tuple[str | int, ...]]] = {}
    done = Reader.done

    def watched(self: Reader) -> None:
        span = self.mapping.span
        where = places.get((span.source.name, span.line, span.column))
        if where is not None and self.mapping.entries:
            asked.setdefault(where, set()).update(self.asked)
        done(self)

    def collect(kind: str, node: Yaml, path: tuple[str | int, ...], name: str) -> None:
        if isinstance(node, Mapping):
            places[name, node.span.line, node.span.column] = (kind, path)
            for key, (_, value) in node.entries.items():
                collect(kind, value, (*path, key), name)
        elif isinstance(node, Sequence):
            for item in node.items:
                collect(kind, item, (*path, 0), name)

    files = read_files([shipped()])
    for kind, documents in files.documents.items():
        for document in documents:
            collect(kind, document.root, (), document.source.name)
    monkeypatch.setattr(Reader, "done", watched)
    check([], TODAY)

    def plain(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """The path with every name that somebody chose made «*»."""
        return tuple(STAR if at and path[at - 1] in FREE and isinstance(step, str) else step for at, step in enumerate(path))

    together: dict[tuple[str, tuple[str | int, ...]], set[str]] = {}
    for (kind, path), keys in asked.items():
        if not (path and path[-1] in FREE and kind != "voorzieningen"):
            together.setdefault((kind, plain(path)), set()).update(keys)
    seen = 0
    for (kind, path), keys in together.items():
        here = shape_at(kind, path)
        if here.key_names and not here.keys:
            continue  # its keys are names of other things
        offered = set(here.keys)
        assert keys - offered == set(), f"{kind} {path}: asked for, and not in the schema"
        assert offered - keys - SOMETIMES == set(), f"{kind} {path}: in the schema, and nobody asks for it"
        seen += 1
    assert seen > 60


STAR = "ster"
FREE = {"begrippen", "gegevens", "bedragen", "open", "vult_in", "clausules_bij", "waarden", "feiten", "basis", "hardheid"}
#: asked for only where something else stands beside it, or by another reader of the same group
SOMETIMES = {"alle", "een_van", "geen_van", "kies", "tabel", "tenzij", "is", "gebruik", "anders", "als", "dan", "cijfers"}
