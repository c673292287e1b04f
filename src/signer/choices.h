/*
 * The operator's choices about certificates, from the configuration.
 */
#pragma once

#include "base/conf.h"
#include "pki/certificate.h"
#include "pki/profile.h"

/*
 * issuing: a certificate that the root issued. Texts are borrowed from conf.
 * ERR_INVALID names the setting that cannot be meant.
 */
RESULT choices_load(const struct conf *conf, const struct certificate *issuing,
    struct profile_options *options, struct trust *trust);
