"""reduce-alphabet.py MODEL OUT — the recognition model without the classes that do not occur in letters.

PP-OCR knows 18,708 characters, most of them Chinese. Its last layer, which gives a chance to each of them at every step,
is a third of the work and nearly half of the file; and a blurred % must not become a Chinese character.
Needs the package onnx.
"""
import sys

import onnx
from onnx import numpy_helper

# Latin with its accents, figures, punctuation, currency: what letters in European languages have.
RANGES = [(" ", "~"), ("¡", "ſ"), ("–", "—"), ("‘", "„"), ("†", "•"), ("…", "…"), ("‰", "‰"), ("€", "€"), ("№", "№"), ("™", "™")]


def is_of_letters(sign):
    return any(first <= sign <= last for first, last in RANGES)


source, target = sys.argv[1:]
model = onnx.load(source)
characters = next(entry for entry in model.metadata_props if entry.key == "character")
# The first class is no character, the last one the space, which a list of lines cannot hold.
classes = ["", *characters.value.split("\n"), " "]
kept = [number for number, text in enumerate(classes) if number in (0, len(classes) - 1) or (text and all(map(is_of_letters, text)))]
narrowed = 0
for weights in model.graph.initializer:
    if weights.dims and weights.dims[-1] == len(classes):
        values = numpy_helper.to_array(weights)[..., kept]
        weights.CopyFrom(numpy_helper.from_array(values.copy(), weights.name))
        narrowed += 1
if narrowed != 2:
    sys.exit(f"{source}: {narrowed} weights end in {len(classes)} classes, not 2.")
# Shapes in between, which name the old number of classes.
del model.graph.value_info[:]
model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = len(kept)
characters.value = "\n".join(classes[number] for number in kept[1:-1])
with open(target, "wb") as file:
    file.write(model.SerializeToString(deterministic=True))
