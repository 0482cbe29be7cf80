"""Tools that bring a whole practice on board, speaking to the services like any client."""
