"""What a person places. A new kind of layer is a class here and a row in the Keras table."""

from engine.layers.activation import Activation
from engine.layers.base import Category, Layer
from engine.layers.dense import Dense
from engine.layers.input import Input
from engine.layers.merge import Add, Average, Concatenate, Multiply
from engine.layers.noise import Dropout, GaussianNoise
from engine.layers.normalization import BatchNormalization, LayerNormalization

__all__ = [
    "Activation",
    "Add",
    "Average",
    "BatchNormalization",
    "Category",
    "Concatenate",
    "Dense",
    "Dropout",
    "GaussianNoise",
    "Input",
    "Layer",
    "LayerNormalization",
    "Multiply",
]
