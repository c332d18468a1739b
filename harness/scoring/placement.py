"""What a worker needs of a cluster: cores, and a share of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harness.core.errors import TargetError, UsageError, in_one_line

#: Ray counts shares of a card in ten thousandths; hundredths are fine enough to place by.
HUNDREDTHS = 100
#: Seconds in which a cluster has to say how large its cards are.
ASKED_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class Need:
    """What one worker computes with: CPU cores, and bytes of a card (None: it needs none). `usual` is how many workers
    there are where nobody says.
    """

    cores: int = 1
    card_bytes: int | None = None
    usual: int = 1


@dataclass(frozen=True, slots=True)
class Placement:
    """Cores, and the share of a card, that one worker is given; workers of up to half a card each share one."""

    cores: int = 1
    card: float = 0.0

    def options(self) -> dict[str, Any]:
        """As Ray takes them."""
        return {"num_cpus": self.cores, "num_gpus": self.card}

    def __str__(self) -> str:
        share = f" and {self.card:g} of a GPU" if self.card else ""
        return f"{self.cores} CPU{share}"


def placed(ray: Any, need: Need) -> Placement:
    """Where a worker goes on a cluster; TargetError where it has no card and one is needed."""
    if need.card_bytes is None:
        return Placement(need.cores)
    return Placement(need.cores, share_of_card(need.card_bytes, _smallest_card(ray)))


def share_of_card(needed: int, available: int) -> float:
    """The share of a card of `available` bytes that `needed` bytes are: hundredths, rounded up, up to a half; what
    needs more has the card for itself. UsageError where it does not fit.
    """
    if needed > available:
        raise UsageError(
            f"a worker needs {needed / 2**30:.1f} GiB and the card has {available / 2**30:.1f} GiB; "
            "choose a smaller dtype or another card"
        )
    hundredths = -(-needed * HUNDREDTHS // available)
    return hundredths / HUNDREDTHS if hundredths <= HUNDREDTHS // 2 else 1.0


def _smallest_card(ray: Any) -> int:
    """Bytes of the smallest card of a cluster, as each of its nodes with cards says."""
    nodes = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("GPU")]
    if not nodes:
        raise TargetError("the Ray cluster has no GPU; leave out --device cuda, or add a node that has one")
    ask = ray.remote(card_bytes)
    asked = [
        ask.options(num_cpus=0, num_gpus=0.01, scheduling_strategy=_on(ray, node["NodeID"])).remote() for node in nodes
    ]
    try:
        return int(min(ray.get(asked, timeout=ASKED_WITHIN)))
    except ray.exceptions.RayError as error:
        raise TargetError(f"the Ray cluster does not say how large its cards are: {in_one_line(error)}") from None


def _on(ray: Any, node: str) -> Any:
    return ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(node_id=node, soft=False)


def card_bytes() -> int:
    """Bytes of the first card that this process sees; 0 where it sees none."""
    import torch

    return int(torch.cuda.get_device_properties(0).total_memory) if torch.cuda.is_available() else 0
