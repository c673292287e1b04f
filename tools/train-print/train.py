#!/usr/bin/python3
"""Trains the reader of print from nothing but invented lines.

Other processes draw ink (ink.py) and send it; here it is kept, and each step
lays some of it on new ground and damages it anew (damage.py), on a graphics
processor when there is one. The networks named by --sizes learn from the
same lines, side by side.
"""

import argparse
import multiprocessing
import os
import queue
import time

import numpy as np
import torch

import damage
import ink
import net
from alphabet import BLANK, INDEX

BATCH = (640, 384, 256)         # of each bucket
ROOM = (150000, 90000, 40000)   # lines kept, the oldest replaced first
SENT = 150                      # lines at a time


def draw(number, workers, seed, limit, sent):
    """One of the processes that draw ink."""
    os.environ["OMP_NUM_THREADS"] = "1"
    torch.set_num_threads(1)
    at = number
    while limit is None or at < limit:
        first = seed * 10 ** 7 + at * SENT
        sent.put(ink.batch(range(first, first + SENT)))
        at += workers


class Store:
    """Ink by width."""

    def __init__(self, device, room, dice):
        self.device, self.dice = device, dice
        self.ink = [torch.zeros((n, ink.TALL, w), dtype=torch.uint8,
                                device=device)
                    for n, w in zip(room, ink.WIDTHS)]
        self.width = [torch.zeros(n, dtype=torch.long, device=device)
                      for n in room]
        self.small = [torch.zeros(n, dtype=torch.bool, device=device)
                      for n in room]
        self.text = [[None] * n for n in room]
        self.count, self.next = [0] * len(room), [0] * len(room)
        self.ever = 0

    def add(self, sent):
        """Lines that were drawn; the oldest make room."""
        for b, (grey, width, text) in enumerate(sent):
            n, room = len(text), len(self.text[b])
            if n == 0:
                continue
            if self.next[b] + n > room:
                self.next[b] = 0
            at = self.next[b]
            self.ink[b][at:at + n] = torch.from_numpy(grey).to(self.device)
            self.width[b][at:at + n] = torch.from_numpy(width).to(self.device)
            self.small[b][at:at + n] = torch.tensor(
                [set(said) <= ink.SMALL for said in text]).to(self.device)
            self.text[b][at:at + n] = text
            self.next[b] = at + n
            self.count[b] = max(self.count[b], at + n)
            self.ever += n

    def batch(self, bank, scale):
        lots = np.float64(self.count) / np.float64(BATCH)
        b = int(self.dice.one.choice(len(lots), p=lots / lots.sum()))
        size = max(damage.GROUP, round(BATCH[b] * scale))
        chosen = self.dice.one.integers(0, self.count[b], size)
        index = torch.from_numpy(chosen).to(self.device)

        def others(count):
            some = self.dice.whole(self.count[b], count)
            return self.ink[b][some].unsqueeze(1).float() / 255

        strips, out = damage.damaged(
            self.ink[b][index], self.width[b][index], self.small[b][index],
            others, bank, self.dice)
        return strips, out, [self.text[b][i] for i in chosen]


def loss_of(model, strips, targets, sizes):
    logs = model(strips).squeeze(2).permute(2, 0, 1).float().log_softmax(2)
    steps = torch.full((len(sizes),), logs.shape[0], dtype=torch.long)
    return torch.nn.functional.ctc_loss(logs, targets, steps, sizes, BLANK,
                                        zero_infinity=True)


def validate(model, tuning, device):
    """Share of tuning lines read exactly, and letters by case ignored."""
    model.eval()
    right, folded = {}, {}
    with torch.no_grad():
        for name, greys, texts in tuning:
            right[name] = folded[name] = 0
            order = sorted(range(len(greys)), key=lambda i: greys[i].shape[1])
            for at in range(0, len(order), 50):
                some = order[at:at + 50]
                width = -(-(greys[some[-1]].shape[1] + 24) // 16) * 16
                logits = model(net.strips([greys[i] for i in some], width)
                               .to(device))[:, :, 0].cpu()
                for i, one in zip(some, logits):
                    got = net.decode(one)
                    right[name] += got == texts[i]
                    folded[name] += got.lower() == texts[i].lower()
    model.train()
    return "  ".join("%s %d, %d of %d" % (name, right[name], folded[name],
                                          len(greys))
                     for name, greys, _ in tuning)


def tuning_lines(path):
    """Drawn before by lines.py: sets of greys and texts."""
    with np.load(path, allow_pickle=False) as held:
        sets = []
        for name in sorted({k.split(".")[0] for k in held.files}):
            flat, widths = held[name + ".flat"], held[name + ".width"]
            ends = np.cumsum(widths)
            greys = [flat[:, e - w:e] for e, w in zip(ends, widths)]
            sets.append((name, greys, [str(t) for t in held[name + ".text"]]))
    return sets


def rate(step, done, top):
    """Warm up, then a cosine down to nothing; done: 0 to 1."""
    warm = min(1.0, (step + 1) / 150)
    return top * warm * (0.002 + 0.998 * (1 + np.cos(np.pi * done)) / 2)


def started(size, args, device):
    torch.manual_seed(args.seed)
    model, top = net.build(size), args.rate
    if args.start and size == "usual":
        net.widened(model, torch.load(args.start, weights_only=False))
        top *= 0.6
    model = model.to(device).train()
    return size, model, top, torch.optim.AdamW(model.parameters(), top,
                                               weight_decay=2e-3)


def learn(models, store, bank, args, step, done):
    strips, _, texts = store.batch(bank, args.scale)
    targets = torch.tensor([INDEX[c] for t in texts for c in t])
    sizes = torch.tensor([len(t) for t in texts])
    targets = targets.to(strips.device)
    losses = []
    for _, model, top, optimiser in models:
        for group in optimiser.param_groups:
            group["lr"] = rate(step, done, top)
        loss = loss_of(model, strips, targets, sizes)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimiser.step()
        losses.append(loss.detach())
    return torch.stack(losses)


def save(models, out, log):
    state = {size: {k: v.cpu() for k, v in model.state_dict().items()}
             for size, model, _, _ in models}
    torch.save({"models": state, "log": log}, out + ".new")
    os.replace(out + ".new", out)


def run(args):
    begin = time.time()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    dice = damage.Dice(args.seed, device)
    if device.type == "cuda":       # it is not ours alone
        torch.cuda.set_per_process_memory_fraction(0.34)
    room = [max(400, round(n * args.room)) for n in ROOM]
    sent = multiprocessing.get_context("fork").Queue(24)
    hands = [multiprocessing.get_context("fork").Process(
        target=draw, args=(i, args.workers, args.seed, None, sent),
        daemon=True) for i in range(args.workers)]
    for hand in hands:
        hand.start()
    store = Store(device, room, dice)
    tuning = tuning_lines(args.tune)
    bank = damage.Bank(device)
    models = [started(size, args, device) for size in args.sizes.split(",")]
    while store.ever < args.first:
        store.add(sent.get())
    print("%s; began after %.1f s with %d lines" % (
        device, time.time() - begin, store.ever), flush=True)
    step, total, log, said, saved = 0, 0, [], time.time(), time.time()
    while step < args.steps:
        done = max(step / args.steps,
                   (time.time() - begin) / args.seconds)
        if done >= 1:
            break
        try:
            for _ in range(4):
                store.add(sent.get_nowait())
        except queue.Empty:
            pass
        total = total + learn(models, store, bank, args, step, done)
        step += 1
        if step % 50 == 0:
            log.append((step, *(total / 50).tolist()))
            total = 0
        if time.time() - said > args.say and log:
            print("%.0f s  step %d  lines %d  losses %s" % (
                time.time() - begin, step, store.ever, log[-1][1:]),
                flush=True)
            for size, model, _, _ in models:
                print("  %s: %s" % (size, validate(model, tuning, device)),
                      flush=True)
            said = time.time()
        if time.time() - saved > 85:
            save(models, args.out, log)
            saved = time.time()
    for size, model, _, _ in models:
        text = validate(model, tuning, device)
        log.append((size, text))
        print("end %s: %s" % (size, text), flush=True)
    save(models, args.out, log)
    print("%d steps, %d lines drawn, %.0f s" % (
        step, store.ever, time.time() - begin), flush=True)
    for hand in hands:
        hand.terminate()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=10 ** 9)
    parser.add_argument("--seconds", type=float, default=530,
                        help="by the clock, when that ends it before")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--sizes", default="usual,large")
    parser.add_argument("--start", help="weights to go on from, .pt")
    parser.add_argument("--first", type=int, default=6000,
                        help="lines drawn before the first step")
    parser.add_argument("--room", type=float, default=1,
                        help="of what is kept, 1: 13 GB")
    parser.add_argument("--scale", type=float, default=1, help="of a batch")
    parser.add_argument("--say", type=float, default=45, help="seconds")
    parser.add_argument("--tune", required=True, help="lines drawn before")
    parser.add_argument("--out", required=True, help="weights, .pt")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
