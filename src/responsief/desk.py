"""The one room that composes: register + verdict, hardship -> review, motivation -> texts, together a Decision."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache, cached_property, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from responsief.backends.compiled import Compiled, check_own
from responsief.backends.evaluate import Case
from responsief.backends.explain import Explainer
from responsief.backends.over_time import stretches
from responsief.backends.unknown import field_of, label_of, outcome, path_of
from responsief.decision import (
    Amount,
    Attention,
    Blocker,
    BlokkadeSoort,
    Decision,
    Decisions,
    Draft,
    Leverancier,
    NotDecided,
    NotRaised,
    Receipt,
    Regulation,
    Review,
    Sender,
    Signal,
    Source,
    Start,
)
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.hardship import review
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import to_fetch
from responsief.hardship.signals import pressing
from responsief.intake import validate
from responsief.ir.nodes import Today
from responsief.ir.program import LinkError, Program, counts_on
from responsief.ir.ruleset import Ruleset
from responsief.ir.transition import home_of
from responsief.ir.types import Kind
from responsief.ir.verdict import Verdict
from responsief.messages import TEXTS
from responsief.motivation import deadlines, screen, texts
from responsief.motivation.disputes import claims
from responsief.register import Aids, Moment, Register
from responsief.rights import Overview, Page, Seen, overview
from responsief.situation import Partner, Situation, replace
from responsief.values import Between, format_day

if TYPE_CHECKING:
    from responsief.backends.to_columns import Catalogue, Extra


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


class Judged(NamedTuple):
    """A verdict with the situation as it was heard, and the paths that are in dispute."""

    compiled: Compiled
    heard: Situation
    conflicts: tuple[str, ...]
    verdict: Verdict


Made = TypeVar("Made")


class Desk:
    """Decides situations against a register. Threads may share one desk.

    Without `follow` a right that runs over time is not followed from day to day (`Start.verloop` stays empty): for whoever reads
    no more than what comes out on the reference date.
    """

    def __init__(self, register: Register, *, follow: bool = True) -> None:
        self.register = register
        self._follow = follow
        self._regulations: dict[tuple[str, bool], Regulation] = {}
        self._dates: dict[tuple[str, Moment], Compiled] = {}  # how each ruleset takes its reference date from a situation

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
        """Decisions on these rulesets (None: every one in force there that is not known to be about others), and what could not
        be decided with its reason."""
        if sender is not None and not isinstance(sender, Sender):
            raise TypeError(f"sender must be a Sender, not {type(sender).__name__}")
        wanted = [rulesets] if isinstance(rulesets, str) else rulesets
        return Decisions(
            *self._each(situation, wanted, on, today, (False,), lambda ident, day: self._decide(situation, ident, day, sender))
        )

    def _each(
        self,
        situation: Situation,
        rulesets: Iterable[str] | None,
        on: date | None,
        today: date | None,
        leave_out: tuple[bool | None, ...],
        make: Callable[[str, date], Made],
    ) -> tuple[tuple[Made, ...], tuple[NotDecided, ...], tuple[NotRaised, ...]]:
        """What `make` makes of each ruleset on its day, what could not be decided, and what is not about this person: of
        everything (None) those of which it is known (False) or not known (None) whether they come up, as `leave_out` says."""
        _must_be_days(on, today)
        wrong = check_own(situation, self._own_names)
        if wrong:
            raise InvalidError(wrong)
        everything = rulesets is None
        made: list[Made] = []
        refused: list[NotDecided] = []
        not_raised: list[NotRaised] = []
        not_then: list[NotDecided] = []
        for ident in dict.fromkeys(self.register.ids() if rulesets is None else rulesets):
            if everything and not self._here(situation, ident):
                continue
            try:
                if everything:
                    self._must_know_place(situation, ident)
                day = self._reference_date(situation, ident, on, today)
                if everything and not self._there(situation, ident, day):
                    continue
                other = self._not_raised(situation, ident, day, leave_out) if everything else None
                if other is not None:
                    not_raised.append(other)
                else:
                    made.append(make(ident, day))
            except LinkError as error:
                # of everything that there is, what is not in force then is no news, unless nothing is
                silent = everything and (error.code, error.words.get("naam")) == ("versie-ontbreekt", ident)
                (not_then if silent else refused).append(NotDecided(ident, reason_of(error)))
        return tuple(made), tuple(refused or (() if made else not_then)), tuple(not_raised)

    def _here(self, situation: Situation, ident: str) -> bool:
        """Can this ruleset be one of where the person lives? What is local is, while that is not known; and what somebody told
        facts for may be one of another place too (a tax on a house elsewhere)."""
        here = situation.effective.persoon.gemeente
        versions = self.register.versions[ident]
        told = ident in situation.eigen and any(r.gebied is not None for r in versions)
        return here is None or told or any(r.holds_in(here) for r in versions)

    def _there(self, situation: Situation, ident: str, day: date) -> bool:
        """Among everything: does the version of that day decide something, there?"""
        here, ruleset = situation.effective.persoon.gemeente, self.register.version(ident, day)
        told = ident in situation.eigen and ruleset.gebied is not None
        return ruleset.decides and (here is None or told or ruleset.holds_in(here))

    def _must_know_place(self, situation: Situation, ident: str) -> None:
        """Among everything, what is local is decided only for who is known to live there. Raises LinkError."""
        here = situation.effective.persoon.gemeente
        told = ident in situation.eigen and any(r.gebied is not None for r in self.register.versions[ident])
        if here is None and not told and all(r.local for r in self.register.versions[ident]):
            raise LinkError("gemeente-onbekend", naam=ident)

    def _not_raised(self, situation: Situation, ident: str, day: date, leave_out: tuple[bool | None, ...]) -> NotRaised | None:
        """Among everything: a ruleset that is about others (or may be), unless somebody told facts for it."""
        ruleset = self.register.version(ident, day)
        if ruleset.ter_sprake is None or ident in situation.eigen:
            return None
        _must_have_an_age(situation, day)
        place = situation.effective.persoon.gemeente
        aids = self.register.aids(day, ruleset.gemeente or place)
        found = aids.raised(ident, self._looked(aids, situation, day))
        if found not in leave_out:
            return None
        return NotRaised(ident, ruleset.titel, ruleset.ter_sprake.uitleg, "onbekend" if found is None else "nee")

    def _looked(self, aids: Aids, situation: Situation, day: date) -> tuple[Any, ...]:
        """The catalogue looked at without a decision that it is about; once per situation and day."""
        kept = situation.own_values
        found: tuple[Any, ...] | None = kept.get((aids, day))
        if found is None:
            found = kept[(aids, day)] = aids.compiled.run(situation, day, NO_CASE)
        return found

    def rights(self, situation: Situation, on: date | None = None, *, today: date | None = None) -> Overview:
        """Everything that this person may be entitled to, on one page: every ruleset in force there that is about her, with its
        outcome, a no with its way out; whom the others are for; what the rights mean for each other; and which provisions of
        the catalogue fit too.

        Without `on` and `today` each ruleset that says its own reference date is decided on that, the others are not. Raises
        InvalidError when the situation is wrong, LookupError when nothing tells the day. Reading all rulesets is a purpose of its own: state it to the person (AVG 5
        lid 1 onder b).
        """
        seen, not_decided, not_raised = self._each(
            situation, None, on, today, (False, None), lambda ident, day: self._seen(situation, ident, day)
        )
        day = on or today or max((one.verdict.peildatum for one in seen), default=None)
        if day is None:
            raise LookupError(REASONS["peildatum-onbekend"])
        aids = self.register.aids(day, situation.effective.persoon.gemeente)
        run = self._looked(aids, situation, day)
        cases = [Case(one.regelset.id, "afgewezen", False) for one in seen if one.verdict.uitkomst == "afgewezen"]
        runs = (run, *(aids.compiled.run(situation, day, case) for case in cases))
        titles = {ident: versions[-1].titel for ident, versions in self.register.versions.items()}
        page = Page(aids, runs, situation, day, pressing(self.register, aids, run), titles)
        return overview(page, seen, not_decided, not_raised)

    def _seen(self, situation: Situation, ident: str, day: date) -> Seen:
        """One ruleset on the page: its outcome now, the decision with its review and texts when somebody looks."""
        judged = self.judge(situation, ident, day)
        compiled, verdict = judged.compiled, judged.verdict
        assert compiled.program.ruleset is not None
        return Seen(
            compiled.program.ruleset,
            verdict,
            partial(compiled.program.value, run=verdict.run),
            lambda: Explainer(compiled, verdict, judged.heard).needed(),
            lambda: self._decide(situation, ident, day, None),
        )

    def verdict(self, situation: Situation, ruleset: str, on: date) -> Verdict:
        """Only the outcome with its compact trace: no review, no words. For scans and other rulesets' alternatives.

        Raises LookupError when the ruleset can't be decided then and there.
        """
        _must_be_days(on)
        try:
            return self._verdict(self._compiled(situation, ruleset, on), situation, on)
        except LinkError as error:
            raise LookupError(reason_of(error)) from None

    def beside(self, situation: Situation, ruleset: str, on: date, wanted: Sequence[Extra]) -> dict[Extra, str | None]:
        """What there is to say beside `verdict`: ids of facts still needed, clauses in reach, signals and what else holds (see
        `hardship.beside`). For scans; raises as `verdict` does."""
        from responsief.hardship.beside import beside  # late: only scans ask

        _must_be_days(on)
        try:
            compiled = self._compiled(situation, ruleset, on)
            verdict = self._verdict(compiled, situation, on)
        except LinkError as error:
            raise LookupError(reason_of(error)) from None
        case = self._hard_case(compiled, verdict, situation, Explainer(compiled, verdict, situation), alone=True)
        return beside(case, wanted, case.ruleset.gemeente or situation.effective.persoon.gemeente)

    def catalogue_beside(self, compiled: Compiled, on: date, here: str | None) -> Catalogue:
        """The same for tables (`to_columns.compile_columns`): of one ruleset, for who lives there (None: not known where)."""
        from responsief.hardship.beside import catalogue_of  # late: only scans ask

        ruleset = compiled.program.ruleset
        assert ruleset is not None
        place = ruleset.gemeente or here
        return catalogue_of(self.register, self.register.aids(on, place), ruleset, on, place)

    def _verdict(self, compiled: Compiled, situation: Situation, day: date) -> Verdict:
        """A verdict is reached once per situation: the review of every other ruleset looks at it too."""
        kept = situation.own_values
        found: Verdict | None = kept.get((compiled, day))
        if found is None:
            found = kept[(compiled, day)] = compiled.decide(situation, day)
        return found

    def _compiled(self, situation: Situation, ident: str, day: date) -> Compiled:
        return self.compiled_in(situation.effective.persoon.gemeente, ident, day)

    def compiled_in(self, here: str | None, ident: str, day: date) -> Compiled:
        """A ruleset as it is decided for who lives there: a local one in its own municipality, also where that of the person is not
        known. Raises LinkError when it can't be decided then and there."""
        home = next((r.gemeente for r in self.register.versions.get(ident, ()) if r.holds_on(day)), None)
        if home is not None and here is not None and home != here:
            raise LinkError("andere-gemeente", naam=ident)
        return self._decidable(ident, day, home or self._area_place(ident, day, here))

    def _area_place(self, ident: str, day: date, here: str | None) -> str | None:
        """Where a ruleset is linked for somebody: where she lives; of a body with an area in which she doesn't, within that area.
        What another municipality fills in has nothing to do with it."""
        area = next((r.gebied for r in self.register.versions.get(ident, ()) if r.holds_on(day)), None)
        return here if area is None or here in area else min(area.gemeenten, default=here)

    def _decidable(self, ident: str, day: date, place: str | None) -> Compiled:
        """A ruleset with at least one criterion in force: LinkError when there is nothing to decide."""
        compiled = self.register.compiled(ident, day, place)
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        if ruleset.soort == "begrippen":
            raise LinkError("geen-regelset", naam=ident)
        if not any(counts_on(criterion, day) for criterion in ruleset.criteria):
            raise LinkError("geen-criterium", naam=ident)
        return compiled

    def reference_date(self, situation: Situation, ruleset: str, on: date | None, today: date | None) -> date:
        """The reference date: the one given, else what the ruleset says, else today. LookupError when nothing tells."""
        _must_be_days(on, today)
        try:
            return self._reference_date(situation, ruleset, on, today)
        except LinkError as error:
            raise LookupError(reason_of(error)) from None

    def _reference_date(self, situation: Situation, ruleset: str, on: date | None, today: date | None) -> date:
        if ruleset not in self.register.versions:
            raise LinkError("regelset-onbekend", naam=ruleset)
        if on is not None:
            return on
        fallback = today or date.max
        candidates = [r for r in self.register.versions.get(ruleset, ()) if r.holds_on(fallback)] or list(
            self.register.versions.get(ruleset, ())
        )[-1:]
        for candidate in candidates:
            if today is None and candidate.peildatum is not None and counts_from_today(self.register, candidate):
                continue
            found = self._stated_date(candidate, situation, fallback)
            if found is not None:
                return found
        if today is None:
            raise LinkError("peildatum-onbekend", naam=ruleset)
        return today

    def _stated_date(self, ruleset: Ruleset, situation: Situation, today: date) -> date | None:
        """What a ruleset's own `peildatum` gives on this situation, when that is a full date."""
        if ruleset.peildatum is None:
            return None
        here = situation.effective.persoon.gemeente
        key = (ruleset.sha256, self.register.moment(today, here))
        compiled = self._dates.get(key)
        if compiled is None:
            program = self.register.link([ruleset.peildatum], ruleset, today, here)
            compiled = self._dates.setdefault(key, Compiled(program, figures_known=False))
        found = compiled.program.value(ruleset.peildatum, compiled.run(situation, today))
        return found if isinstance(found, date) else None

    def judge(self, situation: Situation, ident: str, day: date) -> Judged:
        """The verdict on what is beyond dispute: where register and client differ and it matters, the fact is unknown."""
        compiled = self._compiled(situation, ident, day)
        _must_have_an_age(situation, day)
        heard, conflicts = self._doubt_what_conflicts(compiled, situation, day)
        return Judged(compiled, heard, conflicts, self._verdict(compiled, heard, day))

    def _decide(self, situation: Situation, ident: str, day: date, sender: Sender | None) -> Decision:
        compiled, heard, conflicts, verdict = self.judge(situation, ident, day)
        explainer = Explainer(compiled, verdict, heard)
        case = self._hard_case(compiled, verdict, heard, explainer)
        granted = verdict.uitkomst == "toegekend"
        found = None if granted else review(case)
        draft = self._draft(
            compiled, verdict, heard, explainer, found, pressing(case.register, case.aids, case.aids_run) if granted else ()
        )
        draft = dataclasses.replace(
            draft,
            ingang=self._start(compiled, verdict, heard, explainer),
            aandacht=_attention(compiled, verdict, explainer),
            overgang=tuple(explainer.kept()),
        )
        advice = to_fetch(case, found.clausules) if found is not None else ()
        return Decision(
            draft,
            _not_ripe(draft, [_label(compiled, path) for path in conflicts], advice),
            lambda: texts(draft, sender),
            lambda: self._receipt(compiled, situation, day, case),
            lambda: deadlines(draft, sender),
            lambda: screen(draft),
            sender,
        )

    def _draft(
        self,
        compiled: Compiled,
        verdict: Verdict,
        situation: Situation,
        explainer: Explainer,
        found: Review | None,
        pressing: tuple[Signal, ...],
    ) -> Draft:
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        amount = Amount(verdict.bedrag, ruleset.per) if verdict.bedrag is not None else None
        full = Amount(verdict.bedrag_vol, ruleset.per) if verdict.bedrag_vol is not None else None
        return Draft(
            regeling=self._regulation(ruleset, verdict.peildatum),
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
            haast=pressing,
        )

    def _start(self, compiled: Compiled, verdict: Verdict, situation: Situation, explainer: Explainer) -> Start | None:
        """Of a right that runs over time: from when, and what came out on every day since."""
        ruleset = compiled.program.ruleset
        if ruleset is None or ruleset.ingang is None:
            return None
        begin, ident = ruleset.ingang, ruleset.id
        first = explainer.value(begin.vanaf)
        if not isinstance(first, date):
            return Start(None, begin.grondslag, begin.uitleg, ())
        if not self._follow:
            return Start(first, begin.grondslag, begin.uitleg, ())
        course = stretches(situation, first, verdict.peildatum, lambda day: self._compiled(situation, ident, day))
        return Start(first, begin.grondslag, begin.uitleg, course)

    def _hard_case(
        self, compiled: Compiled, verdict: Verdict, situation: Situation, explainer: Explainer, *, alone: bool = False
    ) -> HardCase:
        """A verdict as the hardship pass looks at it; `alone`: without the other rulesets."""
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        day, place = verdict.peildatum, ruleset.gemeente or situation.effective.persoon.gemeente
        aids = self.register.aids(day, place)
        case = Case(ruleset.id, verdict.uitkomst, verdict.uitkomst == "onbepaald" and bool(explainer.open_facts))
        run = aids.compiled.run(situation, day, case)
        alone = alone or verdict.uitkomst == "toegekend"  # then nothing else is looked for
        others = {} if alone else self._others(ruleset.id, situation, day, place, aids, run)
        return HardCase(self.register, aids, run, ruleset, verdict, situation, explainer, others)

    def _others(
        self, refused: str, situation: Situation, day: date, place: str | None, aids: Aids, run: tuple[Any, ...]
    ) -> dict[str, tuple[Compiled, Verdict]]:
        """The other rulesets in force that may be about her, decided on the same situation and day; what can't be decided is
        left out."""
        found = {}
        for ruleset in self.register.in_force(day, place):
            if ruleset.id == refused or (aids.raised(ruleset.id, run) is not True and ruleset.id not in situation.eigen):
                continue
            try:
                compiled = self._decidable(ruleset.id, day, place)
                found[ruleset.id] = compiled, self._verdict(compiled, situation, day)
            except LinkError:
                continue
        return found

    # what registers and client say differently

    def _doubt_what_conflicts(self, compiled: Compiled, situation: Situation, day: date) -> tuple[Situation, tuple[str, ...]]:
        """Where the client says otherwise than a register and it matters, the fact is in dispute: hear first (Awb 4:7).

        It matters when the decision would be another one with what the client says: of one fact, or of all of them together.
        """
        told = {path: origin.eigen_opgave for path, origin in situation.feiten.items() if origin.eigen_opgave is not None}
        if not told:
            return situation, ()
        before = outcome(self._verdict(compiled, situation, day))

        def matters(paths: Iterable[str]) -> bool:
            other = situation
            for path in paths:
                other = with_claim(other, path, told[path])
            return outcome(compiled.decide(other, day)) != before

        disputed = [path for path in told if matters([path])]
        rest = [path for path in told if path not in disputed]
        if len(rest) > 1 and matters(rest):
            disputed += rest
        if not disputed:
            return situation, ()
        origins = {
            path: origin.model_copy(update={"betwist": True}) if path in disputed else origin
            for path, origin in situation.feiten.items()
        }
        return replace(situation, "feiten", origins), tuple(disputed)

    def _regulation(self, ruleset: Ruleset, day: date) -> Regulation:
        key = (ruleset.sha256, ruleset.verified_on(day))
        found = self._regulations.get(key)
        return found or self._regulations.setdefault(key, regulation(ruleset, verified=key[1]))

    # receipt

    def _receipt(self, compiled: Compiled, situation: Situation, day: date, case: HardCase) -> Receipt:
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        programs = [compiled.program, case.aids.compiled.program, *(other.program for other, _ in case.others.values())]
        read = dict.fromkeys(Source(home_of(r.id), r.versie, r.sha256) for program in programs for r in program.parts)
        facts = read_facts(compiled.program)
        for path in facts_of(case):
            facts.setdefault(path, []).append(REVIEW)
        written = json.dumps(situation.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return Receipt(
            regelset=ruleset.id,
            versie=ruleset.versie,
            sha256=ruleset.sha256,
            motor=engine_version(),
            keten=self.register.chainer().name,
            peildatum=day,
            situatie_sha256=hashlib.sha256(written.encode()).hexdigest(),
            gelezen=(*read, Source("register", "-", self.register.sha256)),
            feiten=tuple((path, ", ".join(names)) for path, names in sorted(facts.items())),
        )


NO_CASE: Final = Case("", "", False)  # the catalogue looked at without a decision that it is about


REVIEW = "hardheidstoets"  # why a fact was read that the ruleset itself does not ask: signals, provisions, other rulesets


def _attention(compiled: Compiled, verdict: Verdict, explainer: Explainer) -> tuple[Attention, ...]:
    """What somebody who gets something must know of: what is so, and what may be so while a fact is unknown."""
    ruleset = compiled.program.ruleset
    if ruleset is None or verdict.uitkomst not in ("toegekend", "gedeeltelijk"):
        return ()
    return tuple(
        Attention(one.id, one.soort, one.tekst, one.grondslag, "ja" if holds else "na_te_gaan", one.geverifieerd)
        for one in ruleset.aandacht
        if (holds := explainer.value(one.als)) is not False
    )


def regulation(ruleset: Ruleset, *, verified: bool) -> Regulation:
    """What the words need to know of a ruleset, on a day of which its text was compared with the source or not."""
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
        voorschot=ruleset.voorschot,
        beslistermijn=ruleset.beslistermijn,
        geverifieerd=verified,
        tekst_van=ruleset.tekst_van,
        bekendgemaakt=ruleset.bekendgemaakt,
    )


def read_facts(program: Program) -> dict[str, list[str]]:
    """Every fact that a ruleset reads, and what reads it: why this fact was asked (AVG 5)."""
    ruleset = program.ruleset
    assert ruleset is not None
    named = [(c.id, root) for c in ruleset.criteria for root in (c.eis, c.wacht_tot, c.aftrek) if root is not None]
    named += [(f"{c.id}: andere lezing", reading.eis) for c in ruleset.criteria for reading in c.lezingen]
    if ruleset.bedrag is not None:
        named.append(("bedrag", ruleset.bedrag))
    if ruleset.ingang is not None:
        named.append(("ingang", ruleset.ingang.vanaf))
    if ruleset.lopend is not None:
        named += [("overgang", one.overgang.voor) for one in ruleset.lopend.eerder]
    named += [(f"aandachtspunt {one.id}", one.als) for one in ruleset.aandacht]
    named += [(f"samenloop {one.met}", one.als) for one in ruleset.samenloop if one.als is not None]
    named += [(f"clausule {c.id}", bar.als) for c in ruleset.hardheid for bar in (*c.niet_als, *c.voorwaarden)]
    linked = {id(root) for root in program.roots}  # what is not in force yet is not read
    found: dict[str, dict[str, None]] = {}
    for name, root in named:
        if id(root) in linked:
            for path in map(path_of, program.facts(root)):
                found.setdefault(path, {})[name] = None
    return {path: list(names) for path, names in found.items()}


def facts_of(case: HardCase) -> set[str]:
    """Every fact that the hardship pass read: for signals, for conditions of provisions, for the other rulesets."""
    programs = [case.aids.compiled.program, *(compiled.program for compiled, _ in case.others.values())]
    return {path_of(leaf) for program in programs for leaf in program.every_fact()}


_SUPPLIED: Final[dict[Leverancier, tuple[BlokkadeSoort, str]]] = {
    "aanvrager": ("gegevens_vragen", "gegevens vragen, met een termijn om aan te vullen ({wet}): {wat}"),
    "gemeente": ("zelf_opzoeken", "zelf opzoeken (Awb 3:2): {wat}"),
    "adviseur": ("advies", "advies vragen: {wat}"),
    "oordeel": ("oordeel", "een oordeel geven, met reden: {wat}"),
}


def _not_ripe(draft: Draft, conflicts: Sequence[str], advice: Sequence[str]) -> tuple[Blocker, ...]:
    """What still blocks a person from deciding."""
    return tuple([Blocker(kind, text) for kind, text in _blocking(draft, conflicts, advice)])


def _blocking(draft: Draft, conflicts: Sequence[str], advice: Sequence[str]) -> Iterator[tuple[BlokkadeSoort, str]]:
    law = draft.regeling
    if conflicts:
        yield "horen", f"eerst horen ({law.horen or 'Awb 4:7'}): de inwoner zegt iets anders over {' en '.join(conflicts)}"
    followed = [one.label for one in claims(draft) if not one.doubted]
    if followed:
        yield (
            "geschil",
            f"zeggen wie is geloofd, en waarom (Awb 3:46): de inwoner zegt iets anders over {' en '.join(followed)}",
        )
    for supplier, (kind, text) in _SUPPLIED.items():
        labels = [need.label for need in draft.nog_nodig if need.van == supplier]
        if labels:
            yield kind, text.format(wet=law.aanvullen or "Awb 4:5", wat=", ".join(labels))
    if advice:
        yield "clausule", f"voor de clausule eerst ophalen: {'; '.join(advice)}"
    if draft.te_wegen:
        yield "wegen", f"wegen of er wordt geweigerd (Awb 3:4): {', '.join(draft.te_wegen)}"
    if draft.ingang is not None and (days := draft.ingang.otherwise(draft.uitkomst)):
        told = "; ".join(f"{format_day(one.van)} tot en met {format_day(one.tot)}: {one.uitkomst}" for one in days)
        yield "verloop", f"beslissen over de dagen waarop het anders was ({draft.ingang.grondslag}): {told}"
    if draft.uitkomst == "onbepaald" and not draft.te_wegen and not draft.nog_nodig:
        yield "geen_uitkomst", "de regels geven hier geen uitkomst, ook al is alles bekend: meld dit aan wie ze beheert"
    if draft.uitkomst == "wacht" and draft.wacht_tot is not None:
        yield "wachten", f"wachten tot {format_day(draft.wacht_tot)}, of eerder beginnen met een clausule"
    if draft.hardheid is not None:
        open_count = sum(w.voorstel == "nog_te_wegen" for w in draft.hardheid.weging)
        suggested = len(draft.hardheid.weging) - open_count
        if open_count:
            yield "weging_open", f"{open_count} keer een omstandigheid nog wegen"
        if suggested:
            yield "voorstel", f"{suggested} keer een voorstel bevestigen of vervangen: een voorstel is nog geen weging"
    if not law.geverifieerd or any(not c.geverifieerd for c in draft.failed):
        yield "tekst_ongeverifieerd", "de wettekst of cijfers zijn niet geverifieerd"
    if draft.uitkomst != "onbepaald":
        yield "mandaat", "een medewerker met mandaat beslist en ondertekent"


REASONS = {
    "peildatum-onbekend": "er is geen peildatum: noem er een, of vul de datum van de aanvraag in",
    "andere-gemeente": "deze regeling is van een andere gemeente dan waar de inwoner woont",
    "gemeente-onbekend": "deze regeling geldt niet overal, en waar de inwoner woont is niet bekend",
    "geen-regelset": "dit is een bestand met gedeelde begrippen: daarover valt niets te beslissen",
    "geen-criterium": "op deze datum is geen enkele voorwaarde van deze regelset in werking",
}


OLDEST = 125  # years: whoever was born before that is a mistake in the file


def _must_be_days(*days: object) -> None:
    for day in days:
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            raise TypeError(f"a day must be a datetime.date, not {type(day).__name__}")


def _must_have_an_age(situation: Situation, day: date) -> None:
    """Nobody decides about somebody who is not born yet, or older than anyone ever was. Raises InvalidError."""
    partner = situation.huishouden.partner
    people = [("persoon", situation.persoon), ("huishouden.partner", partner if isinstance(partner, Partner) else None)]
    wrong = []
    for path, person in people:
        born = person.geboortedatum if person is not None else None
        if born is None:
            continue
        first, last = (born.lo, born.hi) if isinstance(born, Between) else (born, born)
        if first > day:
            text = f"deze geboortedatum ligt na de peildatum ({format_day(day)})"
        elif day.year - last.year > OLDEST:
            text = f"met deze geboortedatum is iemand ouder dan {OLDEST} jaar"
        else:
            continue
        wrong.append(Diagnostic("geboortedatum", text, hulp="kijk het jaar na", pad=f"{path}.geboortedatum"))
    if wrong:
        raise InvalidError(wrong)


def counts_from_today(register: Register, ruleset: Ruleset) -> bool:
    """Does the rule for the reference date itself read the day of today?"""
    assert ruleset.peildatum is not None
    program = register.link([ruleset.peildatum], ruleset, ruleset.van, ruleset.gemeente)
    return any(isinstance(slot, Today) for slot in program.slots)


def reason_of(error: LinkError) -> str:
    """Why something can't be decided, in Dutch."""
    if error.code in REASONS:
        return REASONS[error.code]
    text, advice = TEXTS[error.code]
    words = {k: format_day(v) if isinstance(v, date) else v for k, v in error.words.items()}
    return f"{text.format(**words)} ({advice.format(**words)})" if advice else text.format(**words)


def _label(compiled: Compiled, path: str) -> str:
    own = {f"eigen.{home}.{d.naam}": d.label for home, d in compiled.program.own}
    return own.get(path) or label_of(path.split("."))


def with_claim(situation: Situation, path: str, claim: Any) -> Situation:
    """The situation as the client tells it: `claim` at `path`. Raises InvalidError when such a thing can't stand there."""
    steps = path.split(".")
    if steps[0] == "eigen":
        home, name = steps[1], ".".join(steps[2:])
        return replace(situation, "eigen", {**situation.eigen, home: {**situation.eigen.get(home, {}), name: claim}})
    raw: Any = claim
    for at in reversed(range(len(steps))):
        raw = [raw] if steps[at].isdigit() else {steps[at]: raw}
        raw = [raw] if _of_every_entry(steps, at) else raw
    try:
        value: Any = validate(raw)
    except InvalidError as wrong:
        pad = f"feiten.{path}.eigen_opgave"
        raise InvalidError([dataclasses.replace(d, pad=pad) for d in wrong.diagnostics]) from None
    for at, step in enumerate(steps):
        value = value[0] if _of_every_entry(steps, at) else value
        value = value[0] if step.isdigit() else getattr(value, step)
    return replace(situation, path, value)


def _of_every_entry(steps: Sequence[str], at: int) -> bool:
    """Does this step name a field of a list («inkomsten.bedrag»), so of every entry in it?"""
    holder = field_of(".".join(steps[:at])) if at and not steps[at].isdigit() and not steps[at - 1].isdigit() else None
    return holder is not None and holder.type.kind is Kind.LIJST
