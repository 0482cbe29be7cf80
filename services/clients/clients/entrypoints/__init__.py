"""What the messages of ClientsService do, by noun."""
