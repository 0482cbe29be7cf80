"""Client records, their assignment and who may see them."""
