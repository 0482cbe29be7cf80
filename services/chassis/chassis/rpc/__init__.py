"""Calls between services: a request, one answer or one error, and a deadline."""
