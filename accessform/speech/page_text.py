"""The text of a page in reading order, as somebody would read it aloud. Pure: HTML in, blocks of text out."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NEVER = frozenset({"script", "style", "template", "svg", "noscript", "textarea", "head", "title", "datalist", "object"})
FURNITURE = frozenset({"nav", "header", "footer"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "dd", "details", "dialog",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html",
        "label", "legend", "li", "main", "ol", "optgroup", "option", "p", "pre", "section", "select", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
CELLS = frozenset({"td", "th", "dt"})
CLOSED_BY = {
    "li": frozenset({"li"}),
    "option": frozenset({"option"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
NAMED_BY_TEXT = frozenset({"a", "button", "summary"})
CHOICE_TYPES = frozenset({"radio", "checkbox"})
BUTTON_TYPES = frozenset({"submit", "button", "reset"})
WHOLE = frozenset({"", "page"})
"""What `?ecouter` says for the whole page."""
MOST_OPTIONS = 12
ENDED = (".", "!", "?", "…", ":", ";", ",")

Attributes = dict[str, str | None]


class NoSuchPassage(LookupError):
    """The page has no element of that id, or nothing to say in it."""


def page_text(html: str, element_id: str = "", *, choices_intro: str = "", longest: int = 6000) -> str:
    """Return the text of <main>, or of the element of that id, at most `longest` characters, cut between blocks.

    Several ids, parted by commas, name several elements: those that the page has are read in its order.
    Raises NoSuchPassage. Skips what is hidden, closed, silent or furniture, and what the person typed in fields.
    """
    reader = _Reader(element_id, choices_intro)
    reader.feed(html)
    reader.close()
    reader.end_block()
    kept: list[str] = []
    size = 0
    for block in reader.blocks:
        size += len(block) + 1
        if kept and size > longest:
            break
        kept.append(block[:longest])
    if not kept:
        raise NoSuchPassage(element_id or "main")
    return " ".join(kept)


@dataclass
class _Open:
    """An element that has not ended yet."""

    tag: str
    silent: bool
    reading: bool
    is_closed_details: bool = False
    choices: int = 0
    options: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects blocks; each element knows whether its text is read."""

    def __init__(self, element_id: str, choices_intro: str) -> None:
        super().__init__(convert_charrefs=True)
        self._wanted = {"main"} if element_id in WHOLE else set(element_id.split(",")) - {""}
        self._names_tags = element_id in WHOLE
        self.choices_intro = choices_intro
        self.blocks: list[str] = []
        self._stack: list[_Open] = []
        self._block: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._close_implied(tag)
        if tag in BLOCKS:
            self.end_block()
        if tag in VOID:
            self._read_void(tag, attributes)
            return
        self._stack.append(self._opened(tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not any(element.tag == tag for element in self._stack):
            return
        if tag in BLOCKS:
            self.end_block(mark="," if tag in CELLS else ".")
        while self._stack:
            element = self._stack.pop()
            self._say_options(element)
            if element.reading and not (self._stack and self._stack[-1].reading):
                self.end_block()
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._is_read():
            select = next((element for element in reversed(self._stack) if element.tag == "select"), None)
            if select is None:
                self._block.append(data)
            elif data.strip():
                select.options.append(" ".join(data.split()))

    def end_block(self, mark: str = ".") -> None:
        """End the sentence that is being read, with a mark where it has none."""
        words = " ".join("".join(self._block).split())
        self._block.clear()
        if any(character.isalnum() for character in words):
            self.blocks.append(words if words.endswith(ENDED) else f"{words}{mark}")

    def _opened(self, tag: str, attributes: Attributes) -> _Open:
        parent = self._stack[-1] if self._stack else None
        is_root = not (parent and parent.reading) and self._takes(tag if self._names_tags else attributes.get("id"))
        if _is_for_screen_readers(attributes) and any(element.tag in NAMED_BY_TEXT for element in self._stack):
            return _Open(tag, silent=True, reading=bool(parent and parent.reading))
        silent = tag in NEVER or (
            not is_root and ((parent is not None and parent.silent) or _is_silent(tag, attributes))
        )
        if parent is not None and parent.is_closed_details and tag != "summary" and not is_root:
            silent = True
        reading = is_root or (parent is not None and parent.reading)
        return _Open(tag, silent, reading, is_closed_details=tag == "details" and "open" not in attributes)

    def _takes(self, name: str | None) -> bool:
        """Tell whether an element of that name is wanted; the first one alone."""
        if name not in self._wanted:
            return False
        self._wanted.discard(name)
        return True

    def _is_read(self) -> bool:
        if not self._stack:
            return False
        element = self._stack[-1]
        return element.reading and not element.silent and not element.is_closed_details

    def _read_void(self, tag: str, attributes: Attributes) -> None:
        if not self._is_read() or _is_silent(tag, attributes):
            return
        kind = (attributes.get("type") or "text").lower()
        if tag == "img" and attributes.get("alt"):
            self._block.append(f" {attributes['alt']} ")
        elif tag == "input" and kind in BUTTON_TYPES:
            self.end_block()
            self._block.append(attributes.get("value") or "")
            self.end_block()
        elif tag == "input" and kind in CHOICE_TYPES:
            self._introduce_choices()

    def _introduce_choices(self) -> None:
        """Say « Réponses possibles : » before the first of a group's several answers, once."""
        group = next((element for element in reversed(self._stack) if element.tag == "fieldset"), None)
        if group is None:
            return
        group.choices += 1
        if group.choices == 1 and self.choices_intro:
            self.blocks.append(self.choices_intro)

    def _say_options(self, element: _Open) -> None:
        """Say the options of a list, unless they are too many to be remembered."""
        if element.tag == "select" and 0 < len(element.options) <= MOST_OPTIONS:
            intro = [self.choices_intro] if self.choices_intro else []
            self.blocks.extend([*intro, f"{' ; '.join(element.options)}."])

    def _close_implied(self, tag: str) -> None:
        closed = CLOSED_BY.get(tag)
        if closed and self._stack and self._stack[-1].tag in closed:
            self.handle_endtag(self._stack[-1].tag)


def _is_for_screen_readers(attributes: Attributes) -> bool:
    """Tell whether the words are off screen; in a control they only tell it from others, which the order does here."""
    return "visually-hidden" in (attributes.get("class") or "").split()


def _is_silent(tag: str, attributes: Attributes) -> bool:
    """Tell whether an element is not for the ear: furniture, hidden, or marked so."""
    if tag in FURNITURE or "hidden" in attributes or "data-silent" in attributes or "inert" in attributes:
        return True
    return attributes.get("aria-hidden") == "true" or (tag == "input" and attributes.get("type") == "hidden")
