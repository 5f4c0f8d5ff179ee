"""The door to an editor: the Language Server Protocol over standard input and output. It only translates; the answers are elsewhere."""

from __future__ import annotations

import asyncio
import functools
import gc
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.lsp import fixes as fixing
from responsief.lsp.about import about, explained
from responsief.lsp.completion import Item, complete
from responsief.lsp.formatting import formatted
from responsief.lsp.hover import hover
from responsief.lsp.mentions import definitions, references, target_at
from responsief.lsp.outline import Part, folds, outline
from responsief.lsp.places import Lines, path_of, uri_of
from responsief.lsp.rename import RefusedError, renamable, rename
from responsief.lsp.session import Result, Session
from responsief.lsp.world import Page, Target, World
from responsief.remembered import StoppedError

DEBOUNCE: Final = 0.1  # seconds without a key stroke before checking
REQUEST_FAILED: Final = -32803  # LSP: the request was right, and is refused

_SEVERITY: Final = {
    "fout": lsp.DiagnosticSeverity.Error,
    "waarschuwing": lsp.DiagnosticSeverity.Warning,
    "tip": lsp.DiagnosticSeverity.Information,  # not Hint: three dots that hardly anybody sees
}
_KINDS: Final = {
    "sleutel": lsp.CompletionItemKind.Property,
    "woord": lsp.CompletionItemKind.EnumMember,
    "naam": lsp.CompletionItemKind.Variable,
    "veld": lsp.CompletionItemKind.Field,
    "functie": lsp.CompletionItemKind.Function,
    "teken": lsp.CompletionItemKind.Operator,
    "stuk": lsp.CompletionItemKind.Snippet,
}
_SYMBOLS: Final = {
    "groep": lsp.SymbolKind.Object,
    "lijst": lsp.SymbolKind.Array,
    "waarde": lsp.SymbolKind.Property,
}

T = TypeVar("T")


class Server(LanguageServer):
    """The server: a session, and the check that runs beside it."""

    def __init__(self, today: Callable[[], date]) -> None:
        # Whole texts: pygls applies partial changes by lines that it counts otherwise than an editor does (U+2028, form feed).
        super().__init__("responsief", version("responsief"), text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.session = Session(today)
        self.uris: dict[Path, str] = {}  # how the editor calls what it has open
        self.found: dict[Path, tuple[Diagnostic, ...]] = {}
        self.changes = 0
        self.timer: asyncio.TimerHandle | None = None
        self.checking: asyncio.Task[None] | None = None
        self.snippets = False

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Trouble of our own goes to the log, never in the way of who writes; a refusal was told already."""
        if source is FeatureRequestError:
            return
        self.log(f"responsief: hier ging iets mis ({type(error).__name__}); u kunt doorwerken")

    def log(self, text: str) -> None:
        """A line in the log of the editor."""
        try:
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Log, text))
        except Exception:  # the editor is gone
            logging.getLogger(__name__).debug("no log", exc_info=True)

    # places

    def path(self, uri: str) -> Path:
        """The file of a URI, remembered by the name that the editor has for it."""
        path = self.session.key(path_of(uri))
        self.uris.setdefault(path, uri)
        return path

    def uri(self, path: Path) -> str:
        """The URI of a file, as the editor knows it."""
        return self.uris.get(path) or uri_of(path)

    def at(self, document: str, position: lsp.Position) -> tuple[Page, int] | None:
        """The page and the character of a request."""
        page = self.session.page(self.path(document))
        if page is None:
            return None
        return page, self.session.lines(page.text).offset((position.line, position.character))

    # checking

    def check_soon(self, *, now: bool = False) -> None:
        """Check when nobody has typed for a moment; what is being checked is no longer wanted."""
        self.changes += 1
        if self.timer is not None:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(0 if now else DEBOUNCE, self._start)

    def _start(self) -> None:
        if self.checking is None or self.checking.done():
            self.checking = asyncio.ensure_future(self._check())

    async def _check(self) -> None:
        while True:
            began = self.changes
            try:
                result, world = await asyncio.to_thread(self.session.check, functools.partial(self._changed_since, began))
            except StoppedError:
                await asyncio.sleep(DEBOUNCE)
                continue
            except Exception as fault:
                tell(self, fault)
                return
            self.session.take(world)
            self.publish(result)
            if not gc.get_freeze_count():
                gc.freeze()  # the whole register stays: looking through it for garbage would take longer than a check
            if self.changes == began:
                return

    def _changed_since(self, began: int) -> bool:
        return self.changes != began

    def publish(self, result: Result) -> None:
        """Show what was found, and take away what is no longer so."""
        for path in {*self.found, *result.findings}:
            findings = result.findings.get(path, ())
            text = result.texts.get(path)
            current = self.session.open.get(path)
            if current is not None and text is not None and current != text:
                continue  # changed meanwhile: the next check tells
            if findings or self.found.get(path) or path in self.session.open:
                lines = self.session.lines(text if text is not None else current or "")
                shown = [self.diagnostic(f, lines) for f in findings]
                self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(self.uri(path), shown))
            self.found[path] = findings
        self.found = {path: found for path, found in self.found.items() if found}

    def found_at(self, path: Path, lines: Lines, place: lsp.Range) -> Iterator[tuple[Diagnostic, lsp.Range]]:
        """The findings that a place touches, each with its own, of a text that is still as it was checked."""
        for finding in self.found.get(path, ()):
            if finding.span is not None and finding.span.source.text == lines.text:
                there = _range(*lines.of_span(finding.span))
                if there.start <= place.end and place.start <= there.end:
                    yield finding, there

    def diagnostic(self, finding: Diagnostic, lines: Lines) -> lsp.Diagnostic:
        """A finding as the editor shows it."""
        assert finding.span is not None
        said = finding.tekst[:1].upper() + finding.tekst[1:]
        hint = f"\n→ {finding.hulp}" if finding.hulp else ""
        return lsp.Diagnostic(
            range=_range(*lines.of_span(finding.span)),
            message=said + hint,
            severity=_SEVERITY[finding.ernst],
            code=finding.code,
            source="responsief",
            tags=[lsp.DiagnosticTag.Unnecessary] if finding.code in ("ongebruikt", "feit-ongebruikt") else None,
        )


def _range(start: tuple[int, int], end: tuple[int, int]) -> lsp.Range:
    return lsp.Range(lsp.Position(*start), lsp.Position(*end))


def tell(server: Server, fault: BaseException) -> None:
    """Our own mistake: a line in the log; the whole story on standard error for who asks for it."""
    if os.environ.get("RESPONSIEF_DEBUG"):
        traceback.print_exception(fault, file=sys.stderr)
    server.report_server_error(fault if isinstance(fault, Exception) else RuntimeError(), None)


def safely(answer: Callable[[Server, Any], T]) -> Callable[[Server, Any], T | None]:
    """A request that fails is answered with nothing: who types must never see our mistakes. A refusal is told in Dutch."""

    @functools.wraps(answer)
    def safe(ls: Server, params: Any) -> T | None:
        try:
            return answer(ls, params)
        except RefusedError as refused:
            raise JsonRpcException(str(refused), code=REQUEST_FAILED) from None
        except Exception as fault:
            tell(ls, fault)
            return None

    return safe


# --- what the editor tells ---------------------------------------------------------------------------------------------


def initialize(ls: Server, params: lsp.InitializeParams) -> None:
    folders = [folder.uri for folder in params.workspace_folders or []] or ([params.root_uri] if params.root_uri else [])
    ls.session.folders = [path_of(uri) for uri in folders if uri.startswith("file:")]
    options = params.initialization_options
    chosen = options.get("mappen") if isinstance(options, dict) else None
    ls.session.chosen = [name for name in chosen if isinstance(name, str) and name] if isinstance(chosen, list) else []
    encoding = str(getattr(ls.workspace.position_encoding, "value", ls.workspace.position_encoding))
    ls.session.units = encoding if encoding in ("utf-8", "utf-32") else "utf-16"  # type: ignore[assignment]  # one of three
    text = params.capabilities.text_document
    item = text.completion.completion_item if text is not None and text.completion is not None else None
    ls.snippets = bool(item is not None and item.snippet_support)


def initialized(ls: Server, params: lsp.InitializedParams) -> None:
    ls.check_soon(now=True)


def did_open(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    path = ls.path(params.text_document.uri)
    ls.uris[path] = params.text_document.uri
    ls.session.open[path] = params.text_document.text
    ls.check_soon(now=True)


def did_change(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    path = ls.path(params.text_document.uri)
    ls.session.open[path] = ls.workspace.get_text_document(params.text_document.uri).source
    ls.check_soon()


def did_close(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    ls.session.open.pop(ls.path(params.text_document.uri), None)
    ls.check_soon()


def files_changed(ls: Server, params: Any) -> None:
    ls.check_soon()


def folders_changed(ls: Server, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    gone = {path_of(folder.uri) for folder in params.event.removed}
    ls.session.folders = [folder for folder in ls.session.folders if folder not in gone]
    ls.session.folders += [path_of(folder.uri) for folder in params.event.added]
    ls.check_soon()


# --- what the editor asks ----------------------------------------------------------------------------------------------


def completion(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    path = ls.path(params.text_document.uri)
    text = ls.session.open.get(path)
    if text is None:
        return None
    lines = ls.session.lines(text)
    at = lines.offset((params.position.line, params.position.character))
    found = complete(text, at, path, ls.session.world)
    places = {  # hundreds of words, nearly all at the same place
        (start, end): _range(lines.position(start), lines.position(end))
        for start, end in {(item.start, item.end) for item in found.items}
    }
    items = [_item(ls, item, lines, places[item.start, item.end]) for item in found.items]
    return lsp.CompletionList(is_incomplete=found.more, items=items)


def _item(ls: Server, item: Item, lines: Lines, place: lsp.Range) -> lsp.CompletionItem:
    text = item.text
    if item.snippet and not ls.snippets:
        text = fill_in(text)
    data = [item.about.kind, item.about.home, item.about.name] if item.about is not None else None
    return lsp.CompletionItem(
        label=item.label,
        kind=_KINDS[item.kind],
        detail=item.detail or None,
        documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, item.said) if item.said else None,
        sort_text=f"{item.order}{item.label}",
        filter_text=lines.text[item.start : item.end] + item.label if " " in item.label else None,
        text_edit=lsp.TextEdit(place, text),
        insert_text_format=lsp.InsertTextFormat.Snippet if item.snippet and ls.snippets else None,
        insert_text_mode=lsp.InsertTextMode.AsIs if "\n" in text else None,
        data=data,
    )


def fill_in(text: str) -> str:
    """A snippet for an editor that has none: with what its places say, without their marks."""
    import re

    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", text)
    return re.sub(r"\$\{\d+:([^}]*)\}|\$\d", lambda found: found[1] or "", text)


def resolve(ls: Server, item: lsp.CompletionItem) -> lsp.CompletionItem:
    data = item.data
    if isinstance(data, list | tuple) and len(data) == 3 and all(isinstance(part, str) for part in data):
        text = about(Target(*data), ls.session.world)
        if text:
            item.documentation = lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
    return item


def hovered(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    where = ls.at(params.text_document.uri, params.position)
    if where is None:
        return None
    page, at = where
    lines = ls.session.lines(page.text)
    shown = hover(page, at, ls.session.around(page))
    texts = [shown.text] if shown is not None else []
    place = _range(lines.position(shown.start), lines.position(shown.end)) if shown is not None else None
    for finding, there in ls.found_at(page.path, lines, lsp.Range(params.position, params.position)):
        text = explained(finding.code)
        if text and text not in texts:
            texts.append(text)
            place = place or there
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n---\n\n".join(texts)), place) if texts else None


def _location(ls: Server, page: Page, start: int, end: int) -> lsp.Location:
    lines = ls.session.lines(page.text)
    return lsp.Location(ls.uri(page.path), _range(lines.position(start), lines.position(end)))


def definition(ls: Server, params: lsp.DefinitionParams) -> list[lsp.Location] | None:
    where = ls.at(params.text_document.uri, params.position)
    if where is None:
        return None
    page, at = where
    return [_location(ls, n.page, n.start, n.end) for n in definitions(page, at, ls.session.around(page))] or None


def _name_at(ls: Server, params: lsp.ReferenceParams | lsp.DocumentHighlightParams) -> tuple[Page, Target, World] | None:
    """The name that stands at the place of a request, its page, and the register around it."""
    where = ls.at(params.text_document.uri, params.position)
    if where is None:
        return None
    page, at = where
    world = ls.session.around(page)
    found = target_at(page, at, world)
    return (page, found[0], world) if found is not None else None


def all_references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
    found = _name_at(ls, params)
    if found is None:
        return None
    _, target, world = found
    declared = params.context.include_declaration
    return [_location(ls, there, start, end) for there, start, end in references(target, world, declared=declared)]


def highlights(ls: Server, params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight] | None:
    found = _name_at(ls, params)
    if found is None:
        return None
    page, target, world = found
    lines = ls.session.lines(page.text)
    here = [(start, end) for there, start, end in references(target, world) if there is page]
    return [lsp.DocumentHighlight(_range(lines.position(start), lines.position(end))) for start, end in here]


def prepare_rename(ls: Server, params: lsp.PrepareRenameParams) -> lsp.Range | None:
    where = ls.at(params.text_document.uri, params.position)
    if where is None:
        return None
    page, at = where
    _, start, end = renamable(page, at, ls.session.around(page))
    lines = ls.session.lines(page.text)
    return _range(lines.position(start), lines.position(end))


def renamed(ls: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    where = ls.at(params.text_document.uri, params.position)
    if where is None:
        return None
    page, at = where
    changes: dict[str, list[lsp.TextEdit]] = {}
    for change in rename(page, at, params.new_name, ls.session.around(page)):
        lines = ls.session.lines(change.page.text)
        edit = lsp.TextEdit(_range(lines.position(change.start), lines.position(change.end)), change.text)
        changes.setdefault(ls.uri(change.page.path), []).append(edit)
    return lsp.WorkspaceEdit(changes=changes)


def symbols(ls: Server, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol] | None:
    page = ls.session.page(ls.path(params.text_document.uri))
    if page is None:
        return None
    lines = ls.session.lines(page.text)
    return [_symbol(part, lines) for part in outline(page)]


def _symbol(part: Part, lines: Lines) -> lsp.DocumentSymbol:
    start, end = min(part.start, part.name_start), max(part.end, part.name_end)
    return lsp.DocumentSymbol(
        name=part.name or "…",
        detail=part.detail or None,
        kind=_SYMBOLS[part.kind],
        range=_range(lines.position(start), lines.position(end)),
        selection_range=_range(lines.position(part.name_start), lines.position(part.name_end)),
        children=[_symbol(inner, lines) for inner in part.parts],
    )


def folding(ls: Server, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange] | None:
    page = ls.session.page(ls.path(params.text_document.uri))
    if page is None:
        return None
    return [lsp.FoldingRange(first, last) for first, last in folds(page)]


def actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
    path = ls.path(params.text_document.uri)
    text = ls.session.open.get(path)
    if text is None:
        return None
    lines = ls.session.lines(text)
    found: list[lsp.CodeAction] = []
    for finding, _ in ls.found_at(path, lines, params.range):
        for fix in fixing.fixes(finding):
            there = ls.session.lines(text)
            edits = [lsp.TextEdit(_range(there.position(a), there.position(b)), new) for a, b, new in fix.changes]
            found.append(
                lsp.CodeAction(
                    title=fix.title,
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=[ls.diagnostic(finding, lines)],
                    is_preferred=fix.sure,
                    edit=lsp.WorkspaceEdit(changes={ls.uri(path): edits}),
                )
            )
    return found


def formatting(ls: Server, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
    page = ls.session.page(ls.path(params.text_document.uri))
    if page is None:
        return None
    try:
        change = formatted(page.path, page.text)
    except InvalidError as wrong:
        first = wrong.diagnostics[0]
        if first.code == "opmaak":
            raise RefusedError(f"{first.tekst} ({first.hulp})") from None
        return None  # what does not read is underlined already; who formats at every save wants no window about it
    if change is None:
        return []
    lines = ls.session.lines(page.text)
    return [lsp.TextEdit(_range(lines.position(change.start), lines.position(change.end)), change.text)]


FEATURES: Final[tuple[tuple[str, Callable[[Server, Any], Any], Any], ...]] = (
    (lsp.INITIALIZE, initialize, None),
    (lsp.INITIALIZED, initialized, None),
    (lsp.TEXT_DOCUMENT_DID_OPEN, did_open, None),
    (lsp.TEXT_DOCUMENT_DID_CHANGE, did_change, None),
    (lsp.TEXT_DOCUMENT_DID_CLOSE, did_close, None),
    (lsp.TEXT_DOCUMENT_DID_SAVE, files_changed, None),
    (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, files_changed, None),
    (lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, folders_changed, None),
    (
        lsp.TEXT_DOCUMENT_COMPLETION,
        completion,
        lsp.CompletionOptions(trigger_characters=[".", "'", " ", "[", "{"], resolve_provider=True),
    ),
    (lsp.COMPLETION_ITEM_RESOLVE, resolve, None),
    (lsp.TEXT_DOCUMENT_HOVER, hovered, None),
    (lsp.TEXT_DOCUMENT_DEFINITION, definition, None),
    (lsp.TEXT_DOCUMENT_REFERENCES, all_references, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlights, None),
    (lsp.TEXT_DOCUMENT_PREPARE_RENAME, prepare_rename, None),
    (lsp.TEXT_DOCUMENT_RENAME, renamed, lsp.RenameOptions(prepare_provider=True)),
    (lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, symbols, None),
    (lsp.TEXT_DOCUMENT_FOLDING_RANGE, folding, None),
    (lsp.TEXT_DOCUMENT_CODE_ACTION, actions, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])),
    (lsp.TEXT_DOCUMENT_FORMATTING, formatting, None),
)


def serve(today: Callable[[], date]) -> None:
    """Answer an editor on standard input and output until it stops."""
    if not os.environ.get("RESPONSIEF_DEBUG"):
        for name in ("pygls", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    sys.setswitchinterval(0.001)  # who types goes before the check that runs beside it
    server = Server(today)
    for name, answer, options in FEATURES:
        server.feature(name, options)(functools.partial(safely(answer), server))
    server.start_io()
