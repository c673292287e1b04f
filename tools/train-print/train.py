#!/usr/bin/python3
"""Trains the reader of print from nothing but invented lines.

Some processes draw ink (ink.py) and send it to others, which keep it, lay it
on ground and damage it (damage.py), on a graphics processor when there is
one, and send strips as a page's reader would cut them out. Here they are
learnt, each a few times. The networks named by --sizes learn from the same
lines, side by side; the second also from what the first makes of them.
"""

import argparse
import collections
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
KEPT = 160                      # steps' lines that may be learnt again
TAUGHT = 0.6                    # of the second network by the first
SENT = 150                      # lines at a time


# a step's lines: strips, how wide each is, letters of all, how many each has
Lines = collections.namedtuple("Lines", "strips out letters sizes")


def draw(number, workers, seed, sent):
    """One of the processes that draw ink."""
    os.environ["OMP_NUM_THREADS"] = "1"
    torch.set_num_threads(1)
    at = number
    while True:
        first = seed * 10 ** 7 + at * SENT
        sent.put(ink.batch(range(first, first + SENT)))
        at += workers


def spoil(number, args, sent, made, ever):
    """One of the processes that damage what was drawn."""
    torch.set_num_threads(1)
    device = the_device(0.11)
    dice = damage.Dice(args.seed * 100 + number, device)
    store = Store(device, [max(400, round(n * args.room)) for n in ROOM],
                  dice)
    bank = damage.Bank(device)
    while store.ever < args.first:
        store.add(sent.get())
    while True:
        try:
            for _ in range(6):
                store.add(sent.get_nowait())
        except queue.Empty:
            pass
        ever[number] = store.ever
        made.put(store.batch(bank, args.scale))


def the_device(share):
    """A graphics processor where there is one, which is not ours alone."""
    if not torch.cuda.is_available():
        return torch.device("cpu")
    torch.cuda.set_per_process_memory_fraction(share)
    return torch.device("cuda")


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
        texts = [self.text[b][i] for i in chosen]
        return Lines(strips.cpu().numpy(), out.cpu().numpy(),
                     np.array([INDEX[c] for t in texts for c in t]),
                     np.array([len(t) for t in texts]))


def ctc(logs, lines, targets):
    steps = torch.full((len(lines.sizes),), logs.shape[0], dtype=torch.long)
    return torch.nn.functional.ctc_loss(
        logs, targets, steps, torch.from_numpy(lines.sizes), BLANK,
        zero_infinity=True)


def logs_of(model, strips):
    return model(strips).squeeze(2).permute(2, 0, 1).float().log_softmax(2)


def told_apart(teacher, logs, lines):
    """How far a network is from another's columns, for each letter."""
    far = (teacher.exp() * (teacher - logs)).sum()
    return far / int(lines.sizes.sum())


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
        model.load_state_dict(torch.load(args.start, weights_only=False))
        top *= 0.6
    elif args.start and size == "lean":
        net.begun(model, torch.load(args.start, weights_only=False))
    model = model.to(device).train()
    return size, model, top, torch.optim.AdamW(model.parameters(), top,
                                               weight_decay=2e-3)


def learn(models, lines, dice, args, step, done):
    device = dice.device
    strips = damage.jittered(torch.from_numpy(lines.strips).to(device), dice)
    strips = damage.normalised(strips, torch.from_numpy(lines.out).to(device))
    strips = torch.nn.functional.pad(strips, (
        int(dice.one.integers(0, 9)) * 2, 0))
    strips = strips[..., :strips.shape[3] // 4 * 4]
    targets = torch.from_numpy(lines.letters).to(device)
    losses, teacher = [], None
    for _, model, top, optimiser in models:
        for group in optimiser.param_groups:
            group["lr"] = rate(step, done, top)
        logs = logs_of(model, strips)
        loss = ctc(logs, lines, targets)
        losses.append(loss.detach())
        if teacher is not None:
            loss = loss + TAUGHT * (1.2 - done) * told_apart(
                teacher, logs, lines)
        teacher = logs.detach()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimiser.step()
    return torch.stack(losses)


class Lessons:
    """Lines that came, and the newest of them again when none comes."""

    def __init__(self, made, dice):
        self.made, self.dice = made, dice
        self.kept = collections.deque(maxlen=KEPT)
        self.fresh = 0

    def next(self):
        try:
            lines = self.made.get(block=len(self.kept) < KEPT // 4)
            self.kept.append(lines)
            self.fresh += 1
            return lines
        except queue.Empty:
            return self.kept[int(self.dice.one.integers(0, len(self.kept)))]


def save(models, out, log):
    state = {size: {k: v.cpu() for k, v in model.state_dict().items()}
             for size, model, _, _ in models}
    torch.save({"models": state, "log": log}, out + ".new")
    os.replace(out + ".new", out)


def hands_of(args, made, ever):
    """The processes that draw and those that damage."""
    fork = multiprocessing.get_context("fork")
    sent = fork.Queue(24)
    hands = [fork.Process(target=draw, daemon=True, args=(
        i, args.workers, args.seed, sent)) for i in range(args.workers)]
    hands += [fork.Process(target=spoil, daemon=True, args=(
        i, args, sent, made, ever)) for i in range(args.spoilers)]
    for hand in hands:
        hand.start()
    return hands


def tell(models, tuning, device):
    for size, model, _, _ in models:
        print("  %s: %s" % (size, validate(model, tuning, device)),
              flush=True)


def teach(models, lessons, tuning, args, begin):
    """Until the time is over; how many steps."""
    device, dice = lessons.dice.device, lessons.dice
    step, total, log, said, saved = 0, 0, [], time.time(), time.time()
    while step < args.steps:
        done = max(step / args.steps, (time.time() - begin) / args.seconds)
        if done >= 1:
            break
        total = total + learn(models, lessons.next(), dice, args, step, done)
        step += 1
        if step % 50 == 0:
            log.append((step, *(total / 50).tolist()))
            total = 0
        if time.time() - said > args.say and log:
            print("%.0f s  step %d  of them new %d  losses %s" % (
                time.time() - begin, step, lessons.fresh, log[-1][1:]),
                flush=True)
            tell(models, tuning, device)
            said = time.time()
        if time.time() - saved > 85:
            save(models, args.out, log)
            saved = time.time()
    save(models, args.out, log)
    return step


def run(args):
    begin = time.time()
    fork = multiprocessing.get_context("fork")
    made, ever = fork.Queue(8), fork.Array("q", args.spoilers)
    hands = hands_of(args, made, ever)      # before a device is touched
    device = the_device(0.3)
    tuning = tuning_lines(args.tune)
    models = [started(size, args, device) for size in args.sizes.split(",")]
    print("%s" % device, flush=True)
    tell(models[:1], tuning, device)
    lessons = Lessons(made, damage.Dice(args.seed, device))
    step = teach(models, lessons, tuning, args, begin)
    tell(models, tuning, device)
    print("%d steps, %d lots of lines, %d lines drawn, %.0f s" % (
        step, lessons.fresh, sum(ever), time.time() - begin), flush=True)
    for hand in hands:
        hand.kill()
    os._exit(0)     # nothing is awaited from the queues


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=10 ** 9)
    parser.add_argument("--seconds", type=float, default=530,
                        help="by the clock, when that ends it before")
    parser.add_argument("--workers", type=int, default=6, help="that draw")
    parser.add_argument("--spoilers", type=int, default=3,
                        help="that damage")
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--sizes", default="usual,lean")
    parser.add_argument("--start", help="weights to go on from, .pt")
    parser.add_argument("--first", type=int, default=1500,
                        help="lines each that damages begins with")
    parser.add_argument("--room", type=float, default=0.15,
                        help="of what each keeps, 1: 13 GB")
    parser.add_argument("--scale", type=float, default=1, help="of a batch")
    parser.add_argument("--say", type=float, default=45, help="seconds")
    parser.add_argument("--tune", required=True, help="lines drawn before")
    parser.add_argument("--out", required=True, help="weights, .pt")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
