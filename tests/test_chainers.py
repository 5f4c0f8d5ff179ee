"""Both chainers give what the rules say: every rule whose «als» all hold, whatever the order."""

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responsief.backends import chain, to_durable
from responsief.ir.signals import Chainer, Fired, SignalRule

needs_durable = pytest.mark.skipif(
    not to_durable.available(), reason=f"durable-rules can't be imported; this brings it back: {to_durable.INSTALL}"
)
BACKENDS = (
    pytest.param(chain.compile_chain, id="eigen"),
    pytest.param(to_durable.compile_chain, id="durable-rules", marks=needs_durable),
)
each_backend = pytest.mark.parametrize("compile_chain", BACKENDS)
Compile = Callable[[Sequence[SignalRule]], Chainer]

DREIGEND = SignalRule("dreigend", ("huurachterstand", "aanzegging_ontruiming"), "dreigende_dakloosheid")
SPOED = SignalRule("spoed", ("dreigende_dakloosheid",), "drie_werkdagen")
KIND = SignalRule("kind", ("dreigende_dakloosheid", "kind_in_huishouden"), "kind_betrokken")
HUUR = (SPOED, KIND, DREIGEND)

FACTS = [f"feit_{number}" for number in range(14)]
SIGNALS = [f"signaal_{number}" for number in range(10)]
NAMES = FACTS + SIGNALS


def meaning(rules: Sequence[SignalRule], facts: frozenset[str]) -> tuple[Fired, ...]:
    """The contract, read aloud: fire until nothing new holds."""
    held: set[str] = set()
    grown = set(facts)
    while held != grown:
        held = grown
        grown = held | {rule.dan for rule in rules if held.issuperset(rule.als)}
    return tuple(
        Fired(rule.id, rule.dan, rule.als) for rule in sorted(rules, key=lambda rule: rule.id) if held.issuperset(rule.als)
    )


def register(count: int, seed: int = 7) -> list[SignalRule]:
    """Rules in the shape of a real register: short, chained a few steps deep, with shared facts and signals."""
    draw = random.Random(seed)
    facts = [f"feit_{number}" for number in range(count * 3 // 4)]
    signals = [f"signaal_{number}" for number in range(count * 9 // 10)]
    return [
        SignalRule(f"regel_{number}", tuple(draw.sample(facts + signals, draw.randint(1, 3))), draw.choice(signals))
        for number in range(count)
    ]


def cases(rules: Sequence[SignalRule], count: int, seed: int = 11) -> list[frozenset[str]]:
    draw = random.Random(seed)
    names = sorted({name for rule in rules for name in rule.als})
    return [frozenset(draw.sample(names, draw.randint(0, min(20, len(names))))) for _ in range(count)]


@st.composite
def rule_sets(draw: st.DrawFn) -> list[SignalRule]:
    """Up to forty rules on a few names, so that they share antecedents, chain and run in circles."""
    parts = draw(
        st.lists(
            st.tuples(
                st.lists(st.sampled_from(NAMES), min_size=1, max_size=6),
                st.one_of(st.sampled_from(SIGNALS), st.sampled_from(NAMES)),
            ),
            min_size=4,
            max_size=40,
        )
    )
    return [SignalRule(f"regel_{number}", tuple(als), dan) for number, (als, dan) in enumerate(parts)]


fact_sets = st.frozensets(st.sampled_from(NAMES))
shared_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


# What both do


@each_backend
def test_signals_chain_and_say_because_of_what(compile_chain: Compile) -> None:
    facts = frozenset({"huurachterstand", "aanzegging_ontruiming", "kind_in_huishouden"})
    assert compile_chain(HUUR).run(facts) == (
        Fired("dreigend", "dreigende_dakloosheid", ("huurachterstand", "aanzegging_ontruiming")),
        Fired("kind", "kind_betrokken", ("dreigende_dakloosheid", "kind_in_huishouden")),
        Fired("spoed", "drie_werkdagen", ("dreigende_dakloosheid",)),
    )


@each_backend
def test_one_fact_short_is_no_signal(compile_chain: Compile) -> None:
    chainer = compile_chain(HUUR)
    assert chainer.run(frozenset({"huurachterstand", "kind_in_huishouden"})) == ()
    assert chainer.run(frozenset()) == ()


@each_backend
def test_a_signal_may_come_in_as_a_fact(compile_chain: Compile) -> None:
    assert [fired.rule for fired in compile_chain(HUUR).run(frozenset({"dreigende_dakloosheid"}))] == ["spoed"]


@each_backend
def test_every_rule_that_holds_is_named_also_when_its_signal_held_already(compile_chain: Compile) -> None:
    rules = [SignalRule("b", ("y",), "s"), SignalRule("a", ("x",), "s"), SignalRule("c", ("s",), "x")]
    assert [fired.rule for fired in compile_chain(rules).run(frozenset("xy"))] == ["a", "b", "c"]


@each_backend
def test_facts_that_no_rule_reads_change_nothing(compile_chain: Compile) -> None:
    chainer = compile_chain(HUUR)
    assert chainer.run(frozenset({"zwanger"})) == ()
    facts = frozenset({"huurachterstand", "aanzegging_ontruiming"})
    assert chainer.run(facts | {"zwanger", "geen_digid"}) == chainer.run(facts)


@each_backend
def test_no_case_leaves_anything_behind_for_the_next(compile_chain: Compile) -> None:
    chainer = compile_chain(HUUR)
    assert chainer.run(frozenset({"huurachterstand"})) == ()
    assert chainer.run(frozenset({"aanzegging_ontruiming"})) == ()
    assert len(chainer.run(frozenset({"aanzegging_ontruiming", "huurachterstand"}))) == 2
    assert chainer.run(frozenset({"huurachterstand"})) == ()


@each_backend
def test_a_fact_named_twice_counts_once(compile_chain: Compile) -> None:
    chainer = compile_chain([SignalRule("a", ("x", "x", "y", "x"), "s")])
    assert chainer.run(frozenset("xy")) == (Fired("a", "s", ("x", "x", "y", "x")),)
    assert chainer.run(frozenset("x")) == ()


@each_backend
def test_cycles_of_signals_end(compile_chain: Compile) -> None:
    rules = [
        SignalRule("a", ("begin",), "x"),
        SignalRule("b", ("x",), "y"),
        SignalRule("c", ("y",), "x"),
        SignalRule("d", ("x", "y"), "begin"),
        SignalRule("e", ("z",), "z"),
    ]
    chainer = compile_chain(rules)
    assert [fired.rule for fired in chainer.run(frozenset({"y"}))] == ["a", "b", "c", "d"]
    assert [fired.rule for fired in chainer.run(frozenset({"z"}))] == ["e"]


@each_backend
def test_a_long_chain_runs_to_its_end(compile_chain: Compile) -> None:
    rules = [SignalRule(f"{step:03}", (f"stap_{step}",), f"stap_{step + 1}") for step in range(300)]
    assert len(compile_chain(rules).run(frozenset({"stap_0"}))) == 300


@each_backend
def test_no_rules_give_no_signals(compile_chain: Compile) -> None:
    assert compile_chain([]).run(frozenset({"huurachterstand"})) == ()


@each_backend
def test_rule_ids_may_hold_any_text(compile_chain: Compile) -> None:
    ids = sorted(['"', "\\", "{'a': 1}", "m$all", "é €", "#", "0", " ", "regel\n2"])
    chainer = compile_chain([SignalRule(id, ("x",), "s") for id in ids])
    assert [fired.rule for fired in chainer.run(frozenset("x"))] == ids


@each_backend
def test_the_order_of_rules_and_facts_never_shows(compile_chain: Compile) -> None:
    rules, draw = register(40), random.Random(3)
    facts = sorted(cases(rules, 1, seed=5)[0])
    expected = meaning(rules, frozenset(facts))
    assert len(expected) > 3
    for _ in range(20):
        draw.shuffle(rules)
        draw.shuffle(facts)
        assert compile_chain(rules).run(frozenset(facts)) == expected


@each_backend
def test_the_chainer_says_which_engine_ran(compile_chain: Compile, request: pytest.FixtureRequest) -> None:
    assert compile_chain(HUUR).name == request.node.callspec.id


# What neither takes


@each_backend
def test_rules_that_cannot_be_chained_are_refused_with_all_reasons(compile_chain: Compile) -> None:
    rules = [SignalRule("a", ("x",), "s"), SignalRule("a", (), "s"), SignalRule("b", ("Huur",), "te laat")]
    with pytest.raises(ValueError) as caught:
        compile_chain(rules)
    assert str(caught.value) == (
        "rule id 'a' is used twice; rule 'a' has an empty «als»; "
        "rule 'b': 'Huur' is not a fact name: write a-z, 0-9 and _; "
        "rule 'b': 'te laat' is not a fact name: write a-z, 0-9 and _"
    )


@each_backend
@pytest.mark.parametrize("name", ["", "Huur", "te laat", 'x"', "x\n", "é", "²", "#", "$nex"])
def test_a_misspelt_fact_does_not_pass_for_an_absent_one(compile_chain: Compile, name: str) -> None:
    with pytest.raises(ValueError, match="is not a fact name"):
        compile_chain(HUUR).run(frozenset({"huurachterstand", name}))


# They agree


@shared_machine
@given(rule_sets(), st.lists(fact_sets, min_size=1, max_size=10))
def test_own_chainer_gives_what_the_rules_say(rules: list[SignalRule], drawn: list[frozenset[str]]) -> None:
    chainer = chain.compile_chain(rules)
    for facts in drawn:
        assert chainer.run(facts) == meaning(rules, facts)


@needs_durable
def test_durable_rules_equals_own_chainer_at_random() -> None:
    pairs = fired = 0

    @settings(shared_machine, max_examples=100)
    @given(rule_sets(), st.integers(0, 10_000))
    def compare(rules: list[SignalRule], seed: int) -> None:
        nonlocal pairs, fired
        own, durable = chain.compile_chain(rules), to_durable.compile_chain(rules)
        for facts in cases(rules, 60, seed):
            expected = own.run(facts)
            assert durable.run(facts) == expected
            pairs += 1
            fired += len(expected)

    compare()
    assert pairs >= 2_000
    assert fired >= 2_000


@needs_durable
def test_durable_rules_equals_own_chainer_on_a_whole_register() -> None:
    for seed in range(5):
        rules = register(103, seed)
        own, durable = chain.compile_chain(rules), to_durable.compile_chain(rules)
        for facts in cases(rules, 100, seed):
            assert durable.run(facts) == own.run(facts)


# Many runs, many threads


@each_backend
def test_eight_threads_give_what_one_gives(compile_chain: Compile) -> None:
    rules = register(103)
    todo = cases(rules, 250)
    chainer = compile_chain(rules)
    expected = [chainer.run(facts) for facts in todo]
    together = threading.Barrier(8)

    def run_all(start: int) -> list[tuple[Fired, ...]]:
        together.wait()
        return [chainer.run(facts) for facts in todo[start:] + todo[:start]]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # change threads as often as possible
    try:
        with ThreadPoolExecutor(8) as pool:
            starts = [thread * 31 for thread in range(8)]
            results = list(pool.map(run_all, starts))
    finally:
        sys.setswitchinterval(interval)
    for start, result in zip(starts, results, strict=True):
        assert result == expected[start:] + expected[:start]


def in_a_process_of_its_own(script: str, **environment: str) -> str:
    path = os.pathsep.join([os.path.dirname(__file__), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"exit code {done.returncode}: {done.stderr}"
    return done.stdout


@each_backend
def test_memory_stays_what_it_was_over_many_runs_and_threads(compile_chain: Compile) -> None:
    pytest.importorskip("resource", reason="Windows doesn't say how much memory a process took")
    before, after = in_a_process_of_its_own(f"""
import resource, threading
import test_chainers
from {compile_chain.__module__} import compile_chain

rules = test_chainers.register(103)
cases = test_chainers.cases(rules, 500)
chainer = compile_chain(rules)

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

def run(count):
    for number in range(count):
        chainer.run(cases[number % 500])

run(500)
print(peak())
run(5_000)
for _ in range(60):
    compile_chain(rules)
    thread = threading.Thread(target=run, args=(1,))
    thread.start()
    thread.join()
print(peak())
""").split()
    assert int(after) < int(before) * 1.15


@each_backend
def test_a_first_case_without_signals_is_an_ordinary_case(compile_chain: Compile) -> None:
    # Filled memory (glibc only) makes a read of what was never set a certain crash instead of a likely one.
    in_a_process_of_its_own(
        f"""
from responsief.ir.signals import SignalRule
from {compile_chain.__module__} import compile_chain

for _ in range(20):
    chainer = compile_chain([SignalRule("a", ("x", "y"), "s")])
    assert chainer.run(frozenset("x")) == ()
    assert len(chainer.run(frozenset("xy"))) == 1
""",
        MALLOC_PERTURB_="165",
    )


# What belongs to durable-rules alone


def test_without_durable_rules_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable.engine", None)
    assert not to_durable.available()
    with pytest.raises(ImportError) as caught:
        to_durable.compile_chain(HUUR)
    install = "CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject' pip install --no-binary :all: durable-rules"
    assert install in str(caught.value)


@needs_durable
@pytest.mark.parametrize("call", ["assert_fact", "assert_facts"])
def test_what_goes_wrong_inside_surfaces_and_harms_no_later_run(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from durable.engine import MessageObservedException, Ruleset

    def lose(_: object, message: object) -> None:
        raise MessageObservedException(message)

    chainer = to_durable.compile_chain(HUUR)
    facts = frozenset({"huurachterstand", "aanzegging_ontruiming"})
    expected = chainer.run(facts)
    with monkeypatch.context() as broken:
        broken.setattr(Ruleset, call, lose)
        with pytest.raises(MessageObservedException):
            chainer.run(facts)
    assert chainer.run(facts) == expected == meaning(HUUR, facts)


@needs_durable
def test_a_run_inside_a_run_stands_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    from durable.engine import Ruleset

    chainer, plain = to_durable.compile_chain(HUUR), Ruleset.assert_fact
    inside: list[str] = []

    def interrupted(ruleset: Ruleset, message: object) -> object:
        if not inside:
            inside.append("begun")
            inside.extend(fired.rule for fired in chainer.run(frozenset({"kind_in_huishouden", "dreigende_dakloosheid"})))
        return plain(ruleset, message)

    monkeypatch.setattr(Ruleset, "assert_fact", interrupted)
    outside = chainer.run(frozenset({"huurachterstand", "aanzegging_ontruiming"}))
    assert [fired.rule for fired in outside] == ["dreigend", "spoed"]
    assert inside == ["begun", "kind", "spoed"]


@needs_durable
def test_durable_rules_holds_what_it_says_it_holds() -> None:
    wide = [SignalRule("a", tuple(f"x{i}" for i in range(to_durable.MAX_ALS)), "s")]
    busy = [SignalRule(f"r{i}", ("x",), "s") for i in range(to_durable.MAX_READERS)]
    many = [SignalRule(f"r{i}", (f"x{i}",), "s") for i in range(to_durable.MAX_NAMES)]
    for rules in (wide, busy, many):
        facts = frozenset(name for rule in rules for name in rule.als)
        assert to_durable.compile_chain(rules).run(facts) == meaning(rules, facts)


@needs_durable
@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ([SignalRule("a", tuple(f"x{i}" for i in range(17)), "s")], "rule 'a' has more than 16 facts"),
        ([SignalRule(f"r{i}", ("x",), "s") for i in range(256)], "'x' is read by more than 255 rules"),
        ([SignalRule(f"r{i}", (f"x{i}",), "s") for i in range(511)], "the rules read more than 510 facts and signals"),
        ([SignalRule(f"r{i}", (f"x{i % 99}",), "s") for i in range(4096)], "there are more than 4095 rules"),
    ],
)
def test_more_than_durable_rules_can_hold_is_refused_in_time(rules: list[SignalRule], reason: str) -> None:
    with pytest.raises(ValueError) as caught:
        to_durable.compile_chain(rules)
    assert str(caught.value) == f"too much for durable-rules: {reason}"
