"""A scan that is stopped by force, at any moment, goes on and gives the same bytes."""

import json
import os
import random
import signal
import time

import pytest

from scans import CHILDREN, MAP, Zygote, files_of, persons

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these tests fork")


@pytest.fixture
def files(tmp_path):
    (tmp_path / "mensen.csv").write_bytes(persons(60).replace("K00011;", "K00011;31-02-1980;").encode())
    kids = [f"K{n:05d};01-03-20{10 + n % 12};J" for n in range(0, 60, 3)]
    (tmp_path / "kinderen.csv").write_text("\n".join(["klantnr;geboren;thuis", *kids, "K77777;01-03-2015;J"]), encoding="utf-8")
    (tmp_path / "kolommen.yaml").write_text(MAP + CHILDREN, encoding="utf-8")
    return tmp_path


def command(folder, out, *more):
    return [
        "scan", str(folder / "mensen.csv"), "--map", str(folder / "kolommen.yaml"), "--list", f"huishouden.kinderen={folder / 'kinderen.csv'}",
        "--out", str(folder / out), "--on", "2026-03-02", "--ruleset", "stadspas-voorbeeld", "--part-size", "8", *more,
    ]  # fmt: skip


@pytest.mark.heavy
@pytest.mark.parametrize(("engine", "times"), [("rij", 30), ("polars", 2)])
def test_a_scan_killed_at_random_moments_gives_the_same_bytes(files, engine, times):
    draw = random.Random(20261122)
    more = ("--engine", engine, "--mode", "niet-gebruik", "--format", "csv" if engine == "rij" else "parquet")
    with Zygote() as zygote:
        began = time.monotonic()
        zygote.start(*command(files, "heel", *more))
        assert zygote.wait() == 0
        whole = time.monotonic() - began
        wanted = files_of(files / "heel")
        assert {"verslag.md", "verslag.html", "voortgang.json", "uitgevallen.csv"} <= wanted.keys()
        killed, reached, finished = 0, set(), 0
        while killed < times or not finished:
            out = f"deel{finished}"
            child = zygote.start(*command(files, out, *more))
            if killed < times or finished:
                time.sleep(draw.uniform(0.0, whole))
                os.kill(child, signal.SIGKILL)
            code = zygote.wait()
            assert code in (0, -signal.SIGKILL)
            killed += code == -signal.SIGKILL
            if code == 0:
                assert files_of(files / out) == wanted
                finished += 1
            elif (files / out / "voortgang.json").exists():
                reached.add(len(json.loads((files / out / "voortgang.json").read_text(encoding="utf-8"))["delen"]))
        assert killed >= times
        if times == 30:
            assert len(reached) >= 3, f"it was only killed after {reached} parts"


@pytest.mark.heavy
def test_what_was_tampered_with_is_decided_again_and_another_scan_is_refused(files):
    with Zygote() as zygote:

        def scan(*more, out="uit"):
            zygote.start(*command(files, out, "--engine", "rij", *more))
            return zygote.wait()

        assert scan(out="heel") == 0
        wanted = files_of(files / "heel")
        child = zygote.start(*command(files, "uit", "--engine", "rij"))
        progress = files / "uit" / "voortgang.json"
        for _ in range(2000):
            if progress.exists() and len(json.loads(progress.read_text(encoding="utf-8"))["delen"]) >= 3:
                break
            time.sleep(0.005)
        os.kill(child, signal.SIGKILL)
        assert zygote.wait() == -signal.SIGKILL
        first = files / "uit" / "besluiten" / "stadspas-voorbeeld" / "deel-00001.parquet"
        first.write_bytes(b"kapot")
        assert scan("--mode", "bijna") == 2, "another mode is another scan"
        assert scan("--part-size", "9") == 2
        assert first.read_bytes() == b"kapot", "a refusal touches nothing"
        assert scan() == 0
        assert files_of(files / "uit") == wanted
        assert scan() == 0, "a scan that is done stays done"
        (files / "uit" / "eigen-aantekening.txt").write_text("van mij", encoding="utf-8")
        assert scan("--mode", "bijna") == 2
        assert scan("--mode", "bijna", "--restart") == 0
        assert (files / "uit" / "eigen-aantekening.txt").exists(), "what somebody else put there stays"
        assert (files / "uit" / "bijna.parquet").exists()
        assert not (files / "uit" / "niet-gebruik.parquet").exists()


@pytest.mark.heavy
def test_two_scans_never_write_to_one_folder(files):
    with Zygote() as one, Zygote() as other:
        child = one.start(*command(files, "uit", "--engine", "rij"))
        try:
            for _ in range(2000):
                if (files / "uit" / "voortgang.json").exists():
                    break
                time.sleep(0.005)
            os.kill(child, signal.SIGSTOP)
            other.start(*command(files, "uit", "--engine", "rij"))
            assert other.wait() == 2
        finally:
            os.kill(child, signal.SIGCONT)
            one.wait()
