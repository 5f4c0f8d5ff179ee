"""What many decisions together say of the system: never of a person, and never of fewer than `K` people.

`stored` and `scanned` read decisions into a `cases.Tally`, `places` says where somebody lives, `found` looks for what stands out
(`chance` holds it against what could be expected, `shown` says which counts may be told), `purpose` adds what the rules say.
"""
