"""Faults: processes killed, servers restarted, messages lost, repeated and spoiled."""
