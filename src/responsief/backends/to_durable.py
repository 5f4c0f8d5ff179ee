"""The signal rules on durable-rules 2.0.28. Every hazard of that engine ends in this file.

A rule becomes a conjunction of positive patterns, each an equality on `soort`; a fact that holds becomes a message with
that `soort`. Nothing else of its language is used: absence, arithmetic and comparison misbehave in this version.

What the shape of this file answers:
- `Host` starts timer threads and keeps global state, so a `Ruleset` stands on its own.
- An instance is not safe to share, so there is one per register and thread. It is taken out while it runs, so that a
  run inside a run (a signal handler) gets its own, and it comes back only from a run that ended well.
- More than 1024 session ids crash, so there is one, deleted after each run.
- Deleting a session in which no rule ever fired frees memory that was never set, and crashes. So one rule of our own
  fires before anything else; what it leaves behind is what later deletions find.
- `Ruleset.do_actions` swallows whatever an action raises, stops without a word once ten seconds passed on the local
  clock (which jumps with summer time), and warns on Python 3.12. So the actions are started and completed here.
- A lost message is reported only as «not handled» or «already observed». Neither can happen here: only a fact that some
  rule reads is asserted, once. So both surface, as everything else does, instead of passing for ordinary.
- Past 511 names it hangs, and past 255 readers of one name it writes outside its tables. So compiling refuses those.
- The wrapper never frees a ruleset. So it is freed here, when its thread or its register goes.
"""

import json
import threading
import weakref
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from responsief.ir.signals import Chainer, Fired, SignalRule, check_facts, check_rules

INSTALL = "CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject' pip install --no-binary :all: durable-rules"

MAX_RULES = 4095  # 4096 actions, of which one is ours
MAX_ALS = 16
MAX_READERS = 255
MAX_NAMES = 510  # 511 names, of which one is ours

_SID = "0"
_START = "#"  # the fact of our own rule: no fact name holds this character


def available() -> bool:
    """Whether durable-rules can be imported here."""
    try:
        import_module("durable.engine")
    except ImportError:
        return False
    return True


def compile_chain(rules: Sequence[SignalRule]) -> Chainer:
    """A chainer for these rules; ValueError when they can't be chained, ImportError when durable-rules isn't there."""
    try:
        durable = import_module("durable.engine")
    except ImportError as error:
        raise ImportError(f"durable-rules can't be imported ({error}); this brings it back: {INSTALL}") from error
    check_rules(rules)
    _check_limits(rules)
    return _Durable(durable, rules)


def _check_limits(rules: Sequence[SignalRule]) -> None:
    readers = Counter(name for rule in rules for name in set(rule.als))
    wrong = [f"rule {rule.id!r} has more than {MAX_ALS} facts" for rule in rules if len(set(rule.als)) > MAX_ALS]
    wrong += [f"{name!r} is read by more than {MAX_READERS} rules" for name, n in readers.items() if n > MAX_READERS]
    if len(readers) > MAX_NAMES:
        wrong.append(f"the rules read more than {MAX_NAMES} facts and signals")
    if len(rules) > MAX_RULES:
        wrong.append(f"there are more than {MAX_RULES} rules")
    if wrong:
        raise ValueError("too much for durable-rules: " + "; ".join(wrong))


class _Durable:
    name: Final = "durable-rules"

    def __init__(self, durable: Any, rules: Sequence[SignalRule]) -> None:
        self._durable = durable
        ordered = sorted(rules, key=lambda rule: rule.id)
        self._fired = tuple(Fired(rule.id, rule.dan, rule.als) for rule in ordered)
        self._names = frozenset(name for rule in ordered for name in rule.als)
        self._idle = threading.local()
        self._idle.engine = self._engine()

    def run(self, facts: frozenset[str]) -> tuple[Fired, ...]:
        held = facts & self._names
        check_facts(facts - held)
        if not held:
            return ()
        engine: _Engine = self._idle.__dict__.pop("engine", None) or self._engine()
        fired = engine.run(held)
        self._idle.engine = engine
        return tuple([self._fired[index] for index in sorted(fired)])

    def _engine(self) -> "_Engine":
        return _Engine(self._durable, self._fired)


class _Engine:
    """One ruleset of durable-rules. Not for two threads, nor for a run inside a run."""

    def __init__(self, durable: Any, rules: Sequence[Fired]) -> None:
        # Rules and facts go by number: ids of rules may hold quotes, and the engine tells messages apart by a hash of
        # their id that is too short for names (these numbers are distinct in it, all of them).
        patterns = {str(index): list(dict.fromkeys(rule.because)) for index, rule in enumerate(rules)}
        names = sorted({name for als in patterns.values() for name in als})
        messages = [{"sid": _SID, "id": str(number), "soort": name} for number, name in enumerate([*names, _START])]
        self._messages = {message["soort"]: message for message in messages}
        self._signals = [rule.signal for rule in rules]

        patterns[_START] = [_START]
        definition = {
            rule: {"all": [{f"m{i}": {"soort": name}} for i, name in enumerate(als)], "run": None}
            for rule, als in patterns.items()
        }
        self._ruleset = durable.Ruleset("signalen", None, definition)
        self._calls = durable.durable_rules_engine
        handle = self._ruleset._handle
        # Not at interpreter exit: other threads may still be running, and the process gives its memory back anyway.
        weakref.finalize(self, self._calls.delete_ruleset, handle).atexit = False

        state = self._ruleset.assert_facts([self._messages[_START]])
        if self._start(state) != _START or self._next(state) is not None:
            raise RuntimeError("durable-rules did not run its first rule")
        self._ruleset.delete_state(_SID)

    def run(self, facts: frozenset[str]) -> list[int]:
        """The numbers of the rules that fire on these facts, all of which some rule reads."""
        messages, asserted, fired = self._messages, set(facts), []
        try:
            state = self._ruleset.assert_facts([messages[fact] for fact in sorted(facts)])
            rule = self._start(state)
            while rule is not None:
                fired.append(int(rule))
                signal = self._signals[int(rule)]
                if signal in messages and signal not in asserted:
                    asserted.add(signal)
                    self._ruleset.assert_fact(messages[signal])
                rule = self._next(state)
        except BaseException:
            # Deleting fails where nothing was asserted; what went wrong before it is what counts.
            with suppress(Exception):
                self._ruleset.delete_state(_SID)
            raise
        self._ruleset.delete_state(_SID)
        return fired

    def _start(self, state: int) -> str | None:
        """The rule whose action is due, if any."""
        due = self._calls.start_action_for_state(self._ruleset._handle, state)
        return None if due is None else _rule(due[1])

    def _next(self, state: int) -> str | None:
        """Complete the action that was started; the rule whose action is due then, if any."""
        due = self._calls.complete_and_start_action(self._ruleset._handle, state)
        return None if due is None else _rule(due)


def _rule(due: str) -> str:
    # {"<rule>": {"m0": {…}, …}}
    (rule,) = json.loads(due)
    return str(rule)
