#!/usr/bin/python3
"""Builds check_opencv.cpp, runs models/mrz.onnx in it at three widths and
compares with torch: check.py WEIGHTS."""

import os
import subprocess
import sys
import tempfile

import numpy as np
import torch

import export
import ink
import train

FLAGS = ["-I/usr/include/opencv4", "-lopencv_dnn", "-lopencv_core"]


def build(folder):
    program = os.path.join(folder, "check")
    source = os.path.join(export.HERE, "check_opencv.cpp")
    subprocess.run(["g++", "-O2", source, "-o", program] + FLAGS, check=True)
    return program


def compare(program, folder, model, columns):
    """Largest difference on one line."""
    batch = train.lines_of(ink.TUNE, 1, columns)[0]
    files = [os.path.join(folder, name) for name in ("in", "out")]
    batch.numpy().tofile(files[0])
    subprocess.run([program, os.path.join(export.MODELS, "mrz.onnx"),
                    files[0], str(batch.shape[3]), files[1]], check=True)
    with torch.no_grad():
        wanted = model(batch).numpy().ravel()
    return np.abs(np.fromfile(files[1], np.float32) - wanted).max()


def main():
    model = export.load(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        program = build(folder)
        for columns in (30, 36, 44):
            away = compare(program, folder, model, columns)
            print("%d characters: differs by %.2g" % (columns, away))
            if not away < 1e-3:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
