"""The decision tables and dated figures of a ruleset as an Excel workbook, and back into the very places that changed."""
