"""The language server, asked by a real editor over standard input and output."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from editor import Editor, edited, piece
from responsief.lsp.about import explained
from responsief.lsp.formatting import formatted
from responsief.messages import SEVERITIES
from responsief.register import shipped

TIPS = {code for code, severity in SEVERITIES.items() if severity == "tip"}
Story = Callable[[Editor], Awaitable[None]]
Tell = Callable[[Story], None]

STADSPAS = shipped() / "gemeenten" / "voorbeeld" / "stadspas.yaml"
CASES = shipped() / "gemeenten" / "voorbeeld" / "stadspas.test.yaml"


def _fill(folder: Path) -> None:
    """A policy writer's folder: a ruleset, its cases, another ruleset that reads a term of it, and YAML of something else."""
    ruleset = STADSPAS.read_text("utf-8").replace("stadspas-voorbeeld", "mijn-pas")
    other = ruleset.replace("regelset: mijn-pas", "regelset: andere-pas").replace(
        "begrippen:\n", "begrippen:\n  grens_van_pas: {gebruik: mijn-pas.inkomensgrens}\n"
    )
    other = other.replace(
        "eis: inkomen_per_maand <= inkomensgrens", "eis: inkomen_per_maand <= min(inkomensgrens, grens_van_pas)"
    )
    files = {
        "pas.yaml": ruleset,
        "pas.test.yaml": CASES.read_text("utf-8").replace("stadspas-voorbeeld", "mijn-pas"),
        "andere.yaml": other,
        "docker-compose.yaml": "services: {web: {image: x}}\n",
    }
    for old in folder.iterdir():
        old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Editor]]:
    """One editor for all stories: starting a server for each would take most of their time."""
    folder = tmp_path_factory.mktemp("beleid")
    _fill(folder)
    editor = Editor(folder)
    with asyncio.Runner() as runner:
        runner.run(editor.start())
        yield runner, editor
        assert runner.run(editor.stop()) == 0, "the server ends well after all of this"


@pytest.fixture
def tell(desk: tuple[asyncio.Runner, Editor]) -> Iterator[Tell]:
    """Run a story; afterwards nothing is open and the folder is as it was."""
    runner, editor = desk

    def run(story: Story) -> None:
        runner.run(story(editor))

    async def leave() -> None:
        for name in list(editor.texts):
            editor.close(name)
        editor.texts.clear()
        _fill(editor.folder)
        for name in ("pas.yaml", "andere.yaml", "pas.test.yaml"):
            editor.client.workspace_did_change_watched_files(
                lsp.DidChangeWatchedFilesParams([lsp.FileEvent(editor.uri(name), lsp.FileChangeType.Changed)])
            )
        editor.shown.clear()
        editor.messages.clear()

    yield run
    runner.run(leave())


def wrong(found: list[lsp.Diagnostic]) -> bool:
    return any(d.severity == lsp.DiagnosticSeverity.Error for d in found)


def clean(found: list[lsp.Diagnostic]) -> bool:
    """No mistakes; there may be warnings and tips."""
    return not wrong(found)


def test_a_mistake_is_underlined_and_one_click_puts_it_right(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        await editor.diagnostics("pas.yaml", clean)
        mistaken = editor.texts["pas.yaml"].replace("eis: leeftijd >=", "eis: leeftjd >=")
        editor.change("pas.yaml", mistaken)
        [finding] = await editor.diagnostics("pas.yaml", wrong)
        assert (finding.code, finding.source, finding.severity) == (
            "onbekende-naam",
            "responsief",
            lsp.DiagnosticSeverity.Error,
        )
        assert piece(mistaken, finding.range) == "leeftjd"
        assert finding.message == "«leeftjd» bestaat niet\n→ bedoelde u «leeftijd»?"
        assert "Misschien is het een tikfout" in await editor.hover("pas.yaml", "eis: leef"), "what the finding means"
        [action] = await editor.actions("pas.yaml", finding)
        assert action.title == "Verander «leeftjd» in «leeftijd»"
        assert action.is_preferred
        assert action.edit is not None
        assert action.edit.changes is not None
        put_right = editor.applied("pas.yaml", list(action.edit.changes[editor.uri("pas.yaml")]))
        assert put_right == (editor.folder / "pas.yaml").read_text("utf-8")
        editor.change("pas.yaml", put_right)
        await editor.diagnostics("pas.yaml", clean)

    tell(story)


def test_warnings_and_tips_are_shown_with_what_they_mean_and_one_click_mends_them(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        text = (editor.folder / "pas.yaml").read_text("utf-8").replace("titel: Stadspas", "titel: Stadspas  TODO", 1)
        text = text.replace("doel: ", "doel: Iedereen  doet mee. ", 1)
        editor.open("pas.yaml", text)
        found = await editor.diagnostics("pas.yaml", lambda all_found: any(d.code == "nog-invullen" for d in all_found))
        severities = {d.code: d.severity for d in found}
        assert clean(found)
        assert severities["nog-invullen"] == lsp.DiagnosticSeverity.Warning
        assert {d.severity for d in found if d.code in TIPS} == {lsp.DiagnosticSeverity.Information}
        spaces = next(d for d in found if d.code == "typografie")
        [action] = await editor.actions("pas.yaml", spaces)
        assert action.edit is not None
        assert action.edit.changes is not None
        mended = editor.applied("pas.yaml", list(action.edit.changes[editor.uri("pas.yaml")]))
        assert "Iedereen doet mee." in mended
        said = await editor.hover("pas.yaml", "Iedereen ")
        assert explained("typografie") in said
        assert "_Waarom:_" in said

    tell(story)


def test_a_mistake_in_one_file_shows_in_another_that_is_not_open(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        await editor.diagnostics("pas.yaml", clean)
        editor.change("pas.yaml", editor.texts["pas.yaml"].replace("\n  inkomensgrens:", "\n  grens_inkomen:"))
        found = await editor.diagnostics("andere.yaml", wrong)
        assert [d.code for d in found] == ["begrip-onbekend"]
        editor.close("pas.yaml")  # not saved: what is on disk counts again
        await editor.diagnostics("andere.yaml", clean)
        assert editor.uri("docker-compose.yaml") not in editor.shown

    tell(story)


def test_while_yaml_is_broken_only_that_is_said_and_the_rest_goes_on(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        await editor.diagnostics("pas.yaml", clean)
        editor.change("pas.yaml", editor.texts["pas.yaml"].replace("titel: Stadspas", 'titel: "Stadspas'))
        found = await editor.diagnostics("pas.yaml", wrong)
        assert [d.code for d in found] == ["yaml"]
        assert clean(editor.shown.get(editor.uri("andere.yaml"), []))
        assert clean(editor.shown.get(editor.uri("pas.test.yaml"), []))
        labels = {item.label for item in await editor.complete("pas.yaml", "eis: leeftijd >= ")}
        assert {"jongste_leeftijd", "norm_21_a", "huishouden"} <= labels

    tell(story)


def test_words_to_choose_from(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        await editor.diagnostics("pas.yaml", clean)
        text = editor.texts["pas.yaml"]
        editor.change("pas.yaml", text.replace("eis: wonen.woonplaats_hier", "eis: wonen."))
        items = await editor.complete("pas.yaml", "eis: wonen.")
        assert {"huur", "woonplaats_hier"} <= {i.label for i in items}
        huur = next(i for i in items if i.label == "huur")
        assert huur.detail == "huur per maand"
        full = await editor.wait(editor.client.completion_item_resolve_async(huur))
        assert "Hoeveel huur betaalt u per maand?" in full.documentation.value
        assert isinstance(huur.text_edit, lsp.TextEdit)
        assert editor.applied("pas.yaml", [huur.text_edit]) == text.replace("eis: wonen.woonplaats_hier", "eis: wonen.huur")

        editor.change("pas.yaml", text.replace("geldt_voor: [woonplaats, leeftijd, inkomen, bezit]", "geldt_voor: [be]"))
        [bezit] = [i for i in await editor.complete("pas.yaml", "geldt_voor: [be") if i.label.startswith("be")]
        assert bezit.detail == "Uw spaargeld en bezit zijn samen niet te hoog"
        editor.change("pas.yaml", text.replace("criteria:\n", "criteria:\n  - \n"))
        whole = next(i for i in await editor.complete("pas.yaml", "criteria:\n  - ") if i.label == "criterium")
        assert whole.insert_text_format == lsp.InsertTextFormat.Snippet
        assert isinstance(whole.text_edit, lsp.TextEdit)
        assert whole.text_edit.new_text.splitlines()[:2] == ["id: ${1:laag_inkomen}", "    titel: ${2:Uw inkomen is laag}"]

    tell(story)


def test_hover_tells_what_a_word_is(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        editor.open("pas.test.yaml")
        await editor.diagnostics("pas.yaml", clean)
        said = await editor.hover("pas.yaml", "eis: leeftijd >= jongste")
        assert said.startswith("**jongste_leeftijd** — leeftijd waarop iemand zelf een pas kan aanvragen")
        assert "**18**" in said
        assert "sinds 2026-01-01" in said
        assert "bron: voorbeeld (niet nagelezen)" in said
        assert "de inkomensgrens voor de pas" in await editor.hover("pas.yaml", "inkomen_per_maand <= inkomensg")
        assert "wetten.overheid.nl/jci1.3:c:BWBR0005537&artikel=4%3A5" in (
            await editor.hover("pas.yaml", "aanvullen: Awb")
        ).replace("4:5&", "4%3A5&")
        assert "«Huurt u" in await editor.hover("pas.test.yaml", "wonen: {soor")
        assert "_criterium van `mijn-pas`_" in await editor.hover("pas.yaml", "geldt_voor: [woon")

    tell(story)


def test_definition_and_references_cross_files(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        editor.open("andere.yaml")
        await editor.diagnostics("andere.yaml", clean)
        [there] = await editor.definition("andere.yaml", "gebruik: mijn-pas.inkomens")
        assert there.uri == editor.uri("pas.yaml")
        assert piece(editor.texts["pas.yaml"], there.range) == "inkomensgrens"
        [norm] = await editor.definition("pas.yaml", "afronden(norm_zonder")
        assert norm.uri.endswith("landelijk/begrippen.yaml")
        found = await editor.references("pas.yaml", "begrippen:\n  inkomens")
        assert sorted({Path(one.uri).name for one in found}) == ["andere.yaml", "pas.yaml"]
        assert len(found) == 3

    tell(story)


def test_rename_changes_every_file_and_the_result_is_clean(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        await editor.diagnostics("pas.yaml", clean)
        changes = await editor.rename("pas.yaml", "begrippen:\n  inkomens", "grens_pas")
        assert {Path(uri).name for uri in changes} == {"pas.yaml", "andere.yaml"}
        other = edited((editor.folder / "andere.yaml").read_text("utf-8"), list(changes[editor.uri("andere.yaml")]))
        assert "gebruik: mijn-pas.grens_pas" in other
        (editor.folder / "andere.yaml").write_text(other, "utf-8")
        editor.change("pas.yaml", editor.applied("pas.yaml", list(changes[editor.uri("pas.yaml")])))
        await editor.diagnostics("pas.yaml", clean)
        changes = await editor.rename("pas.yaml", "- id: beZIT".lower(), "vermogen_klein")
        assert {Path(uri).name for uri in changes} == {"pas.yaml", "pas.test.yaml"}
        for old, new, why in (
            ("begrippen:\n  grens_", "leeftijd", "woord van de taal"),
            ("begrippen:\n  grens_", "wonen", "veld van de situatie"),
            ("begrippen:\n  grens_", "Grens 2", "«grens_2»"),
            ("begrippen:\n  grens_", "bezitsgrens", "bestaat al"),
            ("begrippen:\n  grens_", "norm_21_a", "gedeeld begrip"),
            ("afronden(norm_zonder", "iets", "geleverde regelsets"),
            ("eis: wonen.woon", "iets", "vast gegeven"),
            ("titel: Stads", "iets", "geen naam"),
        ):
            with pytest.raises(JsonRpcException, match=why):
                await editor.rename("pas.yaml", old, new)
        assert editor.messages == []

    tell(story)


def test_outline_folding_and_formatting(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        document = editor.document("pas.yaml")
        asked = editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
        parts = {part.name: part for part in await editor.wait(asked)}
        assert [p.name for p in parts["criteria"].children] == ["woonplaats", "verblijf", "leeftijd", "inkomen", "bezit"]
        assert parts["criteria"].children[0].detail == "U woont in deze gemeente"
        folds = await editor.wait(editor.client.text_document_folding_range_async(lsp.FoldingRangeParams(document)))
        assert any(f.start_line == parts["criteria"].range.start.line for f in folds)
        untidy = editor.texts["pas.yaml"].replace("eis: leeftijd >= ", "eis:   leeftijd   >=   ")
        editor.change("pas.yaml", untidy)
        form = lsp.DocumentFormattingParams(text_document=document, options=lsp.FormattingOptions(2, True))
        change = formatted(editor.folder / "pas.yaml", untidy)
        assert change is not None
        edits = await editor.wait(editor.client.text_document_formatting_async(form))
        tidy = editor.applied("pas.yaml", list(edits))
        assert tidy == untidy[: change.start] + change.text + untidy[change.end :]
        editor.change("pas.yaml", tidy)
        assert not await editor.wait(editor.client.text_document_formatting_async(form)), "what is tidy stays"
        editor.change("pas.yaml", 'regelset: "x\ntitel: y\n')
        assert not await editor.wait(editor.client.text_document_formatting_async(form)), "what does not read stays"
        assert editor.messages == []

    tell(story)


def test_characters_beyond_the_first_plane_shift_nothing(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        odd = "wie_wijzigt: {wie: gemeente, wat: 𝒜𝒜 wie, "
        text = (editor.folder / "pas.yaml").read_text("utf-8").replace("wie_wijzigt: {wie: gemeente, wat: ", odd + "waat: ", 1)
        editor.open("pas.yaml", text)
        found = await editor.diagnostics("pas.yaml", wrong)
        [unknown] = [d for d in found if d.code == "onbekende-sleutel"]
        assert piece(text, unknown.range) == "waat"
        items = await editor.complete("pas.yaml", odd)
        assert items == [], "all keys are there"
        assert (await editor.hover("pas.yaml", odd + "wa")).startswith("**onbekende-sleutel** — deze sleutel bestaat hier niet")
        editor.change("pas.yaml", text.replace(odd + "waat: ", "wie_wijzigt: {wat: 𝒜𝒜, wie: "))
        assert "**wie**" in await editor.hover("pas.yaml", "{wat: 𝒜𝒜, wi")

    tell(story)


def test_files_outside_the_workspace_from_windows_gone_or_of_no_file_do_not_stop_it(tell: Tell, tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        far = tmp_path / "ver.yaml"
        far.write_text("regelset: ver\n", "utf-8")
        editor.open(far.as_uri(), "regelset: ver\n")
        assert await editor.diagnostics(far.as_uri(), wrong)
        windows = "file:///c%3A/Beleid/mijn%20map/regels.yaml"
        editor.open(windows, "regelset: venster\nformaat: 2\n")
        assert any(d.code == "formaat-onbekend" for d in await editor.diagnostics(windows, wrong))
        editor.open("untitled:Untitled-1", "regelset: ")
        assert await editor.hover("untitled:Untitled-1", "regel")
        far.unlink()
        (editor.folder / "andere.yaml").unlink()
        editor.client.workspace_did_change_watched_files(
            lsp.DidChangeWatchedFilesParams([lsp.FileEvent(editor.uri("andere.yaml"), lsp.FileChangeType.Deleted)])
        )
        for number in range(30):  # faster than any check
            editor.change(far.as_uri(), f"regelset: ver\nformaat: {number}\n")
        found = await editor.diagnostics(far.as_uri(), lambda f: any("«29»" in d.message for d in f))
        assert found
        editor.open("groot.yaml", "regelset: groot\n" + "# x\n" * 400_000)
        assert [d.code for d in await editor.diagnostics("groot.yaml", wrong)] == ["bestand-te-groot"]
        editor.open("leeg.yaml", "")
        assert {i.label for i in await editor.complete("leeg.yaml", "")} == {"regelset", "proef", "voorzieningen", "signalen"}

    tell(story)


def test_a_mistake_of_our_own_neither_stops_the_server_nor_shows_a_traceback(tell: Tell) -> None:
    async def story(editor: Editor) -> None:
        editor.open("pas.yaml")
        await editor.diagnostics("pas.yaml", clean)
        # a place that cannot be, and an item that was never given
        asked = lsp.HoverParams(editor.document("pas.yaml"), lsp.Position(10**6, 10**6))
        assert await editor.wait(editor.client.text_document_hover_async(asked)) is None
        odd = lsp.CompletionItem(label="x", data=["naam", 3, {"a": 1}])
        assert (await editor.wait(editor.client.completion_item_resolve_async(odd))).label == "x"
        unknown = lsp.HoverParams(lsp.TextDocumentIdentifier("file:///bestaat/niet.yaml"), lsp.Position(0, 0))
        assert await editor.wait(editor.client.text_document_hover_async(unknown)) is None
        assert "jongste_leeftijd" in await editor.hover("pas.yaml", "eis: leeftijd >= jongste")

    tell(story)


def test_an_editor_with_other_habits(tmp_path: Path) -> None:
    """It counts in UTF-8, knows no snippets, and wants one folder looked at."""
    (tmp_path / "regels").mkdir()
    (tmp_path / "regels" / "stuk.yaml").write_text("regelset: stuk\n", "utf-8")
    (tmp_path / "los.yaml").write_text("regelset: los\n", "utf-8")

    async def story() -> None:
        editor = Editor(tmp_path)
        await editor.start(snippets=False, options={"mappen": ["regels"]}, encodings=["utf-8"])
        assert editor.result is not None
        assert editor.result.capabilities.position_encoding == lsp.PositionEncodingKind.Utf8
        await editor.diagnostics("regels/stuk.yaml", wrong)
        assert editor.uri("los.yaml") not in editor.shown
        editor.open("nieuw.yaml", "regelset: nieuw\ncriteria:\n  - ")
        whole = next(i for i in await editor.complete("nieuw.yaml", "  - ") if i.label == "criterium")
        assert isinstance(whole.text_edit, lsp.TextEdit)
        assert "${" not in whole.text_edit.new_text
        assert whole.insert_text_format is None
        editor.change("nieuw.yaml", "regelset: nieuw\nbron: {naam: één, regling: x}\n")
        found = await editor.diagnostics("nieuw.yaml", lambda f: any(d.code == "onbekende-sleutel" for d in f))
        [unknown] = [d for d in found if d.code == "onbekende-sleutel"]
        assert unknown.range.start.character == len("bron: {naam: één, ".encode())
        assert await editor.stop() == 0

    asyncio.run(story())


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['pygls'] = None; sys.modules['pygls.exceptions'] = None\n"
        "from responsief.cli import main; sys.argv = ['responsief', 'lsp']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "pip install 'responsief[lsp]'" in done.stderr
    assert "Traceback" not in done.stderr
