"""Reads Swift as far as it takes to put small faults into it.

It is no parser. It knows comments, texts, brackets, and where an expression or a statement ends;
what it gets wrong does not compile, and `run` drops that.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A small fault: what stands at `start` to `end` becomes something else when it is on."""

    start: int
    end: int
    # What stands there afterwards; `@` is the condition of the switch.
    text: str
    # Its line, from 1, the statement's first line, and what becomes of it, for people.
    line: int
    code: str
    change: str


def masked(text):
    """The text with comments as spaces and what is in quotes as `x`; all offsets stay the same.

    Lines that end within quotes do not count as ends of lines.
    """
    out = list(text)
    index = 0
    while index < len(text):
        if text.startswith("//", index):
            end = text.find("\n", index)
            end = len(text) if end < 0 else end
            out[index:end] = " " * (end - index)
        elif text.startswith("/*", index):
            end = text.find("*/", index) + 2
            out[index:end] = ["\n" if c == "\n" else " " for c in text[index:end]]
        elif text[index] == '"':
            end = end_of_text(text, index)
            out[index + 1 : end - 1] = "x" * (end - index - 2)
        else:
            end = index + 1
        index = end
    return "".join(out)


def end_of_text(text, start):
    """The offset after a text in quotes, whose interpolations may hold other texts."""
    pounds = len(text[:start]) - len(text[:start].rstrip("#"))
    quote = '"""' if text.startswith('"""', start) else '"'
    closing, escape = quote + "#" * pounds, "\\" + "#" * pounds
    index = start + len(quote)
    while not text.startswith(closing, index):
        if text.startswith(escape + "(", index):
            index = end_of_interpolation(text, index + len(escape) + 1)
        elif text.startswith(escape, index):
            index += len(escape) + 1
        else:
            index += 1
    return index + len(closing)


def end_of_interpolation(text, index):
    depth = 1
    while depth:
        if text[index] == '"':
            index = end_of_text(text, index)
            continue
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        index += 1
    return index


OPENING, CLOSING = "([{", ")]}"
# What an expression cannot reach over to its left: a word or a sign, and a space.
LEFT = re.compile(
    r"(?:\b(?:return|in|try|else|if|guard|while|case|where|switch|throw)|(?<![=!<>])=|->|\s\?|:)\s$"
)
RIGHT = re.compile(r"\s(?:\?|:|else\b|\{|=\s)")
LOGICAL = re.compile(r"\s(?:&&|\|\|)\s")
CONTINUES = re.compile(r"\s*(?:&&|\|\||\?\?|\.|\?|:|\+|-|\*|/|<|>|==|!=|=)")
CONTINUED = re.compile(r"(?:[-+*/<>=&|?:,(\[{]|\breturn|\btry|\belse)\s*$")


class Source:
    """One file, and the faults that it can have."""

    def __init__(self, text):
        self.text = text
        self.mask = masked(text)
        self.line_starts = [0] + [m.end() for m in re.finditer("\n", self.mask)]

    def ends_line(self, index):
        """Whether the end of a line at `index` ends a statement."""
        return not (
            CONTINUES.match(self.mask, index + 1) or CONTINUED.search(self.mask[:index][-200:])
        )

    def left_end(self, index, over_logical):
        """Where the expression begins that `index` is in."""
        depth = 0
        while index > 0:
            before = self.mask[index - 1]
            if depth == 0:
                if before in OPENING or before in ",;":
                    break
                if before == "\n" and self.ends_line(index - 1):
                    break
                near = self.mask[max(0, index - 12) : index]
                if LEFT.search(near) or not over_logical and re.search(r"(?:&&|\|\|)\s$", near):
                    break
            depth += (before in CLOSING) - (before in OPENING)
            index -= 1
        return index + len(self.mask[index:]) - len(self.mask[index:].lstrip())

    def right_end(self, index, over_logical):
        """Where the expression ends that `index` is in."""
        depth = 0
        while index < len(self.mask):
            here = self.mask[index]
            if depth == 0:
                if here in CLOSING or here in ",;" or here == "\n" and self.ends_line(index):
                    break
                if RIGHT.match(self.mask, index):
                    break
                if not over_logical and LOGICAL.match(self.mask, index):
                    break
            depth += (here in OPENING) - (here in CLOSING)
            index += 1
        return len(self.mask[:index].rstrip())

    def fault(self, start, end, text, change):
        """A fault from its parts."""
        number = self.text.count("\n", 0, start) + 1
        code = self.text.split("\n")[number - 1].strip()
        return Fault(start, end, text, number, code, change)

    def faults(self):
        """All faults that the file can have, in their order."""
        found = [*self.conditions(), *self.operators(), *self.numbers(), *self.truths()]
        found += self.statements()
        return sorted(found, key=lambda fault: (fault.start, fault.end, fault.change))

    def conditions(self):
        """A condition turned round, or without effect."""
        for match in re.finditer(r"(?<![#.`\w])(if|guard|while)\s", self.mask):
            keyword = match.group(1)
            for start, end in self.clauses(match.end(), keyword):
                clause = self.text[start:end]
                if not clause or re.match(r"(?:let|var|case|#)", clause):
                    continue
                idle = "true" if keyword == "guard" else "false"
                yield self.fault(
                    start, end, f"(@ ? {idle} : ({clause}))", f"`{flat(clause)}` is {idle}")
                if "//" not in clause and '"""' not in clause:
                    yield self.fault(
                        start, end, f"(@ ? !({joined(clause)}) : ({clause}))",
                        f"not `{flat(clause)}`")

    def clauses(self, index, keyword):
        """The clauses of a condition, which end with `{`, or of a guard, which end with `else`."""
        depth, start = 0, index
        while index < len(self.mask):
            here = self.mask[index]
            ends = depth == 0 and (
                re.match(r"\selse\b", self.mask[index : index + 6]) if keyword == "guard"
                else here == "{")
            if ends or depth == 0 and here == ",":
                raw = self.mask[start:index]
                lead = len(raw) - len(raw.lstrip())
                yield start + lead, start + len(raw.rstrip())
                start = index + 1
            if ends or depth < 0:
                return
            depth += (here in OPENING) - (here in CLOSING)
            index += 1

    SWAPS = {
        "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "===": "!==",
        "!==": "===", "&&": "||", "||": "&&",
    }

    def operators(self):
        """An operator that becomes its neighbour."""
        for match in re.finditer(r"(?<=\s)([<>]=?|[=!]==?|&&|\|\|)(?=\s)", self.mask):
            line = self.line_of(match.start())
            if re.search(r"\bfunc\b|\bextension\b|\bassociatedtype\b|\bwhere\b", line):
                continue
            old, new = match.group(1), self.SWAPS[match.group(1)]
            is_logical = old in ("&&", "||")
            start = self.left_end(match.start(), is_logical)
            end = self.right_end(match.end(), is_logical)
            if not start < match.start() < match.end() < end:
                continue
            before, after = self.text[start : match.start()], self.text[match.end() : end]
            if "//" in before + after or '"""' in before + after:
                continue
            faulty = joined(before + new + after)
            yield self.fault(
                start, end, f"(@ ? ({faulty}) : ({before}{old}{after}))",
                f"`{flat(before + old + after)}`: `{new}`")

    def numbers(self):
        """A summand that is one more."""
        for match in re.finditer(r"\s[-+]=? (\d)(?=[\s),\]}])", self.mask):
            number = int(match.group(1))
            start, end = match.span(1)
            yield self.fault(
                start, end, f"(@ ? {number + 1} : {number})",
                f"`{match.group().strip()}`: {number + 1}")

    def truths(self):
        """A truth value that is returned or kept."""
        for match in re.finditer(r"(?:\breturn|[^=!<>]=|\?|:|\?\?|\{) (true|false)\b", self.mask):
            start, end = match.span(1)
            is_true = match.group(1) == "true"
            yield self.fault(
                start, end, "!@" if is_true else "@",
                f"`{match.group().strip()}`: {'false' if is_true else 'true'}")

    def statements(self):
        """A call or an assignment that is left out."""
        pattern = re.compile(
            r"(?<=[\n{])[ ]*((?:_ = )?(?:try )?(?:self\.)?[a-z][\w.?!]*"
            r"(?:\(| \{| [-+*/]?= (?!\{)))")
        for match in pattern.finditer(self.mask):
            start = match.start(1)
            word = re.match(r"\w+", self.mask[start:]).group()
            if word in KEYWORDS or not self.begins_statement(start):
                continue
            end = self.end_of_statement(start)
            statement = self.text[start:end]
            if (
                statement.count("\n") > 6 or self.is_value(start, end)
                or self.is_first_value(statement)
                # Memory that is taken at once only saves time.
                or ".reserveCapacity(" in statement
            ):
                continue
            yield self.fault(
                start, end, f"if !@ {{ {statement} }}", f"no `{flat(statement)}`")

    def begins_statement(self, start):
        index = len(self.mask[:start].rstrip(" "))
        return self.mask[index - 1] == "{" or self.ends_line(index - 1)

    def is_value(self, start, end):
        """Whether a statement stands alone in braces that return it."""
        head = self.mask[:start].rstrip()
        if head[-1] != "{" or self.mask[end:].lstrip()[:1] != "}":
            return False
        opening = head[head.rfind("\n") + 1 :]
        return not re.search(
            r"\b(?:defer|if|else|for|while|do|catch|init|deinit)\b|\bfunc\b(?!.*->)", opening)

    def is_first_value(self, statement):
        """Whether a statement gives a constant or a property its first value."""
        match = re.match(r"(?:self\.)?(\w+) = ", statement)
        return match and re.search(
            rf"\b(?:let|var) {match.group(1)}: [^={{\n]*$", self.mask, re.MULTILINE)

    def end_of_statement(self, index):
        depth = 0
        while index < len(self.mask):
            here = self.mask[index]
            if depth == 0 and (here in CLOSING or here == "\n" and self.ends_line(index)):
                break
            depth += (here in OPENING) - (here in CLOSING)
            index += 1
        return len(self.mask[:index].rstrip())

    def line_of(self, index):
        return self.mask[self.mask.rfind("\n", 0, index) + 1 : self.mask.find("\n", index)]


KEYWORDS = set(
    "if guard while for switch case default return throw let var func do defer repeat break"
    " continue else import extension struct class enum init deinit private fileprivate public"
    " internal static mutating nonisolated where in catch is as precondition".split())


def joined(code):
    """Code on one line, its texts as they were."""
    return re.sub(r"\s*\n\s*", " ", code)


def flat(code):
    """Code on one line, without needless spaces."""
    return " ".join(code.split())
