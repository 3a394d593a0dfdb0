# Java's properties as java.util.Properties loads and stores them (its class documentation, JDK 17): the one reader and
# writer of AMS's files. A file is text of Latin-1 with \uXXXX for the rest. What a file says counts, and not how: AMS
# writes its files anew, sorted and with other escapes, and a comparison of texts would see a change where there is none.
import re
from common import read, write

LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
PAIR = re.compile(r"((?:[^\\=: \t\f]|\\.)*)[ \t\f]*[=:]?[ \t\f]*(.*)", re.S)
ESCAPE = re.compile(r"\\(u.{0,4}|.)", re.S)
SIGNS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
LETTERS = {sign: letter for letter, sign in SIGNS.items()}


def unescape(text):
    def one(found):
        if found[1][0] != "u":
            return SIGNS.get(found[1], found[1])
        if not re.fullmatch("u[0-9a-fA-F]{4}", found[1]):
            raise ValueError(f"Malformed \\uxxxx encoding: \\{found[1]}")
        return chr(int(found[1][1:], 16))

    # Beyond 65,535 a letter is two of Java's.
    return ESCAPE.sub(one, text).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def escape(text, key=False):
    def one(sign):
        if sign == "\\" or key and sign in "=:#! ":
            return "\\" + sign
        if sign in LETTERS:
            return "\\" + LETTERS[sign]
        if " " <= sign <= "~":
            return sign
        units = sign.encode("utf-16-be", "surrogatepass").hex()
        return "".join("\\u" + units[at : at + 4] for at in range(0, len(units), 4))

    written = "".join(map(one, text))
    return "\\" + written if written.startswith(" ") else written


# Each entry with its key, its value, and the places where it begins and ends. A line with an odd number of backslashes at
# its end goes on in the next one, whose indentation does not count.
def entries(text):
    held, begin = None, 0
    for line in LINE.finditer(text):
        if held is None:
            begin = line.start()
        rest = line[1].lstrip(" \t\f")
        if not held and (not rest or rest[0] in "#!"):
            continue
        held = (held or "") + rest
        if len(rest) - len(rest.rstrip("\\")) & 1:
            held = held[:-1]
            if line.end() < len(text):
                continue
        key, value = PAIR.fullmatch(held).groups()
        held = None
        yield unescape(key), unescape(value), begin, line.end()


def load(text):
    return {key: value for key, value, _, _ in entries(text)}


# The text with these values and all else as it stands.
def edited(text, values):
    kept, at = [], 0
    for key, _, begin, end in entries(text):
        if key in values:
            kept.append(text[at:begin])
            at = end
    rest = "".join(kept) + text[at:]
    # A last line that waits for another one would take ours for it.
    rest += "" if rest.endswith(("\n", "\r")) or not rest else "\n"
    rest += "\n" if re.search(r"(?<!\\)(\\\\)*\\[\r\n]+\Z", rest) else ""
    return rest + "".join(f"{escape(key, True)}={escape(value)}\n" for key, value in values.items())


def properties(file):
    return load(read(file) or "")


# Sets values in a file; True if one of them was another.
def assign(file, values):
    text = read(file) or ""
    known = load(text)
    if all(known.get(key) == value for key, value in values.items()):
        return False
    return write(file, edited(text, values), 0o640)
