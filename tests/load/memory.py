"""How much memory programs take while something passes through them."""

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, TypeVar

from load.suite import Suite

T = TypeVar("T")
_WATCH_S = 0.1


async def watched(
    suite: Suite, names: Collection[str], work: Coroutine[Any, Any, T]
) -> tuple[T, dict[str, dict[str, float]]]:
    """What the work returns, and by program: memory before it, at most during it, and growth."""
    before = suite.memory_mb(names)
    task = asyncio.create_task(work)
    peak = dict(before)
    while not task.done():
        peak = {name: max(peak[name], now) for name, now in suite.memory_mb(names).items()}
        await asyncio.wait([task], timeout=_WATCH_S)
    return await task, {
        name: {
            "before_mb": before[name],
            "peak_mb": peak[name],
            "growth": peak[name] / before[name] - 1,
        }
        for name in before
    }
