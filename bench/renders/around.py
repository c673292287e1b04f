"""Run by Blender: what lies about and under a page, a keyboard and sheets of
paper. Lengths are in centimetres."""

import math

import bpy
import surfaces
from mathutils import Euler, Vector

KEY, APART = 1.55, 1.9      # a key's foot, from one to the next
ROWS, COLUMNS = 7, 17
SIGNS = "QWERTZUIOPASDFGHJKLYXCVBNM1234567890-+#,."


def linked(name, data, material):
    thing = bpy.data.objects.new(name, data)
    bpy.context.collection.objects.link(thing)
    thing.data.materials.append(material)
    return thing


def keys(height):
    """(vertices, faces) of all caps, narrower at the top."""
    verts, faces = [], []
    for row in range(ROWS):
        for column in range(COLUMNS):
            x, y = place(row, column)
            first = len(verts)
            for half, z in ((KEY / 2, 0), (0.39 * KEY, height)):
                verts += [(x + a * half, y + b * half, z) for a, b in (
                    (-1, -1), (1, -1), (1, 1), (-1, 1))]
            faces.append([first + 4 + k for k in range(4)])
            faces += [[first + k, first + (k + 1) % 4,
                       first + 4 + (k + 1) % 4, first + 4 + k]
                      for k in range(4)]
    return verts, faces


def place(row, column):
    return ((column - COLUMNS / 2 + 0.3 * (row % 3)) * APART,
            (row - ROWS / 2) * APART)


def keyboard(spec, low):
    """Caps whose tops are at the height `low`, on the table below it."""
    turn = Euler((0, 0, spec["turned"]))
    mesh = bpy.data.meshes.new("keys")
    verts, faces = keys(spec["height"])
    mesh.from_pydata(verts, [], faces)
    thing = linked("keys", mesh, surfaces.plain(spec["caps"], 0.45))
    foot = Vector((*spec["at"], low - spec["height"]))
    thing.location, thing.rotation_euler = foot, turn
    ink = surfaces.plain(spec["signs"], 0.5)
    for k in range(ROWS * COLUMNS):
        text = bpy.data.curves.new("sign", "FONT")
        text.body, text.size = SIGNS[k * 7 % len(SIGNS)], 0.55
        sign = linked("sign", text, ink)
        x, y = place(k // COLUMNS, k % COLUMNS)
        at = Vector((x - 0.4, y + 0.05, spec["height"] + 0.005))
        at.rotate(turn)
        sign.location, sign.rotation_euler = foot + at, turn


def sheets(spec, low):
    """One over the other, the last on top."""
    for k, sheet in enumerate(spec):
        width, height = sheet["size"]
        mesh = bpy.data.meshes.new("sheet")
        mesh.from_pydata([(a * width / 2, b * height / 2, 0) for a, b in (
            (-1, -1), (1, -1), (1, 1), (-1, 1))], [], [(0, 1, 2, 3)])
        uv = mesh.uv_layers.new()
        for loop, at in zip(uv.data, ((0, 0), (1, 0), (1, 1), (0, 1))):
            loop.uv = at
        thing = linked("sheet", mesh, surfaces.paper(sheet["texture"]))
        thing.location = (*sheet["at"], low + 0.012 * (k + 1))
        thing.rotation_euler = (0, 0, math.radians(sheet["turned"]))
