"""Write French as French is printed: a no-break space before ? ! : ; » and after «, the curly apostrophe.

Browsers break a line at an ordinary space and leave a lone question mark at its start. What is looked at: the texts of
gettext in Python; in templates the text itself, the strings inside tags and the attributes that people read or hear.

``--check`` writes nothing, names each place as file:line and fails when there is one.
"""

import argparse
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from scripts.catalogues import KEYWORDS, source_files  # noqa: E402 - found once the checkout is on the path

# Plain SMS have neither the no-break space nor the curly apostrophe: kernel.gsm7.
GSM7 = ("mediation/messaging/wording/", "mediation/messaging/gateways/")

NO_BREAK = "\u00a0"
SPACE = re.compile(r"(?<=«)[ \n]+|[ \n]+(?=[?!:;»])")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")

DJANGO = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
DJANGO_COMMENT = re.compile(r"{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)
DJANGO_STRING = re.compile(r'"[^"]*"')
UNREAD = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL)
TAG = re.compile(r"""</?[a-zA-Z!](?:"[^"]*"|'[^']*'|[^'">])*>""")
READ_ATTRIBUTE = re.compile(r'\s(?:title|alt|placeholder|label|aria-[a-z]+|data-[a-z-]+)="([^"]*)"')

Span = tuple[int, int]


def python_spans(code: str) -> Iterator[Span]:
    """Yield where the texts of gettext stand in a Python file."""
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    depth, tokens = 0, list(tokenize.generate_tokens(io.StringIO(code).readline))
    for before, token in zip([tokens[0], *tokens], tokens, strict=False):
        if depth == 0:
            depth = int(token.string == "(" and before.string in KEYWORDS)
        elif token.string in "([{":
            depth += 1
        elif token.string in ")]}" and token.type == tokenize.OP:
            depth -= 1
        elif depth == 1 and token.type == tokenize.STRING:
            yield starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1]


def template_spans(text: str) -> Iterator[Span]:
    """Yield where people read in a template: text, strings inside Django's tags, the attributes that are read."""
    blank = list(text)

    def hide(start: int, end: int) -> None:
        blank[start:end] = "\0" * (end - start)

    for comment in DJANGO_COMMENT.finditer(text):
        hide(*comment.span())
    for tag in DJANGO.finditer("".join(blank)):
        hide(*tag.span())
        if not tag[0].startswith("{#"):
            yield from ((tag.start() + s.start(), tag.start() + s.end()) for s in DJANGO_STRING.finditer(tag[0]))
    for unread in UNREAD.finditer("".join(blank)):
        hide(*unread.span())
    for tag in TAG.finditer("".join(blank)):
        hide(*tag.span())
        source = text[tag.start() : tag.end()]
        yield from ((tag.start() + a.start(1), tag.start() + a.end(1)) for a in READ_ATTRIBUTE.finditer(source))
    for read in re.finditer("[^\0]+", "".join(blank)):
        yield read.start(), read.end()


def faults(path: Path, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, what stands there in French) for each fault of a file, in no order."""
    spans = python_spans(text) if path.suffix == ".py" else template_spans(text)
    for start, end in spans:
        for pattern, right in ((SPACE, NO_BREAK), (APOSTROPHE, "’")):
            for fault in pattern.finditer(text, start, end):
                yield fault.start(), fault.end(), right


def mended(path: Path, text: str) -> str:
    """Return the text of a file without its faults."""
    for start, end, right in sorted(set(faults(path, text)), reverse=True):
        text = text[:start] + right + text[end:]
    return text


def read_files(root: Path) -> list[Path]:
    """Return the files whose French is printed with all its signs."""
    return [path for path in source_files(root) if not path.relative_to(root).as_posix().startswith(GSM7)]


def findings(root: Path) -> list[str]:
    """Return file:line and the line for each fault."""
    found = []
    for path in read_files(root):
        text = path.read_text()
        lines = sorted({text.count("\n", 0, start) for start, _end, _right in faults(path, text)})
        found += [f"{path.relative_to(root)}:{line + 1}: {text.splitlines()[line].strip()}" for line in lines]
    return found


def mend(root: Path) -> None:
    """Mend every file in place."""
    for path in read_files(root):
        text = path.read_text()
        if (right := mended(path, text)) != text:
            path.write_text(right)


def main() -> int:
    """Mend, or with ``--check`` say what should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a text is not printed French")
    if not parser.parse_args().check:
        mend(ROOT)
        return 0
    found = findings(ROOT)
    print("\n".join(found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
