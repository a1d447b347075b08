"""What is left of a text for a reader's eye: no tags, no Markdown marks, no characters that nobody sees."""

import html
import re
import unicodedata

BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|section|article|blockquote|pre)\b[^<>]*>", re.IGNORECASE
)
UNREAD_TAG = re.compile(
    r"<(script|style|template)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
MARKS = re.compile(r"\*\*|__|`|(?m:^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?))")
UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f\x00-\x08\x0e-\x1f\x7f]"
)
NUMBER_OR_ADDRESS = re.compile(r"https?:|www\.|.*[@\d]", re.IGNORECASE)


def prose(text: str) -> str:
    """Return `text` as it is read: HTML blocks become lines, other tags and Markdown go, links keep their words."""
    without_tags = TAG.sub("", BLOCK_TAG.sub("\n", UNREAD_TAG.sub(" ", text)))
    seen = UNSEEN.sub("", unicodedata.normalize("NFC", html.unescape(without_tags)))
    return MARKS.sub("", LINK.sub(r"\1", seen))


def is_number_or_address(word: str) -> bool:
    """Tell whether a word is an amount, a date, a reference or an address: nobody knows how it will be read aloud.

    Such a word counts for one syllable, in the level as in Flesch.
    """
    return bool(NUMBER_OR_ADDRESS.match(word))
