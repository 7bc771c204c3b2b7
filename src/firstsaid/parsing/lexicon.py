"""Words that attribute, by language, and the other small word lists of this room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firstsaid.parsing.grammars import ACTS, sections
from firstsaid.parsing.inflections import english, inflected

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "ru", "ar", "fa")
"""Languages with a cue lexicon; a text in another language is read with the one that is most like it."""


def word_set(listing: str) -> frozenset[str]:
    """The words of a listing parted by white space."""
    return frozenset(listing.split())


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a word that attributes. `act`: say, ask, think, judge. `form`: finite, participle (-ing), base."""

    lemma: str
    act: str
    form: str


@cache
def cues(language: str) -> dict[str, Cue]:
    """Every form of every cue of one language, lower case; a form of two lemmas keeps the first."""
    found: dict[str, Cue] = {}
    for act, line in sections(language):
        if act not in ACTS:
            continue
        plain, _, irregular = line.partition(":")
        lemmas = plain.split()
        for lemma in lemmas:
            if lemma is lemmas[-1] and irregular:
                for form in irregular.split():
                    found.setdefault(form, Cue(lemma, act, "participle" if language == "en" and form.endswith("ing") else "finite"))
                if language == "en":
                    found.setdefault(lemma, Cue(lemma, act, "base"))
            elif language == "en":
                for form, kind in ((lemma, "adjective"),) if lemma in _ADJECTIVES else english(lemma):
                    found.setdefault(form, Cue(lemma, act, kind))
            else:
                for form in inflected(language, lemma):
                    found.setdefault(form, Cue(lemma, act, "finite"))
    return found


_FUNCTION_WORDS = {
    "en": word_set("the and of to in that is was for with he she it said on by"),
    "de": word_set("der die das und ist nicht von zu den mit dem sich auf eine für sagte hat"),
    "fr": word_set("le la de les et des est une un dans que qui pour du au sur dit il elle ce nous je ne pas selon a d'après cette"),
    "es": word_set("la de el los las y que en una un se del por con para es dijo su sus al lo no según ha más fue ayer él ella nos mi yo"),
    "pt": word_set("a o que e do da em um uma para com não os as dos das no na ao disse foi pelo pela são segundo seu sua ele ela se já"),
    "it": word_set("il la di che e è un una per non del della dei delle con ha nel alla gli sono si le lo i ha detto secondo ma suo sua"),
    "ru": word_set("и в не на что с он она как это по но из за от его её для был была сказал"),
    "ar": word_set("في من على إلى أن التي الذي قال عن هذا هذه مع"),
    "fa": word_set("در از به که را این است با برای آن گفت می"),
}


def language_of(tokens: list[str]) -> str | None:
    """The language whose script and small words are commonest among the first 2,000 tokens; None where none of them stands."""
    sample = tokens[:2000]
    script = _script_of(sample)
    weights = _weights()
    counts = {
        language: sum(weights.get(token, 0) for token in sample if token in _FUNCTION_WORDS[language]) for language in _SCRIPTS[script]
    }
    best = max(_SCRIPTS[script], key=lambda language: counts[language])
    if script == "arabic" and not counts[best]:
        return "fa" if any(letter in token for token in sample for letter in "پچژگ\u200c") else "ar"
    return best if counts[best] or script == "cyrillic" else None


@cache
def _weights() -> dict[str, int]:
    """What a small word is worth: less, the more languages it belongs to ("la", "de", "que")."""
    shared = {
        word: sum(word in listing for listing in _FUNCTION_WORDS.values()) for listing in _FUNCTION_WORDS.values() for word in listing
    }
    return {word: 12 // n_languages for word, n_languages in shared.items()}


_SCRIPTS = {"latin": ("en", "de", "fr", "es", "pt", "it"), "cyrillic": ("ru",), "arabic": ("ar", "fa")}


def _script_of(tokens: list[str]) -> str:
    """The script of most words, judged by their first letters."""
    n_cyrillic = sum("\u0400" <= token[0] <= "\u04ff" for token in tokens)
    n_arabic = sum("\u0600" <= token[0] <= "\u06ff" for token in tokens)
    if max(n_cyrillic, n_arabic) * 2 <= len(tokens):
        return "latin"
    return "cyrillic" if n_cyrillic > n_arabic else "arabic"


_ADJECTIVES = word_set(
    """
    clear worried confident convinced certain aware sure concerned skeptical sceptical afraid optimistic hopeful angry proud eager adamant
    unaware willing unwilling reluctant critical dismissive supportive wary
    """
)

NOMINAL_CUES = word_set(
    """
    claim claims argument statement statements suggestion allegation allegations assertion assertions belief notion idea warning
    warnings promise promises pledge vow prediction predictions admission announcement accusation accusations complaint complaints report
    reports rumor rumors rumour rumours contention conclusion view opinion remark remarks comment comments concern concerns fear fears hope
    call calls plan plans decision proposal proposals criticism support endorsement opposition threat threats offer refusal desire attempt
    effort efforts attacks attack praise speech talk letter email message tweet question questions doubt doubts worry worries anger interest
    hopes assurance assurances theory revelation news insistence denial declaration observation sense
    """
)

# ------------------------------------------------------------------ English function words that bound a subject or a clause
PRONOUNS = word_set("he she they we i it you er sie es wir ich il elle ils elles él ella ellos ellas هو هي او وی")
POSSESSIVES = word_set("his her their its my our your")
RELATIVES = word_set("who which that")
DETERMINERS = word_set(
    "the a an this these those some many most several both all each every another any one no few other two three four five"
)
FOREIGN_DETERMINERS = word_set("der die das den dem des ein eine einer einem le la les un une l el los las una unos unas")
AUXILIARIES = word_set(
    """
    has have had having is are was were be been being will would can could may might must shall should do does did to not n't never
    hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't can't couldn't don't doesn't didn't
    hasn’t haven’t hadn’t isn’t aren’t wasn’t weren’t won’t wouldn’t can’t couldn’t don’t doesn’t didn’t
    """
)
ADVERBS = word_set(
    """
    also then later even just once now still again soon already always often never ever long only first further instead however too
    so far twice itself himself herself themselves has yet since thus indeed merely rather quite
    """
)
SUBORDINATORS = word_set(
    """
    because while as when if but although though after before since until unless whereas where why how what whether than yet so once
    and or nor that which who whose whom
    """
)
PREPOSITIONS = word_set(
    """
    of in on at by for with from to about into over under during against among between through without within toward towards around
    near across behind despite amid following like upon per via outside inside beyond
    """
)
TIME_WORDS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight last next earlier later recently week month
    january february march april may june july august september october november december
    """
)
SMALL_CLASSES = PRONOUNS | POSSESSIVES | RELATIVES | DETERMINERS | AUXILIARIES | ADVERBS | SUBORDINATORS | PREPOSITIONS
"""Words that are no names, whatever their capitals."""
OPENING_ADVERBS = word_set(
    """
    but and yet so then now still however meanwhile also later instead indeed or nor though although because when while as if after
    before since
    until that perhaps today yesterday tuesday monday wednesday thursday friday saturday sunday earlier recently finally moreover
    furthermore nevertheless nonetheless similarly thus hence therefore consequently additionally specifically again first second
    third last here there even for not only
    """
)

COMMON_VERBS = word_set(
    """
    came went got took made gave began begin begins start starts continue continues keep keeps kept win wins won lost loses remain remains
    seem seems want wants need needs seek seeks come comes get gets make makes feel feels draw draws goes go lives ran runs led leads left
    became becomes held holds brought sent spent stood fell rose met sought thought knew saw
    """
)
"""Forms of common verbs that no ending gives away: what stands before one is a subject, what ends with one is a clause."""

WORK_NOUNS = word_set(
    """
    titled entitled headlined book books film movie song album novel essay article paper report poem play series show episode magazine
    newspaper blog post podcast documentary column chapter story speech hymn opera musical hit single ballad anthem painting sculpture
    titel titled buch film lied roman artikel aufsatz livre roman chanson intitulé intitulée libro novela canción titulado titulada
    """
)
"""After these, words between marks are the title of a work."""
SMALL_WORDS = word_set("a an the of in on and or for to with from at by as de la le du des der die das und von el los y is it's")
"""Words that stay small in titles."""

ROLES = word_set(
    """
    president minister chancellor governor mayor senator congressman congresswoman representative secretary chairman chairwoman chair
    chief director spokesman spokeswoman spokesperson official officials leader leaders judge justice lawyer lawyers attorney prosecutor
    professor doctor scientist scientists researcher researchers expert experts analyst analysts economist economists critic critics
    supporter supporters reporter reporters journalist author authors editor candidate nominee campaign adviser advisor aide aides
    police officer officers investigators investigator witness witnesses resident residents company agency ministry department court
    commission committee council board union government administration party group organization organisation institute university
    report study survey poll statement letter paper newspaper article website site network army military king queen prince pope bishop
    priest pastor coach player captain owner manager executive ceo founder man woman boy girl mother father son daughter wife husband
    brother sister friend neighbor neighbour family people voters democrats republicans lawmakers senators members activists students
    teachers workers farmers doctors nurses diplomats diplomat ambassador envoy engineer teacher nurse farmer fisherman harbourmaster
    harbormaster sheriff firefighter surveyor clerk librarian astronomer hydrologist geologist biologist historian
    """
)
UNNAMED_HEADS = word_set(
    """
    official officials source sources aide aides adviser advisers advisor advisors insider insiders critics experts analysts observers
    witnesses residents person people diplomats diplomat employees employee some many others investigators scientists researchers
    executives lawmakers supporters opponents economists activists sceptics skeptics voters reports
    """
)
"""Heads of phrases that name nobody: "officials", "a person familiar with the matter"."""
OWN_TEXTS = word_set(
    "reply answer response verdict view opinion account words remark comment claim argument version take recollection point diagnosis"
    " retort defence defense reaction rejoinder confession thesis theory objection praise lament toast motto advice plea boast"
)
"""Nouns for what somebody says, which speak for whoever is named as their owner."""
TEXTS_OF_ONE = word_set(
    """
    letter letters diary note notes speech essay sermon poem book novel memoir memoirs post email e-mail message tweet review article
    column piece story biography history passage sentence paragraph line lines entry postcard journal lecture talk song prayer pamphlet
    preface foreword autobiography text testimony statement summary quote quotation
    """
)
"""Texts of which the writer is asked for, not the text, where he is named."""
TEXT_NOUNS = word_set(
    """
    word words passage passages paragraph paragraphs sentence sentences statement letter letters diary note notes reply answer speech text
    excerpt extract line lines verse stanza quote quotation quotations description account remark remarks observation preface abstract
    foreword epigraph circular memo memorandum email e-mail message post article essay entry entries chapter rule notice clause
    confession explanation definition testimony summary version voice caption inscription instruction instructions prayer poem comment
    comments bit part section page announcement license abstract prompt caveat lede gloss aphorism tweet blurb
    motto credo oath vow thought thoughts documentation docs faq readme specification changelog acknowledgements tagline slogan
    """
)
"""Nouns for a text or a part of one that is shown or read out."""
TEXTS_OF_ONE_ELSEWHERE = word_set(
    """
    brief briefe antwort tagebuch rede satz zeilen worte notiz eintrag predigt text stelle absatz lettre lettres réponse journal discours
    passage phrase mots lignes note mémoires sermon texte paragraphe carta cartas respuesta diario discurso frase palabras nota texto
    párrafo lettera risposta discorso parole carta resposta discurso palavras
    """
)
"""The same in other languages."""
