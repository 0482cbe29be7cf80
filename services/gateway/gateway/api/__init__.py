"""The HTTP API for programs: a table of routes, and what follows from the services' contracts."""
