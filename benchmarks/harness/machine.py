"""What was measured on, and when: the kind of machine and the versions, never its name."""

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

PACKAGES = ("scikit-learn", "torch", "jax")
# The widest vector instructions that a processor lists.
VECTORS = {"avx512f": "AVX-512", "avx2": "AVX2", "avx": "AVX"}


def described() -> dict[str, str]:
    """Date, processor, BLAS and versions, each in a few words."""
    about = {"date": date.today().isoformat(), "processor": _processor(), "numpy": _numpy()}
    return about | {name: f"{name} {found}" for name in PACKAGES if (found := _version(name))}


def _processor() -> str:
    cores, name, flags = f"{os.cpu_count()} cores", platform.machine(), ""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            key, _, value = (part.strip() for part in line.partition(":"))
            name = value if key == "model name" else name
            flags = value if key == "flags" else flags
    widest = next((word for flag, word in VECTORS.items() if flag in flags.split()), "")
    return f"{cores} of an {name}" + (f" with {widest}" if widest else "")


def _numpy() -> str:
    from threadpoolctl import threadpool_info

    kernels = next((each.get("architecture") for each in threadpool_info()), None)
    return f"numpy {np.__version__}" + (f" (OpenBLAS kernels: {kernels})" if kernels else "")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
