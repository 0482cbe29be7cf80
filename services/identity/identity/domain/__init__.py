"""The rules of identity: standard library and chassis.errors only."""
