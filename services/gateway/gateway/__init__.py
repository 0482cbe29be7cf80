"""The door for browsers and programs: HTTP in, RPC out; no database and no rules."""
