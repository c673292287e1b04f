"""Takes the photograph: where the page falls in the picture, the light on
it, and what lens, sensor and JPEG make of that."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import desk

FOCAL = 3.2     # distance of the eye, in page diagonals


def solve(source, target):
    """Homography that takes four source points to four targets."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target):
        rows.append((x, y, 1, 0, 0, 0, -u * x, -u * y))
        rows.append((0, 0, 0, x, y, 1, -v * x, -v * y))
        right += [u, v]
    h = np.linalg.solve(np.float64(rows), np.float64(right))
    return np.append(h, 1).reshape(3, 3)


def apply(h, points):
    """Points through a homography."""
    p = np.c_[np.float64(points), np.ones(len(points))] @ h.T
    return p[:, :2] / p[:, 2:]


def tilted(width, height, roll, pitch, yaw):
    """The page's corners seen from above its centre, in page units."""
    r, p, y = np.radians((roll, pitch, yaw))
    turn = np.array(((np.cos(r), -np.sin(r), 0), (np.sin(r), np.cos(r), 0),
                     (0, 0, 1)))
    nod = np.array(((1, 0, 0), (0, np.cos(p), -np.sin(p)),
                    (0, np.sin(p), np.cos(p))))
    shake = np.array(((np.cos(y), 0, np.sin(y)), (0, 1, 0),
                      (-np.sin(y), 0, np.cos(y))))
    x, z = width / 2, height / 2
    flat = np.array(((-x, -z, 0), (x, -z, 0), (x, z, 0), (-x, z, 0)))
    solid = flat @ turn.T @ nod.T @ shake.T
    far = FOCAL * np.hypot(width, height)
    return solid[:, :2] * (far / (far + solid[:, 2:]))


def place(page_mm, frame, shot, rng):
    """The page's quadrilateral in the picture."""
    w, h = frame
    quad = tilted(*page_mm, shot["roll"] + shot["turn"], shot["pitch"],
                  shot["yaw"])
    low, high = quad.min(0), quad.max(0)
    fit = min(w / (high[0] - low[0]), h / (high[1] - low[1]))
    quad = (quad - (low + high) / 2) * fit * shot["cover"]
    size = quad.max(0) - quad.min(0)
    room = np.maximum(0, np.float64(frame) * 0.98 - size) / 2
    return quad + np.float64(frame) / 2 + rng.uniform(-0.7, 0.7, 2) * room


def rounded(size, radius):
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, size[0] - 1, size[1] - 1), radius, 255)
    return mask


def warp(image, h, frame):
    """image through homography h onto a frame-sized picture."""
    back = np.linalg.inv(h)
    back = (back / back[2, 2]).ravel()[:8]
    return image.transform(frame, Image.PERSPECTIVE, tuple(back),
                           Image.BICUBIC)


def lie(scene, page, mask, shift):
    """The page on the desk with the shadow it casts."""
    soft = mask.filter(ImageFilter.GaussianBlur(1.6 * shift))
    soft = soft.transform(soft.size, Image.AFFINE,
                          (1, 0, -shift, 0, 1, -shift))
    scene.paste((12, 11, 10), (0, 0), soft.point(lambda v: v * 6 // 10))
    scene.paste(page, (0, 0), mask)
    return scene


def lamp(h, w, rng, strength):
    """A slope of light and a darker rim."""
    y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, w, dtype=np.float32)[None]
    angle = rng.uniform(0, 2 * np.pi)
    slope = 1 + strength * (x * np.cos(angle) + y * np.sin(angle))
    return slope * (1 - 0.35 * strength * (x * x + y * y))


def shadow(h, w, rng, depth):
    """The soft border of somebody's shadow."""
    y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, w, dtype=np.float32)[None]
    angle = rng.uniform(0, 2 * np.pi)
    side = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.4, 0.5)
    side = side + 0.08 * np.sin(3 * (x * np.sin(angle) - y * np.cos(angle)))
    return 1 - depth / (1 + np.exp(-side / rng.uniform(0.02, 0.12)))


def glare(h, w, centre, rng, size):
    """A lamp's reflection, 0 to 1 and a little over."""
    y = np.arange(h, dtype=np.float32)[:, None] - centre[1]
    x = np.arange(w, dtype=np.float32)[None] - centre[0]
    a, rx = rng.uniform(0, np.pi), size * rng.uniform(0.8, 2)
    u, v = x * np.cos(a) + y * np.sin(a), y * np.cos(a) - x * np.sin(a)
    return rng.uniform(0.8, 1.25) * np.exp(-(u / rx) ** 2 - (v / size) ** 2)


def moire(picture, h, rng, pixels):
    """A display's red, green and blue columns beating with the sensor's."""
    back = np.linalg.inv(h)
    y, x = np.mgrid[0:picture.shape[0], 0:picture.shape[1]].astype(np.float32)
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    v = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    step = rng.uniform(1.07, 1.25) / pixels
    strength = rng.uniform(0.1, 0.22)
    for c in range(3):
        grid = np.cos(2 * np.pi * (u / step + c / 3))
        rows = np.cos(2 * np.pi * v / step)
        picture[..., c] *= 1 + strength * grid + 0.5 * strength * rows
    picture *= np.float32((0.93, 0.98, 1.1))


def lit(picture, quad, shot, rng):
    """Light, shadow and glare on a float picture, in place."""
    h, w = picture.shape[:2]
    picture *= lamp(h, w, rng, shot["slope"])[..., None]
    if shot["shadow"]:
        picture *= shadow(h, w, rng, shot["shadow"])[..., None]
    for _ in range(shot["glare"]):
        along, down = rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.95)
        top = quad[0] + (quad[1] - quad[0]) * along
        bottom = quad[3] + (quad[2] - quad[3]) * along
        spot = glare(h, w, top + (bottom - top) * down, rng, max(h, w) / 22)
        picture += (205 * spot)[..., None]
    picture *= np.float32(1 + rng.uniform(-0.05, 0.05, 3))
    picture *= shot["exposure"]


def smear(image, length, angle):
    """Motion of the hand during the exposure."""
    total = np.zeros((image.height, image.width, 3), np.float32)
    for step in np.linspace(-0.5, 0.5, 7):
        dx = np.cos(angle) * length * step
        dy = np.sin(angle) * length * step
        total += np.asarray(image.transform(
            image.size, Image.AFFINE, (1, 0, dx, 0, 1, dy), Image.BILINEAR))
    return Image.fromarray((total / 7).astype(np.uint8))


def sensed(picture, shot, rng):
    """Blur, noise and JPEG; bytes of the file."""
    image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    image = image.filter(ImageFilter.GaussianBlur(shot["blur"]))
    if shot["motion"]:
        image = smear(image, shot["motion"], rng.uniform(0, np.pi))
    h, w = picture.shape[:2]
    noise = rng.standard_normal((h, w, 1), np.float32) * shot["noise"]
    small = rng.normal(0, 0.7 * shot["noise"], (h // 2, w // 2, 3))
    small = small.astype(np.float32).repeat(2, 0).repeat(2, 1)
    noise = noise + np.pad(small, ((0, h % 2), (0, w % 2), (0, 0)))
    page = np.clip(np.asarray(image, np.float32) + noise, 0, 255)
    file = io.BytesIO()
    Image.fromarray(page.astype(np.uint8)).save(
        file, "JPEG", quality=shot["quality"], subsampling=2)
    return file.getvalue()


def empty(frame, shot, rng):
    """A picture of a desk and no document."""
    scene = desk.draw(rng, *frame, 4)
    picture = np.array(scene, np.float32)
    nowhere = np.float64(((0, 0), (frame[0], 0), frame, (0, frame[1])))
    lit(picture, nowhere, shot, rng)
    return sensed(picture, shot, rng)


def lay(scene, canvas, pixels, frame, top):
    """A drawn page on the scene, its upper edge `top` mm below the page's."""
    move = np.float64(((1, 0, 0), (0, 1, top * canvas.scale), (0, 0, 1)))
    mask = rounded(canvas.image.size, canvas.px(3.1))
    return lie(scene, warp(canvas.image, pixels @ move, frame),
               warp(mask, pixels @ move, frame), max(frame) / 400)


def shoot(canvas, quad, frame, shot, rng, facing=None):
    """Photograph a drawn page lying at quad, the facing page of its booklet
    above it; (JPEG bytes, homography)."""
    mm = ((0, 0), (canvas.width, 0), (canvas.width, canvas.height),
          (0, canvas.height))
    h = solve(mm, quad)
    pixels = h @ np.diag((1 / canvas.scale, 1 / canvas.scale, 1))
    scene = desk.draw(rng, *frame, shot["objects"])
    if facing:
        scene = lay(scene, facing, pixels, frame, -facing.height)
    scene = lay(scene, canvas, pixels, frame, 0)
    picture = np.array(scene, np.float32)
    if shot["screen"]:
        moire(picture, h, rng, density(h, canvas))
    lit(picture, quad, shot, rng)
    return sensed(picture, shot, rng), h


def density(h, canvas):
    """Picture pixels to a millimetre in the middle of the page."""
    x, y = canvas.width / 2, canvas.height / 2
    a, b = apply(h, ((x - 5, y), (x + 5, y)))
    return float(np.hypot(*(b - a)) / 10)
