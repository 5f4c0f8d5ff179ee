"""An editor for tests: a real client of the language server, over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

PATIENCE = 30  # seconds


class Editor:
    """One editor with one workspace folder. Positions are given as a piece of text: the cursor stands behind it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("test", "1")
        self.shown: dict[str, list[lsp.Diagnostic]] = {}
        self.messages: list[str] = []
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.news = asyncio.Event()
        self.result: lsp.InitializeResult | None = None

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = list(params.diagnostics)
            self.news.set()

        @self.client.feature(lsp.WINDOW_LOG_MESSAGE)
        def logged(params: lsp.LogMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def message(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)

    async def start(self, *, snippets: bool = True, options: Any = None, encodings: list[str] | None = None) -> None:
        await self.client.start_io(sys.executable, "-m", "responsief", "lsp", "--stdio")
        general = lsp.GeneralClientCapabilities(position_encodings=encodings) if encodings else None
        item = lsp.ClientCompletionItemOptions(snippet_support=snippets)
        capabilities = lsp.ClientCapabilities(
            general=general,
            text_document=lsp.TextDocumentClientCapabilities(completion=lsp.CompletionClientCapabilities(completion_item=item)),
        )
        self.result = await self.wait(
            self.client.initialize_async(
                lsp.InitializeParams(
                    capabilities=capabilities,
                    process_id=None,
                    root_uri=self.folder.as_uri(),
                    workspace_folders=[lsp.WorkspaceFolder(self.folder.as_uri(), "test")],
                    initialization_options=options,
                )
            )
        )
        self.client.initialized(lsp.InitializedParams())

    async def stop(self) -> int | None:
        await self.wait(self.client.shutdown_async(None))
        self.client.exit(None)
        server = self.client._server
        code = await self.wait(server.wait()) if server is not None else None
        await self.client.stop()
        return code

    async def wait(self, answer: Awaitable[Any]) -> Any:
        return await asyncio.wait_for(answer, PATIENCE)

    # texts

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri() if ":" not in name else name

    def open(self, name: str, text: str | None = None) -> None:
        text = (self.folder / name).read_text("utf-8") if text is None else text
        self.texts[name], self.versions[name] = text, 1
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(self.uri(name), "yaml", 1, text)))

    def change(self, name: str, text: str) -> None:
        self.texts[name] = text
        self.versions[name] += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name)),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def close(self, name: str) -> None:
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(self.uri(name))))

    def place(self, name: str, behind: str) -> lsp.Position:
        text = self.texts[name]
        before = text[: text.index(behind) + len(behind)]
        line = before.rsplit("\n", 1)[-1]
        return lsp.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)

    def document(self, name: str) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri(name))

    async def diagnostics(self, name: str, until: Callable[[list[lsp.Diagnostic]], bool]) -> list[lsp.Diagnostic]:
        """What is shown of a file, once it is as expected."""

        async def waiting() -> list[lsp.Diagnostic]:
            while True:
                found = self.shown.get(self.uri(name))
                if found is not None and until(found):
                    return found
                self.news.clear()
                await self.news.wait()

        return await self.wait(waiting())

    # questions

    async def complete(self, name: str, behind: str) -> list[lsp.CompletionItem]:
        asked = lsp.CompletionParams(self.document(name), self.place(name, behind))
        found = await self.wait(self.client.text_document_completion_async(asked))
        return list(found.items) if found is not None else []

    async def hover(self, name: str, behind: str) -> str:
        asked = lsp.HoverParams(self.document(name), self.place(name, behind))
        found = await self.wait(self.client.text_document_hover_async(asked))
        return found.contents.value if found is not None else ""

    async def definition(self, name: str, behind: str) -> list[lsp.Location]:
        asked = lsp.DefinitionParams(self.document(name), self.place(name, behind))
        return list(await self.wait(self.client.text_document_definition_async(asked)) or [])

    async def references(self, name: str, behind: str) -> list[lsp.Location]:
        asked = lsp.ReferenceParams(
            context=lsp.ReferenceContext(True), text_document=self.document(name), position=self.place(name, behind)
        )
        return list(await self.wait(self.client.text_document_references_async(asked)) or [])

    async def rename(self, name: str, behind: str, new: str) -> dict[str, list[lsp.TextEdit]]:
        asked = lsp.RenameParams(text_document=self.document(name), position=self.place(name, behind), new_name=new)
        found = await self.wait(self.client.text_document_rename_async(asked))
        return dict(found.changes or {}) if found is not None else {}

    async def actions(self, name: str, finding: lsp.Diagnostic) -> list[lsp.CodeAction]:
        asked = lsp.CodeActionParams(
            text_document=self.document(name), range=finding.range, context=lsp.CodeActionContext([finding])
        )
        return list(await self.wait(self.client.text_document_code_action_async(asked)) or [])

    def applied(self, name: str, edits: list[lsp.TextEdit]) -> str:
        """The text of a file after edits."""
        return edited(self.texts[name], edits)


def edited(text: str, edits: list[lsp.TextEdit]) -> str:
    """A text after edits that don't touch each other."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: lsp.Position) -> int:
        if position.line >= len(lines):
            return len(text)
        units = lines[position.line].encode("utf-16-le")[: position.character * 2]
        return starts[position.line] + len(units.decode("utf-16-le"))

    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def piece(text: str, place: lsp.Range) -> str:
    """What stands in a range."""
    rows = text.split("\n")[place.start.line].encode("utf-16-le")
    return rows[place.start.character * 2 : place.end.character * 2].decode("utf-16-le")
