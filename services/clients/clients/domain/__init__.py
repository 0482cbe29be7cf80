"""Rules about clients: what a record may hold, whose it is, and who may see it."""
