#!/usr/bin/python3
"""Trains the network on strips that the processes of cards.py draw and
chain.py damages: none is seen twice.

    train.py --seconds 530 --out DIR [--workers 6] [--pictures 40]
"""

import argparse
import glob
import io
import math
import multiprocessing
import os
import queue as queues
import random
import tarfile
import time

import numpy as np
import torch
from PIL import Image

import cards
import chain
import net
from damage import Dice


def faces_of(names, device):
    return torch.from_numpy(np.stack([np.asarray(Image.open(n).convert("RGB"))
                                      for n in names]).transpose(
        0, 3, 1, 2).copy()).to(device)


def scored(model, crop, use, p):
    said = model(chain.planes(crop))[:, :, 0, 0].view(p, chain.K, -1)
    return net.scores(said, use, chain.LINES - 1)


def report(model, bank, faces, p, rounds, device, seed=77):
    dice, model = Dice(seed, device), model.eval()
    text, face, what, save = [], [], [], []
    with torch.no_grad():
        for _ in range(rounds):
            crop, labels, use, kind, q2 = chain.draw(dice, bank, faces, p,
                                                     device)
            s = scored(model, crop, use, p)
            s = s.masked_fill(use == 0, -1e9)
            text.append(s[:, :chain.LINES].max(1)[0])
            face.append(s[:, chain.LINES:].mean(1))
            what.append(kind)
            save.append(q2)
    text, face, what, save = (torch.cat(v).cpu().numpy()
                              for v in (text, face, what, save))
    plain = what == chain.PLAIN
    out = []
    for name, value, kind, share in (
            ("field", text, chain.FIELD, .05), ("digit", text, chain.DIGIT,
                                                .05),
            ("portrait", face, chain.PORTRAIT, .02)):
        value = np.where(np.isfinite(value), value, 99)
        line = np.quantile(value[plain], 1 - share)
        for low, high in ((50, 75), (75, 99), (99, 101)):
            at = (what == kind) & (save >= low) & (save < high)
            out.append("%s %d-%d %.0f%%" % (name, low, high, 100 * (
                value[at] > line).mean() if at.any() else -1))
        out.append("line %.2f" % line)
    return "; ".join(out)


def save(args, state, log):
    path = os.path.join(args.out, "result.tar")
    data = io.BytesIO()
    torch.save({k: v.cpu() for k, v in state.items()}, data)
    with tarfile.open(path + ".new", "w") as tar:
        for name, what in (("traces.pt", data.getvalue()),
                           ("log.txt", "\n".join(log).encode())):
            info = tarfile.TarInfo(name)
            info.size = len(what)
            tar.addfile(info, io.BytesIO(what))
    os.replace(path + ".new", path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", required=True)
    parser.add_argument("--workers", type=int, default=6)
    parser.add_argument("--pictures", type=int, default=40)
    parser.add_argument("--room", type=int, default=9000)
    parser.add_argument("--check", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    begun = time.time()
    os.makedirs(args.out, exist_ok=True)
    multiprocessing.set_start_method("spawn")
    queue = multiprocessing.Queue(60)
    pool = [multiprocessing.Process(target=cards.work, args=(
        1_700_000 + 97 * args.seed + i, cards.TRAIN_FONTS, queue, 10 ** 9),
        daemon=True) for i in range(args.workers)]
    for one in pool:
        one.start()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(args.seed)
    names = sorted(glob.glob(os.path.join(cards.DATA, "faces/*.jpg")))
    train_faces = faces_of(names[:-max(2, len(names) // 6)], device)
    tune_faces = faces_of(names[-max(2, len(names) // 6):], device)
    bank = chain.Bank(args.room, device)
    tune = chain.Bank(16 * 24, device)
    rnd, cache = random.Random(2_700_001), cards.Cache()
    small = args.seconds < 100
    for _ in range(6 if small else 24):
        tune.add([cards.card(rnd, cards.TUNE_FONTS, cache)
                  for _ in range(16)])
    log = []

    def say(text):
        log.append("%.0f s: %s" % (time.time() - begun, text))
        print(log[-1], flush=True)

    say("%s, %d fonts, %d faces, %d cards for tuning" % (
        device, len(cards.TRAIN_FONTS), len(train_faces), tune.count))
    dice = Dice(args.seed, device)
    model = net.build().to(device)
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    best = torch.optim.AdamW(model.parameters(), 4e-3, weight_decay=1e-3)
    until = begun + args.seconds * .93 - (3 if small else 10)
    least = 160 if device == "cuda" else 32
    while bank.count < least:
        bank.add(queue.get())
    start, step, loss_mean, lost, last = time.time(), 0, 0.0, 0, time.time()
    while time.time() < until:
        for _ in range(4):
            try:
                bank.add(queue.get_nowait())
            except queues.Empty:
                break
        share = (time.time() - start) / (until - start)
        rate = 4e-3 * min(1, (step + 1) / 300) * (
            .5 + .5 * math.cos(math.pi * min(1, share))) + 1e-6
        for group in best.param_groups:
            group["lr"] = rate
        model.train()
        with torch.no_grad():
            crop, labels, use, what, q2 = chain.draw(
                dice, bank, train_faces, args.pictures, device)
        s = scored(model, crop, use, args.pictures)
        each = torch.nn.functional.binary_cross_entropy_with_logits(
            s, labels, pos_weight=torch.tensor(2.5, device=device),
            reduction="none")
        loss = (each * use).sum() / use.sum()
        step += 1
        if not torch.isfinite(loss):
            lost += 1
            continue
        best.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        best.step()
        keep = min(.998, step / (step + 20))
        with torch.no_grad():
            for k, v in model.state_dict().items():
                if v.dtype.is_floating_point:
                    mean[k].mul_(keep).add_(v, alpha=1 - keep)
                else:
                    mean[k].copy_(v)
        if step % 20 == 0:
            loss_mean += (.05 if step > 400 else .3) * (
                float(loss.detach()) - loss_mean)
        if time.time() - last > (12 if small else 85):
            last = time.time()
            model2 = net.build().to(device)
            model2.load_state_dict(mean)
            say("step %d, loss %.4f, lost %d, cards %d; %s" % (
                step, loss_mean, lost, bank.count, report(
                    model2, tune, tune_faces, args.pictures,
                    4 if small else 12, device)))
            save(args, mean, log)
    model2 = net.build().to(device)
    model2.load_state_dict(mean)
    save(args, mean, log)
    say("end, step %d, loss %.4f, lost %d, cards %d; %s" % (
        step, loss_mean, lost, bank.count, report(
            model2, tune, tune_faces, args.pictures,
            4 if small else args.check, device)))
    save(args, mean, log)
    for one in pool:
        one.terminate()


if __name__ == "__main__":
    main()
