"""Text of any script on paper: which font has it, how its letters join, which way it runs.

``writing`` is the file to open first; it needs the fonts in ``billing/fonts``.
"""
