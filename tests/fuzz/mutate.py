"""A file that was in order, harmed at random: cut, spliced, flipped, stuffed with what does harm elsewhere."""

from __future__ import annotations

import io
import random
import zipfile

# What breaks readers: numbers at the edges, quotes, ends of elements, formulas, other directions, paths, deep nesting.
TOKENS = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\r", b"\n", b"\t", b'"', b"'", b";", b",",
    b"=cmd|' /C calc'!A0", b"=HYPERLINK(1)", b"@SUM(1)", b"<script>alert(1)</script>", b"</script>", b"<!--", b"]]>", b"&lt;",
    b"{{7*7}}", b"${7*7}", b"%s%n", b"../../../etc/passwd", b"C:\\Windows\\", b"CON", b"\\\\host\\share", b"file:///etc/passwd",
    b"null", b"true", b"NaN", b"Infinity", b"-1", b"0", b"1e999", b"9" * 400, b"120.0", b"1,5", b"[[[[[[[[", b'{"a":' * 40,
    b"[" * 3000, b"{}", b"[]", "\u202egnp.exe".encode(), "\u200b\ufeff".encode(), "\U0001f600".encode(), "İıſß".encode(),
    "\u0661\u0662".encode(), b"\x1b[2J", b"a" * 20_000, b'<!DOCTYPE x [<!ENTITY a "b">]>', b"&a;", b"gmed_2", b"piri_1",
    b"gas_3", b"left", b"both", b"midline", b"hold", b"all", b"R01", b"C12", b"screening", b"2026-02-30", b"0001-01-01",
]  # fmt: skip


class Mutator:
    """Harms contents; the same seed harms them in the same way."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def bytes(self, content: bytes, *others: bytes) -> bytes:
        """Harm a file in one to six places; others of its kind lend parts."""
        for _ in range(self.chance.choice((1, 1, 1, 2, 3, 6))):
            content = self._once(content, others)
        return content

    def _once(self, content: bytes, others: tuple[bytes, ...]) -> bytes:
        at = self.chance.randint(0, len(content))
        size = self.chance.choice((0, 1, 1, 2, 4, 16, 200, 5_000))
        ways = (
            lambda: content[:at] + self.chance.choice(TOKENS) + content[at + size :],
            lambda: content[:at] + self.chance.choice(TOKENS) + content[at:],
            lambda: (
                content[:at] + bytes(self.chance.randrange(256) for _ in range(min(size, 16))) + content[at + size :]
            ),
            lambda: content[:at],
            lambda: content[:at] + content[at + size :],
            lambda: content[:at] + content[at : at + size] * self.chance.choice((2, 3, 50)) + content[at + size :],
            lambda: content[:at] + self._part(others or (content,)) + content[at:],
            lambda: self._token_for_token(content),
            lambda: self._other_encoding(content),
        )
        return self.chance.choice(ways)()

    def _part(self, others: tuple[bytes, ...]) -> bytes:
        other = self.chance.choice(others)
        at = self.chance.randint(0, len(other))
        return other[at : at + self.chance.choice((4, 60, 1_000, 100_000))]

    def _token_for_token(self, content: bytes) -> bytes:
        """Put a token in the place of a whole value, so that the form around it stays."""
        marks = [at for at, sign in enumerate(content[:200_000]) if sign in b',;:"<>=\n']
        if len(marks) < 2:
            return content
        index = self.chance.randrange(len(marks) - 1)
        return content[: marks[index] + 1] + self.chance.choice(TOKENS) + content[marks[index + 1] :]

    def _other_encoding(self, content: bytes) -> bytes:
        text = content.decode("utf-8", errors="replace")
        return text.encode(self.chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7")), errors="replace")

    def archive(self, content: bytes) -> bytes:
        """Harm one part of a zip file, and pack it again as it should be."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
            harmed = set(self.chance.sample(names, self.chance.choice((1, 1, 2))))
            for name in old.namelist():
                if name.endswith(".png"):
                    continue
                part = old.read(name)
                if name in harmed and self.chance.random() < 0.1:
                    continue
                new.writestr(name, self.bytes(part) if name in harmed else part)
        return out.getvalue()
