"""Firms, members, roles, licenses and invitations."""
