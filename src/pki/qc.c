/*
 * Writing and reading qcStatements.
 */
#include "pki/qc.h"

#include "base/enum.h"

static const struct {
	const char *oid, *title;
} rows[QC_COUNT] = {
#define QC(symbol, oid, title) {oid, title},
#include "pki/qc.def"
#undef QC
};

const char *
qc_title(enum qc_id id)
{
	return rows[id].title;
}

RESULT
qc_pds_url(const char *pattern, const char *language, struct buf *out)
{
	static const char mark[] = "{language}";
	const char *at = strstr(pattern, mark);

	if (!at)
		return FAIL(ERR_INVALID, "address without {language}");
	TRY(buf_add(out, pattern, (size_t)(at - pattern)));
	TRY(buf_add_text(out, language));
	return buf_add_text(out, at + strlen(mark));
}

/* SEQUENCE OF { IA5String, PrintableString(2) } */
static RESULT
put_pds(struct der *d, const struct qc_facts *f)
{
	der_open(d, DER_SEQUENCE);
	for (size_t i = 0; i < QC_LANGUAGES_MAX && f->languages[i]; i++) {
		AUTO(buf_clear) struct buf url;

		buf_init(&url, QC_URL_MAX);
		TRY(qc_pds_url(f->pds_url, f->languages[i], &url));
		der_open(d, DER_SEQUENCE);
		der_put(d, DER_IA5, span_of_buf(&url));
		der_put_text(d, DER_PRINTABLE, f->languages[i]);
		der_close(d);
	}
	der_close(d);
	return OK;
}

/* SEQUENCE { OID }: QcType, QcIdentMethod, and SemanticsInformation. */
static void
put_oid_in_sequence(struct der *d, const char *oid)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, oid);
	der_close(d);
}

static RESULT
put_info(struct der *d, enum qc_id id, const struct qc_facts *f)
{
	switch (id) {
	case QC_compliance:
	case QC_sscd:
		return OK;
	case QC_semantics:
		put_oid_in_sequence(d, QC_SEMANTICS_NATURAL);
		return OK;
	case QC_type:
		put_oid_in_sequence(d, QC_TYPE_ESIGN);
		return OK;
	case QC_ident_method:
		put_oid_in_sequence(d, f->ident_method);
		return OK;
	case QC_retention:
		der_put_number(d, DER_INTEGER, f->retention_years);
		return OK;
	case QC_pds:
		return put_pds(d, f);
	case QC_limit:
	case QC_legislation:
	case QC_device_legislation:
	case QC_old_syntax:
	case QC_COUNT:
		break;
	}
	return FAIL(ERR_INTERNAL, "%s is not written", rows[id].title);
}

RESULT
qc_put(struct der *d, const struct qc_facts *f)
{
	der_open(d, DER_SEQUENCE);
	for (unsigned i = 0; i < QC_COUNT; i++) {
		if (!(f->statements & 1u << i))
			continue;
		der_open(d, DER_SEQUENCE);
		der_put_oid(d, rows[i].oid);
		TRY(put_info(d, (enum qc_id)i, f));
		der_close(d);
	}
	der_close(d);
	return OK;
}

static enum qc_id
id_of(struct span oid)
{
	for (unsigned i = 0; i < QC_COUNT; i++)
		if (der_oid_is(oid, rows[i].oid))
			return (enum qc_id)i;
	return QC_COUNT;
}

static RESULT
read_statement(struct span statement, struct qc *out)
{
	char text[DER_OID_TEXT_SIZE];
	struct der_item info = {0};
	struct span oid;

	TRY(der_take(&statement, DER_OID, &oid));
	TRY(der_oid_format(oid, text));
	if (statement.size > 0)
		TRY(der_next(&statement, &info));
	TRY(der_end(statement));
	enum qc_id id = id_of(oid);
	if (strncmp(text, QC_TYPE_ARC, strlen(QC_TYPE_ARC)) == 0)
		out->type_as_statement = true;
	if (id == QC_COUNT) {
		memcpy(out->unknown, text, sizeof(text));
		return OK;
	}
	out->of[id].count++;
	out->of[id].info = info.whole;
	out->present |= 1u << id;
	return OK;
}

RESULT
qc_parse(struct span value, struct qc *out)
{
	struct qc found = {0};
	struct span list, statement;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	if (list.size == 0)
		return FAIL(ERR_INVALID, "no statement");
	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &statement));
		TRY(read_statement(statement, &found));
	}
	*out = found;
	return OK;
}
