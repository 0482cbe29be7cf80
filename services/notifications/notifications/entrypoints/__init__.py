"""The messages of the service, by noun."""
