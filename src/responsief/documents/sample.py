"""One letter and one note with every kind of block: what a municipality's own template is tried on."""

from __future__ import annotations

from typing import Final

from responsief.documents.blocks import read_blocks

_LETTER: Final = """\
CONCEPT – voorbeeld van een brief

Gemeente Voorbeeld
Postbus 1

Aan: [vul in: naam]
Datum: 1 januari 2026
Onderwerp: voorbeeld

Beste lezer,

Besluit: dit is een voorbeeld.
Geld: € 1,00.

Kop van een deel
----------------

Een alinea. Met *tekens* die #geen <b>opmaak</b> $zijn$.
   Ingesprongen

- een punt
  met een vervolg
  * en een vraag

1. Eén

2. Twee
"""

SAMPLE: Final = (
    read_blocks(_LETTER, "brief"),
    read_blocks("NOTA VOOR HET DOSSIER\n" + _LETTER.replace("Gemeente Voorbeeld\nPostbus 1\n\n", ""), "nota"),
)
