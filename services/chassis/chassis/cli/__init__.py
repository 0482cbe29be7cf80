"""The ``chambers`` command: every module in here, and each entry point, is a sub-command."""
