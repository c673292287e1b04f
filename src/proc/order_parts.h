/*
 * Parts that several orders have, on the wire. Readers mark a reader as failed
 * where the part is none.
 */
#pragma once

#include "proc/order.h"
#include "proc/wire.h"

void order_put_digest(struct buf *b, const struct digest *d);
void order_get_digest(struct wire_reader *r, struct digest *out);

/* Octets of a serial number, which is never empty. */
size_t order_get_serial(struct wire_reader *r, uint8_t out[ORDER_SERIAL_MAX]);
