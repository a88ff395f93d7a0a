"""Eksblowfish, the cipher inside bcrypt, for the costs that the bcrypt library refuses.

As fast as it can be and still be read: at VICIdial's usual cost of 2 a hash is 78,000 rounds.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Sequence
from functools import cache
from itertools import cycle
from math import isqrt
from typing import NamedTuple

Words = list[int]
Boxes = tuple[Words, Words, Words, Words]
Block = tuple[int, int]

_WORD_BITS = 32
_WORD = (1 << _WORD_BITS) - 1
# One before the first of 16 rounds, one for each of them, one after the last.
_KEYS = 18
_BOX = 256
_BOXES = 4
_TEXT = b"OrpheanBeholderScryDoubt"
_ENCRYPTIONS = 64
_HASH_BYTES = 23
_NO_SALT = (0, 0, 0, 0)
# Rounding spoils the last 15 bits or so of pi: as many more are computed.
_GUARD_BITS = 64
# Python's threads take turns of 5 ms: without a real pause each step of the event loop waits one.
_PAUSE_S = 0.00005


class _Schedule(NamedTuple):
    """The key words in the order of their use."""

    first: int
    rounds: tuple[tuple[int, int], ...]
    last: int


def eksblowfish_hash(key: bytes, salt: bytes, cost: int) -> bytes:
    """The 23 bytes that bcrypt (`$2a$`) makes of a password and of 16 bytes of salt."""
    keys, boxes = _first_words()
    password, salt_words = _repeated(key + b"\0"), _repeated(salt)
    _expand(keys, boxes, password, salt=salt_words[:4])
    for _ in range(2**cost):
        _expand(keys, boxes, password)
        _expand(keys, boxes, salt_words)
    schedule = _schedule(keys)
    text = struct.iter_unpack(">2I", _TEXT)
    blocks = [_encrypted_often(block, schedule, boxes) for block in text]
    return b"".join(struct.pack(">2I", *block) for block in blocks)[:_HASH_BYTES]


def _expand(keys: Words, boxes: Boxes, key: Words, *, salt: Sequence[int] = _NO_SALT) -> None:
    """Mix a key in; then each two words become what the cipher makes of the two before them."""
    keys[:] = [word ^ other for word, other in zip(keys, key, strict=True)]
    salts = cycle([salt[:2], salt[2:]])
    left = right = 0
    for words in (keys, *boxes):
        schedule = _schedule(keys)
        for i, (one, other) in zip(range(0, len(words), 2), salts, strict=False):
            left, right = _encrypted(left ^ one, right ^ other, schedule, boxes)
            words[i] = left
            words[i + 1] = right
            if words is keys:
                schedule = _schedule(keys)
        time.sleep(_PAUSE_S)


def _encrypted(left: int, right: int, schedule: _Schedule, boxes: Boxes) -> Block:
    """Two words after Blowfish's 16 rounds.

    Sums are left to pass 32 bits: what is above them takes no part, and is cut off at the end.
    """
    first, rounds, last = schedule
    s0, s1, s2, s3 = boxes
    left ^= first
    for odd, even in rounds:
        top = left >> 8  # a small integer, which Python is faster with
        right ^= (s0[top >> 16 & 255] + s1[top >> 8 & 255] ^ s2[top & 255]) + s3[left & 255] ^ odd
        top = right >> 8
        left ^= (s0[top >> 16 & 255] + s1[top >> 8 & 255] ^ s2[top & 255]) + s3[right & 255] ^ even
    return (right ^ last) & _WORD, left & _WORD


def _encrypted_often(block: Block, schedule: _Schedule, boxes: Boxes) -> Block:
    left, right = block
    for _ in range(_ENCRYPTIONS):
        left, right = _encrypted(left, right, schedule, boxes)
    return left, right


def _schedule(keys: Words) -> _Schedule:
    return _Schedule(keys[0], tuple(zip(keys[1:-1:2], keys[2:-1:2], strict=True)), keys[-1])


def _repeated(key: bytes) -> Words:
    """As many words as there are key words, of the key again and again."""
    size = _KEYS * _WORD_BITS // 8
    return list(struct.unpack(f">{_KEYS}I", (key * size)[:size]))


def _first_words() -> tuple[Words, Boxes]:
    """Blowfish begins with the fraction of pi."""
    words = _words_of_pi(_KEYS + _BOXES * _BOX)
    s0, s1, s2, s3 = (list(words[i : i + _BOX]) for i in range(_KEYS, len(words), _BOX))
    return list(words[:_KEYS]), (s0, s1, s2, s3)


@cache
def _words_of_pi(count: int) -> tuple[int, ...]:
    bits = count * _WORD_BITS
    fraction = _pi(bits) % (1 << bits)
    return struct.unpack(f">{count}I", fraction.to_bytes(bits // 8, "big"))


def _pi(bits: int) -> int:
    """Pi times 2**bits, by the series of the Chudnovskys: 47 bits a term."""
    one = 1 << bits + _GUARD_BITS
    term, total, k = one, 13591409 * one, 0
    while term:
        k += 1
        term = -term * (6 * k - 5) * (2 * k - 1) * (6 * k - 1) // (k**3 * (640320**3 // 24))
        total += term * (13591409 + 545140134 * k)
    return 426880 * isqrt(10005 * one**2) * one // total >> _GUARD_BITS
