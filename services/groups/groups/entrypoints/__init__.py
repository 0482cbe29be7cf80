"""Messages of the service by noun; ``service.py`` mixes them into one class."""
