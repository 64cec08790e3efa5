"""Repeatable chance: one independent stream of random numbers for each thing that is made."""

import random
from collections.abc import Mapping


def dice(seed: int, *names: object) -> random.Random:
    """A generator for the thing called `names`: adding a decision never changes the company beside it."""
    return random.Random(":".join(map(str, (seed, *names))))  # noqa: S311 - invented material, no secret


def weighted(roll: random.Random, weights: Mapping[str, int]) -> str:
    """One key, each as often as its weight says."""
    return roll.choices(list(weights), weights=list(weights.values()))[0]
