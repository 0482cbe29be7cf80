"""Messages of billing by noun; ``service.py`` has the others and puts them together."""
