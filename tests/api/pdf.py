"""A PDF that a participant signs, as a reader of PDF judges it (poppler's
pdfsig, with NSS)."""
import os
import subprocess
import tempfile

from keys import P256, openssl, take

ROOM = 16384  # hexadecimal digits for the signature
PAGE = [
    b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Annots [4 0 R] >>",
    b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /V 5 0 R"
    b" /Rect [0 0 0 0] /F 132 /P 3 0 R >>",
]
SIGNATURE = (b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /%s"
             b" /ByteRange [0 %010d %010d %010d] /Contents <%s> >>")


def written(kind, numbers=(0, 0, 0), signature=b""):
    """A page without anything on it, and where the signature's place begins."""
    out, at = b"%PDF-1.7\n", []
    for number, said in enumerate(PAGE + [SIGNATURE % (
            kind, *numbers, signature.ljust(ROOM, b"0"))], 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    begin = out.rindex(b"/Contents ") + len("/Contents ")
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n"
                  b"startxref\n%d\n%%%%EOF\n" % (
                      len(at) + 1, table, len(at) + 1, len(out))), begin


def signed(kind, folder):
    blank, begin = written(kind)
    end = begin + ROOM + 2
    numbers = (begin, end, len(blank) - end)
    blank, _ = written(kind, numbers)
    more = ["-cades"] if kind == b"ETSI.CAdES.detached" else []
    made = openssl("cms", "-sign", "-binary", "-outform", "DER", "-md", "sha256", *more,
                   "-signer", folder + "/certificate.pem", "-inkey", folder + "/key",
                   "-certfile", folder + "/authority.pem", given=blank[:begin] + blank[end:])
    return written(kind, numbers, made.hex().encode())[0]


def judged(folder, pdf):
    with open(folder + "/signed.pdf", "wb") as file:
        file.write(pdf)
    return subprocess.run(["pdfsig", "-nssdir", "sql:" + folder, folder + "/signed.pdf"],
                          stdout=subprocess.PIPE, text=True).stdout


def key_to_sign_with(case):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "key")
        take(case, openssl("req", "-new", "-nodes", *P256, "-keyout", path, "-subj",
                           "/CN=Anybody", "-sha256"))
        with open(path, encoding="ascii") as file:
            case.values["key_of_theirs"] = file.read()


def a_pdf_reader_trusts_it(case):
    """With nothing but the root trusted, by both kinds of signature."""
    path = "/v1/session/%s/chain.pem" % case.values["id"]
    chain = case.client.send("GET", path).text.split("-----BEGIN")[1:]
    assert len(chain) == 3, chain
    with tempfile.TemporaryDirectory() as folder:
        for name, text in zip(("certificate.pem", "authority.pem", "root.pem"), chain):
            with open(os.path.join(folder, name), "w", encoding="ascii") as file:
                file.write("-----BEGIN" + text)
        with open(os.path.join(folder, "key"), "w", encoding="ascii") as file:
            file.write(case.values["key_of_theirs"])
        subprocess.run(["certutil", "-N", "-d", "sql:" + folder, "--empty-password"], check=True)
        kinds = b"adbe.pkcs7.detached", b"ETSI.CAdES.detached"
        assert "is Trusted" not in judged(folder, signed(kinds[0], folder))
        subprocess.run(["certutil", "-A", "-d", "sql:" + folder, "-n", "root", "-t", "CT,C,C",
                        "-i", folder + "/root.pem"], check=True)
        for kind in kinds:
            pdf = signed(kind, folder)
            said = judged(folder, pdf)
            assert "Signature is Valid" in said and "Certificate is Trusted" in said, said
            changed = pdf.replace(b"0 300 300", b"0 300 301")
            assert "Signature is Valid" not in judged(folder, changed)
