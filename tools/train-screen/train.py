#!/usr/bin/python3
"""Trains the network on the squares that patches.py made.

    train.py --seed 1 --epochs 8 --check /tmp/val.npz --out /tmp/screen.pt \
        /tmp/train1.npz /tmp/train2.npz
"""

import argparse
import time

import numpy as np
import torch

import net

BATCH = 64


def load(names):
    parts = [np.load(name) for name in names]
    return (np.concatenate([p["pages"] for p in parts]),
            np.concatenate([p["labels"] for p in parts]).astype(np.int64))


def varied(rgb, rng):
    """Turned, mirrored, brighter or paler: no square is twice the same."""
    out = np.rot90(rgb, int(rng.integers(4)), (1, 2))
    if rng.random() < 0.5:
        out = out[:, :, ::-1]
    out = out.astype(np.float32)
    grey = out.mean(3, keepdims=True)
    out = grey + (out - grey) * rng.uniform(0.5, 1.3)
    return out * rng.uniform(0.6, 1.1)


def posteriors(model, rgb):
    model.eval()
    with torch.no_grad():
        said = [model(torch.from_numpy(net.planes(rgb[i:i + 256])))
                for i in range(0, len(rgb), 256)]
    return torch.cat(said)[:, :, 0, 0].softmax(1).numpy()


def report(model, rgb, labels):
    p = posteriors(model, rgb)
    right = [(p.argmax(1) == c)[labels == c].mean() for c in range(3)]
    return "right: genuine %.3f screen %.3f print %.3f" % tuple(right)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patches", nargs="+")
    parser.add_argument("--check", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(args.seed)
    rgb, labels = load(args.patches)
    check = load([args.check])
    model = net.build()
    if args.start:
        model.load_state_dict(torch.load(args.start))
    steps = args.epochs * (len(labels) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), args.rate,
                                  weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, args.rate, total_steps=steps)
    for epoch in range(args.epochs):
        model.train()
        order, losses = rng.permutation(len(labels)), []
        for i in range(0, len(order) - BATCH + 1, BATCH):
            at = order[i:i + BATCH]
            batch = torch.from_numpy(net.planes(varied(rgb[at], rng)))
            said = model(batch)[:, :, 0, 0]
            loss = torch.nn.functional.cross_entropy(
                said, torch.from_numpy(labels[at]), label_smoothing=0.02)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print("%d: loss %.3f; %s; %.0f CPU s" % (
            epoch, np.mean(losses), report(model, *check),
            time.process_time()), flush=True)
        torch.save(model.state_dict(), args.out)


if __name__ == "__main__":
    main()
