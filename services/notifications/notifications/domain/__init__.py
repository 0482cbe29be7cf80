"""The rules of mails; plain Python."""
