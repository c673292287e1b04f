/*
 * What the machine makes of an attempt, in one word: the operator's approval
 * and it have to agree at the qcp levels.
 */
#include "flow/review_act.h"

/* A check of recordings that an older attempt has not is unsure. */
static void
count_in(const struct verdict_row *row, struct machine *out)
{
	enum check_name check = check_of_text(row->name);
	enum verdict verdict = verdict_of_text(row->verdict);

	if (strcmp(row->name, "faces_agree") == 0)
		out->faces_agree = verdict == VERDICT_PASS;
	if (check == CHECK_COUNT || check_strength(check) != CHECK_STRONG)
		return;
	out->failed += verdict == VERDICT_FAIL;
	out->doubtful += verdict != VERDICT_FAIL && verdict != VERDICT_PASS;
}

RESULT
machine_load(struct act *t, struct machine *out)
{
	struct verdict_row *rows;
	size_t count;

	*out = (struct machine){0};
	TRY(verdict_list(t->f->store, t->a, t->r.id, t->r.attempt, &rows,
	    &count));
	for (size_t i = 0; i < count; i++)
		count_in(&rows[i], out);
	return OK;
}

const char *
machine_word(const struct machine *m)
{
	if (m->failed > 0)
		return "refuses";
	return m->doubtful > 0 ? "doubts" : "accepts";
}
