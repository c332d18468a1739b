"""A server under verification: its client, its dialect, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from harness.core.errors import HarnessError, MalformedAnswer, Refused
from harness.targets.http.client import Client
from harness.targets.http.connection import Address, Connection
from harness.targets.http.dialect import Ask, Dialect, Facts, Reply
from harness.targets.http.discovery import Discovered, discover
from harness.targets.http.exchange import Call, Exchange


@dataclass(frozen=True)
class Server:
    """What checks of the protocol speak to: any call, patiently or once, and rerank requests in no dialect's words."""

    client: Client
    discovered: Discovered

    @classmethod
    def reach(cls, address: Address, connection: Connection) -> Server:
        """Connect and find the dialect out; TargetError or UsageError says why not."""
        client = Client(address.url, connection)
        try:
            return cls(client, discover(client, address.dialect))
        except HarnessError:
            client.close()
            raise

    @property
    def dialect(self) -> Dialect:
        """The dialect it speaks."""
        return self.discovered.dialect

    @property
    def facts(self) -> Facts:
        """What it says of itself."""
        return self.discovered.facts

    @property
    def model(self) -> str | None:
        """The name to ask for: the user's, or the one that the server lists."""
        return self.client.connection.model_name or self.facts.model

    @property
    def batch_limit(self) -> int | None:
        """Documents in one request at most."""
        return self.facts.batch_limit

    def call(self, ask: Ask, path: str | None = None) -> Call:
        """The request in the server's dialect."""
        return self.dialect.call(ask, self.model, path)

    def send(self, call: Call, *, timeout: float | None = None) -> Exchange:
        """Send once, without retries: for requests whose refusal is the point."""
        return self.client.send(call, patient=False, timeout=timeout)

    def ask(self, ask: Ask, path: str | None = None) -> Exchange:
        """Send a rerank request patiently; Refused where it is answered with anything but 200."""
        return self.accepted(self.client.send(self.call(ask, path)))

    def reply(self, ask: Ask, path: str | None = None) -> Reply:
        """The reply to a rerank request; as `ask`, and MalformedAnswer where it cannot be read."""
        return self.dialect.read(self.ask(ask, path))

    def accepted(self, exchange: Exchange) -> Exchange:
        """`exchange` if its status is 200; Refused tells status and body otherwise."""
        if exchange.status == 200:
            return exchange
        call = exchange.call
        raise Refused(f"{call.method} {call.path} answered {exchange.status}: {exchange.shown()}", exchange.status)

    def curl(self, call: Call) -> str:
        """A command that sends a call again; the key is named as a variable, never by its value."""
        key, command = self.client.connection.api_key_env, call.curl(self.client.url)
        own = any(name.lower() == "authorization" for name in call.headers)
        # in double quotes, so that the shell puts the key in
        return command if key is None or own else f'{command} -H "authorization: Bearer ${key}"'

    def second_scores(self, ask: Ask) -> list[float]:
        """Scores of the second endpoint in the order of the documents; ValueError where the dialect has none."""
        call = self.dialect.second(ask, self.model)
        if call is None:
            raise ValueError(f"{self.dialect.name} has no second endpoint")
        scores = self.dialect.read_second(self.accepted(self.client.send(call)))
        if len(scores) != len(ask.documents):
            raise MalformedAnswer(f"{call.path} answered {len(scores)} scores for {len(ask.documents)} documents")
        return scores
