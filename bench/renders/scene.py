"""Run by Blender: builds the scenes of SPEC files (draw.py) and renders each
to PREFIX.npz (light, surface and reflection apart, half floats, linear), with
where points of the page fall in the picture. Lengths are in centimetres.

    blender -b --python-exit-code 1 -t 1 -P scene.py -- SPEC.json ...
"""

import json
import math
import os
import sys

import bmesh
import bpy
import numpy as np
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Matrix, Vector

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import around  # noqa: E402
import planes  # noqa: E402
import surfaces  # noqa: E402

PASSES = {"DiffDir": "diffuse_direct", "DiffInd": "diffuse_indirect",
          "DiffCol": "diffuse_color", "GlossDir": "glossy_direct",
          "GlossInd": "glossy_indirect", "GlossCol": "glossy_color",
          "Emit": "emit", "IndexOB": "object_index"}
FINE = ("DiffCol", "Emit", "IndexOB")
GRID = 12       # of the points that are told


def linked(name, mesh, material):
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(thing)
    thing.data.materials.append(material)
    return thing


# -- pages -----------------------------------------------------------------

def leaf(shape, width, length):
    """Height, and way along the table, at each step from the spine on: the
    leaf climbs out of the gutter, then bows; steps are equal on the paper."""
    way, out = 0.0, []
    steps = 96
    height = lambda d: shape["rise"] * (1 - math.exp(  # noqa: E731
        -d / shape["reach"])) + shape["bow"] * math.sin(
            math.pi * min(1, d / length)) + shape["base"]
    for _ in range(steps + 1):
        out.append((way, height(way)))
        slope = (height(way + 0.01) - height(way)) / 0.01
        way += length / steps / math.hypot(1, slope)
    return out


def grid(name, size, at, material, index):
    """A mesh of points at(u, v), u and v from 0 to 1 from the top left."""
    mesh = bpy.data.meshes.new(name)
    nx, ny = 24, 96
    verts = [at(i / nx, j / ny) for j in range(ny + 1) for i in range(nx + 1)]
    faces = [(j * (nx + 1) + i, (j + 1) * (nx + 1) + i,
              (j + 1) * (nx + 1) + i + 1, j * (nx + 1) + i + 1)
             for j in range(ny) for i in range(nx)]
    mesh.from_pydata(verts, [], faces)
    uv = mesh.uv_layers.new()
    for face in mesh.polygons:
        face.use_smooth = True
        for k, v in zip(face.loop_indices, face.vertices):
            uv.data[k].uv = (v % (nx + 1) / nx, 1 - v // (nx + 1) / ny)
    thing = linked(name, mesh, material)
    thing.pass_index = index
    return thing


def booklet(spec):
    """Two stacks of leaves that meet at the spine, which is the x axis'
    parallel above the page; where a point of the page lies."""
    width, height = spec["size"]
    spine = height / 2
    profile = leaf(spec["leaves"][0], width, height)
    other = leaf(spec["leaves"][1], width, height)

    def on(points, sign):
        def at(u, v):
            along = v if sign < 0 else 1 - v
            k = min(len(points) - 2, int(along * (len(points) - 1)))
            f = along * (len(points) - 1) - k
            y, z = (points[k][c] * (1 - f) + points[k + 1][c] * f
                    for c in (0, 1))
            return ((u - 0.5) * width, spine + sign * y, z)
        return at
    page = on(profile, -1)
    grid("page", spec["size"], page, surfaces.page(
        spec["texture"], spec["surface"]), 1)
    grid("facing", spec["size"], on(other, 1), surfaces.page(
        spec["facing"], dict(spec["surface"], hologram=None, coat=0.05)), 2)
    for sign, points in ((-1, profile), (1, other)):
        top = max(p[1] for p in points)
        far = points[-1][0]
        box((0, spine + sign * far / 2, top * 0.3),
            (width - 0.1, far - 0.1, top * 0.5),
            surfaces.plain((0.75, 0.73, 0.68)))
        box((0, spine + sign * (far + 0.15) / 2, 0.04),
            (width + 0.3, far + 0.15, 0.07),
            surfaces.plain(spec["cover"], 0.6))
    return page


def rounded(width, height, radius):
    out = []
    for cx, cy, first in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180),
                          (1, -1, 270)):
        for k in range(13):
            a = math.radians(first + 7.5 * k)
            out.append((cx * (width / 2 - radius) + radius * math.cos(a),
                        cy * (height / 2 - radius) + radius * math.sin(a)))
    return out


def card(spec):
    """A plate with round corners, a little bent."""
    width, height = spec["size"]
    thick, bow = spec["thick"], spec["bow"]
    rim = rounded(width, height, spec["radius"])
    lift = lambda x: bow * (1 - (2 * x / width) ** 2)  # noqa: E731
    mesh = bmesh.new()
    uv = mesh.loops.layers.uv.new()
    # closer together where the corners turn
    near = [spec["radius"] * (1 - math.cos(math.pi / 18 * k))
            for k in range(9)]
    inner = [spec["radius"] + (width - 2 * spec["radius"]) * k / 22
             for k in range(23)]
    columns = [x - width / 2 for x in near + inner] + [
        width / 2 - x for x in reversed(near)]
    span = lambda x: max(y for (px, y) in (  # noqa: E731
        edge(rim, x) or [(x, 0)]))
    top, low = [], []
    for x in columns:
        y = span(min(max(x, columns[0] + 1e-3), columns[-1] - 1e-3))
        top.append([mesh.verts.new((x, s * y, thick + lift(x)))
                    for s in (1, -1)])
        low.append([mesh.verts.new((x, s * y, lift(x))) for s in (1, -1)])
    for k in range(40):
        quad(mesh, uv, spec["size"], top[k][0], top[k][1], top[k + 1][1],
             top[k + 1][0], 0)
        for s in (0, 1):
            quad(mesh, uv, spec["size"], top[k][s], top[k + 1][s],
                 low[k + 1][s], low[k][s], 1)
    for k in (0, -1):
        quad(mesh, uv, spec["size"], top[k][0], top[k][1], low[k][1],
             low[k][0], 1)
    data = bpy.data.meshes.new("card")
    mesh.to_mesh(data)
    surface = surfaces.display if spec["kind"] == "display" else surfaces.page
    thing = linked("page", data, surface(spec["texture"], spec["surface"]))
    data.materials.append(surfaces.plain((0.8, 0.8, 0.78), 0.4))
    thing.pass_index = 1
    return lambda u, v: ((u - 0.5) * width, (0.5 - v) * height,
                         thick + lift((u - 0.5) * width))


def edge(rim, x):
    """Points of the rim right above or below x."""
    out = []
    for (ax, ay), (bx, by) in zip(rim, rim[1:] + rim[:1]):
        if min(ax, bx) <= x <= max(ax, bx) and ax != bx:
            out.append((x, ay + (by - ay) * (x - ax) / (bx - ax)))
    return out


def quad(mesh, uv, size, a, b, c, d, material):
    face = mesh.faces.new((a, b, c, d))
    face.material_index = material
    for loop in face.loops:
        x, y, _ = loop.vert.co
        loop[uv].uv = (x / size[0] + 0.5, y / size[1] + 0.5)


def box(at, size, material):
    bpy.ops.mesh.primitive_cube_add(size=1, location=at)
    thing = bpy.context.object
    thing.scale = size
    thing.data.materials.append(material)
    return thing


# -- around it -------------------------------------------------------------

def capsule(a, b, radius, material):
    """A finger's end, from a to its tip b."""
    a, b = Vector(a), Vector(b)
    turn = (b - a).to_track_quat("Z", "Y").to_euler()
    bpy.ops.mesh.primitive_cylinder_add(
        radius=radius, depth=(b - a).length, location=(a + b) / 2,
        rotation=turn, vertices=32)
    things = [bpy.context.object]
    for end in (a, b):
        bpy.ops.mesh.primitive_uv_sphere_add(radius=radius, location=end)
        things.append(bpy.context.object)
    for thing in things:
        thing.data.materials.append(material)
        for face in thing.data.polygons:
            face.use_smooth = True
    return things


def table(spec, low):
    bpy.ops.mesh.primitive_plane_add(size=300, location=(0, 0, low))
    bpy.context.object.data.materials.append(surfaces.ground(spec))


def lights(spec, lens):
    for light in spec:
        data = bpy.data.lights.new("light", "AREA")
        data.shape = light.get("shape", "RECTANGLE")
        data.size, data.size_y = light["size"]
        data.energy, data.color = light["power"], light["colour"]
        thing = bpy.data.objects.new("light", data)
        bpy.context.collection.objects.link(thing)
        if light["kind"] == "flash":
            thing.parent, thing.location = lens, (1.3, 0.2, 0.02)
            continue
        thing.location = light["at"]
        thing.rotation_euler = (Vector(light["at"]) - Vector(
            light["to"])).to_track_quat("Z", "Y").to_euler()


def world(spec):
    bpy.context.scene.world = made = bpy.data.worlds.new("world")
    made.use_nodes = True
    back = made.node_tree.nodes["Background"]
    back.inputs[0].default_value = surfaces.colour(spec["colour"])
    back.inputs[1].default_value = spec["strength"]


def camera(spec):
    data = bpy.data.cameras.new("camera")
    data.sensor_width = 36
    data.sensor_fit = "HORIZONTAL"
    data.lens = 18 / math.tan(math.radians(spec["view"]) / 2)
    thing = bpy.data.objects.new("camera", data)
    at, aim = Vector(spec["at"]), Vector(spec["aim"])
    thing.location = at
    back = (at - aim).normalized()
    right = Vector((0, 1, 0)).cross(back).normalized()
    thing.rotation_euler = Matrix((right, back.cross(right), back)) \
        .transposed().to_euler()
    thing.rotation_euler.rotate_axis("Z", math.radians(spec["roll"]))
    data.dof.use_dof = True
    data.dof.focus_distance = (at - aim).length * spec["focus"]
    # Cycles takes the lens in metres of one unit each; ours are centimetres
    data.dof.aperture_fstop = 1e-3 * data.lens / spec["aperture"]
    bpy.context.collection.objects.link(thing)
    bpy.context.scene.camera = thing
    bpy.context.view_layer.update()
    phone(thing)
    return thing


def phone(lens):
    """The telephone itself, which shades and is mirrored."""
    thing = box((0, 0, 0), (7.4, 15, 0.8), surfaces.plain(
        (0.02, 0.02, 0.02), 0.3))
    thing.parent, thing.location = lens, (3.0, -5.5, 0.5)


# -- the picture -----------------------------------------------------------

def settings(spec):
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = spec["frame"]
    cycles = scene.cycles
    cycles.use_adaptive_sampling = cycles.use_denoising = False
    cycles.seed = spec["seed"] % 100000
    cycles.max_bounces = cycles.glossy_bounces = 1
    cycles.diffuse_bounces = 0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 4


def passes(prefix, names):
    """A file of each of these passes."""
    scene = bpy.context.scene
    layer = bpy.context.view_layer
    for name in PASSES.values():
        setattr(layer, "use_pass_" + name, True)
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    source = tree.nodes.new("CompositorNodeRLayers")
    files = tree.nodes.new("CompositorNodeOutputFile")
    files.base_path = prefix
    files.format.file_format = "OPEN_EXR"
    files.format.color_depth = "32"
    files.format.exr_codec = "NONE"
    files.file_slots.clear()
    for name in names:
        files.file_slots.new(name)
        tree.links.new(source.outputs[name], files.inputs[name])


def loaded(prefix, name):
    path = os.path.join(prefix, name + "0001.exr")
    image = bpy.data.images.load(path)
    image.colorspace_settings.name = "Non-Color"
    w, h = image.size
    flat = np.empty(w * h * image.channels, np.float32)
    image.pixels.foreach_get(flat)
    bpy.data.images.remove(image)
    os.remove(path)
    return flat.reshape(h, w, -1)[::-1, :, :3]


def taken(prefix, percentage, samples, names):
    """These passes, by name."""
    passes(prefix, names)
    scene = bpy.context.scene
    scene.render.resolution_percentage = percentage
    scene.cycles.samples = samples
    scene.frame_set(1)
    bpy.ops.render.render()
    return {name: loaded(prefix, name) for name in names}


def exposure(spec, prefix, points):
    """Light and reflections, which are smooth, with half the pixels; what
    they fall on, around the page, with all of them and without any lamp."""
    frame = spec["frame"]
    half = taken(prefix, 50, spec["samples"] // 2, PASSES)
    got = {name: planes.doubled(half[name]) for name in FINE}
    dark()
    low = np.maximum(0, points.min((0, 1)) / frame - 0.02)
    high = np.minimum(1, points.max((0, 1)) / frame + 0.02)
    render = bpy.context.scene.render
    render.use_border, render.use_crop_to_border = True, False
    render.border_min_x, render.border_max_x = low[0], high[0]
    render.border_min_y, render.border_max_y = 1 - high[1], 1 - low[1]
    left, top = (np.ceil(low * frame) + 1).astype(int)
    right, foot = (np.floor(high * frame) - 1).astype(int)
    fine = taken(prefix, 100, spec["samples"], FINE)
    for name in FINE:
        got[name][top:foot, left:right] = fine[name][top:foot, left:right]
    got["light"] = half["DiffDir"] + half["DiffInd"]
    got["mirrored"] = (half["GlossDir"] + half["GlossInd"]) * half["GlossCol"]
    return got


def dark():
    for thing in list(bpy.data.objects):
        if thing.type == "LIGHT":
            bpy.data.objects.remove(thing)
    bpy.context.scene.world.node_tree.nodes["Background"] \
        .inputs[1].default_value = 0
    bpy.context.scene.cycles.max_bounces = 0


def places(at, lens, frame):
    """Where the points of a grid over the page fall, in pixels."""
    out = np.empty((GRID + 1, GRID + 1, 2))
    for j in range(GRID + 1):
        for i in range(GRID + 1):
            x, y, z = at(i / GRID, j / GRID)
            seen = world_to_camera_view(bpy.context.scene, lens, Vector(
                (x, y, z)))
            out[j, i] = seen.x * frame[0], (1 - seen.y) * frame[1]
    return out


def render(path):
    with open(path, encoding="utf-8") as file:
        spec = json.load(file)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    prefix = path[:-5]
    os.makedirs(prefix, exist_ok=True)
    at = (booklet if spec["kind"] == "booklet" else card)(spec)
    low = -spec["above"]
    if spec.get("keys"):
        around.keyboard(spec["keys"], low)
        low -= spec["keys"]["height"]
    table(spec["ground"], low - 0.06 * bool(spec.get("sheets")))
    around.sheets(spec.get("sheets", ()), low - 0.06)
    for finger in spec["fingers"]:
        capsule(finger["from"], finger["tip"], finger["radius"],
                surfaces.skin(finger["colour"]))
    lens = camera(spec["camera"])
    lights(spec["lights"], lens)
    world(spec["world"])
    settings(spec)
    points = places(at, lens, spec["frame"])
    got = exposure(spec, prefix, points)
    half = lambda a: a.astype(np.float16)  # noqa: E731
    np.savez(prefix + ".npz", light=half(got["light"]),
             surface=half(got["DiffCol"]), mirrored=half(got["mirrored"]),
             shine=half(got["Emit"]), points=points,
             page=abs(got["IndexOB"][..., 0] - 1) < 0.1)
    os.rmdir(prefix)


for one in sys.argv[sys.argv.index("--") + 1:]:
    render(one)
