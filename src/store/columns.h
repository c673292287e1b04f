/*
 * The columns of each record, in the order of its shape (store_*.c), and the
 * page of registrations that is sorted in ten ways. Only sql.def uses them.
 */
#pragma once

#define WORKSPACE_COLUMNS                                                      \
	"id, name, test, lcp_review, language, contact, redirect_origins, "    \
	"created_at"
#define MEMBER_COLUMNS                                                         \
	"id, workspace, email, email_folded, name, role, password_hash, "      \
	"failures, locked_until, training_until, created_at"
#define API_KEY_COLUMNS                                                        \
	"id, workspace, name, scopes, created_by, created_at, revoked_at"
#define REGISTRATION_COLUMNS                                                   \
	"id, workspace, level, state, version, generation, email, "            \
	"email_folded, fullname, fullname_type, name_folded, phone, "          \
	"phone_type, language, redirect_url, metadata, link_by_mail, "         \
	"requested_by, requested_by_name, country, kind, attempt, "            \
	"turned_back, given_names, surname, nationality, person_serial, "      \
	"asked_a_person, confirmed_at, created_at, state_at, expires_at"
#define REGISTRATION_PARAMETERS                                                \
	"$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "   \
	"$16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, "    \
	"$29, $30, $31, $32"
#define EVIDENCE_COLUMNS                                                       \
	"id, registration, attempt, kind, state, reasons, media_type, size, "  \
	"sha256, sealed_key, created_at"
#define TAKE_COLUMNS                                                           \
	"id, registration, attempt, part, state, prompts, asked, shown, "      \
	"media_type, chunks, chain, size, hints, evidence, created_at, "       \
	"started_at, expires_at, seal"
#define CHUNK_COLUMNS                                                          \
	"take, position, id, size, sha256, mac, sealed_key, created_at"
#define HANDOVER_COLUMNS                                                       \
	"registration, generation, state, number, choices, device, phone, "    \
	"why, slot, created_at, expires_at"
#define CERTIFICATE_COLUMNS                                                    \
	"id, registration, workspace, level, rank, issuer, serial, fullname, " \
	"name_folded, email, email_folded, phone, person_serial, not_before, " \
	"not_after, der, fingerprint, key_blob, revoked_at, reason, "          \
	"created_at"
#define LEDGER_SEEN_COLUMNS                                                    \
	"entries, head, compared_at, apart_since, unknown_issued, "            \
	"unknown_revoked, strange, held_entries, held_head"
#define SIGNER_MET_COLUMNS "state, since, took, what"
#define REVIEW_COLUMNS                                                         \
	"registration, why, opened_at, decided_at, decided_by, decision, "     \
	"reasons, note, second, offered_at"
#define AHEAD_COLUMNS "operator, registration, drawn_at"
#define LOCK_COLUMNS "registration, operator, opened_at, seen_at"
#define OPINION_COLUMNS                                                        \
	"registration, attempt, operator, document, face, liveness, at"
#define DECISION_COLUMNS                                                       \
	"registration, attempt, operator, decision, reasons, steps, note, "    \
	"second, machine, opened_at, at, keys"
#define APPROVAL_COLUMNS                                                       \
	"registration, attempt, operator, credential, authenticator_data, "    \
	"client_data, signature, needed, at, made_at"
#define PLANTED_COLUMNS "registration, truth, planted_at, reason"
#define PASSKEY_COLUMNS                                                        \
	"id, member, name, public_key, counter, created_at, used_at"
#define MAIL_COLUMNS                                                           \
	"id, registration, kind, channel, recipient, language, created_at, "   \
	"sent_at, failed_at"
#define AUDIT_COLUMNS                                                          \
	"seq, at, actor_kind, actor, act, subject, detail, evidence_digest, "  \
	"previous, hash"

#define OWN "workspace = $1"
#define EVERY "$1 = ''"

/* scope, column to sort by, comparison with the cursor, direction */
#define REGISTRATION_PAGE(scope, key, after, direction)                        \
	"SELECT " REGISTRATION_COLUMNS " FROM registrations WHERE " scope      \
	" AND ($2 = '' OR state = $2) AND ($3 = '' OR level = $3)"             \
	" AND (email_folded LIKE $11 ESCAPE '!' OR name_folded LIKE $4"        \
	" ESCAPE '!' OR phone LIKE $5 ESCAPE '!')"                             \
	" AND created_at >= $6 AND created_at < $7"                            \
	" AND (" key ", id) " after " ($8, $9)"                                \
	" ORDER BY " key " " direction ", id " direction " LIMIT $10"
