"""What is known of a name, in Markdown: for whoever hovers over it, and beside a word to choose."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from responsief.explanations import explanations
from responsief.facts import write_value
from responsief.ir.ruleset import Figure
from responsief.ir.types import CASE, Field, Kind, Type
from responsief.lsp.inside import field_at
from responsief.lsp.mentions import field_of
from responsief.lsp.world import Named, Target, World, is_shipped_page
from responsief.situation import choice_words
from responsief.values import write_day

#: words of the language, with what they do and an example
WORDS: Final = {
    "peildatum": ("de dag waarop wordt beslist", "leeftijd op peildatum"),
    "leeftijd": ("hoe oud iemand is: in hele jaren, op de peildatum of een andere dag", "leeftijd >= 21 · leeftijd van huishouden.partner · leeftijd op 2026-07-01"),
    "en": ("allebei waar", "leeftijd >= 21 en wonen.soort = 'huur'"),
    "of": ("minstens één waar", "leeftijd < 18 of leeftijd > 67"),
    "niet": ("het tegendeel", "niet opleiding.volgt"),
    "tussen": ("van … tot en met …: beide grenzen tellen mee", "leeftijd tussen 21 en 27"),
    "in": ("één van deze", "wonen.soort in ['huur', 'kamer']"),
    "is bekend": ("iemand heeft dit gezegd of opgezocht", "aanvraag.ontvangen_op is bekend"),
    "is onbekend": ("niemand weet dit nog", "aanvraag.ontvangen_op is onbekend"),
    "is geen": ("bekend is dat het er niet is", "huishouden.partner is geen"),
    "waar": ("van één regel van de lijst", "bestaat(schulden waar soort = 'huur')"),
    "aantal": ("hoeveel regels een lijst heeft", "aantal(huishouden.kinderen waar leeftijd < 18)"),
    "som": ("alles van een lijst bij elkaar opgeteld", "som(inkomsten.bedrag waar per = 'maand')"),
    "bestaat": ("is er minstens één regel waarvoor dit geldt?", "bestaat(schulden waar soort = 'huur')"),
    "alle": ("geldt dit voor elke regel?", "alle(huishouden.kinderen waar leeftijd < 12)"),
    "min": ("de kleinste van deze", "min(a, b)"),
    "max": ("de grootste van deze", "max(a, € 0)"),
    "afronden": ("op centen, euro's of een veelvoud, naar de dichtstbijzijnde", "afronden(105 % van norm, cent) · afronden(x, naar boven op € 5)"),
    "dagen": ("hele dagen tussen twee datums", "dagen tussen aanvraag.ontvangen_op en peildatum"),
    "maanden": ("hele maanden tussen twee datums", "maanden tussen x en peildatum"),
    "jaren": ("hele jaren tussen twee datums", "jaren tussen x en peildatum"),
    "ja": ("waar", "opleiding.volgt = ja"),
    "nee": ("niet waar", "opleiding.volgt = nee"),
}  # fmt: skip

WHAT: Final = {
    "gegeven": "gegeven",
    "bedrag": "cijfer",
    "begrip": "begrip",
    "open": "laat een gemeente invullen",
    "regelset": "regelset",
    "criterium": "criterium",
    "clausule": "clausule",
    "aandachtspunt": "aandachtspunt",
    "voorziening": "voorziening",
    "bundel": "bundel",
    "feit": "feit voor signalen",
    "signaal": "signaal",
    "basis": "situatie waar gevallen op lijken",
}


def about(target: Target, world: World) -> str:
    """What there is to say of something; empty when that is nothing."""
    if target.kind == "veld":
        return about_field(target.name)
    found = world.find(target)
    return about_named(found[0], world) if found else ""


def about_field(path: str) -> str:
    """A field of the situation: what it is, how it is asked, where it comes from."""
    field = field_of(tuple(path.split(".")))
    if not isinstance(field, Field):
        return ""
    lines = [f"**{path}** — {field.label}"]
    if field.vraag:
        lines.append(f"«{field.vraag}»")
    lines.append(_type_line(field.type))
    if field.type.record is not None and field.type.record.fields:
        lines.append("velden: " + ", ".join(f"`{name}`" for name in field.type.record.fields))
    else:
        lines.append(f"komt van: {', '.join(field.van)}" + (f" · eenheid: {field.eenheid}" if field.eenheid else ""))
    return "\n\n".join(lines)


def _type_line(kind: Type) -> str:
    said = str(kind)
    if kind.options:
        said += ": " + " · ".join(f"`{word}`" for word in kind.options)
    return said + (" (kan ook «geen» zijn)" if kind.geen and kind.kind not in (Kind.GROEP, Kind.LIJST) else "")


def about_named(named: Named, world: World) -> str:
    """A fact, figure, term, criterion, ruleset, provision or signal."""
    target, node = named.target, named.node
    what = WHAT.get(named.what, named.what)
    label = named.label
    where = f" van `{target.home}`" if target.home and named.what not in ("basis", "regelset") else ""
    lines = [f"**{target.name}** — {label or what}", f"_{what}{where}{', geleverd' if is_shipped_page(named.page) else ''}_"]
    match named.what:
        case "gegeven":
            lines += _fact(target, world, node)
        case "bedrag":
            lines += _figure(target, world)
        case "begrip":
            lines += _term(named, world)
        case "open":
            lines += _given(node, "type", "grondslag")
        case "basis":
            pass
        case _:
            lines += _given(node, "grondslag", "doel", "maatstaf", "eerste_stap", "uitleg", "soort", "tekst")
    return "\n\n".join(line for line in lines if line)


def _given(node: Any, *keys: str) -> list[str]:
    return [f"{key}: {' '.join(node.value(key).split())}" for key in keys if node.kind == "groep" and node.value(key)]


def _fact(target: Target, world: World, node: Any) -> list[str]:
    fact = world.fact(target)
    if fact is None:
        return _given(node, "vraag", "type")
    lines = [f"«{fact.vraag}»" if fact.vraag else "", _type_line(fact.type)]
    lines.append(f"komt van: {', '.join(fact.van)}" + (f" · eenheid: {fact.eenheid}" if fact.eenheid else ""))
    return [*lines, f"in een situatie: `eigen: {{{target.home}: {{{target.name}: …}}}}`"]


def _figure(target: Target, world: World) -> list[str]:
    figure = world.figure(target)
    if figure is None:
        return []
    day = world.today
    now = figure.newest(day)
    lines = [_now(figure, day)]
    if now is not None:
        lines.append(f"bron: {now.bron}" + ("" if now.geverifieerd else " (niet nagelezen)"))
    if figure.grondslag:
        lines.append(f"grondslag: {figure.grondslag}")
    later = [value for value in figure.waarden if value.van > day]
    if later:
        lines.append(f"vanaf {write_day(later[0].van)}: {shown(later[0].waarde, figure.type)}")
    if figure.outdated(day):
        lines.append("Dit cijfer is sindsdien aangepast: vul de nieuwe waarde aan.")
    return lines


def _now(figure: Figure, day: date) -> str:
    now = figure.newest(day)
    if now is None:
        return f"Op {write_day(day)} is er nog geen waarde."
    if figure.tot is not None and day > figure.tot:
        return f"Op {write_day(day)} is er geen waarde meer: {shown(now.waarde, figure.type)} gold tot en met {write_day(figure.tot)}."
    until = f", tot en met {write_day(figure.tot)}" if figure.tot is not None else ""
    return f"Vandaag **{shown(now.waarde, figure.type)}**, sinds {write_day(now.van)}{until}"


def shown(value: Any, kind: Type) -> str:
    """A value as people write it."""
    name = "decimaal" if kind.cijfers else kind.kind.value
    written = write_value(name, value, kind.cijfers)
    return str(written).replace(".", ",") if name == "decimaal" else str(written)


def _term(named: Named, world: World) -> list[str]:
    lines = []
    kind = world.type_of(named.target)
    if kind is not None:
        lines.append(_type_line(kind))
    lines += _given(named.node, "uitleg", "grondslag", "gebruik")
    text = " ".join(named.node.text.split()) if named.node.kind == "waarde" else named.node.value("is")
    if not text and named.node.kind == "groep":
        text = named.page.text[named.node.start : named.node.end]
        return [*lines, f"```yaml\n{_short(text)}\n```"] if not named.node.value("gebruik") else lines
    return [*lines, f"`{_short(' '.join(text.split()))}`"] if text else lines


def _short(text: str, most: int = 700) -> str:
    return text if len(text) <= most else text[:most] + " …"


def detail(named: Named, world: World) -> str:
    """One line beside a word to choose."""
    if named.what == "bedrag":
        figure = world.figure(named.target)
        now = figure.on(world.today) if figure is not None else None
        if figure is not None and now is not None:
            return f"{shown(now, figure.type)} · {named.label or 'cijfer'}"
    return named.label or WHAT.get(named.what, named.what)


def of_case(name: str) -> Field | None:
    """A field of `zaak`: only signals and provisions read it."""
    return CASE.fields.get(name)


def option_detail(word: str) -> str:
    """A word of a choice as people write it."""
    said = choice_words(word)
    return said if said != word else ""


def field_detail(steps: tuple[str, ...]) -> str:
    """One line of a field."""
    field = field_at(steps)
    return field.label if field is not None else ""


def explained(code: str) -> str:
    """What a finding means and why it is asked, with an example: the words of `responsief explain`. Empty for an unknown code."""
    one = explanations().get(code)
    if one is None:
        return ""
    parts = [f"**{one.code}** — {one.kort}", one.wat, f"_Waarom:_ {one.waarom}"]
    for title, example in (("Zo niet:", one.fout), ("Zo wel:", one.goed)):
        if example is not None:
            parts.append(f"{title}\n\n```yaml\n{example.bare}\n```")
    return "\n\n".join(parts)
