"""The amounts of bevolking.yaml in cents, and its criteria in order, for whoever writes its rules otherwise. Plain data: OpenFisca reads it too."""

NORM_ALONE, NORM_MARRIED = 140_150, 200_213
LIMIT_ALONE, LIMIT_FAMILY, HOUSE_FREE = 800_000, 1_600_000, 6_750_000
GRANT_ALONE, GRANT_FAMILY, GRANT_CHILD = 20_000, 30_000, 40_000
REFUSING = (
    "verblijf",
    "leeftijd",
    "inkomen_laag",
    "vermogen_laag",
    "geen_studie",
    "niet_net_klaar",
    "woont_hier",
    "vrij",
    "huur",
)
WEIGHED = "zelfstandig"
