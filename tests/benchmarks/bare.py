"""py-amqp and nothing else: no nameko, no eventlet, no deadline, no safety."""

import json
import os
import sys
from urllib.parse import urlsplit

import amqp

from tests.benchmarks.measuring import measure, questions, say_ready, tell

QUEUE = "bare-echo"


def connect() -> amqp.Connection:
    """A connection to the benchmark's broker."""
    parts = urlsplit(os.environ["BENCH_BUS"])
    connection = amqp.Connection(f"{parts.hostname}:{parts.port}")
    connection.connect()
    return connection


def serve() -> None:
    """Answer until killed."""
    connection = connect()
    channel = connection.channel()
    channel.queue_declare(QUEUE, auto_delete=False)
    channel.basic_qos(0, 20, False)

    def echo(message: amqp.Message) -> None:
        reply = json.dumps(json.loads(message.body)["args"][0])
        answer = amqp.Message(reply, correlation_id=message.correlation_id)
        channel.basic_publish(answer, routing_key=message.reply_to)
        channel.basic_ack(message.delivery_tag)

    channel.basic_consume(QUEUE, callback=echo)
    say_ready()
    while True:
        connection.drain_events()


def call() -> None:
    """Measure when asked."""
    connection = connect()
    channel = connection.channel()
    queue = channel.queue_declare("", exclusive=True).queue
    got: list[int] = []
    channel.basic_consume(queue, callback=lambda m: got.append(json.loads(m.body)), no_ack=True)

    def many(numbers):
        got.clear()
        for number in numbers:
            body = json.dumps({"args": [number], "kwargs": {}})
            message = amqp.Message(body, reply_to=queue, correlation_id=str(number))
            channel.basic_publish(message, routing_key=QUEUE)
        while len(got) < len(numbers):
            connection.drain_events()
        return sorted(got)

    say_ready()
    for question in questions():
        tell(measure(lambda number: many([number])[0], many, **question))


if __name__ == "__main__":
    serve() if sys.argv[1] == "server" else call()
