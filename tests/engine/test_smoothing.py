"""The exponential moving average of curves, against pandas."""

import numpy as np
import pandas as pd
import pytest

from engine.smoothing import Smoothing


@pytest.mark.parametrize("weight", [0.0, 0.3, 0.9, 0.99])
@pytest.mark.parametrize("count", [1, 127, 128, 129, 1000])
def test_it_is_that_of_pandas(weight: float, count: int) -> None:
    values = np.random.default_rng(count).standard_normal(count) + 3
    expected = pd.Series(values).ewm(alpha=1 - weight, adjust=True).mean().to_numpy()
    np.testing.assert_allclose(Smoothing(weight).extend(values), expected, rtol=1e-12)


def test_it_goes_on_where_it_was() -> None:
    values = np.random.default_rng(0).standard_normal(700)
    smoothing = Smoothing(0.8)
    parts = [smoothing.extend(part) for part in np.split(values, [1, 5, 300, 301])]
    np.testing.assert_allclose(np.concatenate(parts), Smoothing(0.8).extend(values), rtol=1e-12)
    assert len(smoothing.extend(np.empty(0))) == 0


@pytest.mark.parametrize("weight", [-0.1, 1.0, 2.0])
def test_other_weights_are_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="weight of smoothing"):
        Smoothing(weight)
