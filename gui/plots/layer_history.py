"""What was measured of each layer, over the epochs: as lines for a plot."""

from collections.abc import Mapping, Sequence

import numpy as np

from gui.plots.lines import Line, series_token

MOST = 2_000  # measurements; of more, every second is kept


class LayerHistory:
    """A row of values at each time, one a layer; other layers begin anew."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing has been measured."""
        self.layers: tuple[str, ...] = ()
        self._times: list[float] = []
        self._values: list[np.ndarray] = []

    def add(self, time: float, layers: Sequence[str], values: np.ndarray) -> None:
        """Takes in one measurement; another at the same time takes its place."""
        if tuple(layers) != self.layers or (self._times and time < self._times[-1]):
            self.forget()
            self.layers = tuple(layers)
        if self._times and time == self._times[-1]:
            self._times.pop()
            self._values.pop()
        self._times.append(time)
        self._values.append(np.asarray(values, float))
        if len(self._times) > MOST:
            self._times, self._values = self._times[::2], self._values[::2]

    def __len__(self) -> int:
        return len(self._times)

    @property
    def times(self) -> np.ndarray:
        """When it was measured, in epochs."""
        return np.array(self._times)

    @property
    def values(self) -> np.ndarray:
        """`(times, layers)`."""
        return np.array(self._values).reshape(len(self._times), len(self.layers))

    def lines(self, names: Mapping[str, str]) -> list[Line]:
        """A line a layer; `names` are by id."""
        times, values = self.times, self.values
        return [
            Line(names.get(layer, layer), times, values[:, place], series_token(place))
            for place, layer in enumerate(self.layers)
        ]
