"""Journeys through all five services."""
