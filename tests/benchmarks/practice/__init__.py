"""Messages of a whole practice: five services, a process each, on RabbitMQ and PostgreSQL."""
