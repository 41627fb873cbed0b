"""What a design and its arrays from a file must keep to before anything is made of them."""

import numpy as np

from engine.files.wanted import MAX_ARRAY_BYTES, MAX_WIDTHS, Refused, readable_size
from engine.shapes import Walk


def require_bounded(walked: Walk) -> None:
    """Raises Refused where the weights or the tensors of a design would be too large."""
    numbers = sum(each.size for ops in walked.ops.values() for op in ops for each in op.parameters)
    if numbers * 4 > MAX_ARRAY_BYTES:
        raise Refused(
            f"its design is too large: it needs {readable_size(numbers * 4)} of weights, "
            f"at most {readable_size(MAX_ARRAY_BYTES)} are read"
        )
    if sum(walked.widths.values()) > MAX_WIDTHS:
        raise Refused(
            f"its design is too large: {sum(walked.widths.values()):,} values for each row, "
            f"at most {MAX_WIDTHS:,} are taken"
        )


def require_finite(label: str, array: np.ndarray) -> None:
    """Raises Refused where `array` holds NaN or infinite values, with their count."""
    count = array.size - int(np.isfinite(array).sum())
    if count:
        raise Refused(f"{label} holds {count:,} values that are NaN or infinite")
