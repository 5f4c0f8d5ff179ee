"""Two registers from what stands on the command line, out of real git repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.difference.versions import Versions, changed_lines, read_versions
from small import TODAY, ruleset

PASS = "rulesets/gemeente/stadspas.yaml"


def stadspas(age: int = 18, ident: str = "stadspas", **more: str) -> str:
    return ruleset("", f"eis: leeftijd >= {age}", ident=ident, **more)


class Repo:
    """A repository in a temporary folder."""

    def __init__(self, at: Path) -> None:
        self.at = at
        at.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str) -> str:
        who = (
            "-c",
            "user.name=Bea",
            "-c",
            "user.email=bea@example.nl",
            "-c",
            "core.autocrlf=false",
            "-c",
            "commit.gpgsign=false",
        )
        done = subprocess.run(["git", "-C", str(self.at), *who, *args], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def write(self, name: str, text: str | bytes | None) -> None:
        path = self.at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, **files: str | bytes | None) -> str:
        return self.commit_all({name.replace("__", "/") + ".yaml": text for name, text in files.items()})

    def commit_all(self, files: dict[str, str | bytes | None]) -> str:
        for name, text in files.items():
            self.write(name, text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "versie")
        return self.git("rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def _no_git_of_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _small_register(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is shipped is small here: reading all of it for every test would take a minute."""
    folder = tmp_path / "meegeleverd"
    folder.mkdir()
    shared = "regelset: gedeeld\nformaat: 1\ntitel: Gedeeld\nsoort: begrippen\ngeldig: {van: 1990-01-01}\n"
    (folder / "gedeeld.yaml").write_text(shared + "begrippen:\n  jong: {label: u bent jong, is: leeftijd < 18}\n")
    (folder / "landelijk.yaml").write_text(stadspas(21, "landelijk"))
    monkeypatch.setattr("responsief.difference.versions.shipped", lambda: folder)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "repo")
    made.commit_all({PASS: stadspas(18), "rulesets/gemeente/wmo.yaml": stadspas(18, "wmo"), "README.md": "hallo"})
    made.commit_all({PASS: stadspas(21)})
    return made


def ages(versions: Versions, ident: str = "stadspas") -> list[str]:
    """What each side asks."""
    found = []
    for side in (versions.was, versions.wordt):
        rules = side.register.versions.get(ident)
        found.append(rules[-1].criteria[0].eis.place.text if rules else "-")  # type: ignore[union-attr]
    return found


def wrong(*args: str | None, at: Path, path: str | None = None) -> Diagnostic:
    with pytest.raises(InvalidError) as refused:
        read_versions(*args, at=at, path=path)  # type: ignore[arg-type]
    (one,) = refused.value.diagnostics
    assert one.hulp
    return one


# --- what can be typed -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (("HEAD~1..HEAD",), ("HEAD~1", "HEAD")),
        (("HEAD~1..",), ("HEAD~1", "HEAD")),
        (("HEAD~1", "HEAD"), ("HEAD~1", "HEAD")),
        (("HEAD~1...HEAD",), ("HEAD~1 (waar HEAD begon)", "HEAD")),
        (("HEAD~1",), ("HEAD~1", "de werkmap")),
        (("HEAD~1", "rulesets"), ("HEAD~1", "de werkmap")),
        (("HEAD~1", PASS), ("HEAD~1", "de werkmap")),
    ],
)
def test_versions_of_git(repo: Repo, typed: tuple[str, ...], names: tuple[str, str]) -> None:
    found = read_versions(*typed, at=repo.at)
    assert (found.was.naam, found.wordt.naam) == names
    assert ages(found) == ["leeftijd >= 18", "leeftijd >= 21"]
    assert found.wordt.register.compiled("stadspas", TODAY, None)


def test_three_dots_compare_with_where_the_branch_began(repo: Repo) -> None:
    repo.git("switch", "-q", "-c", "mijn-tak")
    repo.commit_all({"rulesets/gemeente/wmo.yaml": stadspas(30, "wmo")})
    repo.git("switch", "-q", "main")
    repo.commit_all({PASS: stadspas(65)})
    three, two = (read_versions(f"main{dots}mijn-tak", at=repo.at) for dots in ("...", ".."))
    assert (ages(three), ages(three, "wmo")) == (["leeftijd >= 21", "leeftijd >= 21"], ["leeftijd >= 18", "leeftijd >= 30"])
    assert ages(two) == ["leeftijd >= 65", "leeftijd >= 21"]
    repo.git("merge", "-q", "--no-edit", "mijn-tak")
    assert ages(read_versions("main^1..main", at=repo.at), "wmo") == ["leeftijd >= 18", "leeftijd >= 30"]


def test_the_work_tree_counts_what_is_new_and_not_what_is_ignored_or_gone(repo: Repo) -> None:
    repo.write(".gitignore", "*.kladje.yaml\n")
    repo.write("rulesets/nieuw.yaml", stadspas(12, "nieuw"))
    repo.write("rulesets/x.kladje.yaml", "dit is: [geen regelset")
    repo.write("rulesets/gemeente/wmo.yaml", None)
    found = read_versions("HEAD", at=repo.at)
    assert ages(found, "nieuw") == ["-", "leeftijd >= 12"]
    assert ages(found, "wmo") == ["leeftijd >= 18", "-"]
    assert found.ids == {"stadspas", "wmo", "nieuw"}


def test_a_path_alone_is_the_head_against_the_work_tree_there(repo: Repo) -> None:
    repo.write(PASS, stadspas(40))
    repo.write("rulesets/gemeente/wmo.yaml", stadspas(40, "wmo"))
    found = read_versions(PASS, at=repo.at)
    assert ages(found) == ["leeftijd >= 21", "leeftijd >= 40"]
    assert found.ids == {"stadspas"}
    assert set(found.changed_lines()) == {PASS}


@pytest.mark.parametrize("path", ["rulesets/gemeente", "gemeente", "./gemeente/", PASS, "gemeente/stadspas.yaml"])
def test_a_path_is_meant_from_the_top_or_from_where_one_stands(repo: Repo, path: str) -> None:
    found = read_versions("HEAD~1..HEAD", path=path, at=repo.at / "rulesets")
    assert "stadspas" in found.ids
    assert list(found.changed_lines()) == [PASS], "places are named from the top of the repository"


def test_a_folder_or_file_that_exists_counts_before_a_branch_of_that_name(repo: Repo) -> None:
    repo.git("branch", "rulesets", "HEAD~1")
    assert read_versions("rulesets", at=repo.at).was.naam == "HEAD"


def test_what_lies_outside_the_folder_rulesets_does_not_count(repo: Repo) -> None:
    repo.commit_all({"klad/stadspas.yaml": stadspas(99), "docker-compose.yml": "services: {}\n"})
    found = read_versions("HEAD~1..HEAD", at=repo.at)
    assert ages(found) == ["leeftijd >= 21", "leeftijd >= 21"]
    assert found.changed_lines() == {}


def test_without_a_folder_rulesets_every_file_of_a_register_counts(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    other = {".github/workflows/ci.yml": "on: push\n", "kapot.yaml": "a: [\n"}
    repo.commit_all({"regels/stadspas.yaml": stadspas(18), **other})
    repo.commit_all({"regels/stadspas.yaml": stadspas(19)})
    found = read_versions("HEAD~1..HEAD", at=repo.at)
    assert (ages(found), found.ids) == (["leeftijd >= 18", "leeftijd >= 19"], {"stadspas"})


def test_two_folders(tmp_path: Path) -> None:
    for name, age in (("oud", 18), ("nieuw", 27)):
        (tmp_path / name / "diep").mkdir(parents=True)
        (tmp_path / name / "diep" / "pas.yaml").write_text(stadspas(age))
        (tmp_path / name / "diep" / "pas.test.yaml").write_text("proef: [hier wordt niet naar gekeken\n")
    found = read_versions("oud", "nieuw", at=tmp_path)
    assert (found.was.naam, found.wordt.naam) == ("oud/", "nieuw/")
    assert ages(found) == ["leeftijd >= 18", "leeftijd >= 27"]
    (number,) = [n for n, line in enumerate(stadspas(27).splitlines(), 1) if "27" in line]
    assert found.changed_lines() == {"nieuw/diep/pas.yaml": {number}}
    assert found.wordt.register.versions["stadspas"][0].span.source.name == "nieuw/diep/pas.yaml"
    assert ages(found, "landelijk") == ["leeftijd >= 21"] * 2, "the shipped register lies under both"


def test_two_files_of_one_ruleset_beside_each_other(tmp_path: Path) -> None:
    (tmp_path / "pas-2025.yaml").write_text(stadspas(18).replace("leeftijd >= 18", "jong en gebied"))
    (tmp_path / "pas-2026.yaml").write_text(stadspas(18).replace("leeftijd >= 18", "gebied"))
    shared = "regelset: eigen\nformaat: 1\ntitel: E\nsoort: begrippen\ngeldig: {van: 1990-01-01}\n"
    (tmp_path / "begrippen.yaml").write_text(shared + "begrippen:\n  gebied: {label: u woont hier, is: leeftijd < 99}\n")
    (tmp_path / "iets-anders.yaml").write_text("services: {}\n")
    found = read_versions("pas-2025.yaml", "pas-2026.yaml", at=tmp_path)
    assert ages(found) == ["jong en gebied", "gebied"]
    assert found.ids == {"stadspas"}, "what stands beside them is not compared"
    assert list(found.changed_lines()) == ["pas-2026.yaml"]


def test_a_broken_neighbour_of_a_file_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "oud.yaml").write_text(stadspas(18))
    (tmp_path / "nieuw.yaml").write_text(stadspas(19))
    (tmp_path / "buur.yaml").write_text("regelset: buur\nformaat: 7\n")
    assert ages(read_versions("oud.yaml", "nieuw.yaml", at=tmp_path)) == ["leeftijd >= 18", "leeftijd >= 19"]


def test_two_files_beside_each_other_of_which_one_has_another_name_inside(tmp_path: Path) -> None:
    (tmp_path / "oud.yaml").write_text(stadspas(18, "oude-pas"))
    (tmp_path / "nieuw.yaml").write_text(stadspas(18, "nieuwe-pas"))
    found = read_versions("oud.yaml", "nieuw.yaml", at=tmp_path)
    assert (ages(found, "oude-pas"), ages(found, "nieuwe-pas")) == (["leeftijd >= 18", "-"], ["-", "leeftijd >= 18"])


def test_a_path_leaves_the_other_versions_of_a_ruleset_where_they_are(repo: Repo) -> None:
    repo.commit_all(
        {
            PASS: stadspas(21, geldig="{van: 2026-01-01}"),
            "rulesets/oud.yaml": stadspas(9, geldig="{van: 2025-01-01, tot: 2025-12-31}"),
        }
    )
    repo.commit_all({PASS: stadspas(22, geldig="{van: 2026-01-01}")})
    found = read_versions("HEAD~1..HEAD", path=PASS, at=repo.at)
    assert [len(side.register.versions["stadspas"]) for side in (found.was, found.wordt)] == [2, 2]


def test_a_part_of_two_folders(tmp_path: Path) -> None:
    for name, age in (("oud", 18), ("nieuw", 27)):
        for part in ("a", "b"):
            (tmp_path / name / part).mkdir(parents=True)
            (tmp_path / name / part / "pas.yaml").write_text(stadspas(age, f"pas-{part}"))
    assert read_versions("oud", "nieuw", path="a", at=tmp_path).ids == {"pas-a"}


def test_a_file_against_itself_under_another_branch_keeps_what_it_reads(repo: Repo) -> None:
    shared = "regelset: eigen\nformaat: 1\ntitel: E\nsoort: begrippen\ngeldig: {van: 1990-01-01}\nbegrippen:\n"
    repo.commit_all({"rulesets/b.yaml": shared + "  mag: {label: u mag, is: leeftijd > 3}\n"})
    repo.commit_all({PASS: stadspas(1).replace("leeftijd >= 1", "mag")})
    found = read_versions("HEAD~1..HEAD", path=PASS, at=repo.at)
    assert (ages(found), found.ids) == (["leeftijd >= 21", "mag"], {"stadspas"})


def test_what_is_shipped_does_not_come_back_where_it_was_taken_away(repo: Repo) -> None:
    repo.commit_all({"rulesets/landelijk.yaml": stadspas(50, "landelijk")})
    repo.commit_all({"rulesets/landelijk.yaml": None})
    assert ages(read_versions("HEAD~1..HEAD", at=repo.at), "landelijk") == ["leeftijd >= 50", "-"]


def test_a_register_that_the_shipped_one_does_not_fit_under_stands_alone(repo: Repo) -> None:
    """A name of the shipped shared terms that somebody uses for a term of her own."""
    shared = "regelset: eigen\nformaat: 1\ntitel: E\nsoort: begrippen\ngeldig: {van: 1990-01-01}\nbegrippen:\n"
    repo.commit_all({"rulesets/b.yaml": shared + "  jong: {label: u bent jong, is: leeftijd + 1}\n"})
    repo.commit_all({PASS: stadspas(1).replace("leeftijd >= 1", "jong > 3")})
    assert ages(read_versions("HEAD~1..HEAD", at=repo.at)) == ["leeftijd >= 21", "jong > 3"]


# --- what stands in a repository ---------------------------------------------------------------------------------------------


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(repo: Repo) -> None:
    repo.commit_all({PASS: b"\xef\xbb\xbf" + stadspas(21).replace("\n", "\r\n").encode()})
    found = read_versions("HEAD~1..HEAD", at=repo.at)
    assert found.changed_lines() == {}
    assert ages(found) == ["leeftijd >= 21"] * 2


def test_names_with_other_letters_spaces_and_quotes(repo: Repo) -> None:
    name = 'rulesets/Súdwest-Fryslân/de "nieuwe" pas.yaml'
    repo.commit_all({name: stadspas(16, "fryslan")})
    repo.commit_all({name: stadspas(17, "fryslan")})
    for typed in (("HEAD~1..HEAD",), ("HEAD~1",)):
        found = read_versions(*typed, at=repo.at)
        assert ages(found, "fryslan") == ["leeftijd >= 16", "leeftijd >= 17"]
        assert list(found.changed_lines()) == [name]


def test_a_file_under_another_name_is_the_same_file(repo: Repo) -> None:
    repo.git("mv", PASS, "rulesets/pas.yaml")
    repo.commit_all({"rulesets/pas.yaml": stadspas(23)})
    found = read_versions("HEAD~1..HEAD", at=repo.at)
    assert ages(found) == ["leeftijd >= 21", "leeftijd >= 23"]
    assert len(found.changed_lines()["rulesets/pas.yaml"]) == 1


def test_links_are_no_files_of_a_register(repo: Repo) -> None:
    (repo.at / "rulesets" / "link.yaml").symlink_to("gemeente/stadspas.yaml")
    repo.commit_all({})
    for typed in ("HEAD~1..HEAD", "HEAD"):
        assert "rulesets/link.yaml" not in read_versions(typed, at=repo.at).wordt.texts


def test_a_bare_repository(repo: Repo, tmp_path: Path) -> None:
    bare = tmp_path / "kaal.git"
    repo.git("clone", "-q", "--bare", str(repo.at), str(bare))
    assert ages(read_versions("main~1..main", at=bare)) == ["leeftijd >= 18", "leeftijd >= 21"]
    assert wrong("main", at=bare).code == "git-geen-werkmap"


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.git("switch", "-q", "-c", "tak", "HEAD~1")
    repo.commit_all({PASS: stadspas(33)})
    shallow = tmp_path / "ondiep"
    repo.git("clone", "-q", "--depth", "1", "--no-single-branch", repo.at.as_uri(), str(shallow))
    assert ages(read_versions("origin/main..origin/tak", at=shallow)) == ["leeftijd >= 21", "leeftijd >= 33"]
    no_base = wrong("origin/main...origin/tak", at=shallow)
    assert no_base.code == "git-geen-begin"
    assert "fetch-depth: 0" in str(no_base)
    assert "git fetch --unshallow" in str(wrong("origin/main~1", at=shallow))
    assert wrong("main", at=shallow).hulp == "bedoelde u «origin/main»?"


def test_nothing_of_a_repository_is_changed(repo: Repo) -> None:
    def everything() -> dict[Path, tuple[int, bytes]]:
        return {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in repo.at.rglob("*") if p.is_file()}

    before = everything()
    read_versions("HEAD~1...HEAD", at=repo.at)
    read_versions("HEAD~1", at=repo.at)
    assert everything() == before


# --- what goes wrong ---------------------------------------------------------------------------------------------------------


def test_every_refusal_says_what_to_do(repo: Repo, tmp_path: Path) -> None:
    assert (
        str(wrong("mian..HEAD", at=repo.at))
        == "fout[git-versie-onbekend] git kent hier geen versie «mian» (bedoelde u «main»?)"
    )
    assert wrong("HEAD", "bestaat-niet", at=repo.at).code == "git-versie-onbekend"
    assert wrong("--help", at=repo.at).code == "git-versie-onbekend", "no option of git comes in this way"
    assert wrong("HEAD:README.md", at=repo.at).code == "git-versie-onbekend"
    assert wrong("HEAD", at=repo.at, path="rulesset").code == "git-pad-ontbreekt"
    assert wrong("HEAD", at=repo.at, path="../..").code == "git-pad-ontbreekt"
    assert wrong("oud.yaml", at=repo.at).code == wrong("HEAD", "nieuw.yaml", at=repo.at).code == "bestand-onleesbaar"
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    outside = wrong("main", at=elsewhere)
    assert outside.code == "geen-repository"
    assert elsewhere.as_posix() in outside.tekst
    assert wrong("elders", "repo", at=tmp_path).code == "lege-map"


def test_a_repository_without_commits(tmp_path: Path) -> None:
    assert "git commit" in str(wrong("HEAD", at=Repo(tmp_path / "leeg").at))


def test_two_histories_that_have_nothing_in_common(repo: Repo) -> None:
    repo.git("switch", "-q", "--orphan", "los")
    repo.commit_all({"rulesets/pas.yaml": stadspas(70)})
    apart = wrong("main...los", at=repo.at)
    assert str(apart).endswith("geen gemeenschappelijk begin (vergelijk ze rechtstreeks, met twee punten: «main..los»)")
    assert ages(read_versions("main..los", at=repo.at)) == ["leeftijd >= 21", "leeftijd >= 70"]


def test_no_git_on_this_computer(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/bestaat-niet")
    assert wrong("HEAD", at=repo.at).code == "git-ontbreekt"


def test_a_repository_of_somebody_else(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    found = wrong("HEAD", at=repo.at)
    assert found.code == "git-mislukt"
    assert f"safe.directory {repo.at.as_posix()}" in str(found)


def test_content_that_git_lacks_is_said(repo: Repo) -> None:
    blob = repo.git("rev-parse", f"HEAD:{PASS}")
    (repo.at / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert wrong("HEAD~1..HEAD", at=repo.at).code == "git-mislukt"


def test_the_findings_of_a_side_say_which_side(repo: Repo) -> None:
    repo.commit_all({PASS: stadspas(21).replace("leeftijd", "leeftijdd")})
    repo.commit_all({PASS: stadspas(22)})
    with pytest.raises(InvalidError) as refused:
        read_versions("HEAD~1..HEAD", at=repo.at)
    (one,) = refused.value.diagnostics
    assert one.tekst == "in HEAD~1: «leeftijdd» bestaat niet"
    assert one.span is not None
    assert one.span.source.name == PASS


def test_both_sides_tell_all_their_findings(tmp_path: Path) -> None:
    for name in ("oud.yaml", "nieuw.yaml"):
        (tmp_path / name).write_text(ruleset("", "eis: bestaat_niet", "eis: ook_niet", ident="pas"))
    with pytest.raises(InvalidError) as refused:
        read_versions("oud.yaml", "nieuw.yaml", at=tmp_path)
    found = [(d.span.source.name, d.code) for d in refused.value.diagnostics if d.span]
    assert found == [("nieuw.yaml", "onbekende-naam")] * 2 + [("oud.yaml", "onbekende-naam")] * 2


# --- which lines changed -----------------------------------------------------------------------------------------------------

LINES = st.lists(st.sampled_from(["a", "b", "c", "een regel", "€"]), max_size=12)


def test_lines_that_are_new_or_other_are_marked() -> None:
    old = {"a.yaml": "een\ntwee\ndrie\nvier\n", "weg.yaml": "x\ny\nz\nq\n"}
    new = {"a.yaml": "een\n2\ndrie\nvier\nvijf\n", "weer.yaml": "x\ny\nz\nr\n", "nieuw.yaml": "p\n"}
    assert changed_lines(old, new) == {"a.yaml": {2, 5}, "weer.yaml": {4}, "nieuw.yaml": {1}}


@given(LINES, LINES)
def test_without_the_changed_lines_nothing_is_new(old: list[str], new: list[str]) -> None:
    changed = changed_lines({"x": "\n".join(old)}, {"x": "\n".join(new)}).get("x", frozenset())
    assert changed <= set(range(1, len(new) + 1))
    left = iter(old)
    kept = [line for number, line in enumerate(new, 1) if number not in changed]
    assert all(line in left for line in kept), "what is kept stood there, in this order"
    assert changed_lines({"x": "\n".join(old)}, {"x": "\n".join(old)}) == {}


def test_what_stands_beside_one_of_two_files_lies_around_both(tmp_path: Path) -> None:
    """Or everything beside the old file would be gone from the new side."""
    for name in ("oud", "nieuw"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "klein.yaml").write_text(ruleset("", "eis: leeftijd >= 18"), encoding="utf-8")
    (tmp_path / "oud" / "buur.yaml").write_text(ruleset("", "eis: leeftijd >= 18", ident="buur"), encoding="utf-8")
    found = read_versions(str(tmp_path / "oud" / "klein.yaml"), str(tmp_path / "nieuw" / "klein.yaml"))
    assert "buur" in found.was.register.versions
    assert "buur" in found.wordt.register.versions
    assert found.ids == {"klein"}
