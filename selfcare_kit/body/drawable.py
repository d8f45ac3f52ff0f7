"""What every drawing can be written as, whatever it shows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfcare_kit.body.draw.mpl.canvas import Axes


class Drawable(ABC):
    """The writers of a drawing that need matplotlib, which is loaded when one is called."""

    def to_png(self, path: str | Path | None = None, *, dpi: int = 144) -> bytes | Path:
        """Write the drawing as PNG, the same bytes every time.

        Parameters
        ----------
        path : str or Path, optional
            Where to write; None returns the bytes.
        dpi : int, default=144
            Dots for each inch; a figure is about seven inches high, a position picture four inches at its longer side.

        Returns
        -------
        bytes or Path
            The PNG, or the path it was written to.
        """
        from selfcare_kit.files import deliver_bytes

        return deliver_bytes(self._png(dpi), path)

    def to_pdf(self, path: str | Path | None = None) -> bytes | Path:
        """Write the drawing as a one-page PDF, the same bytes every time.

        Parameters
        ----------
        path : str or Path, optional
            Where to write; None returns the bytes.

        Returns
        -------
        bytes or Path
            The PDF, or the path it was written to.
        """
        from selfcare_kit.files import deliver_bytes

        return deliver_bytes(self._pdf(), path)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw with matplotlib.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; a new figure's when left out.

        Returns
        -------
        matplotlib.axes.Axes
            The axes drawn on: of a figure of one view in the cm of `locate`, of a position picture in its own units.
        """
        return self._plot(ax)

    @abstractmethod
    def _png(self, dpi: int) -> bytes: ...

    @abstractmethod
    def _pdf(self) -> bytes: ...

    @abstractmethod
    def _plot(self, ax: Axes | None) -> Axes: ...
