"""What a draft is made of: proposals that rules make on a text, and the edits that were kept."""

from dataclasses import dataclass

from accessform.plain_language.drafting.surface import spliced


@dataclass(frozen=True)
class Edit:
    """One edit kept in a draft: the rule's id and the words before and after."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True)
class Intended:
    """A change of facts that a rule makes on purpose: facts of this kind, before and after."""

    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Proposal:
    """Replace text[start:end] by `after`; `elsewhere` holds the other spans of the same edit, in order."""

    rule: str
    start: int
    end: int
    after: str
    elsewhere: tuple[tuple[int, int, str], ...] = ()
    intends: tuple[Intended, ...] = ()

    def applied(self, text: str) -> str | None:
        """Return `text` edited, or None where French does not allow it as it stands."""
        made: str | None = text
        for start, end, after in sorted([(self.start, self.end, self.after), *self.elsewhere], reverse=True):
            made = None if made is None else spliced(made, start, end, after)
        return made

    def span(self) -> tuple[int, int]:
        """Return the start and the end of all that this proposal touches."""
        spans = [(self.start, self.end), *((start, end) for start, end, _ in self.elsewhere)]
        return min(start for start, _ in spans), max(end for _, end in spans)
