"""Identity: accounts, passwords, one-time links and login sessions."""
