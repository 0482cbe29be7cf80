"""What services promise each other, generated from their code and checked against each other."""
