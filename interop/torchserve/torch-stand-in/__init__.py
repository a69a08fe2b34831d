"""A stand-in for torch, so that TorchServe's workers load where no torch can be had.

The workers ask of torch only whether a model's answer is a tensor. The models of the interop suite answer with text and
numbers, so here nothing ever is one. Models that compute with torch fail to load on this, as they should.
"""

__version__ = "0+stand.in"


class Tensor:
    """What no answer of the interop suite's models is an instance of."""
