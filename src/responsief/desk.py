"""The one room that composes: register + verdict, hardship -> review, motivation -> texts, together a Decision."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from responsief.backends.compiled import Compiled, check_own
from responsief.backends.evaluate import Case
from responsief.backends.explain import Explainer, path_of
from responsief.decision import (
    Amount,
    Decision,
    Decisions,
    Draft,
    NotDecided,
    Receipt,
    Regulation,
    Review,
    Sender,
    Source,
)
from responsief.diagnostics import TEXTS, InvalidError
from responsief.hardship import review
from responsief.hardship.case import HardCase
from responsief.intake import validate
from responsief.ir.program import LinkError, Program, link
from responsief.ir.ruleset import Ruleset
from responsief.ir.verdict import Verdict
from responsief.motivation import texts
from responsief.register import Register
from responsief.situation import Situation, replace


@cache
def engine_version() -> str:
    """The version of the engine, for the receipt."""
    try:
        return version("responsief")
    except PackageNotFoundError:
        return "0+bron"


def open_desk(*folders: Path | str) -> Desk:
    """A desk on the register in these folders; later folders go over earlier ones, none means the shipped rulesets.

    Raises InvalidError with every finding when a file has a mistake.
    """
    return Desk(Register.open(*folders))


class Desk:
    """Decides situations against a register. Threads may share one desk."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._read: dict[int, tuple[tuple[str, str], ...]] = {}  # the register keeps what it compiled, so ids stay

    @cached_property
    def _own_names(self) -> dict[str, set[str]]:
        return {i: {n for r in versions for n in r.gegevens} for i, versions in self.register.versions.items()}

    # deciding

    def decide(
        self,
        situation: Situation,
        ruleset: str,
        on: date | None = None,
        *,
        today: date | None = None,
        sender: Sender | None = None,
    ) -> Decision:
        """One concept decision with everything around it.

        `on` is the reference date; without it the ruleset's own rule gives it, else `today` (the caller's clock).
        Raises InvalidError when the situation is wrong, LookupError when the ruleset can't be decided then and there.
        """
        found = self.decide_all(situation, [ruleset], on, today=today, sender=sender)
        if found.niet_beslist:
            raise LookupError(found.niet_beslist[0].reden)
        return found.besluiten[0]

    def decide_all(
        self,
        situation: Situation,
        rulesets: Iterable[str] | None = None,
        on: date | None = None,
        *,
        today: date | None = None,
        sender: Sender | None = None,
    ) -> Decisions:
        """Decisions on these rulesets (None: every one in force there), and what could not be decided with its reason."""
        wrong = check_own(situation, self._own_names)
        if wrong:
            raise InvalidError(wrong)
        gemeente = situation.persoon.gemeente
        named = list(dict.fromkeys(rulesets)) if rulesets is not None else None
        if named is None:
            named = [r.id for r in self.register.in_force(on or today or date.max, gemeente)]
        decided, refused = [], []
        for ident in named:
            try:
                decided.append(self._decide(situation, ident, on, today, sender))
            except LinkError as error:
                refused.append(NotDecided(ident, _reason(error)))
        return Decisions(tuple(decided), tuple(refused))

    def rights(self, situation: Situation, on: date | None = None, *, today: date | None = None) -> Decisions:
        """Everything that this person may be entitled to: every ruleset in force there that is not a refusal.

        Reading all rulesets is a purpose of its own: state it to the person (AVG 5 lid 1 onder b).
        """
        found = self.decide_all(situation, None, on, today=today)
        return Decisions(tuple(d for d in found.besluiten if d.uitkomst != "afgewezen"), found.niet_beslist)

    def verdict(self, situation: Situation, ruleset: str, on: date) -> Verdict:
        """Only the outcome with its compact trace: no review, no words. For scans and other rulesets' alternatives."""
        return self.register.compiled(ruleset, on, situation.persoon.gemeente).decide(situation, on)

    def reference_date(self, situation: Situation, ruleset: str, on: date | None, today: date | None) -> date:
        """The reference date: the one given, else what the ruleset says, else today. LinkError when nothing tells."""
        if on is not None:
            return on
        fallback = today or date.max
        candidates = [r for r in self.register.versions.get(ruleset, ()) if r.holds_on(fallback)] or list(
            self.register.versions.get(ruleset, ())
        )[-1:]
        for candidate in candidates:
            if candidate.peildatum is None:
                continue
            found = self._stated_date(candidate, situation, fallback)
            if found is not None:
                return found
        if today is None:
            raise LinkError("peildatum-onbekend", naam=ruleset)
        return today

    def _stated_date(self, ruleset: Ruleset, situation: Situation, today: date) -> date | None:
        """What a ruleset's own `peildatum` gives on this situation, when that is a full date."""
        assert ruleset.peildatum is not None
        program = link(
            [ruleset.peildatum],
            ruleset,
            lambda other: self.register.version(other, today),
            lambda home, name: self.register.fill(today, situation.persoon.gemeente, home, name),
        )
        compiled = Compiled(program, figures_known=False)
        found = program.value(ruleset.peildatum, compiled.reference(situation, today))
        return found if isinstance(found, date) else None

    def _decide(self, situation: Situation, ident: str, on: date | None, today: date | None, sender: Sender | None) -> Decision:
        day = self.reference_date(situation, ident, on, today)
        gemeente = situation.persoon.gemeente
        compiled = self.register.compiled(ident, day, gemeente)
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        heard, conflicts = self._doubt_what_conflicts(compiled, situation, day)
        verdict = compiled.decide(heard, day)
        explainer = Explainer(compiled, verdict, heard)
        draft = self._draft(compiled, verdict, heard, explainer)
        return Decision(
            draft,
            _not_ripe(draft, conflicts),
            lambda: texts(draft, sender),
            lambda: self._receipt(compiled, situation, day),
        )

    def _draft(self, compiled: Compiled, verdict: Verdict, situation: Situation, explainer: Explainer) -> Draft:
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        found: Review | None = None
        if verdict.uitkomst != "toegekend":
            found = review(self._hard_case(ruleset, verdict, situation, explainer))
        amount = Amount(verdict.bedrag, ruleset.per) if verdict.bedrag is not None else None
        full = Amount(verdict.bedrag_vol, ruleset.per) if verdict.bedrag_vol is not None else None
        return Draft(
            regeling=regulation(ruleset),
            situatie=situation,
            peildatum=verdict.peildatum,
            uitkomst=verdict.uitkomst,
            bedrag=amount,
            bedrag_vol=full,
            wacht_tot=verdict.wacht_tot,
            criteria=explainer.criteria(),
            afgewezen_op=verdict.afgewezen_op,
            te_wegen=verdict.te_wegen,
            onbekend=explainer.unknown(),
            nog_nodig=explainer.needed(),
            hardheid=found,
        )

    def _hard_case(self, ruleset: Ruleset, verdict: Verdict, situation: Situation, explainer: Explainer) -> HardCase:
        day, gemeente = verdict.peildatum, situation.persoon.gemeente
        aids = self.register.aids(day, gemeente)
        case = Case(ruleset.id, verdict.uitkomst, verdict.uitkomst == "onbepaald" and None in verdict.oordelen)
        run = aids.compiled.run(situation, day, case)
        return HardCase(
            self.register, aids, run, ruleset, verdict, situation, explainer, lambda: self._others(ruleset.id, situation, day)
        )

    def _others(self, refused: str, situation: Situation, day: date) -> Mapping[str, Verdict]:
        """The verdicts of the other rulesets in force, on the same situation and day; what can't be decided is left out."""
        found = {}
        for ruleset in self.register.in_force(day, situation.persoon.gemeente):
            if ruleset.id == refused:
                continue
            try:
                found[ruleset.id] = self.verdict(situation, ruleset.id, day)
            except LinkError:
                continue
        return found

    # what registers and client say differently

    def _doubt_what_conflicts(self, compiled: Compiled, situation: Situation, day: date) -> tuple[Situation, tuple[str, ...]]:
        """Where the client says otherwise than a register and it matters, the fact is in dispute: hear first (Awb 4:7)."""
        claims = {path: origin.eigen_opgave for path, origin in situation.feiten.items() if origin.eigen_opgave is not None}
        if not claims:
            return situation, ()
        before = compiled.decide(situation, day)
        disputed = []
        for path, claim in claims.items():
            other = replace_raw(situation, path, claim)
            after = compiled.decide(other, day)
            if (after.uitkomst, after.afgewezen_op, after.bedrag) != (before.uitkomst, before.afgewezen_op, before.bedrag):
                disputed.append(path)
        if not disputed:
            return situation, ()
        origins = dict(situation.feiten)
        for path in disputed:
            origins[path] = origins[path].model_copy(update={"betwist": True})
        return replace(situation, "feiten", origins), tuple(disputed)

    # receipt

    def _facts_of(self, compiled: Compiled) -> tuple[tuple[str, str], ...]:
        found = self._read.get(id(compiled))
        if found is None:
            found = self._read[id(compiled)] = read_facts(compiled.program)
        return found

    def _receipt(self, compiled: Compiled, situation: Situation, day: date) -> Receipt:
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        read = [Source(r.id, r.versie, r.sha256) for r in compiled.program.parts]
        read.append(Source("register", "-", self.register.sha256))
        return Receipt(
            regelset=ruleset.id,
            versie=ruleset.versie,
            sha256=ruleset.sha256,
            motor=engine_version(),
            keten=self.register.chainer().name,
            peildatum=day,
            situatie_sha256=hashlib.sha256(situation.model_dump_json().encode()).hexdigest(),
            gelezen=tuple(read),
            feiten=self._facts_of(compiled),
        )


def regulation(ruleset: Ruleset) -> Regulation:
    """What the words need to know of a ruleset."""
    return Regulation(
        regelset=ruleset.id,
        versie=ruleset.versie,
        titel=ruleset.titel,
        soort=ruleset.soort,
        naam=ruleset.naam,
        regeling=ruleset.regeling,
        doel=ruleset.doel,
        leefgebieden=ruleset.leefgebieden,
        orgaan=ruleset.orgaan,
        gemeente=ruleset.gemeente,
        rechtsmiddel=ruleset.rechtsmiddel,
        aanvullen=ruleset.aanvullen,
        horen=ruleset.horen,
        beslistermijn=ruleset.beslistermijn,
        geverifieerd=ruleset.geverifieerd,
    )


def read_facts(program: Program) -> tuple[tuple[str, str], ...]:
    """Every fact that a program reads and the criteria that read it: why this fact was asked (AVG 5)."""
    ruleset = program.ruleset
    assert ruleset is not None
    found: dict[str, list[str]] = {}
    roots = [(c.id, c.eis) for c in ruleset.criteria] + ([("bedrag", ruleset.bedrag)] if ruleset.bedrag is not None else [])
    for name, root in roots:
        for path in map(path_of, program.facts(root)):
            found.setdefault(path, []).append(name)
    return tuple((path, ", ".join(names)) for path, names in sorted(found.items()))


def _not_ripe(draft: Draft, conflicts: tuple[str, ...]) -> tuple[str, ...]:
    """What still blocks a person from deciding."""
    found = []
    if conflicts:
        law = draft.regeling.horen or "Awb 4:7"
        found.append(f"eerst horen ({law}): {', '.join(conflicts)} wijkt af van wat de inwoner zelf zegt")
    by_supplier: dict[str, list[str]] = {}
    for need in draft.nog_nodig:
        by_supplier.setdefault(need.van, []).append(need.label)
    if "aanvrager" in by_supplier:
        found.append(
            f"gegevens vragen, met een termijn om aan te vullen ({draft.regeling.aanvullen or 'Awb 4:5'}): {', '.join(by_supplier['aanvrager'])}"
        )
    if "gemeente" in by_supplier:
        found.append(f"zelf opzoeken (Awb 3:2): {', '.join(by_supplier['gemeente'])}")
    if "adviseur" in by_supplier:
        found.append(f"advies vragen: {', '.join(by_supplier['adviseur'])}")
    if "oordeel" in by_supplier:
        found.append(f"een oordeel geven, met reden: {', '.join(by_supplier['oordeel'])}")
    if draft.te_wegen:
        found.append(f"wegen of er wordt geweigerd (Awb 3:4): {', '.join(draft.te_wegen)}")
    if draft.uitkomst == "wacht" and draft.wacht_tot is not None:
        found.append(f"wachten tot {draft.wacht_tot.isoformat()}, of eerder beginnen met een clausule")
    if draft.hardheid is not None:
        open_count = sum(w.voorstel == "nog_te_wegen" for w in draft.hardheid.weging)
        suggested = len(draft.hardheid.weging) - open_count
        if open_count:
            found.append(f"{open_count} keer een omstandigheid nog wegen")
        if suggested:
            found.append(f"{suggested} keer een voorstel bevestigen of vervangen: een voorstel is nog geen weging")
    if not draft.regeling.geverifieerd or any(not c.geverifieerd for c in draft.failed):
        found.append("de wettekst of cijfers zijn niet geverifieerd")
    if draft.uitkomst != "onbepaald":
        found.append("een medewerker met mandaat beslist en ondertekent")
    return tuple(found)


def _reason(error: LinkError) -> str:
    if error.code == "peildatum-onbekend":
        return "er is geen peildatum: noem er een, of vul de datum van de aanvraag in"
    text, advice = TEXTS[error.code]
    words = {k: v.isoformat() if isinstance(v, date) else v for k, v in error.words.items()}
    return f"{text.format(**words)} ({advice.format(**words)})" if advice else text.format(**words)


def replace_raw(situation: Situation, path: str, value: Any) -> Situation:
    """The situation with another value at `path`, read as a file would be. Raises InvalidError when it doesn't fit there."""
    data = situation.model_dump(mode="json", exclude={"feiten"})
    here: Any = data
    steps = [int(s) if re.fullmatch(r"\d+", s) else s for s in path.split(".")]
    for step in steps[:-1]:
        here = here[step] if not isinstance(here, dict) else here.setdefault(step, {})
    here[steps[-1]] = value
    return validate(data)
