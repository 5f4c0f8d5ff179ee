"""Where responsief runs, without those systems: a sample repository with a real history, and steps run as each system runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "docs" / "ci" / "gitlab.yml"
AZURE = ROOT / "docs" / "ci" / "azure-pipelines.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"

RULES = """\
regelset: fietsfonds
formaat: 1
titel: Fietsfonds
soort: beleidsregel
bron: {regeling: CVDR000000, naam: Fietsfonds}
geldig: {van: 2026-01-01}
bevoegd: {orgaan: college, gemeente: "0599"}
doel: Met een fiets komt iemand op zijn werk, op school en bij familie.
leefgebieden: [meedoen, werk]
geverifieerd: nee
procedure:
  rechtsmiddel: {soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}
  aanvullen: Awb 4:5
  horen: Awb 4:7

gegevens:
  inkomen_per_maand:
    type: geld
    label: inkomen per maand
    vraag: Wat is uw inkomen per maand?
    van: [inwoner]

bedragen:
  grens:
    label: de grens voor inkomen per maand
    grondslag: art. 2
    bron: CVDR000000 art. 2
    waarden: {2026-01-01: "€ 1.500"}

criteria:
  - id: inkomen_per_maand
    titel: Uw inkomen per maand is niet te hoog
    grondslag: art. 2
    doel: Met een fiets komt iemand op zijn werk, op school en bij familie.
    uitleg: Uw inkomen per maand is niet te hoog.
    eis: inkomen_per_maand <= grens
    bewijs: een verklaring van de inwoner

hardheid:
  - id: awb-4-84
    soort: awb_4_84
    grondslag: Awb 4:84
    tekst: Het bestuursorgaan handelt overeenkomstig de beleidsregel, tenzij dat voor een of meer belanghebbenden gevolgen zou hebben die wegens bijzondere omstandigheden onevenredig zijn in verhouding tot de met de beleidsregel te dienen doelen.
    maatstaf: onevenredig zijn in verhouding tot de met de beleidsregel te dienen doelen
    geldt_voor: [inkomen_per_maand]
    wie_beslist: college
    mag: [toekennen]
"""
CASES = """\
proef: fietsfonds
formaat: 1
basis:
  iemand: {persoon: {gemeente: "0599"}}
gevallen:
  - naam: net wel
    peildatum: 2026-01-01
    basis: iemand
    situatie: {eigen: {fietsfonds: {inkomen_per_maand: "€ 1.400"}}}
    verwacht: {uitkomst: toegekend}
"""
BROKEN = ("eis: inkomen_per_maand <= grens", "eis: inkomen_per_maand <= 1500")
DAY = "2026-10-01"


def git(at: Path, *words: str) -> str:
    who = ("-c", "user.name=Een beleidsmedewerker", "-c", "user.email=b@gemeente.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *words], cwd=at, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout.strip()


def sample(at: Path, old: str = "€ 1.500", new: str = "€ 1.450") -> Path:
    """A repository with a branch «main» and, checked out, a branch «voorstel» on which one text became another."""
    (at / "rulesets").mkdir(parents=True)
    file = at / "rulesets" / "fietsfonds.yaml"
    file.write_text(RULES, encoding="utf-8")
    (at / "rulesets" / "fietsfonds.test.yaml").write_text(CASES, encoding="utf-8")
    git(at, "init", "--quiet", "--initial-branch=main")
    git(at, "add", "--all")
    git(at, "commit", "--quiet", "--message=Zo was het")
    git(at, "switch", "--quiet", "--create", "voorstel")
    assert old in RULES
    file.write_text(RULES.replace(old, new), encoding="utf-8")
    git(at, "commit", "--quiet", "--all", "--message=Zo wordt het")
    return at


def checkout(origin: Path, at: Path, ref: str = "voorstel", depth: int = 0) -> Path:
    """What actions/checkout leaves: no branch, the commit itself, and with a depth no more history than that."""
    at.mkdir()
    git(at, "init", "--quiet")
    git(at, "remote", "add", "origin", origin.resolve().as_uri())
    refs = ["+refs/heads/*:refs/remotes/origin/*"] if not depth else []
    git(at, "fetch", "--quiet", "--no-tags", *([f"--depth={depth}"] if depth else []), "origin", *refs, ref)
    git(at, "checkout", "--quiet", "--detach", "FETCH_HEAD" if depth else git(origin, "rev-parse", ref))
    return at


def program(at: Path) -> Path:
    """A folder with this very `responsief` and Python in it, as an installation has them."""
    at.mkdir(parents=True, exist_ok=True)
    start = f"import sys\nsys.path.insert(0, {str(ROOT / 'src')!r})\nfrom responsief.cli import main\nmain()\n"
    (at / "responsief").write_text(f"#!{sys.executable}\n{start}", encoding="utf-8")
    (at / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    for name in ("responsief", "python"):
        (at / name).chmod(0o755)
    return at


def instead_of_python(at: Path, name: str) -> Path:
    """A Python that makes an environment with this very `responsief` in it, and a pip that notes what it was asked to install."""
    at.mkdir(parents=True, exist_ok=True)
    ready = program(at / "klaar")
    (ready / "pip").write_text('#!/bin/sh\necho "$@" > "$(dirname "$0")/gevraagd"\n', encoding="utf-8")
    (ready / "pip").chmod(0o755)
    script = f'#!/bin/sh\n[ "$1 $2 $3" = "-I -m venv" ] && mkdir -p "$4" && cp -R "{ready}" "$4/bin"\n'
    (at / name).write_text(script, encoding="utf-8")
    (at / name).chmod(0o755)
    return at


def environment(**more: str) -> dict[str, str]:
    """Of this machine only what a runner has too. pip takes what is installed here already: a test needs no network for it."""
    packages = os.pathsep.join(p for p in sys.path if p.endswith(("site-packages", "dist-packages")))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "RESPONSIEF_CACHE") if name in os.environ}
    pip = {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1", "PYTHONPATH": packages}
    return {**kept, **pip, "PYTHONIOENCODING": "utf-8", "CI": "true", **more}


def bash(script: str, at: Path, env: Mapping[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """A script as a runner starts it, with what it prints in one log."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", *options, "-c", script],
        cwd=at, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


# --- GitHub ------------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"\b(?:inputs|steps|github|runner|env)(?:\.[\w-]+)+")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


@dataclass
class Run:
    """What a run of the action left."""

    code: int = 0
    log: str = ""
    steps: dict[str, dict[str, str]] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    used: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    summary: str = ""


def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return found


class Runner:
    """Runs the action in a checkout, step by step, the way GitHub's runner does: expressions, `if`, environment files, `bash -e`."""

    def __init__(self, at: Path, temp: Path, event: Mapping[str, Any], env: Mapping[str, str], bin: Path | None = None) -> None:
        self.at, self.temp, self.event = at, temp, event
        self.bin = bin  # in the place of the installation
        temp.mkdir(parents=True, exist_ok=True)
        self.files = {name: temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")}
        fixed = {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_REPOSITORY": "gemeente/regels", "RUNNER_TEMP": str(temp)}
        self.env = environment(**fixed, **{name: str(path) for name, path in self.files.items()}, **env)

    def run(self, only: tuple[str, ...] = (), steps: Mapping[str, Mapping[str, str]] | None = None, **inputs: str) -> Run:
        """All steps, or `only` some by their id; `steps` are outputs of steps that ran before."""
        described = action()
        given = {name: one.get("default", "") for name, one in described["inputs"].items()}
        assert not (wrong := {name.replace("_", "-") for name in inputs} - set(given)), wrong
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        done = Run(steps={name: dict(one) for name, one in (steps or {}).items()})
        for path in self.files.values():
            path.write_text("", encoding="utf-8")
        for step in described["runs"]["steps"]:
            if only and step.get("id") not in only:
                continue
            if done.code or ("if" in step and not self.value(step["if"], given, done)):
                continue
            if "uses" in step:
                values = {name: self.told(value, given, done) for name, value in step.get("with", {}).items()}
                done.used.setdefault(step["uses"], []).append(values)
                if "id" in step:
                    done.steps[step["id"]] = {"python-path": sys.executable}
                continue
            if step.get("id") == "install" and self.bin is not None:
                reports = self.temp / "verslagen"
                reports.mkdir(exist_ok=True)
                done.steps["install"] = {"bin": str(self.bin), "reports": str(reports)}
                continue
            self._step(step, given, done)
        done.summary = self.files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        done.outputs = {name: self.told(one["value"], given, done) for name, one in described["outputs"].items()}
        return done

    def _step(self, step: Mapping[str, Any], given: Mapping[str, str], done: Run) -> None:
        assert step["shell"] == "bash"
        output = self.files["GITHUB_OUTPUT"]
        output.write_text("", encoding="utf-8")
        own = {name: self.told(value, given, done) for name, value in step.get("env", {}).items()}
        ran = bash(step["run"], self.at, {**self.env, **own}, "-e", "-o", "pipefail")
        done.log += ran.stdout
        done.code = ran.returncode
        rows = [line.partition("=") for line in output.read_text(encoding="utf-8").splitlines()]
        done.steps[step.get("id", "")] = {name: value for name, _, value in rows}

    def told(self, text: object, given: Mapping[str, str], done: Run) -> str:
        """A text with its expressions worked out."""
        return _EXPRESSION.sub(lambda found: str(self.value(found[1], given, done)), str(text))

    def value(self, expression: str, given: Mapping[str, str], done: Run) -> Any:
        """An expression of GitHub's: names, texts, `==`, `!=`, `&&`, `||`. What is not there is an empty text."""
        texts: list[Any] = []

        def looked_up(found: re.Match[str]) -> str:
            first, *rest = found[0].split(".")
            where: Any = {"inputs": given, "steps": {n: {"outputs": o} for n, o in done.steps.items()}, "github": self.event}[
                first
            ]
            for name in rest:
                where = where.get(name) if isinstance(where, Mapping) else None
            texts.append("" if where is None else where)
            return f" _[{len(texts) - 1}] "

        python = _NAME.sub(looked_up, expression).replace("&&", " and ").replace("||", " or ")
        return eval(python.strip(), {"__builtins__": {}}, {"_": texts})
