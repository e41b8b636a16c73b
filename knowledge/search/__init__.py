"""Which chapters deal with a question typed in free text, how sure that is, and which words led there."""

from knowledge.search.finding import Found, SearchResult, alike, first_found, search, vocabulary
from knowledge.search.index import Match
from knowledge.search.intents import intent_of
from knowledge.search.words import clean, content_words, normal, words

__all__ = [
    "Found",
    "Match",
    "SearchResult",
    "alike",
    "clean",
    "content_words",
    "first_found",
    "intent_of",
    "normal",
    "search",
    "vocabulary",
    "words",
]
