"""Languages that the audit reads, one module each: what their syntax trees call functions, calls and texts."""

from harness.audit.languages.language import Language, Literal, Piece, Slot
from harness.audit.languages.registry import LANGUAGES, language_of

__all__ = ["LANGUAGES", "Language", "Literal", "Piece", "Slot", "language_of"]
