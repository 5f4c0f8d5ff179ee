"""What a no costs: the verdict alone, against verdict, review, letter and note, on both chainers, with the whole shipped register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from measure import Row, alternate

import responsief
from responsief.backends import to_durable

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = [
    ("een-euro-te-veel.yaml", "iit-rotterdam", date(2025, 9, 1)),
    ("te-veel-vermogen.yaml", "participatiewet", date(2026, 3, 2)),
    ("ongedocumenteerd.yaml", "participatiewet", date(2026, 3, 1)),
    ("schulden-en-ontruiming.yaml", "participatiewet", date(2026, 3, 2)),
]


def run() -> list[Row]:
    own, durable = responsief.open_desk(), responsief.open_desk()
    own.register.use_chainer("eigen")
    cases = [(responsief.read_situation(EXAMPLES / name), ruleset, day) for name, ruleset, day in CASES]

    def whole(desk: responsief.Desk, n: int) -> responsief.Texts:
        situation, ruleset, day = cases[n]
        # a copy: of one situation every verdict is reached once and kept, and here each time counts
        decision = desk.decide(situation.model_copy(), ruleset, on=day)
        assert decision.uitkomst != "toegekend"
        return decision.motivering

    def verdict(n: int) -> object:
        situation, ruleset, day = cases[n]
        return own.verdict(situation.model_copy(), ruleset, day)

    sides = {"verdict with trace, no review": verdict, "rejection: review, letter and note (eigen)": lambda n: whole(own, n)}
    limits = "must be ≤ 1,000 µs on the own chainer"
    if to_durable.available():
        durable.register.use_chainer("durable-rules")
        sides["rejection: review, letter and note (durable-rules)"] = lambda n: whole(durable, n)
        limits += ", ≤ 3,000 µs on durable-rules"
        for n in range(len(cases)):
            assert whole(own, n) == whole(durable, n), "the two chainers disagree"
    return [Row("one rejection, whole shipped register", alternate(sides, len(cases), rounds=40), {}, limits)]
