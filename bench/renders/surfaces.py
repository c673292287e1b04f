"""Materials, by Cycles' nodes: coated pages, tables, skin, glass. Lengths are
in centimetres."""

import bpy


class Nodes:
    """A material's nodes, set one after another."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.output = self.add("OutputMaterial")

    def add(self, kind, inputs=None, **settings):
        node = self.tree.nodes.new("ShaderNode" + kind)
        for name, value in settings.items():
            setattr(node, name, value)
        for name, value in (inputs or {}).items():
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, node.inputs[name])
            else:
                node.inputs[name].default_value = value
        return node

    def finish(self, shader, bump=None):
        self.tree.links.new(shader, self.output.inputs["Surface"])
        return self.material


def colour(rgb):
    return (*rgb, 1.0)


def picture(nodes, path, data=False):
    image = bpy.data.images.load(path)
    if data:
        image.colorspace_settings.name = "Non-Color"
    where = nodes.add("UVMap")
    return nodes.add("TexImage", {"Vector": where.outputs[0]}, image=image,
                     extension="EXTEND", interpolation="Linear")


def hologram(nodes, base, spec):
    """A foil whose colour turns with the direction it is seen from."""
    mask = picture(nodes, spec["mask"], True)
    facing = nodes.add("LayerWeight", {"Blend": 0.5})
    turn = nodes.add("Math", {0: facing.outputs["Facing"],
                              1: spec["turns"]}, operation="MULTIPLY")
    hue = nodes.add("Math", {0: turn.outputs[0], 1: mask.outputs["Color"]},
                    operation="ADD")
    around = nodes.add("Math", {0: hue.outputs[0]}, operation="FRACT")
    tint = nodes.add("CombineColor", {0: around.outputs[0], 1: 0.75, 2: 1.0},
                     mode="HSV")
    foil = nodes.add("BsdfAnisotropic", {
        "Color": tint.outputs[0], "Roughness": spec["roughness"],
        "Anisotropy": 0.8, "Rotation": spec["rotation"]})
    cover = nodes.add("Math", {0: mask.outputs["Color"],
                               1: spec["strength"]}, operation="MULTIPLY")
    return nodes.add("MixShader", {0: cover.outputs[0], 1: base,
                                   2: foil.outputs[0]}).outputs[0]


def page(path, spec):
    nodes = Nodes("page")
    shown = picture(nodes, path)
    noise = nodes.add("TexNoise", {"Scale": 6.0, "Detail": 2.0})
    bump = nodes.add("Bump", {"Strength": spec["waves"], "Distance": 0.02,
                              "Height": noise.outputs["Fac"]})
    body = nodes.add("BsdfPrincipled", {
        "Base Color": shown.outputs["Color"], "Specular": spec["specular"],
        "Roughness": spec["roughness"], "Clearcoat": spec["coat"],
        "Clearcoat Roughness": spec["coat_roughness"],
        "Clearcoat Normal": bump.outputs[0]}).outputs[0]
    if spec.get("hologram"):
        body = hologram(nodes, body, spec["hologram"])
    return nodes.finish(body)


def display(path, spec):
    """Light of its own under glass."""
    nodes = Nodes("display")
    shown = picture(nodes, path)
    shine = nodes.add("Emission", {"Color": shown.outputs["Color"],
                                   "Strength": spec["strength"]})
    glass = nodes.add("BsdfGlossy", {"Color": colour((1, 1, 1)),
                                     "Roughness": spec["roughness"]})
    mirror = nodes.add("Fresnel", {"IOR": 1.45})
    return nodes.finish(nodes.add("MixShader", {
        0: mirror.outputs[0], 1: shine.outputs[0],
        2: glass.outputs[0]}).outputs[0])


def plain(rgb, roughness=0.5, coat=0.0):
    nodes = Nodes("plain")
    return nodes.finish(nodes.add("BsdfPrincipled", {
        "Base Color": colour(rgb), "Roughness": roughness,
        "Clearcoat": coat}).outputs[0])


def paper(path):
    """Of an office: rough, no coat."""
    nodes = Nodes("paper")
    return nodes.finish(nodes.add("BsdfPrincipled", {
        "Base Color": picture(nodes, path).outputs["Color"],
        "Roughness": 0.8, "Specular": 0.2}).outputs[0])


def skin(rgb):
    nodes = Nodes("skin")
    noise = nodes.add("TexNoise", {"Scale": 9.0, "Detail": 2.0})
    ramp = mixed(nodes, noise.outputs["Fac"], [0.82 * c for c in rgb], rgb)
    bump = nodes.add("Bump", {"Strength": 0.3, "Distance": 0.01,
                              "Height": noise.outputs["Fac"]})
    return nodes.finish(nodes.add("BsdfPrincipled", {
        "Base Color": ramp, "Roughness": 0.45, "Specular": 0.35,
        "Normal": bump.outputs[0]}).outputs[0])


def mixed(nodes, share, one, two):
    ramp = nodes.add("ValToRGB", {"Fac": share})
    ramp.color_ramp.elements[0].color = colour(one)
    ramp.color_ramp.elements[1].color = colour(two)
    return ramp.outputs[0]


def wood(nodes, at, spec):
    long = nodes.add("Mapping", {"Vector": at, "Scale": (0.12, 1.1, 1.0)})
    bent = nodes.add("TexNoise", {"Vector": long.outputs[0], "Scale": 1.6,
                                  "Detail": 3.0, "Distortion": 1.5})
    fine = nodes.add("TexWave", {"Vector": long.outputs[0], "Scale": 1.2,
                                 "Distortion": 5.0, "Detail": 3.0})
    both = nodes.add("Math", {0: bent.outputs["Fac"],
                              1: fine.outputs["Fac"]}, operation="MULTIPLY")
    return mixed(nodes, both.outputs[0], *spec["colours"]), both.outputs[0]


def cloth(nodes, at, spec):
    threads = [nodes.add("TexWave", {"Vector": at, "Scale": spec["fine"],
                                     "Distortion": 0.4},
                         bands_direction=way).outputs["Fac"] for way in "XY"]
    both = nodes.add("Math", {0: threads[0], 1: threads[1]},
                     operation="MULTIPLY")
    return mixed(nodes, both.outputs[0], *spec["colours"]), both.outputs[0]


def stone(nodes, at, spec):
    large = nodes.add("TexNoise", {"Vector": at, "Scale": 0.4, "Detail": 3.0,
                                   "Distortion": 2.5})
    grain = nodes.add("TexVoronoi", {"Vector": at, "Scale": spec["fine"]})
    both = nodes.add("Math", {0: large.outputs["Fac"],
                              1: grain.outputs["Distance"]},
                     operation="MULTIPLY")
    return mixed(nodes, both.outputs[0], *spec["colours"]), None


def tiles(nodes, at, spec):
    brick = nodes.add("TexBrick", {
        "Vector": at, "Scale": 0.35, "Color1": colour(spec["colours"][0]),
        "Color2": colour(spec["colours"][1]), "Mortar": (.1, .1, .1, 1.0)})
    return brick.outputs["Color"], brick.outputs["Fac"]


def checks(nodes, at, spec):
    board = nodes.add("TexChecker", {
        "Vector": at, "Scale": spec["fine"] / 8,
        "Color1": colour(spec["colours"][0]),
        "Color2": colour(spec["colours"][1])})
    return board.outputs["Color"], None


def white(nodes, at, spec):
    dust = nodes.add("TexNoise", {"Vector": at, "Scale": 3.0, "Detail": 2.0})
    return mixed(nodes, dust.outputs["Fac"], (0.68, 0.68, 0.66),
                 (0.86, 0.85, 0.84)), None


GROUNDS = {"wood": wood, "cloth": cloth, "stone": stone, "tiles": tiles,
           "checks": checks, "white": white}


def ground(spec):
    nodes = Nodes("ground")
    at = nodes.add("Mapping", {
        "Vector": nodes.add("TexCoord").outputs["Object"],
        "Rotation": (0, 0, spec["turned"]), "Location": spec["from"]})
    shade, height = GROUNDS[spec["kind"]](nodes, at.outputs[0], spec)
    inputs = {"Base Color": shade, "Roughness": spec["roughness"],
              "Specular": spec["specular"]}
    if height:
        inputs["Normal"] = nodes.add("Bump", {
            "Strength": 0.4, "Distance": 0.03,
            "Height": height}).outputs[0]
    return nodes.finish(nodes.add("BsdfPrincipled", inputs).outputs[0])
