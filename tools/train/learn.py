"""What every training shares: one core, seeds, the schedule, weights to and
from a file, ONNX that OpenCV 4.6 reads, its digest, and whether OpenCV then
says what torch said. Each network's own folder holds its data, its net and
what is special to it.
"""

import argparse
import os
import time

import numpy as np
import torch

from described import MODELS, describe


def options(text, epochs, rate):
    parser = argparse.ArgumentParser(description=text)
    parser.add_argument("data", nargs="+")
    parser.add_argument("--check", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--start")
    parser.add_argument("--out", required=True)
    return parser


def begin(model, args):
    """Random numbers of the seed; the weights to start from."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    return np.random.default_rng(args.seed)


def fit(model, batches, loss_of, report, args):
    """Learns: `batches()` gives those of one epoch, of which there are as
    many in each; saved after every epoch."""
    first = list(batches())
    optimiser = torch.optim.AdamW(model.parameters(), args.rate,
                                  weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, args.rate, total_steps=args.epochs * len(first))
    for epoch in range(args.epochs):
        model.train()
        losses = []
        for batch in first if epoch == 0 else batches():
            loss = loss_of(model, batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        torch.save(model.state_dict(), args.out)
        print("%d: loss %.3f; %s; %.0f CPU s" % (
            epoch, np.mean(losses), report(model), time.process_time()),
            flush=True)


def load(model, weights):
    model.load_state_dict(torch.load(weights))
    return model.eval()


def write(model, path, shape, facts, many):
    names = facts["input"]["name"], facts["output"]["name"]
    more = {"dynamic_axes": {n: {0: "count"} for n in names}} if many else {}
    torch.onnx.export(model, torch.zeros(*shape), path, opset_version=11,
                      input_names=names[:1], output_names=names[1:], **more)


def far_from_opencv(model, path, inputs):
    """The largest difference of OpenCV's answers from torch's."""
    import cv2
    with torch.no_grad():
        right = model(torch.from_numpy(inputs)).numpy()
    reader = cv2.dnn.readNetFromONNX(path)
    reader.setInput(inputs)
    return float(np.abs(reader.forward().reshape(right.shape) - right).max())


def export(text, model, name, shape, facts, inputs_of, many=False):
    """The command line of an export: NAME.onnx, and NAME.json that says how
    to feed it. many: any number of them at once."""
    parser = argparse.ArgumentParser(
        description=text, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("--runs", required=True,
                        help="what was run, for the record")
    parser.add_argument("--check", required=True, help="data to compare on")
    parser.add_argument("--out", default=MODELS)
    args = parser.parse_args()
    path = os.path.join(args.out, name + ".onnx")
    model = load(model, args.weights)
    write(model, path, shape, facts, many)
    describe(path, facts, args.runs)
    inputs = inputs_of(args.check)
    far = far_from_opencv(model, path, inputs)
    print("%d, largest difference %.1e" % (len(inputs), far))
    raise SystemExit(far > 1e-3)
