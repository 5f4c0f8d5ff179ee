"""The doors from outside: what importing costs, and that every example in the documentation runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reference_page import PAGE, page

ROOT = Path(__file__).parents[1]
HEAVY = ("pydantic", "yaml", "jinja2", "click", "durable", "numpy", "polars", "narwhals", "pyarrow", "z3", "fastapi", "pyspark")


def python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)


def test_importing_responsief_loads_nothing_heavy():
    done = python(f"import responsief, sys; print([m for m in {HEAVY!r} if m in sys.modules])")
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_version_needs_no_model_and_no_yaml():
    code = (
        "import sys; from responsief.cli import group\n"
        "try: group(['--version'], standalone_mode=True)\n"
        "except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules and m != 'click'])"
    )
    assert python(code).stdout.strip().endswith("[]")


def test_checking_loads_no_letters():
    """It reads the words of rules at every save: that must not wait for templates and motivations, nor for the models of a case."""
    heavy = (
        "pydantic",
        "pydantic_core",
        "responsief.situation",
        "jinja2",
        "responsief.motivation",
        "responsief.desk",
        "responsief.hardship",
        "responsief.documents",
    )
    done = python(f"import responsief.cli.check, sys; print([m for m in {heavy!r} if m in sys.modules])")
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_every_public_name_loads():
    import responsief

    for name in responsief.__all__:
        assert getattr(responsief, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'desks'"):
        responsief.desks  # noqa: B018  # asking for it is the test


def blocks(page):
    return re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", ["README.md", "docs/api.md", "docs/testing.md"])
def test_the_examples_of_a_page_run_from_top_to_bottom(page, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    found = blocks(page)
    assert found
    space: dict[str, object] = {}
    for block in found:
        exec(compile(block, f"<{page}>", "exec"), space)


def test_the_readme_holds_the_two_commands_that_ci_runs():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line.strip() for line in readme.splitlines() if line.startswith("    ") and ".venv/bin" in line]
    assert len(commands) == 2
    assert "responsief decide examples/" in commands[0]
    assert commands[1].endswith("-m pytest -n auto")


def test_the_page_of_what_a_rule_can_read_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/reference_page.py"


@pytest.mark.parametrize("page_name", ["docs/taal.md", "docs/architecture.md", "README.md", "docs/api.md", "docs/testing.md"])
def test_what_a_page_links_to_is_there(page_name):
    path = ROOT / page_name
    for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link


def test_the_architecture_names_every_room():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "responsief"
    rooms = [
        f"`{p.name}{'/' if p.is_dir() else ''}`"
        for p in source.iterdir()
        if not p.name.startswith("_") and p.name != "py.typed"
    ]
    for room in rooms:
        assert room in text, room


def test_every_command_of_the_language_page_is_one():
    from responsief.cli import group

    text = (ROOT / "docs" / "taal.md").read_text(encoding="utf-8")
    named = re.findall(r"`responsief (\w+)([^`]*)`", text)
    told = {
        "check", "coverage", "decide", "explain", "lsp", "mutate", "new", "rights", "schema", "sources", "suggest", "test", "watch",
    }  # fmt: skip
    assert told <= {name for name, _ in named}
    for name, rest in named:
        known = {option for param in group.get_command(None, name).params for option in param.opts}
        assert set(re.findall(r"--\w+", rest)) <= known, name


def test_no_file_names_a_package_index_or_an_absolute_path():
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.split()
    for name in listed:
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".yaml", ".yml", ".txt", ".j2", ".json"} and path.exists():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert "/work/" + "main" not in text, name
            assert "../" + "shared" not in text, name


def test_examples_are_decided_by_the_command_line_without_findings():
    examples = sorted((ROOT / "examples").glob("*.yaml"))
    situations = [e for e in examples if e.name != "afzender.yaml"]
    assert len(situations) >= 8
    for example in situations:
        done = subprocess.run(
            [sys.executable, "-m", "responsief", "decide", str(example)], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert done.returncode == 0, f"{example.name}: {done.stderr}"
        assert done.stdout.strip()
