"""Hostile files, made here: nothing that a scanner would mind lies in the repository. Each with words of the reason."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image
from pypdf import PdfReader, PdfWriter

from goldthread.foundation.files.papers import LARGEST, LARGEST_TEXT, TEST_VIRUS

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]%s>>"


def pdf(
    *more: bytes, catalog: bytes = b"", page: bytes = b"", pages: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
) -> bytes:
    """A PDF of one page; *more*: further objects, from number 4 on."""
    objects = [b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, pages, PAGE % page, *more]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(objects) + 1, table, len(objects) + 1, len(out))


def image(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Says that it is that large, and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


def slipping() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../../tmp/slipped", b"out of the folder")
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("../../slipped")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"out"))
    return out.getvalue()


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def in_stream(inner: bytes) -> bytes:
    """An object hidden in a compressed stream of objects, to which only the table of streams leads."""
    body = zlib.compress(b"4 0 " + inner)
    out = b"%PDF-1.7\n"
    places = []
    kept = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE % b"",
        b"",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(body), body),
    ]
    for number, one in enumerate(kept, 1):
        places.append(len(out))
        if number != 4:
            out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = [(0, 0, 255)] + [(1, place, 0) for place in places]
    rows[4] = (2, 5, 0)
    rows.append((1, len(out), 0))
    table = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
    head = b"<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(table)
    return out + b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, rows[6][1])


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
LAUNCH = b"<</S/Launch/F(cmd.exe)>>"


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes, and a word of the reason."""
    return iter(
        [
            ("nothing.pdf", b"", "empty"),
            ("large.pdf", b"%PDF-1.7\n" + bytes(LARGEST), "larger than 25 MB"),
            ("virus.txt", TEST_VIRUS, "EICAR"),
            ("virus-in.pdf", pdf(b"<</Length 68>>\nstream\n" + TEST_VIRUS + b"\nendstream"), "EICAR"),
            ("bomb.zip", zipped(zeros=bytes(20_000_000)), "archive"),
            ("nested.zip", zipped(inner=zipped(zeros=bytes(1_000_000))), "archive"),
            ("slip.zip", slipping(), "archive"),
            ("slip.tar", tarred(), "archive"),
            ("bomb.gz", gzip.compress(bytes(1_000_000)), "archive"),
            ("old.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "archive"),
            (
                "plan.docx",
                zipped(**{"[Content_Types]_dot_xml": b"<x/>", "word__document_dot_xml": b"<x/>"}),
                "as a PDF",
            ),
            ("macro.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "as a PDF"),
            ("macro.rtf", b"{\\rtf1\\object}", "as a PDF"),
            ("page.ps", b"%!PS-Adobe-3.0\n(%pipe%id) (r) file", "as a PDF"),
            (
                "bomb.xml",
                b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
                "web page",
            ),
            ("outside.txt", b'text\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "web page"),
            ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "web page"),
            ("drawing.png", b"\xef\xbb\xbf  <svg onload=alert(1)>", "web page"),
            ("page.txt", "<html><body onload=alert(1)>".encode("utf-16"), "web page"),
            ("code.php", b"<?php system($_GET[0]);", "web page"),
            ("letter.pdf", b"MZ\x90\x00" + bytes(200), "program"),
            ("photo.jpg", b"\x7fELF\x02\x01" + bytes(200), "program"),
            ("run.txt", b"#!/bin/sh\nrm -rf /\n", "program"),
            ("link.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80), "program"),
            ("IMG_0001.heic", b"\x00\x00\x00\x18ftypheic" + bytes(200), "HEIC"),
            ("film.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(200), "film"),
            ("old.gif", b"GIF89a" + bytes(40), "JPEG, PNG or PDF"),
            ("scan.tif", b"II*\x00" + bytes(40), "JPEG, PNG or PDF"),
            ("noise.bin", bytes(range(256)) * 8, "only PDF"),
            ("long.txt", b"word " * (LARGEST_TEXT // 4), "1 MB"),
            ("pixels.png", png_of(60_000, 60_000), "too many pixels"),
            ("cut.png", png_of(5_000, 5_000)[:300], "broken"),
            ("cut.jpg", image()[:200], "broken"),
            ("only-a-head.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(8), "broken"),
            ("locked.pdf", locked(), "password"),
            ("script.pdf", pdf(SCRIPT, catalog=b"/OpenAction 4 0 R"), "start by itself"),
            ("hidden-script.pdf", in_stream(SCRIPT), "start by itself"),
            ("launch.pdf", pdf(LAUNCH, page=b"/AA<</O 4 0 R>>"), "start by itself"),
            ("named.pdf", pdf(b"<</S/#4aavaScript/#4aS(1)>>", page=b"/AA<</O 4 0 R>>"), "start by itself"),
            ("elem.pdf", pdf(b"<</Type/StructElem/S/Launch/F(a)>>", catalog=b"/OpenAction 4 0 R"), "start by itself"),
            ("calls.pdf", pdf(b"<</S/URI/URI(http://a.example)>>", catalog=b"/OpenAction 4 0 R"), "start by itself"),
            ("shown.pdf", pdf(b"<</S/URI/URI(http://a.example)>>", page=b"/AA<</O 4 0 R>>"), "start by itself"),
            (
                "then.pdf",
                pdf(b"<</S/URI/URI(b)>>", catalog=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[4 0 R]>>"),
                "start by itself",
            ),
            ("far.pdf", pdf(b"<</Subtype 5 0 R>>", b"/Screen", page=b"/Annots[4 0 R]"), "start by itself"),
            ("words-first.pdf", b"Dear reader,\n" + pdf(), "The PDF is broken"),
            (
                "form.pdf",
                pdf(b"<</Length 0>>\nstream\n\nendstream", catalog=b"/AcroForm<</XFA 4 0 R>>"),
                "start by itself",
            ),
            ("carrier.pdf", pdf(catalog=b"/Names<</EmbeddedFiles<</Names[]>>>>"), "attached inside"),
            ("two.pdf", pdf() + slipping(), "archive"),
            ("cut.pdf", pdf()[:60], "broken"),
            ("round.pdf", pdf(pages=b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "broken"),
            ("only-a-head.pdf", b"%PDF-1.7\n%%EOF", "broken"),
        ]
    )
