"""As much of JSON Schema as our schemas use; a keyword that it does not know
is an error, so that no schema is believed to say more than is checked."""
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool,
         "null": type(None)}
KNOWN = {"$schema", "$defs", "title", "description", "$ref", "anyOf", "type",
         "const", "enum", "required", "properties", "additionalProperties",
         "items", "minItems", "maxItems", "pattern", "minimum", "maximum"}


def is_of(value, name):
    if name in ("number", "integer"):
        kinds = int if name == "integer" else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def same(a, b):
    return type(a) is type(b) and a == b


def follow(root, reference):
    found = root
    for part in reference.lstrip("#/").split("/"):
        found = found[part]
    return found


def problems(value, schema, root=None, at="$"):
    """What is wrong with a value, one text each."""
    root = schema if root is None else root
    if schema is True or schema is False:
        return [] if schema else [at + ": should not be there"]
    unknown = set(schema) - KNOWN
    if unknown:
        raise ValueError("schema uses %s" % ", ".join(sorted(unknown)))
    if "$ref" in schema:
        return problems(value, follow(root, schema["$ref"]), root, at)
    if "anyOf" in schema:
        tries = [problems(value, one, root, at) for one in schema["anyOf"]]
        if all(tries):
            return ["%s: fits none of %d: %s" % (at, len(tries),
                                                 min(tries, key=len))]
    return (of_value(value, schema, at) + of_object(value, schema, root, at) +
            of_array(value, schema, root, at))


def of_value(value, schema, at):
    out = []
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_of(value, name) for name in types):
        out.append("%s: %r is no %s" % (at, value, " or ".join(types)))
    if "const" in schema and not same(value, schema["const"]):
        out.append("%s: is not %r" % (at, schema["const"]))
    if "enum" in schema and not any(same(value, one)
                                    for one in schema["enum"]):
        out.append("%s: %r is none of %r" % (at, value, schema["enum"]))
    if "pattern" in schema and isinstance(value, str) and \
            not re.search(schema["pattern"], value):
        out.append("%s: %r is not like %s" % (at, value, schema["pattern"]))
    if is_of(value, "number"):
        if value < schema.get("minimum", value) or \
                value > schema.get("maximum", value):
            out.append("%s: %r is out of range" % (at, value))
    return out


def of_object(value, schema, root, at):
    if not isinstance(value, dict):
        return []
    known = schema.get("properties", {})
    rest = schema.get("additionalProperties", True)
    out = ["%s: lacks %s" % (at, name) for name in schema.get("required", [])
           if name not in value]
    for name, one in value.items():
        out += problems(one, known.get(name, rest), root, at + "." + name)
    return out


def of_array(value, schema, root, at):
    if not isinstance(value, list):
        return []
    out = []
    if not schema.get("minItems", 0) <= len(value) <= \
            schema.get("maxItems", len(value)):
        out.append("%s: has %d items" % (at, len(value)))
    for i, one in enumerate(value):
        out += problems(one, schema.get("items", True), root,
                        "%s[%d]" % (at, i))
    return out
