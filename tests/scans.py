"""Files of a population for the tests of `responsief scan`, and scans that run in a process that can be killed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEADS = "klantnr;geboren;leefvorm;partner_geboren;inkomen;soort;saldo;kinderen;pas"

MAP = """\
sleutel: klantnr
schrijfwijze: {datum: dag-maand-jaar}
kolommen:
  geboren: persoon.geboortedatum
  leefvorm: {pad: huishouden.soort, woorden: {alleen: alleenstaande, ouder: alleenstaande_ouder, samen: gehuwd}}
  partner_geboren: huishouden.partner.geboortedatum
  inkomen: inkomsten.1.bedrag
  soort: inkomsten.1.soort
  saldo: vermogen.bezittingen.1.waarde
  kinderen: weg
  pas: ontvangt.stadspas-voorbeeld
vast:
  persoon.gemeente: "9999"
  persoon.verblijf.soort: nederlander
  wonen.woonplaats_hier: ja
  wonen.woonsituatie: zelfstandig
  inkomsten.1.per: maand
  inkomsten.1.vakantietoeslag: inbegrepen
  inkomsten.1.van: "2025"
  inkomsten.1.tot: geen
  vermogen.bezittingen.1.soort: bankrekening
lijsten:
  inkomsten: {zonder_rijen: geen}
  vermogen.bezittingen: {zonder_rijen: geen}
"""

CHILDREN = """\
  huishouden.kinderen:
    zonder_rijen: geen
    kolommen: {geboren: geboortedatum, thuis: thuiswonend}
"""


def row(number, seed=7):
    """A good row of the file of persons."""
    draw = random.Random(seed * 1_000_003 + number)
    form = draw.choice(["alleen", "alleen", "ouder", "samen"])
    partner = f"{draw.randint(1, 28):02d}-05-{draw.randint(1950, 2000)}" if form == "samen" else ""
    income, kind = draw.choice([(950, "loon"), (1320, "loon"), (1400, "bijstand"), (1480, "ww"), (2400, "loon")])
    born = f"{draw.randint(1, 28):02d}-{draw.randint(1, 12):02d}-{draw.randint(1945, 2004)}"
    return f"K{number:05d};{born};{form};{partner};{income},{draw.randint(0, 99):02d};{kind};{draw.choice([0, 900, 4000, 30000])};;{draw.choice('JN')}"


def persons(count, seed=7):
    """The text of a file of good persons."""
    return "\r\n".join([HEADS, *(row(n, seed) for n in range(count))]) + "\r\n"


def files_of(folder):
    """Every file of a folder with a hash of its bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


class Zygote:
    """A process that has loaded everything and forks a scan on request: so a scan starts in no time, and can be killed."""

    def __enter__(self):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])}
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import scans; scans.serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
        )
        assert self.process.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def start(self, *args):
        """Begin a command; its process id."""
        self.process.stdin.write(json.dumps(args) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def wait(self):
        """Wait for the end of the command; its exit code, or minus the signal that ended it. Until then its process id is its own."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def serve():
    """What runs in the process of a `Zygote`."""
    from importlib import import_module

    for name in ("in_columns", "mapping", "opening", "scanning"):
        import_module(f"responsief.scan.{name}")
    from responsief.cli import group, scan
    from responsief.desk import open_desk

    desk = open_desk()
    scan.open_desk = lambda registers: desk
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  # until the process ends
            code = 70
            try:
                group(json.loads(line), standalone_mode=True)
            except SystemExit as end:
                code = end.code or 0
            finally:
                os._exit(code)
        print(child, flush=True)
        sys.stdin.readline()
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
