// Invented authorities for the repository page.
const hex = (size, from) =>
  Array.from({ length: size }, (_, i) => ((i * 37 + from) % 256).toString(16).padStart(2, "0")).join("");

function authority(origin, name, kind, cn, key, late) {
  const now = Date.now();
  const iso = (ms) => new Date(ms).toISOString();
  return {
    object: "authority", name, kind, key,
    subject: `CN=${cn}, organizationIdentifier=NTRFR-123456789, O=TEST Notaires Associés, C=FR`,
    issuer: "CN=TEST Notaires Associés Root, O=TEST Notaires Associés, C=FR",
    serial: hex(17, 11), fingerprint: hex(32, name.length), fingerprint_sha1: hex(20, 3),
    not_before: "2026-01-01T00:00:00.000Z", not_after: "2036-01-01T00:00:00.000Z",
    cer_url: `${origin}/pki/ca/${name}.cer`, pem_url: `${origin}/pki/ca/${name}.pem`,
    crl: {
      url: `${origin}/pki/crl/${name}.crl`, number: 412, entries: kind === "root" ? 0 : 27,
      this_update: iso(now - 3_600_000), next_update: iso(now + 47 * 3_600_000), late,
    },
  };
}

export function repository(origin) {
  const policy = (kind, language, title) => ({
    kind, language, title, complete: kind === "pds", sha256: hex(32, 5),
    url: `${origin}/pki/${kind}/${language}`,
  });
  return {
    object: "repository", organisation: "TEST Notaires Associés", test: true,
    ocsp_url: `${origin}/pki/ocsp`,
    authorities: [
      authority(origin, "issuing-l", "issuing", "TEST Notaires Associés L", "P-256", false),
      authority(origin, "issuing-q", "issuing", "TEST Notaires Associés Q", "P-256", true),
      authority(origin, "root", "root", "TEST Notaires Associés Root", "P-384", false),
    ],
    policies: [
      policy("cps", "en", "Certificate policy and practice statement"),
      policy("cps", "fr", "Politique et déclaration des pratiques de certification"),
      policy("pds", "en", "PKI disclosure statement"),
      policy("pds", "fr", "Déclaration relative à l’infrastructure de clés publiques"),
    ],
  };
}
