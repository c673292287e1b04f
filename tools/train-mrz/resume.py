"""Weights of a shipped reader, to go on training from.

The file holds each convolution with its normalisation folded in. Put back
into a net that normalises by batch, they would read nothing: so the
normalisation is set to undo itself, layer by layer, on lines just drawn.
"""

import sys

import cv2
import torch

import content
import ink
import net
import train


def convolutions(path):
    """[(weights, bias)] in order, as torch holds them."""
    graph = cv2.dnn.readNetFromONNX(path)
    found = []
    for name in graph.getLayerNames():
        if graph.getLayer(graph.getLayerId(name)).type == "Convolution":
            found.append(tuple(torch.from_numpy(
                graph.getParam(name, i).copy()) for i in (0, 1)))
    return found


def settle(conv, norm, folded, features):
    """Fills one convolution and the normalisation after it."""
    weights, bias = folded
    conv.weight.copy_(weights.view_as(conv.weight))
    out = conv(features)
    mean, variance = out.mean((0, 2, 3)), out.var((0, 2, 3))
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.copy_(bias.flatten() + mean)


def model_of(path):
    """The net of models/mrz.onnx, ready to be trained further."""
    folded = convolutions(path)
    model = net.build(net.width_of({"0.weight": folded[0][0]}))
    features = torch.cat([train.lines_of(ink.TRAIN + 9 * 10 ** 8, 16, c)[0]
                          for c in content.LENGTHS], 3)
    with torch.no_grad():
        layers = list(model)
        model.eval()
        for i, layer in enumerate(layers):
            if isinstance(layer, torch.nn.Conv2d):
                if i + 1 < len(layers):
                    settle(layer, layers[i + 1], folded.pop(0), features)
                else:
                    weights, bias = folded.pop(0)
                    layer.weight.copy_(weights.view_as(layer.weight))
                    layer.bias.copy_(bias.flatten())
            features = layer(features)
    return model.train()


if __name__ == "__main__":
    torch.save(model_of(sys.argv[1]).state_dict(), sys.argv[2])
