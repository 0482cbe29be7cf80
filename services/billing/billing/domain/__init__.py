"""The rules of billing: standard library only, no database, no clock, no bus."""
