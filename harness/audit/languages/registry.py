"""Which languages there are, and which one a file is written in."""

from __future__ import annotations

import copyreg
from pathlib import PurePath

from harness.audit.languages.cpp import CPP
from harness.audit.languages.language import Language
from harness.audit.languages.python import PYTHON
from harness.audit.languages.rust import RUST

LANGUAGES: dict[str, Language] = {language.name: language for language in (PYTHON, RUST, CPP)}
# a language holds functions, which other processes have by themselves
copyreg.pickle(Language, lambda language: (language_named, (language.name,)))
_BY_SUFFIX = {suffix: language for language in LANGUAGES.values() for suffix in language.suffixes}


def language_named(name: str) -> Language:
    """The language of that name."""
    return LANGUAGES[name]


def language_of(path: PurePath) -> Language | None:
    """The language of a file by its suffix; None where the audit does not read it."""
    return _BY_SUFFIX.get(path.suffix.lower())
