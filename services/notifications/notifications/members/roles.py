"""Roles of members, and which of them look after a firm's affairs."""

ROLES = frozenset({"admin", "member", "practitioner", "billing_only"})
MANAGERS = frozenset({"admin", "billing_only"})
