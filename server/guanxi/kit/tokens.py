"""Search tokens: the lexemes of a document and the query that finds them, made here so that any PostgreSQL can serve.

Chinese is cut into overlapping pairs with positions: `上海华为` gives 上海 海华 华为 and the closing 为. A phrase
search for the pairs of a word finds exactly the texts that contain it, and one character is found as the beginning of
a pair. Letters and digits are cut into runs, found by their beginnings. Titles can also be found by pinyin (`huawei`)
and by initials (`hw`), phones by their last digits.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise, product

from guanxi.kit import pinyin
from guanxi.kit.folding import fold

MAX_POSITION = 16_000  # PostgreSQL keeps positions up to 16,383; what follows is not indexed
# Pinyin and phones stand at no place of the text, but a phrase ending in a prefix (`本 <1> '1':*`) matches nothing at
# all in PostgreSQL as soon as one lexeme with that prefix has no position. So they stand where no text reaches.
_NOWHERE = 16_383
_LONGEST_TOKEN = 64
TITLE, BODY, PERSONAL = "A", "C", "D"
"""Weights of the tokens of titles, of bodies, and of what is personal in them."""
_LEXEME = re.compile(r"('[^']*')(?::(\*))?")
_LONGEST_QUERY = 200
_SPELLED_CHARACTERS = 12  # of each title part; further characters are found by themselves, not by pinyin
_SYLLABLES_TOGETHER = 3
_INITIALS_TOGETHER = 6
_MOST_WAYS = 16
_LEGAL_FORM = re.compile("(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$")

CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{CJK}]+|[0-9]+|[^\\W\\d_{CJK}]+|[^\\W0-9_]")
_FIRST_CJK = "\u3005"
_CN_MOBILE = re.compile("1[3-9][0-9]{9}")
_PHONE_LIKE = re.compile(r"[\d\s+()\-./#*]+")


def document(
    title_parts: Iterable[str],
    body_parts: Iterable[str] = (),
    phones: Iterable[str] = (),
    personal_parts: Iterable[str] = (),
) -> str:
    """The text form of the tsvector of a record, to be cast with `::tsvector`.

    Tokens of titles have weight A, those of bodies C, those of what is personal, phones among them, D. Parts never join
    into one phrase. `phones` are normalised numbers (`+8613800138000`), found with or without country code and by their
    last digits.
    """
    lexemes: list[str] = []
    position = 1
    for part in title_parts:
        folded = fold(part)
        position = _place(folded, position, TITLE, lexemes)
        if spelled := _spelled(folded):
            lexemes.append(spelled)
    for part in body_parts:
        position = _place(fold(part), position, BODY, lexemes)
    for part in personal_parts:
        position = _place(fold(part), position, "", lexemes)
    for phone in phones:
        lexemes.extend(f"'{token}':{_NOWHERE}" for token in _phone_tokens(phone))
    return " ".join(lexemes)


def query(text: str, weights: str = "") -> str | None:
    """The text form of the tsquery for what a person typed, to be cast with `::tsquery`; None when nothing is left.

    With weights only tokens of these are found, such as those of titles alone.

    Words parted by spaces must all occur; each word matches as a substring (Chinese) or from the beginning of a run
    (letters, digits), by pinyin or initials of a title, or as the last digits of a phone.
    """
    terms = [term for word in fold(text[:_LONGEST_QUERY]).split() if (term := _word(word))]
    if not terms:
        return None
    together = " & ".join(terms)
    digits = re.sub(r"\D", "", text)
    if 7 <= len(digits) < len(text) and _PHONE_LIKE.fullmatch(text):
        together = f"({together}) | {_number(digits)}"
    return _LEXEME.sub(lambda found: f"{found[1]}:{found[2] or ''}{weights}", together) if weights else together


def _place(folded: str, position: int, weight: str, lexemes: list[str]) -> int:
    """Append the lexemes of a text that begins at `position`; returns where the next part may begin."""
    for run in _RUN.findall(folded):
        if position > MAX_POSITION:
            break
        if run[0] < _FIRST_CJK:
            lexemes.append(f"'{run[:_LONGEST_TOKEN]}':{position}{weight}")
            position += 1
        else:
            places = range(min(len(run), MAX_POSITION + 1 - position))
            lexemes += [f"'{run[at : at + 2]}':{position + at}{weight}" for at in places]
            position += len(run)
    return position + 1


def _spelled(folded: str) -> str:
    """Lexemes of pinyin and initials from each character of a title on: `hua`, `huawei`; `hw`."""
    known = pinyin.all_readings()
    name = _LEGAL_FORM.sub("", folded) if folded.endswith("公司") else folded
    return _spellings("".join([c for c in name if c in known])[:_SPELLED_CHARACTERS])


@lru_cache(maxsize=20_000)
def _spellings(characters: str) -> str:
    known = pinyin.all_readings()
    spoken = [known[c] for c in characters]
    if not spoken:
        return ""
    syllables = [readings[0] for readings in spoken]
    initials = "".join([syllable[0] for syllable in syllables])
    padded = [*syllables, "", ""]
    tokens = [first + second + third for first, second, third in zip(padded, padded[1:], padded[2:], strict=False)]
    tokens += [initials[at : at + _INITIALS_TOGETHER] for at in range(len(initials) - 1)]
    if any(len(readings) > 1 for readings in spoken):
        tokens += _other_ways(spoken, _SYLLABLES_TOGETHER)
        firsts = [tuple(dict.fromkeys(syllable[0] for syllable in readings)) for readings in spoken]
        tokens += _other_ways(firsts[:-1], _INITIALS_TOGETHER, firsts[-1:])
    return "'" + f"':{_NOWHERE}{TITLE} '".join(tokens) + f"':{_NOWHERE}{TITLE}"


def _other_ways(spoken: list[tuple[str, ...]], width: int, closing: list[tuple[str, ...]] | None = None) -> list[str]:
    """The windows beginning in `spoken` in which some character is read in another way than its first."""
    whole = spoken + (closing or [])
    windows = (whole[at : at + width] for at in range(len(spoken)))
    return ["".join(way) for window in windows for way in islice(product(*window), 1, _MOST_WAYS)]


def _phone_tokens(phone: str) -> Iterator[str]:
    digits = re.sub(r"\D", "", phone.partition(";")[0])[:_LONGEST_TOKEN]
    if not digits:
        return
    yield digits
    if phone.startswith("+86"):
        national = digits[2:]
        yield national
        if not _CN_MOBILE.fullmatch(national):
            yield "0" + national
    yield "#" + digits[::-1]


def _word(word: str) -> str | None:
    runs = _RUN.findall(word)
    if not runs:
        return None
    if len(runs) == 1 and runs[0].isdigit():
        return _number(runs[0])
    if len(runs) == 1 and runs[0].isascii():
        return _letters(runs[0])
    placed: list[tuple[str, int]] = []
    position = 0
    for run in runs:
        if run[0] < _FIRST_CJK:
            placed.append((f"'{run[:_LONGEST_TOKEN]}'", position))
            position += 1
        elif len(run) == 1:
            placed.append((f"'{run}':*", position))
            position += 1
        else:
            placed.extend((f"'{run[at : at + 2]}'", position + at) for at in range(len(run) - 1))
            position += len(run)
    if runs[-1][0] < _FIRST_CJK:
        placed[-1] = (placed[-1][0] + ":*", placed[-1][1])
    phrase = placed[0][0]
    for (_, before), (lexeme, at) in pairwise(placed):
        phrase += f" <{at - before}> {lexeme}"
    return f"({phrase})" if len(placed) > 1 else phrase


def _number(digits: str) -> str:
    digits = digits[:_LONGEST_TOKEN]
    beginning = f"'{digits}':*"
    return f"({beginning} | '#{digits[::-1]}':*)" if len(digits) >= 3 else beginning


def _letters(letters: str) -> str:
    """A word of letters: the beginning of a run, or pinyin, or initials. Long ones are asked window by window."""
    ways = [f"'{letters[:_LONGEST_TOKEN]}':*"]
    spellings = pinyin.split_syllables(letters)
    ways += [_windows(spelling, _SYLLABLES_TOGETHER) for spelling in spellings if len(spelling) > _SYLLABLES_TOGETHER]
    if _INITIALS_TOGETHER < len(letters) <= _SPELLED_CHARACTERS:
        ways.append(_windows(letters, _INITIALS_TOGETHER))
    return f"({' | '.join(ways)})" if len(ways) > 1 else ways[0]


def _windows(pieces: list[str] | str, width: int) -> str:
    windows = ["".join(pieces[at : at + width]) for at in range(len(pieces) - width + 1)]
    return "(" + " & ".join([f"'{window}'" for window in windows[:-1]] + [f"'{windows[-1]}':*"]) + ")"
