"""Where the boxes of a drawn graph go: in layers, with few crossings and short, straight links.

The method of Sugiyama, Tagawa and Toda: the longest way from a source gives a box its layer, a link
over several layers holds a lane in each of them, layers are ordered by the mean place of their
neighbours, back and forth, and places are then drawn towards neighbours without changing orders.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Places = dict[str, tuple[float, float]]
Key = str | tuple[str, str, int]  # a box, or the lane of a link in a layer
_SWEEPS = 6
_MOST_LANES = 20_000


@dataclass(frozen=True)
class Spacing:
    """Distances between the corners of boxes: from layer to layer, and within one."""

    step: float
    box: float
    lane: float


@dataclass
class _Layers:
    """Keys by layer, in their order, and what each is linked to before and behind it."""

    rows: list[list[Key]] = field(default_factory=list)
    before: dict[Key, list[Key]] = field(default_factory=dict)
    behind: dict[Key, list[Key]] = field(default_factory=dict)

    def link(self, source: Key, target: Key) -> None:
        self.behind[source].append(target)
        self.before[target].append(source)

    def add(self, key: Key, layer: int) -> None:
        while len(self.rows) <= layer:
            self.rows.append([])
        self.rows[layer].append(key)
        self.before[key], self.behind[key] = [], []


def layered(boxes: Sequence[str], parents: Mapping[str, Sequence[str]], spacing: Spacing) -> Places:
    """(along, across) of every box; `boxes` come with each one behind its parents."""
    layers = _in_layers(boxes, parents)
    _uncross(layers)
    across = _places(layers, spacing)
    lowest = min(across.values(), default=0.0)
    return {
        key: (number * spacing.step, across[key] - lowest)
        for number, row in enumerate(layers.rows)
        for key in row
        if isinstance(key, str)
    }


def _in_layers(boxes: Sequence[str], parents: Mapping[str, Sequence[str]]) -> _Layers:
    depth: dict[str, int] = {}
    layers = _Layers()
    for box in boxes:
        depth[box] = 1 + max((depth[each] for each in parents.get(box, ())), default=-1)
        layers.add(box, depth[box])
    lanes = sum(depth[box] - depth[each] - 1 for box in boxes for each in parents.get(box, ()))
    for box in boxes:
        for parent in parents.get(box, ()):
            last: Key = parent
            if lanes <= _MOST_LANES:
                for layer in range(depth[parent] + 1, depth[box]):
                    lane = (parent, box, layer)
                    layers.add(lane, layer)
                    layers.link(last, lane)
                    last = lane
            layers.link(last, box)
    return layers


# ── orders ──────────────────────────────────────────────────────────────────────────────────


def _uncross(layers: _Layers) -> None:
    """Order each layer by where its neighbours are, to and fro; the best orders are kept."""
    best, fewest = [list(row) for row in layers.rows], _crossings(layers)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        forth = sweep % 2 == 0
        near = layers.before if forth else layers.behind
        rows = layers.rows if forth else layers.rows[::-1]
        for fixed, row in pairwise(rows):
            at = {key: place for place, key in enumerate(fixed)}
            own = {key: place for place, key in enumerate(row)}
            row.sort(key=lambda key: _mean([at[n] for n in near[key] if n in at], own[key]))
        if (count := _crossings(layers)) < fewest:
            best, fewest = [list(row) for row in layers.rows], count
    layers.rows = best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(layers: _Layers) -> int:
    """How many links cross between neighbouring layers."""
    count = 0
    for row, following in pairwise(layers.rows):
        at = {key: place for place, key in enumerate(following)}
        seen: list[int] = []
        for key in row:
            ends = sorted(at[each] for each in layers.behind[key] if each in at)
            count += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count


# ── places ──────────────────────────────────────────────────────────────────────────────────


def _places(layers: _Layers, spacing: Spacing) -> dict[Key, float]:
    """Each key as near to the middle of its neighbours as the others of its layer allow."""
    offsets: dict[Key, float] = {}
    for row in layers.rows:
        offsets |= zip(row, _offsets(row, spacing), strict=True)
    across = dict(offsets)
    for sweep in range(2 * _SWEEPS):
        forth = sweep % 2 == 0
        near = layers.before if forth else layers.behind
        for row in layers.rows if forth else layers.rows[::-1]:
            wishes = [_mean([across[n] for n in near[key]], across[key]) for key in row]
            starts = [wish - offsets[key] for key, wish in zip(row, wishes, strict=True)]
            for key, start in zip(row, _rising(starts), strict=True):
                across[key] = start + offsets[key]
    return across


def _offsets(row: Sequence[Key], spacing: Spacing) -> list[float]:
    """The least distance of each key from the first of its layer."""
    found, at = [], 0.0
    for key, following in zip(row, [*row[1:], None], strict=True):
        found.append(at)
        both = isinstance(key, str) and isinstance(following, str)
        one = isinstance(key, str) or isinstance(following, str)
        at += spacing.box if both else (spacing.box + spacing.lane) / 2 if one else spacing.lane
    return found


def _rising(wishes: Sequence[float]) -> list[float]:
    """The sequence that never falls and is nearest to the wishes, by least squares."""
    pools: list[tuple[float, int]] = []
    for wish in wishes:
        mean, count = wish, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
