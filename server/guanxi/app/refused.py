"""Telling the person at the terminal why something was refused."""

import sys

from guanxi.infra.errors import Invalid, Refusal
from guanxi.infra.i18n import sentence, terminal_language


def tell(refusal: Refusal) -> None:
    """Print the sentence on standard error, and below it every value, file or place that is wrong."""
    language = terminal_language()
    print(sentence(refusal.code, refusal.params, language), file=sys.stderr)
    for error in refusal.fields if isinstance(refusal, Invalid) else ():
        print(f"  {error.field}: {sentence(error.code, error.params, language)}", file=sys.stderr)
