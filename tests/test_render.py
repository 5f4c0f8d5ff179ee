"""Reading the rules: every shipped ruleset as a page, in words that people use, and nothing else on it."""

from __future__ import annotations

import html
import re
import subprocess
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from browser import fits
from programs import program
from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief.cli import group
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Ruleset
from responsief.ir.types import Kind, Record, situation_schema
from responsief.register import Register, shipped
from responsief.render.changes import marked
from responsief.render.clauses import Clause, label_clause, noun
from responsief.render.facts import truth_of
from responsief.render.index import index_of
from responsief.render.marks import bare, link, runs, upper
from responsief.render.names import count
from responsief.render.page import Card, Heading, Page
from responsief.render.ruleset_page import page_of
from responsief.render.scope import Scope, slug
from responsief.render.sentences import Speaker
from responsief.render.to_html import to_html
from responsief.render.to_markdown import to_markdown
from small import ruleset as ruleset_text

DAY = date(2026, 9, 1)
GOLDEN = Path(__file__).parent / "golden" / "stadspas-voorbeeld.md"
VOID = {"meta", "br", "line", "path", "circle", "rect", "link", "img"}


@cache
def register() -> Register:
    return Register.open()


@cache
def page(ident: str) -> Page:
    return page_of(register(), register().version(ident, DAY), DAY)


IDS = tuple(register().versions)


class Reader(HTMLParser):
    """Well-formed or not, ids, links and the words that somebody sees."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if "id" in told:
            self.ids.append(told["id"])
        if tag == "a":
            self.links.append(told["href"])
        self.fetched += [v for k, v in attrs if k in ("src", "srcset", "xlink:href", "data") or (k == "href" and tag != "a")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}>"

    def handle_data(self, text):
        if "style" not in self.open:
            self.words.append(text)


@cache
def read(ident: str) -> Reader:
    return Reader(to_html(page(ident)))


def without_links(markdown: str) -> str:
    """What somebody reads of a Markdown page: not the addresses at the bottom and between brackets."""
    text = re.sub(r"^\[.*\]: \S+$", "", markdown, flags=re.M)
    return re.sub(r"\]\([^)]*\)", "]", text)


ENGINE = re.compile(
    r"\w_\w|==|!=|<=|>=|\b(?:None|True|False|Const|Fact|Kind)\b|\b(?:als|dan|anders|kies|tabel|eis|tenzij): \{|\bis bekend en\b"
    r"|\b(?:persoon|huishouden|wonen|opleiding|aanvraag|werk|vermogen)\.[a-z]"
)


@pytest.mark.parametrize("ident", IDS)
def test_no_words_of_the_engine_are_on_a_page(ident):
    seen = " ".join(read(ident).words)
    assert (found := ENGINE.search(seen)) is None, seen[max(0, found.start() - 60) : found.end() + 40]
    text = without_links(to_markdown(page(ident)))
    assert (found := ENGINE.search(text)) is None, text[max(0, found.start() - 60) : found.end() + 40]


@pytest.mark.parametrize("ident", IDS)
def test_the_html_is_well_formed_and_fetches_nothing(ident):
    read_page = read(ident)
    assert len(set(read_page.ids)) == len(read_page.ids)
    inside = [a[1:] for a in read_page.links if a.startswith("#")]
    assert set(inside) <= set(read_page.ids)
    outside = [a for a in read_page.links if not a.startswith("#")]
    assert all(re.match(r"https://(?:wetten|lokaleregelgeving)\.overheid\.nl/", a) for a in outside)
    assert read_page.fetched == []
    text = to_html(page(ident))
    assert "<script" not in text
    assert re.search(r"url\((?!#)", text) is None
    assert "@import" not in text


@pytest.mark.parametrize("ident", IDS)
def test_every_link_in_the_markdown_leads_somewhere(ident):
    text = to_markdown(page(ident))
    made, count = set(), {}
    for line in text.split("\n"):
        if found := re.match(r"#{1,6} (.*)", line):
            words = re.sub(r"[^\w\- ]", "", re.sub(r"\\(.)", r"\1", found[1]).strip().lower()).replace(" ", "-")
            number = count[words] = count.get(words, -1) + 1
            made.add(words + (f"-{number}" if number else ""))
    for target in re.findall(r"\]\(#([^)]*)\)", text) + re.findall(r"^\[.*\]: #(\S+)$", text, flags=re.M):
        assert target in made


@pytest.mark.parametrize("ident", IDS)
def test_a_page_says_everything_of_its_ruleset(ident):
    ruleset = register().version(ident, DAY)
    seen = " ".join(" ".join(read(ident).words).replace("\N{NO-BREAK SPACE}", " ").split())
    for criterion in ruleset.criteria:
        for text in (criterion.titel, criterion.doel, criterion.tekst, criterion.bewijs):
            assert text is None or " ".join(text.split()) in seen
    for clause in ruleset.hardheid:
        assert clause.maatstaf is None or " ".join(clause.maatstaf.split()) in seen
    for figure in ruleset.bedragen.values():
        assert upper(figure.label) in seen
    for fact in ruleset.gegevens.values():
        used = any(isinstance(n, ir.OwnFact) and n.name == fact.naam for c in ruleset.criteria for n in ir.walk(c.eis))
        assert not used or fact.vraag in seen


@pytest.mark.parametrize("ident", IDS)
def test_the_same_ruleset_and_day_give_the_same_bytes(ident):
    again = (
        page_of(Register.open(), register().version(ident, DAY), DAY)
        if ident == "participatiewet"
        else page_of(register(), register().version(ident, DAY), DAY)
    )
    assert to_html(again) == to_html(page(ident))
    assert to_markdown(again) == to_markdown(page(ident))


def test_a_quotation_is_marked_as_one_only_when_somebody_compared_it():
    assert "De tekst (niet geverifieerd)" not in to_markdown(page("schuldhulp"))
    assert "> De tekst, [Wgs 3 lid 4]:\n> «Een vreemdeling" in to_markdown(page("schuldhulp"))
    unread = to_markdown(page("gehandicaptenparkeerkaart"))
    assert "> De tekst (niet geverifieerd)" in unread
    assert "> «" not in unread


def test_the_small_ruleset_reads_as_its_golden_text():
    assert to_markdown(page("stadspas-voorbeeld")) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("ident", IDS)
def test_what_other_files_say_stands_folded_at_the_end(ident):
    made = page(ident)
    parts = list(made.contents())
    assert [h.anker for h in parts].count("bijlage") <= 1
    at = next((n for n, b in enumerate(made.blokken) if isinstance(b, Heading) and b.anker == "bijlage"), len(made.blokken))
    own, appendix = made.blokken[:at], made.blokken[at:]
    assert not any(isinstance(b, Card) and b.dicht for b in own)
    assert not any(isinstance(b, Card) and not b.dicht for b in appendix)
    ruleset = register().version(ident, DAY)
    mine = {slug("begrip", name) for name in ruleset.begrippen} | {slug("cijfer", name) for name in ruleset.bedragen}
    assert mine == {b.kop.anker for b in own if isinstance(b, Card) and re.match("begrip-|cijfer-", b.kop.anker)}
    text = to_html(made)
    assert text.count("<details") == sum(isinstance(b, Card) for b in appendix)


def test_a_small_ruleset_prints_on_a_few_pages(tmp_path):
    """Its own part, and one or two pages with the names of what it reads elsewhere (it was 26 to 32)."""
    chromium, counter = program("chromium", "chromium"), program("pdfinfo", "poppler-utils")
    file, made = tmp_path / "pas.html", tmp_path / "pas.pdf"
    file.write_text(to_html(page("stadspas-voorbeeld")), encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={made}", file.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    told = subprocess.run([counter, str(made)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"Pages: +(\d+)", told)
    assert found is not None
    assert int(found[1]) <= 12


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        (1, "Wie aan de voorwaarde voldoet"),
        (2, "Wie aan beide voorwaarden voldoet"),
        (3, "Wie aan alle drie voorwaarden voldoet"),
    ],
)
def test_small_numbers_stand_in_words_in_a_sentence(tmp_path, criteria, words):
    assert words in small_page(tmp_path, ruleset_text("", *["eis: leeftijd >= 18"] * criteria))


def test_counting_in_a_sentence_has_words_up_to_twelve_and_no_accent_on_a_capital():
    assert [count(n) for n in (1, 2, 12, 13)] == ["één", "twee", "twaalf", "13"]
    assert upper("één van deze punten klopt") == "Eén van deze punten klopt"


def test_a_page_of_another_day_links_to_the_law_of_that_day():
    then = page_of(register(), register().version("schuldhulp", DAY), DAY, nu="op 1 september 2026")
    assert all("&g=2026-09-01" in a for a in Reader(to_html(then)).links if "jci1.3" in a)
    assert all("&g=" not in a for a in read("schuldhulp").links)
    assert "(op 1 september 2026 € 21,80)" in to_markdown(
        page_of(register(), register().version("wmo-maatwerkvoorziening", DAY), DAY, nu="op 1 september 2026")
    )


def test_the_index_leads_to_every_page():
    chosen = [register().version(i, DAY) for i in IDS]
    read_page = Reader(to_html(index_of(chosen, DAY, "html")))
    assert {f"{i}.html" for i in IDS} <= set(read_page.links)


# --- sentences -----------------------------------------------------------------------------------------------------------


def speaker(ident: str) -> tuple[Speaker, Ruleset]:
    ruleset = register().version(ident, DAY)
    return Speaker(Scope(register(), ruleset, DAY)), ruleset


@pytest.mark.parametrize(
    ("label", "main", "sub", "denied"),
    [
        ("u heeft de AOW-leeftijd", "u heeft de AOW-leeftijd", "u de AOW-leeftijd heeft", "u heeft de AOW-leeftijd niet"),
        ("werkt mee aan het onderzoek", "u werkt mee aan het onderzoek", "u meewerkt aan het onderzoek", "u werkt niet mee aan het onderzoek"),
        ("er loopt bezwaar of beroep", "er loopt bezwaar of beroep", "er bezwaar of beroep loopt", "dit klopt niet: er loopt bezwaar of beroep"),
        ("u zit niet vast", "u zit niet vast", "u niet vast zit", "u zit vast"),
        ("de kosten zijn nodig", "de kosten zijn nodig", "de kosten nodig zijn", "de kosten zijn niet nodig"),
        ("een algemene voorziening is genoeg", "een algemene voorziening is genoeg", "een algemene voorziening genoeg is", "een algemene voorziening is niet genoeg"),
        ("de gemeente vergoedt de aanslag al", "de gemeente vergoedt de aanslag al", "de gemeente de aanslag al vergoedt", "de gemeente vergoedt de aanslag niet"),
        ("heeft een andere beperking dan met lopen", "u heeft een andere beperking dan met lopen", "u een andere beperking heeft dan met lopen", "u heeft geen andere beperking dan met lopen"),
        ("er is een regeling die toereikend en passend is", "er is een regeling die toereikend en passend is", "er een regeling is die toereikend en passend is", "er is geen regeling die toereikend en passend is"),
        ("dat het niet lukt, is te verwijten", "het is te verwijten dat het niet lukt", "het is te verwijten dat het niet lukt", "het is niet te verwijten dat het niet lukt"),
        ("verblijf dat voor de pas meetelt", "er is sprake van verblijf dat voor de pas meetelt", "er sprake is van verblijf dat voor de pas meetelt", "er is geen sprake van verblijf dat voor de pas meetelt"),
    ],
)  # fmt: skip
def test_a_label_is_told_made_subordinate_and_denied_as_dutch_does(label, main, sub, denied):
    clause = label_clause(label)
    assert (clause.main(), clause.denied().main()) == (main, denied)
    assert clause.sub() in (sub, None) or label.startswith(("dat ", "verblijf"))


def test_denying_what_has_no_plain_denial_says_that_it_does_not_hold():
    clause = label_clause("de uitgaven passen niet bij het inkomen, en de uitleg ontbreekt")
    denied = clause.denied()
    assert denied.main() == "dit klopt niet: de uitgaven passen niet bij het inkomen, en de uitleg ontbreekt"
    assert denied.sub() == "dit niet klopt: de uitgaven passen niet bij het inkomen, en de uitleg ontbreekt"


@pytest.mark.parametrize(
    "label", ["u heeft een bedrijf of zelfstandig beroep", "de huur of de hypotheek is te hoog", "heeft geen auto of motor"]
)
def test_a_label_of_two_things_is_denied_as_a_whole(label):
    """«U heeft geen A of B» reads as neither to one and as not both to another."""
    clause = label_clause(label)
    assert clause.denied().main() == f"dit klopt niet: {clause.main()}"


def test_what_is_one_thing_with_of_in_it_keeps_its_own_denial():
    assert label_clause("is 18 jaar of ouder").denied().main() == "u bent niet 18 jaar of ouder"
    assert label_clause("er is een regeling die past of helpt").denied().main() == "er is geen regeling die past of helpt"


def test_the_verb_stands_before_what_you_may_keep():
    rest = "ten hoogste " + link("wat u per maand mag houden om van te leven", "#x")
    sub = Clause("uw inkomen", "is", rest).sub()
    assert sub is not None
    assert bare(sub) == "uw inkomen ten hoogste is wat u per maand mag houden om van te leven"
    assert Clause("dit", "is", "wat u vraagt").sub() == "dit is wat u vraagt"


def test_the_denial_of_what_is_known_also_says_that_it_may_be_so_not():
    told, ruleset = speaker("wmo-maatwerkvoorziening")
    (pgb,) = (c for c in ruleset.criteria if c.id == "pgb")
    words = told.condition(pgb.eis).words()
    assert "niet bekend dat" not in words
    assert (
        "Dit klopt niet, of is niet bekend: U wilt een persoonsgebonden budget." in words or "of dat is niet bekend." in words
    )


@pytest.mark.parametrize(
    ("label", "words", "many"),
    [
        ("inkomen per maand", "het inkomen per maand", False),
        ("vermogensgrens", "de vermogensgrens", False),
        ("kosten van bestaan", "de kosten van bestaan", True),
        ("uw vermogen", "uw vermogen", False),
        ("zomaar iets", "zomaar iets", False),
    ],
)
def test_a_label_becomes_a_noun_with_its_article(label, words, many):
    assert (noun(label).tekst, noun(label).meer) == (words, many)


def conditions(ident: str) -> dict[str, str]:
    told, ruleset = speaker(ident)
    return {c.id: told.condition(c.eis).words() for c in ruleset.criteria}


def test_comparisons_are_told_in_legal_words():
    pw, iit = conditions("participatiewet"), conditions("iit-rotterdam")
    assert pw["leeftijd"] == "U bent 18 jaar of ouder."
    assert pw["inkomen"] == "Het inkomen dat meetelt, is lager dan de bijstandsnorm."
    assert pw["vermogen"] == "Het vermogen is ten hoogste de vermogensgrens."
    assert iit["leeftijd"] == "U bent 21 jaar of ouder en u heeft de AOW-leeftijd niet."
    assert (
        "Deze twee punten kloppen niet allebei: U bent 18 tot en met 20 jaar. U verblijft in een instelling."
        in pw["jongere_in_instelling"]
    )


def test_a_list_is_told_by_what_its_entries_are_like():
    told, ruleset = speaker("begrippen")
    terms = {name: told.item(term.node).words() for name, term in ruleset.begrippen.items()}
    assert terms["heeft_minderjarig_kind"] == "Er is ten minste één kind dat thuis woont en dat jonger is dan 18 jaar."
    assert "De medebewoner is 27 jaar of ouder." in terms["kostendelende_medebewoners"]


def test_a_figure_is_told_with_its_value_of_the_day():
    told, ruleset = speaker("iit-rotterdam")
    assert ruleset.bedrag is not None
    assert "(nu € 200,00)" in told.item(ruleset.bedrag).words()
    quiet = Speaker(Scope(register(), ruleset, DAY, nu=""))
    assert "€" not in quiet.item(ruleset.bedrag).words()


def test_a_percentage_says_so_whatever_its_label_is(tmp_path):
    text = ruleset_text(
        "bedragen:\n"
        "  deel: {type: getal, label: deel van de norm, grondslag: art. 3, bron: proef, waarden: {2020-01-01: 130}}\n"
        "begrippen:\n  grens: {grondslag: art. 3, label: grens, is: 'afronden(norm_21_a * deel / 100, cent)'}\n"
    )
    path = tmp_path / "klein.yaml"
    path.write_text(text, encoding="utf-8")
    book = Register.open(shipped(), path)
    (small,) = book.versions["klein"]
    told = Speaker(Scope(book, small, DAY, nu="nu")).item(small.begrippen["grens"].node).words()
    assert told.startswith("130 % van ")


TABLE = """\
uitkomst:
  bedrag:
    per: jaar
    tabel:
      treffer: HIT
      kolommen: [wonen.huur, persoon.detentie]
      rijen:
        - {als: ["<= € 100", "-"], dan: € 1}
        - {als: ["> € 100", ja], dan: € 2}
        - {als: ["> € 100", nee], dan: € 3}
"""


def small_page(tmp_path: Path, text: str) -> str:
    path = tmp_path / "klein.yaml"
    path.write_text(text, encoding="utf-8")
    book = Register.open(shipped(), path)
    return to_markdown(page_of(book, book.version("klein", DAY), DAY))


@pytest.mark.parametrize(
    ("hit", "end", "caption", "last"),
    [
        ("uniek", "", "precies één rij past", "hoger dan € 100,00"),
        ("uniek", "      anders: € 4\n", "hoogstens één rij past", "anders"),
        ("eerste", "", "de eerste rij die past, telt", "hoger dan € 100,00"),
        ("eerste", "      anders: € 4\n", "de eerste rij die past, telt", "anders"),
    ],
)
def test_a_table_is_told_as_it_is_written(tmp_path, hit, end, caption, last):
    told = small_page(tmp_path, ruleset_text(TABLE.replace("HIT", hit) + end))
    assert f"Tabel voor het bedrag ({caption}):" in told
    table = told.split(f"({caption}):")[1].split("\n\n")[1].split("\n")
    assert table[-1].startswith(f"| {last} ")
    assert ("anders" in "".join(table)) is bool(end)


def test_a_table_inside_a_sum_is_told_as_it_is_written(tmp_path):
    table = TABLE.split("per: jaar\n")[1].replace("HIT", "uniek")
    term = "begrippen:\n  huurdeel:\n    grondslag: art. 2\n    label: het huurdeel\n" + table
    text = ruleset_text(term + "uitkomst: {bedrag: {per: jaar, is: huurdeel + € 1}}\n")
    path = tmp_path / "klein.yaml"
    path.write_text(text, encoding="utf-8")
    book = Register.open(shipped(), path)
    (small,) = book.versions["klein"]
    told = Speaker(Scope(book, small, DAY)).item(small.begrippen["huurdeel"].node).words()
    assert told.startswith("Precies één van deze gevallen past:")
    assert "In alle andere gevallen" not in told


def test_every_fact_that_is_so_or_not_has_a_denial_of_its_own():
    """A sentence and its denial differ, and neither falls back to the name of a field."""

    def look(record: Record, path: tuple[str, ...]) -> None:
        for name, field in record.fields.items():
            here = (*path, name)
            if field.type.kind is Kind.JA_NEE:
                yes, no = (truth_of(here, None, negative).main() for negative in (False, True))
                assert yes != no
                assert "_" not in yes + no
                assert not no.startswith("dit klopt niet")
            elif field.type.kind is Kind.GROEP and field.type.record is not None:
                look(field.type.record, here)

    look(situation_schema(), ())


# --- what changed --------------------------------------------------------------------------------------------------------


def changed(tmp_path: Path, *edits: tuple[str, str]) -> str:
    file = next(shipped().rglob("rotterdam/iit.yaml"))
    text = file.read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    own = tmp_path / "iit.yaml"
    own.write_text(text, encoding="utf-8")
    newer = Register.open(shipped(), own)
    older = register()
    made = page_of(newer, newer.version("iit-rotterdam", DAY), DAY, earlier=(older, older.version("iit-rotterdam", DAY)))
    return to_markdown(made).split("## Wat er is veranderd")[1].split("\n[")[0]


def test_another_layout_changes_nothing(tmp_path):
    assert "Er is niets veranderd" in changed(tmp_path, ("criteria:\n", "\n# opmerking\ncriteria:\n"))


def test_a_changed_limit_is_told_in_both_sentences(tmp_path):
    told = changed(tmp_path, ("eis: leeftijd >= 21 en niet aow_bereikt", "eis: leeftijd >= 23 en niet aow_bereikt"))
    assert "### Voorwaarde gewijzigd: U bent 21 jaar of ouder" in told
    assert "Was: U voldoet hieraan als u ~~21~~ jaar of ouder bent" in told
    assert "Is nu: U voldoet hieraan als u **23** jaar of ouder bent" in told


def test_a_changed_figure_is_told_with_its_percentage(tmp_path):
    told = changed(tmp_path, ("€ 200", "€ 220"))
    assert re.search(r"\| € 200,00 +\| € 220,00 +\| \+10 %", told)


def test_the_words_that_changed_are_marked():
    before, after = marked("u bent 21 jaar of ouder", "u bent 23 jaar of ouder")
    assert [r.tekst for r in runs(before) if r.soort == "oud"] == ["21"]
    assert [r.tekst for r in runs(after) if r.soort == "nieuw"] == ["23"]


# --- at random -----------------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_any_ruleset_becomes_a_page(seed):
    written = Rulesets(Rolled(seed)).written()
    random_register = written.checked()
    for ident in random_register.versions:
        ruleset = random_register.versions[ident][-1]
        made = page_of(random_register, ruleset, DAY)
        seen = Reader(to_html(made))
        assert len(set(seen.ids)) == len(seen.ids)
        assert {a[1:] for a in seen.links if a.startswith("#")} <= set(seen.ids)
        words = " ".join(" ".join(seen.words).split())
        for criterion in ruleset.criteria:
            assert " ".join(criterion.titel.split()) in words
            assert criterion.grondslag in words
        for figure in ruleset.bedragen.values():
            assert upper(figure.label) in words
        to_markdown(made)


@given(st.text(max_size=60))
def test_a_text_of_a_file_is_never_markup(text):
    clean = html.escape(bare(text))
    assert [r.tekst for r in runs(link(text, "#x"))] == [bare(text)] or not bare(text)
    assert "<" not in clean


def test_what_a_file_says_never_becomes_markup(tmp_path):
    text = next(shipped().rglob("voorbeeld/stadspas.yaml")).read_text(encoding="utf-8")
    wild = "<script>alert(1)</script> & 'x' [a](http://b) **c**"
    file = tmp_path / "stadspas.yaml"
    titled = re.sub(r"^titel: .*$", lambda _: f'titel: "{wild}"', text, count=1, flags=re.M)
    file.write_text(titled.replace("doel: ", "doel: <img src=x onerror=y> ", 1), encoding="utf-8")
    own = Register.open(shipped(), file)
    made = page_of(own, own.version("stadspas-voorbeeld", DAY), DAY)
    seen = Reader(to_html(made))
    assert seen.fetched == []
    assert wild in " ".join(seen.words)
    assert r"\[a\](http://b) \*\*c\*\*" in to_markdown(made).split("\n")[0]


# --- the door ------------------------------------------------------------------------------------------------------------


def run(*arguments: str):
    return CliRunner().invoke(group, ["render", *arguments])


def test_one_ruleset_goes_to_the_screen():
    done = run("--ruleset", "schuldhulp", "--on", "2026-09-01")
    assert done.exit_code == 0
    assert done.output.startswith("# Schuldhulp met een plan van aanpak\n")


def test_a_folder_gets_a_page_each_and_an_index(tmp_path):
    done = run(str(shipped() / "gemeenten" / "voorbeeld"), "--out", str(tmp_path / "lezen"), "--on", "2026-09-01")
    assert done.exit_code == 0
    names = sorted(p.name for p in (tmp_path / "lezen").iterdir())
    assert names == ["index.html", "stadspas-voorbeeld.html", "wmo-verordening-voorbeeld.html"]
    back = Reader((tmp_path / "lezen" / "stadspas-voorbeeld.html").read_text(encoding="utf-8"))
    assert "index.html" in back.links


def test_wrong_use_says_what_to_do(tmp_path):
    unknown = run("--ruleset", "schuldhlp")
    assert unknown.exit_code == 2
    assert "bedoelde u «schuldhulp»" in unknown.output.replace("Bedoelde", "bedoelde")
    many = run()
    assert many.exit_code == 2
    assert "--out" in many.output
    nowhere = run("--ruleset", "schuldhulp", "--out", str(tmp_path / "er-is-niets" / "x.html"))
    assert nowhere.exit_code == 2
    assert "niet te schrijven" in nowhere.output


def test_since_compares_with_an_older_register(tmp_path):
    older = tmp_path / "iit.yaml"
    text = next(shipped().rglob("rotterdam/iit.yaml")).read_text(encoding="utf-8")
    older.write_text(text.replace("€ 200", "€ 190"), encoding="utf-8")
    done = run("--ruleset", "iit-rotterdam", "--since", str(older), "--on", "2026-09-01")
    assert done.exit_code == 0
    assert "€ 190,00" in done.output


def test_a_changed_reading_is_told_as_it_is_worked_out(tmp_path):
    told = changed(
        tmp_path, ("afronden(105 % van norm_zonder_medebewoners, cent)", "afronden(108 % van norm_zonder_medebewoners, cent)")
    )
    assert "**Andere lezingen:**" in told
    assert "~~105~~ %" in told
    assert "**108** %" in told


def test_what_an_older_register_did_not_have_is_new():
    made = page_of(register(), register().version("schuldhulp", DAY), DAY, earlier="nieuw")
    assert "Deze regelset is nieuw" in to_markdown(made)


@pytest.mark.parametrize("ident", ["participatiewet", "kwijtschelding-hhnk"])
def test_a_page_fits_on_a_phone(ident, tmp_path):
    fits(to_html(page(ident)), 375, tmp_path)
