/*
 * Serial numbers of OCSP responders and of what sealed dossiers, which the
 * ledger has beside those of people: their authority issued them too, and
 * nobody revokes one. Those that were followed by another live on beside it,
 * and are known to the end.
 */
#include "signer/records_parts.h"

#include "pki/certificate.h"

void
records_note_answerer(
    struct records *r, enum authority authority, struct span certificate)
{
	struct answerer made = {.authority = authority};
	struct certificate c;

	if (certificate_parse(certificate, &c) != OK) {
		err_clear();
		return;
	}
	if (c.serial.size > 1 && c.serial.data[0] == 0)
		c.serial = SPAN(c.serial.data + 1, c.serial.size - 1);
	if (c.serial.size > sizeof(made.serial))
		return;
	if (r->answerer_count == r->answerer_room) {
		r->answerer_room = r->answerer_room ? r->answerer_room * 2 : 16;
		r->answerers = realloc(
		    r->answerers, r->answerer_room * sizeof(*r->answerers));
		if (!r->answerers)
			abort();
	}
	memcpy(made.serial, c.serial.data, c.serial.size);
	made.serial_size = c.serial.size;
	buf_init(&made.certificate, certificate.size);
	if (buf_add_span(&made.certificate, certificate) != OK)
		abort();
	r->answerers[r->answerer_count++] = made;
}

void
records_sift_answerers(struct records *r, enum authority authority,
    bool (*is_ours)(const void *data, struct span certificate),
    const void *data)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->answerer_count; i++) {
		struct answerer *one = &r->answerers[i];

		if (one->authority != authority ||
		    is_ours(data, span_of_buf(&one->certificate)))
			r->answerers[kept++] = *one;
		else
			buf_clear(&one->certificate);
	}
	r->answerer_count = kept;
}

void
records_free_answerers(struct records *r)
{
	for (size_t i = 0; i < r->answerer_count; i++)
		buf_clear(&r->answerers[i].certificate);
	free(r->answerers);
}

bool
records_answers(
    const struct records *r, enum authority authority, struct span serial)
{
	for (size_t i = 0; i < r->answerer_count; i++)
		if (r->answerers[i].authority == authority &&
		    span_equal(SPAN(r->answerers[i].serial,
				   r->answerers[i].serial_size),
			serial))
			return true;
	return false;
}

enum err
learn_dossier(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	uint8_t certificate[ORDER_CERTIFICATE_MAX];
	char registration[ID_SIZE];
	struct digest content;

	get_text(&w, registration, sizeof(registration));
	if (get_octets(&w, content.bytes, DIGEST_SIZE) != DIGEST_SIZE)
		w.failed = true;
	enum authority authority = records_get_authority(&w);
	size_t size = get_octets(&w, certificate, sizeof(certificate));
	TRY(wire_done(&w));
	records_count_note(r, NOTE_dossier, e->at);
	records_note_answerer(r, authority, SPAN(certificate, size));
	return OK;
}

RESULT
records_dossier(struct records *r, const struct seal_order *o,
    enum authority authority, struct span certificate, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	put_text(&body, o->registration);
	put_bytes(&body, SPAN(o->content.bytes, DIGEST_SIZE));
	put_text(&body, authority_name(authority));
	put_bytes(&body, certificate);
	return records_append(r, ENTRY_dossier, &body, now);
}
