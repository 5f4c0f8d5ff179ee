"""What a door shows elsewhere: findings and differences as the text that other programs and people read.

Every function here gives a text and prints nothing. Findings (`Diagnostic`): `to_sarif`, `to_junit`, `to_github`, `to_gitlab`.
A difference (`Report`): `to_markdown`, `to_terminal`, `to_html`, `to_json`. Each stands in a module of its own.
"""
