"""Frames into a file as a browser would have made it: VP8 or VP9 in WebM,
H.264 in MP4, times that are not quite regular, no trace of another program's
name unless that is what is wanted."""

import struct
import subprocess

import numpy as np

from splits import stream

CODECS = {
    "vp8": ("webm", ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used",
                     "6", "-auto-alt-ref", "0")),
    "vp9": ("webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime",
                     "-cpu-used", "8", "-row-mt", "0")),
    "h264": ("mp4", ("-c:v", "libx264", "-preset", "veryfast", "-profile:v",
                     "baseline", "-bf", "0")),
}


def rhythm(seed, fps, jitter=0.004, drops=0.01):
    """Times of frames, endless: a camera's, with a frame lost now and then."""
    rng, k = stream(seed, "rhythm"), 0
    while True:
        if k == 0 or rng.random() >= drops:
            yield max(0.0, k / fps + (rng.normal(0, jitter) if k else 0))
        k += 1


def times_of(seed, fps, length, jitter=0.004, drops=0.01):
    """Whole milliseconds, growing."""
    out = []
    for t in rhythm(seed, fps, jitter, drops):
        if t > length:
            return out
        ms = round(1000 * t)
        out.append(max(ms, out[-1] + 5) if out else ms)


def clockwork(pairs):
    """An expression for the time of the N-th frame. A plain list would be
    nested too deeply for ffmpeg."""
    if len(pairs) == 1:
        return "%d" % pairs[0][1]
    half = len(pairs) // 2
    return "if(lt(N,%d),%s,%s)" % (pairs[half][0], clockwork(pairs[:half]),
                                   clockwork(pairs[half:]))


def program(path, codec, size, times, rate, trace):
    """The command that gives the frames their times and packs them."""
    form, words = CODECS[codec]
    more = ["-cluster_time_limit", "1000"]
    if not trace:
        more += ["-live", "1"]
    if form == "mp4":
        more = ["-video_track_timescale", "30000", "-movflags",
                "+faststart" if trace else "+frag_keyframe+empty_moov"]
    if not trace:
        more += ["-fflags", "+bitexact", "-map_metadata", "-1"]
        if form == "mp4":       # the encoder's letter to the reader
            more += ["-bsf:v", "filter_units=remove_types=6"]
    clock = clockwork(list(enumerate(times)))
    return ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt",
            "rgb24", "-s", "%dx%d" % size, "-r", "25", "-i", "-", "-vf",
            "settb=1/1000,setpts='%s'" % clock, *words, "-pix_fmt", "yuv420p", "-b:v", str(rate),
            "-g", "100", "-threads", "1", "-enc_time_base", "1:1000",
            "-fps_mode", "passthrough", "-f", form, *more, path]


def disguise(path):
    """Leaves of the WebM's head what Chromium writes: its own name twice, no
    table of contents, no tags of an encoder."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    first = data.index(bytes.fromhex("1f43b675"))       # cluster
    last = lambda mark: data.rfind(bytes.fromhex(mark), 0, first)  # noqa: E731
    segment, tags = last("18538067") + 12, last("1254c367")
    tracks = last("1654ae6b")
    if tags > tracks:
        size = data[tags + 4] & 0x7f
        data[tags:tags + 5 + size] = bytes((0xec, 0x80 | size + 3)) + \
            bytes(size + 3)
    name = b"\x86Chrome"
    words = bytes.fromhex("2ad7b1830f4240") + b"\x4d\x80" + name + \
        b"\x57\x41" + name
    data[segment:tracks] = bytes.fromhex("1549a966") + bytes(
        (0x80 | len(words),)) + words
    with open(path, "wb") as file:
        file.write(data)


def lay_down(path, height):
    """A matrix into an MP4 that turns its pictures clockwise by a quarter, as
    telephones write it. height: of the pictures as they lie in the file."""
    with open(path, "r+b") as file:
        data = file.read()
        file.seek(data.index(b"tkhd") + 44)
        file.write(struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0,
                               height << 16, 0, 1 << 30))


class Writer:
    """Takes the frames for times known beforehand; the file is whole after
    `close`."""

    def __init__(self, path, codec, size, times, rate=None, trace=False,
                 turned=False):
        """turned: lying on its side in the file, which says so."""
        self.path, self.codec, self.trace = path, codec, trace
        self.turned = turned
        size = size[::-1] if turned else size
        self.height = size[1]
        rate = rate or (1_200_000 if max(size) <= 640 else 2_800_000)
        self.process = subprocess.Popen(
            program(path, codec, size, times, rate, trace),
            stdin=subprocess.PIPE)

    def add(self, frame):
        if self.turned:
            frame = np.rot90(frame)
        self.process.stdin.write(np.ascontiguousarray(frame).data)

    def close(self):
        self.process.stdin.close()
        if self.process.wait():
            raise RuntimeError("the encoder failed")
        if self.turned:
            lay_down(self.path, self.height)
        if not self.trace and CODECS[self.codec][0] == "webm":
            disguise(self.path)
