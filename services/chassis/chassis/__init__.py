"""The shared mechanics of every service; knows no domain."""
