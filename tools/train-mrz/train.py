#!/usr/bin/python3
"""Trains readers side by side on the same lines, damaged anew each time.

Processes draw ink, which costs a processor most, into a pool on the device;
paper, print and camera are arithmetic of the device (scene.py). All networks
learn from each batch, so that they can be compared.
"""

import argparse
import multiprocessing
import os
import queue
import threading
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np    # noqa: E402
import torch          # noqa: E402

import bank           # noqa: E402
import ink            # noqa: E402
import net            # noqa: E402
import scene          # noqa: E402
from content import LENGTHS    # noqa: E402

CHUNK = 48              # lines that a process draws at once
SHARES = (0.4, 0.3, 0.3)        # of the LENGTHS


def drawn(out, seed, stride):
    """A process: chunks of ink for ever, of each length in turn."""
    rng = np.random.default_rng(seed)
    while True:
        columns = LENGTHS[rng.choice(3, p=SHARES)]
        made = [ink.make(seed + i, columns) for i in range(CHUNK)]
        seed += stride
        out.put((columns, np.stack([m[0] for m in made]),
                 [m[1] for m in made]))


class Pool:
    """Ink of one length on the device, oldest replaced first."""

    def __init__(self, columns, size, device):
        self.columns, self.size = columns, size
        self.ink = torch.zeros((size, 1, 128, (columns + 10) * 32),
                               dtype=torch.uint8, device=device)
        self.texts = [None] * size
        self.count = self.next = 0

    def add(self, greys, texts):
        n = len(texts)
        if self.next + n > self.size:
            self.next = 0
        at = slice(self.next, self.next + n)
        self.ink[at, 0] = torch.from_numpy(greys).to(self.ink.device)
        self.texts[at] = texts
        self.next += n
        self.count = max(self.count, self.next)

    def draw(self, n, rng):
        chosen = rng.integers(0, self.count, n)
        at = torch.from_numpy(chosen).to(self.ink.device)
        return self.ink[at], [self.texts[i] for i in chosen]


class Learner:
    def __init__(self, name, width, rate, start, device):
        self.name, self.top = name, rate
        self.model = net.build(width)
        if start:
            net.widen(self.model, torch.load(start, weights_only=False))
        self.model = self.model.to(device).train()
        self.optimiser = torch.optim.AdamW(self.model.parameters(), rate,
                                           weight_decay=2e-3)
        self.total = 0.0

    def learn(self, inputs, targets, sizes, step, done):
        warm = min(1.0, (step + 1) / 100)
        for group in self.optimiser.param_groups:
            group["lr"] = self.top * warm * (
                0.003 + 0.997 * (1 + np.cos(np.pi * min(done, 1))) / 2)
        loss = ctc(self.model(inputs), targets, sizes)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5)
        self.optimiser.step()
        self.total = self.total + loss.detach()


def ctc(logits, targets, sizes):
    logs = logits.squeeze(2).permute(2, 0, 1).float().log_softmax(2)
    steps = torch.full((logs.shape[1],), logs.shape[0], dtype=torch.long)
    return torch.nn.functional.ctc_loss(logs, targets, steps, sizes,
                                        net.BLANK, zero_infinity=True)


def spelled(texts, device):
    flat = [net.ALPHABET.index(c) for t in texts for c in t]
    return (torch.tensor(flat, device=device),
            torch.tensor([len(t) for t in texts]))


def batch_of(pool, groups, count, patterns, rng):
    """Some groups of lines, each with its own camera."""
    inputs, texts, pitches = [], [], []
    with torch.no_grad():
        for _ in range(groups):
            grey, said = pool.draw(count, rng)
            seen, pitch = scene.seen(grey, pool.columns, patterns, rng)
            inputs.append(seen)
            texts += said
            pitches += [pitch] * count
    return torch.cat(inputs), texts, pitches


def lines_of(seed, count, columns, unseen=False):
    """(inputs, texts) of `count` lines, the same for the same arguments."""
    torch.manual_seed(seed)
    made = [ink.make(seed + i, columns, unseen) for i in range(count)]
    drawn = torch.from_numpy(np.stack([m[0] for m in made])).unsqueeze(1)
    patterns = torch.from_numpy(bank.patterns()).unsqueeze(1)
    with torch.no_grad():
        seen, _ = scene.seen(drawn, columns, patterns,
                             np.random.default_rng(seed))
    return seen, [m[1] for m in made]


BANDS = (5, 6.5, 8, 10, 14, 40)


def examined(models, patterns, device, count, say):
    """Tuning lines, the same for all: exact by pitch, and loss by how much
    the scores are divided (the temperature at which it is least)."""
    torch.manual_seed(77)
    rng = np.random.default_rng(77)
    heats = (0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5)
    for model in models.values():
        model.eval()
    exact = {n: np.zeros((len(BANDS), 2)) for n in models}
    losses = {n: np.zeros(len(heats)) for n in models}
    for columns in LENGTHS:
        pool = Pool(columns, count, device)
        made = [ink.make(ink.TUNE + i, columns) for i in range(count)]
        pool.add(np.stack([m[0] for m in made]), [m[1] for m in made])
        for _ in range(count // 4):
            inputs, texts, pitches = batch_of(pool, 1, 12, patterns, rng)
            targets, sizes = spelled(texts, device)
            for name, model in models.items():
                with torch.no_grad():
                    logits = model(inputs).squeeze(2)
                    losses[name] += [float(ctc(
                        logits.unsqueeze(2) / h, targets, sizes))
                        for h in heats]
                for one, text, pitch in zip(logits.cpu(), texts, pitches):
                    band = np.searchsorted(BANDS, pitch) - 1
                    exact[name][band] += (net.decode(one) == text, 1)
    for name, model in models.items():
        model.train()
        say("%-8s %s" % (name, "  ".join("<%g: %.3f of %d" % (
            b, e[0] / max(e[1], 1), e[1]) for b, e in zip(
                BANDS[1:], exact[name]))))
        say("%-8s loss %s" % (name, "  ".join("%g: %.4f" % (
            h, l / (count // 4) / 3) for h, l in zip(heats, losses[name]))))


def fed(pools, chunks, stop):
    """A thread: what the processes draw, into the pools."""
    while not stop.is_set():
        try:
            columns, greys, texts = chunks.get(timeout=0.5)
        except queue.Empty:
            continue
        with LOCK:
            pools[columns].add(greys, texts)
            fed.count += len(texts)


fed.count = 0
LOCK = threading.Lock()


def save(args, learners, log):
    path = os.path.join(args.out, "result.pt")
    torch.save({"log": log, "args": vars(args), "models": {
        l.name: {k: v.cpu() for k, v in l.model.state_dict().items()}
        for l in learners}}, path + ".new")
    os.replace(path + ".new", path)


def run(args):
    begin = time.time()
    os.environ["BANK"] = args.bank
    context = multiprocessing.get_context("spawn")
    chunks = context.Queue(16)
    workers = [context.Process(target=drawn, daemon=True, args=(
        chunks, args.seed * 10 ** 7 + i * CHUNK, CHUNK * args.processes))
        for i in range(args.processes)]
    for worker in workers:
        worker.start()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.backends.cudnn.allow_tf32 = True
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    patterns = torch.from_numpy(bank.patterns()).unsqueeze(1).to(device)
    pools = {c: Pool(c, args.pool, device) for c in LENGTHS}
    stop = threading.Event()
    feeder = threading.Thread(target=fed, args=(pools, chunks, stop),
                              daemon=True)
    feeder.start()
    learners = [Learner("narrow", "narrow", args.rate, args.start,
                        device),
                Learner("wide", "wide", args.rate, args.start, device)]
    before = net.build()
    if args.start:
        before.load_state_dict(torch.load(args.start, weights_only=False))
    models = {"before": before.to(device), **{l.name: l.model
                                              for l in learners}}
    log = []

    def say(text):
        log.append(text)
        print("%4.0f s  %s" % (time.time() - begin, text), flush=True)

    say("device %s torch %s" % (device, torch.__version__))
    while any(p.count < CHUNK for p in pools.values()):
        time.sleep(0.2)
    say("pools begun")
    first, step, saved = time.time(), 0, time.time()
    ends = begin + args.seconds - args.spare
    recent = time.time()
    while time.time() < ends:
        done = (time.time() - first) / (ends - first)
        pool = pools[LENGTHS[rng.choice(3, p=SHARES)]]
        with LOCK:
            inputs, texts, _ = batch_of(pool, args.groups, args.count,
                                        patterns, rng)
        targets, sizes = spelled(texts, device)
        for learner in learners:
            learner.learn(inputs, targets, sizes, step, done)
        step += 1
        if step % args.every == 0:
            say("step %d  %s  %.1f steps a second  drawn %d" % (
                step, "  ".join("%s %.4f" % (l.name, float(l.total) /
                                             args.every) for l in learners),
                args.every / (time.time() - recent), fed.count))
            recent = time.time()
            for learner in learners:
                learner.total = 0.0
        if time.time() - saved > 90:
            save(args, learners, log)
            saved = time.time()
    say("trained: %d steps, %d lines drawn" % (step, fed.count))
    save(args, learners, log)
    stop.set()
    for worker in workers:
        worker.terminate()
    examined(models, patterns, device, args.examined, say)
    save(args, learners, log)
    say("done")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--spare", type=float, default=30,
                        help="seconds of these for the examination")
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--groups", type=int, default=6)
    parser.add_argument("--count", type=int, default=24,
                        help="lines of a group")
    parser.add_argument("--pool", type=int, default=12000,
                        help="lines of each length kept")
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--examined", type=int, default=200)
    parser.add_argument("--bank", default="bank.npz")
    parser.add_argument("--start", help="weights of a narrow reader")
    parser.add_argument("--out", required=True)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
