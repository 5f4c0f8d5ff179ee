"""From a checked ruleset to a page that people read: a Dutch sentence per criterion, tables, plots, what changed.

Nothing here decides: it tells what the nodes mean, in the words of the labels. `page_of` makes the page, `to_html` and
`to_markdown` write it.
"""
