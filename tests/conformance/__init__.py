"""Both buses, one behaviour."""
