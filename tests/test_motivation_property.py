"""Whatever stands in a case, the words come out whole: no exception, no template run, nothing that was said left out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from motivation_cases import CASES
from responsief.decision import (
    Alternative,
    Amount,
    Boundary,
    Clause,
    Criterion,
    Draft,
    Fact,
    Finding,
    Needed,
    Regulation,
    Remedy,
    Review,
    Sender,
    Signal,
    Trace,
    Weighing,
)
from responsief.motivation import texts
from responsief.motivation.lint import lint
from responsief.motivation.words import circumstance, plain, quote, told
from responsief.situation import OMSTANDIGHEDEN, Situation
from responsief.values import format_day

NASTY = [
    "{{ 7919 * 7907 }}",
    "{% for x in [] %}",
    "{# weg #}",
    "{{ self.__class__.__mro__ }}",
    "{",
    "}}",
    '"',
    "'",
    "«dit» en «dat»",
    "» einde. U krijgt € 5.000. «",
    "regel 1\nregel 2\n\n\nregel 3",
    "\r\n\t ",
    "\u202eomgekeerd\u202c",
    "e\u0301 ☂ 漢字 🙂",
    "\x00\x07",
    "[vul in: alles]",
    "CONCEPT",
    "%s %(x)s {0} {naam}",
    "<script>alert(1)</script>",
    "Pw 36 lid 1 jo. art. 34 i.v.m. o.a.",
    "\\n \\ $HOME",
]
PRODUCT = str(7919 * 7907)

words = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.lists(st.sampled_from(NASTY), max_size=3).map(" ".join))
maybe = st.none() | words
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
flag = st.booleans()


def tuples(strategy, most=2):
    return st.lists(strategy, max_size=most).map(tuple)


traces = st.recursive(
    st.builds(Trace, words, st.sampled_from(["ja", "nee", "onbekend", None]), maybe, maybe, maybe, maybe, st.just(())),
    lambda inner: st.builds(Trace, words, st.just("nee"), maybe, maybe, maybe, maybe, tuples(inner)),
    max_leaves=4,
)
facts = st.builds(
    Fact, words, words, maybe, st.none() | st.sampled_from(["uwv", "inwoner"]) | words, st.none() | days, flag, st.none() | days
)
amounts = st.none() | st.builds(Amount, st.integers(0, 10**9), st.sampled_from(["maand", "jaar", "keer"]))
remedies = st.none() | st.builds(
    Remedy,
    st.sampled_from(["bezwaar", "administratief_beroep", "beroep"]),
    st.sampled_from(["6 weken", "10 dagen", "een tijdje", "3 maanden"]),
    st.sampled_from(["bekendmaking", "dagtekening"]),
    words,
    st.sampled_from(["Awb 6:7", "UR 24"]) | words,
)
regulations = st.builds(
    Regulation,
    words,
    words,
    words,
    words,
    words,
    words,
    words,
    tuples(words),
    words,
    maybe,
    remedies,
    maybe,
    maybe,
    maybe,
    flag,
    st.none() | st.sampled_from(["2026-01-01", "1"]) | words,
)
senders = st.none() | st.builds(
    Sender, maybe, maybe, maybe, maybe, maybe, maybe, maybe, st.none() | st.dates(), st.none() | flag, maybe
)


def criteria(ident, oordeel, gevolg):
    return st.builds(
        Criterion,
        st.just(ident),
        words,
        words,
        st.just(oordeel),
        st.just(gevolg),
        words,
        maybe,
        maybe,
        words,
        words,
        st.none() | st.sampled_from(["overheid", "gemeente", "inwoner", "niemand"]),
        maybe,
        flag,
        traces.map(lambda made: lambda: made),
        st.builds(Finding, tuples(facts), maybe, maybe, st.sampled_from([None, ">", "≤"])).map(lambda made: lambda: made),
        st.none() | st.integers(0, 10**7),
    )


status = st.sampled_from(["in_bereik", "buiten_bereik", "geblokkeerd", "onbekend"])
soorten = st.sampled_from(["deel", "andere_regeling", "voorziening", "hardheid", "eigen_kracht", "samen", "buiten_wet"])


signals = st.builds(
    Signal, words, words, tuples(words), st.sampled_from(["Wgs 4 lid 2"]) | words, st.none() | st.integers(0, 5),
    maybe | st.just("wet"), tuples(st.just("schuldhulpverlening") | words), flag, flag,
)  # fmt: skip
DISPUTED = ["persoon.geboortedatum", "inkomsten.0.bedrag", "schulden", "eigen.x.y", "wonen.huur", "persoon.verblijf.soort"]


@st.composite
def drafts(draw):
    uitkomst = draw(st.sampled_from(["toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht"]))
    gevolg = {"gedeeltelijk": "deel", "afgewezen": "afwijzen", "wacht": "wacht_tot", "onbepaald": "kan_weigeren"}.get(uitkomst)
    failing = [draw(criteria(f"c{n}", "nee", gevolg)) for n in range(draw(st.integers(1, 3)))] if gevolg else []
    fine = [
        draw(criteria(f"ok{n}", draw(st.sampled_from(["ja", "onbekend"])), "afwijzen")) for n in range(draw(st.integers(0, 2)))
    ]
    ids = tuple(one.id for one in failing)
    raised = [
        {"soort": draw(st.sampled_from(OMSTANDIGHEDEN)), "woorden": draw(maybe), "bewijs": [draw(words)]}
        for _ in range(draw(st.integers(0, 4)))
    ]
    try:
        situation = Situation.model_validate(
            {
                "gewenst_effect": draw(maybe),
                "omstandigheden": raised,
                "toezeggingen": [
                    {"wie": draw(maybe), "wat": draw(maybe), "uiterlijk": "2026-03", "gedaan": draw(st.none() | flag)}
                ],
                "behoeften": [{"leefgebied": "wonen", "ernst": 3, "woorden": draw(maybe)}],
                "aanvraag": {"gevraagd": {"soort": draw(maybe), "kosten": "€ 480"}},
                "veiligheid": {"geweld_thuis": draw(st.none() | flag)},
                "feiten": {
                    path: {
                        "bron": draw(st.sampled_from([None, "uwv", "inwoner"])),
                        "betwist": True,
                        "eigen_opgave": draw(maybe),
                    }
                    for path in draw(st.lists(st.sampled_from(DISPUTED), max_size=2))
                },
            }
        )
    except ValidationError:
        assume(False)
    reasons = [
        Weighing(
            draw(st.sampled_from(OMSTANDIGHEDEN)),
            draw(maybe),
            draw(st.none() | words),
            draw(st.sampled_from(["weegt_mee", "weegt_niet_mee", "nog_te_wegen"])),
            draw(words),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    reasons += [
        Weighing(one.soort, one.woorden, draw(st.none() | st.just("k")), draw(st.sampled_from(["weegt_mee", "weegt_niet_mee", "nog_te_wegen"])), draw(words))
        for one in situation.omstandigheden or ()
    ]  # fmt: skip
    review = draw(
        st.builds(
            Review,
            tuples(signals),
            tuples(
                st.builds(
                    Clause, words, words, words, words, st.sampled_from([None, *ids]), status, words, maybe, maybe, words, words,
                    tuples(words), tuples(words), flag,
                )
            ),
            flag,
            tuples(words),
            tuples(
                st.builds(
                    Alternative, words, words, soorten, tuples(words), maybe, words, words, words, st.integers(1, 5),
                    st.sampled_from(["ja", "na_te_gaan"]), words, tuples(words), flag, flag, flag, tuples(words),
                ),
                7,
            ),
            tuples(st.builds(Boundary, st.sampled_from([*ids, "?"]), words, maybe, maybe, st.sampled_from(["overheid", "gemeente", "inwoner", "niemand"]))),
            st.just(tuple(reasons)),
            st.none() | st.integers(0, 5),
            tuples(words),
        )
    )  # fmt: skip
    return Draft(
        regeling=draw(regulations),
        situatie=situation,
        peildatum=draw(st.dates()),
        uitkomst=uitkomst,
        bedrag=draw(amounts),
        bedrag_vol=draw(amounts),
        wacht_tot=draw(st.none() | days),
        criteria=(*failing, *fine),
        afgewezen_op=ids if uitkomst == "afgewezen" else (),
        te_wegen=ids if uitkomst == "onbepaald" else (),
        onbekend=(),
        nog_nodig=draw(
            tuples(
                st.builds(
                    Needed,
                    words,
                    words,
                    st.sampled_from(["ontbreekt", "betwist", "in_onderzoek", "oordeel"]),
                    words,
                    st.sampled_from(["aanvrager", "gemeente", "adviseur", "oordeel"]),
                )
            )
        ),
        hardheid=None if uitkomst == "toegekend" and draw(flag) else review,
        haast=draw(tuples(signals)) if uitkomst == "toegekend" else (),
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))  # one case is large: fewer of them
@given(drafts(), senders)
def test_any_case_can_be_put_into_words(draft, sender):
    written = texts(draft, sender)
    for text in (written.brief, written.nota):
        assert text.endswith("\n")
        assert "\n\n\n" not in text
        assert not any(char in text for char in "\x00\x07\r\u202e")
        assert PRODUCT not in text, "a template in the data was run"
        text.encode("utf-8")
    assert isinstance(lint(draft, written), tuple)
    assert isinstance(lint(draft, written, final=True), tuple)
    read_alone = texts(draft, Sender(gedeeld_adres=False))
    everything_is_named(draft, plain(read_alone.brief), plain(read_alone.nota))
    words_stay_between_their_quotation_marks(read_alone.brief)


def everything_is_named(draft, letter, note):
    for one in draft.situatie.omstandigheden or ():
        said = quote(one.woorden)[1:-1] if one.woorden and plain(one.woorden) else circumstance(one.soort)
        assert said in note
        assert draft.uitkomst == "toegekend" or said in letter
    for ground in draft.failed:
        assert plain(ground.titel) in note
        assert draft.uitkomst == "wacht" or told(ground.titel) in letter
    if draft.uitkomst == "wacht" and draft.wacht_tot:
        assert format_day(draft.wacht_tot) in letter


def words_stay_between_their_quotation_marks(letter):
    for line in letter.splitlines():
        if line.startswith("Dit wilt u bereiken: "):
            assert line.count("«") == line.count("»") == 1
            assert line.endswith(("»", "»."))


def test_data_is_never_a_template():
    build, sender = CASES["afgewezen_inkomenstoeslag"]
    draft = build()
    object.__setattr__(draft.regeling, "titel", "{{ 7919 * 7907 }} {% if %}")
    written = texts(draft, sender)
    assert "{{ 7919 * 7907 }} {% if %}" in written.brief
    assert PRODUCT not in written.brief + written.nota


def test_threads_write_the_same_texts():
    build, sender = CASES["afgewezen_artikel_16"]
    draft = build()
    once = texts(draft, sender)
    with ThreadPoolExecutor(8) as pool:
        assert all(one == once for one in pool.map(lambda _: texts(draft, sender), range(400)))
