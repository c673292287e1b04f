/*
 * What the files about values share.
 */
#pragma once

#include "vision/print/sheet.h"

/* How a field's values look. */
enum shape sheet_shape_of(enum field field);

/* Whether a value looks so; its text is set right where readers err. */
bool sheet_looks(struct value *v, enum shape shape);

/* How far a piece is from where the label's value should be, in millimetres;
 * negative: it is nowhere near. By the page's manner below (or above) first,
 * then to the right, or the other way round. */
float sheet_distance(const struct label *label, const struct piece *p,
    float per_mm);

/* The same from straight below the label, or straight above it. */
float sheet_column(const struct piece *label, const struct piece *p,
    float per_mm, bool above);

/* And from its end, in its line. */
float sheet_aside(const struct piece *label, const struct piece *p,
    float per_mm);

/* Piece i is no label, or one in letters so large that it is a value. */
bool sheet_may_be_value(const struct sheet *s, const struct label *l,
    size_t i);

/* Whether another label is nearer to the value than `far` from this one. */
bool sheet_is_nearer(const struct sheet *s, const struct label *l,
    const struct value *v, const struct piece *where, float far);

/* Sets the manner of all labels by what the page says. */
void sheet_settle_manner(struct sheet *s);
