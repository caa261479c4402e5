"""YAML to plain lists, dicts and strings, remembering which line every field stands on.

Only the simplest YAML is accepted. Every value is text until the schema says otherwise, so that `nej` stays
a word, `01` keeps its zero and `8:30` is not turned into seconds. Anchors and tags are refused: nobody needs
them here, and they are how a small file becomes a huge one.
"""

from dataclasses import dataclass, field

import yaml

from .problems import Path, Problem, field_name, quote
from .text import FORBIDDEN

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml where the wheel has it: ten times faster
DEEPEST = 12
EMPTY = {"~", "null", "Null", "NULL"}

MOST_PARTS = 100_000  # Rødovre's largest file has about 2,200

SYNTAX = [  # what PyYAML says -> what a person can act on; the first match wins
    (
        "mapping values are not allowed",
        "Kolon på et forkert sted. Sæt anførselstegn om en tekst, der indeholder ': ', "
        "og se, om linjen er rykket lige så langt ind som dens naboer.",
    ),
    ("could not find expected ':'", "Der mangler et kolon efter feltets navn."),
    ("found unknown escape character", 'Tegnet \\ betyder noget særligt mellem " og ". Brug \' om teksten i stedet.'),
    ("quoted scalar", "Teksten mangler sit slut-anførselstegn."),
    ("while parsing a flow", "Listen i [ ] eller gruppen i { } er ikke afsluttet, eller der mangler et komma."),
    ("while parsing a block", "Linjen er rykket for langt ind eller for kort, eller også mangler der '-' foran den."),
    ("sequence entries are not allowed", "En liste skal begynde på en ny linje under feltets navn."),
    ("cannot start any token", "Tegnet kan ikke stå først i en værdi. Sæt anførselstegn om teksten."),
    ("scanning an alias", "En tekst kan ikke begynde med '*'. Sæt anførselstegn om den."),
    ("scanning an anchor", "En tekst kan ikke begynde med '&'. Sæt anførselstegn om den."),
    ("expected a single document", "Filen må kun have én del. Fjern linjen med '---'."),
]
STARTS_EARLIER = ("could not find expected ':'", "quoted scalar", "while parsing a flow")  # the fault is where it began


@dataclass
class Document:
    value: dict = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(name: str, text: str) -> Document:
    document = Document()
    try:
        document.problems += _forbidden_parts(name, text)
        if not document.problems:
            _Reader(name, document).read_file(yaml.compose(text, Loader))
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(name, error))
    return document


def _forbidden_parts(name, text):
    """Looks at the events first: it costs no recursion, so a file of a million '[' is harmless."""
    problems, depth = [], 0
    for count, event in enumerate(yaml.parse(text, Loader)):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problems.append(
                Problem(name, line, "", "Ankre og henvisninger ('&' og '*') må ikke bruges. Skriv teksten helt ud.")
            )
        if getattr(event, "tag", None) not in (None, "!"):
            problems.append(Problem(name, line, "", "Mærker ('!') må ikke bruges. Sæt anførselstegn om teksten."))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return [*problems, Problem(name, line, "", "Der er for mange lister eller grupper inden i hinanden.")]
        if count > MOST_PARTS:
            return [*problems, Problem(name, line, "", "Filen har for mange felter. Del den op i flere filer.")]
    return problems


def _syntax_problem(name, error):
    told = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    message = next((danish for english, danish in SYNTAX if english in told), "Linjen følger ikke reglerne for YAML.")
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    if any(english in told for english in STARTS_EARLIER):
        marks.reverse()
    mark = next((mark for mark in marks if mark), None)
    return Problem(name, mark.line + 1 if mark else None, "", message)


class _Reader:
    """Turns nodes into values. Keeps the line of every field, also of those left empty."""

    def __init__(self, name, document):
        self.name, self.document = name, document

    def read_file(self, root):
        if isinstance(root, yaml.MappingNode):
            self.document.value = self._mapping(root, ())
        elif root is None:
            self._problem(None, (), "Filen indeholder kun bemærkninger.")
        else:
            self._problem(root, (), "Filen skal begynde med et feltnavn, fx 'afdelinger:'.")

    def _value(self, node, path):
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(child, (*path, number)) for number, child in enumerate(node.value)]
        value = "\n".join(" ".join(line.split()) for line in node.value.strip().split("\n"))
        if FORBIDDEN.search(value):  # written as an escape, e.g. "\\0"
            self._problem(node, path, "Teksten indeholder et usynligt styretegn.")
        return None if not value or (not node.style and value in EMPTY) else value

    def _item(self, node, path):
        self.document.lines[path] = node.start_mark.line + 1
        return self._value(node, path)

    def _mapping(self, node, path):
        values, seen = {}, {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or FORBIDDEN.search(key_node.value):
                self._problem(key_node, path, "Et feltnavn skal være ét ord.")
                continue
            key, line = key_node.value, key_node.start_mark.line + 1
            if key in seen:
                self._problem(
                    key_node, (*path, quote(key)[1:-1]), f"Feltet står to gange. Det står også i linje {seen[key]}."
                )
                continue
            seen[key] = self.document.lines[(*path, key)] = line
            value = self._value(value_node, (*path, key))
            if value is not None:  # an empty field counts as not written
                values[key] = value
        return values

    def _problem(self, node, path, message):
        line = node.start_mark.line + 1 if node else None
        self.document.problems.append(Problem(self.name, line, field_name(path), message))
