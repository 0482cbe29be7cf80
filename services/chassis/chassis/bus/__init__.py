"""The bus: RabbitMQ over the wire, or the embedded bus inside one process; one code for both."""

from chassis.bus import embedded

embedded.register()
