"""A hash that is slow to make on purpose: PBKDF2 with SHA-256, also where Python has no OpenSSL, as in a browser."""

from __future__ import annotations

import hashlib

BLOCK = 64


def slow_hash(key: bytes, salt: bytes, rounds: int) -> bytes:
    """Return 32 bytes of a key; each round has to be computed by whoever tries to find the key."""
    made = getattr(hashlib, "pbkdf2_hmac", None)
    return made("sha256", key, salt, rounds) if made else plain_slow_hash(key, salt, rounds)


def plain_slow_hash(key: bytes, salt: bytes, rounds: int) -> bytes:
    """Return the same as `slow_hash` by Python alone (RFC 8018, 5.2, with one block).

    Examples
    --------
    >>> plain_slow_hash(b"key", b"salt", 3) == hashlib.pbkdf2_hmac("sha256", b"key", b"salt", 3)
    True
    """
    padded = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ mask for byte in padded)) for mask in (0x36, 0x5C))

    def keyed(message: bytes) -> bytes:
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.digest()

    last = keyed(salt + (1).to_bytes(4, "big"))
    total = int.from_bytes(last, "big")
    for _ in range(rounds - 1):
        last = keyed(last)
        total ^= int.from_bytes(last, "big")
    return total.to_bytes(32, "big")
