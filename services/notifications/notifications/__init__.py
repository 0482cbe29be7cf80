"""Mails, their templates and their delivery state."""
