"""The rules of firms, members, licenses and invitations: plain Python, no database, no bus."""
