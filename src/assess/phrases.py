"""The program's own phrases in other languages: what stands in a questionnaire around the questions of a rubric.

A phrase is called by what it says in English, and its parts stand in braces. Keys of documents, such as `note`, are the
same in every language.
"""

from collections.abc import Callable, Mapping

Say = Callable[..., str]

GERMAN: Mapping[str, str] = {
    "1 question": "1 Frage",
    "{count} questions": "{count} Fragen",
    "{questions}.": "{questions}.",
    "{questions}, about 1 minute.": "{questions}, etwa 1 Minute.",
    "{questions}, about {minutes} minutes.": "{questions}, etwa {minutes} Minuten.",
    "One file per respondent: copy it, and give each copy a name and a respondent of its own.": (
        "Eine Datei je antwortender Person: Kopieren Sie sie, und geben Sie jeder Kopie einen eigenen Namen und ein "
        "eigenes respondent."
    ),
    "One file per log or register: copy it, and give each copy a name and a respondent of its own.": (
        "Eine Datei je Protokoll oder Register: Kopieren Sie sie, und geben Sie jeder Kopie einen eigenen Namen und "
        "ein eigenes respondent."
    ),
    "The people who prepare the report read your answers, nobody else does. Your answer to a question counts only if "
    "at least {least} of your group answered it; otherwise it is in no figure and no sentence of any document. What "
    "you write in your own words is quoted only if you allow it below.": (
        "Ihre Antworten liest, wer den Bericht erstellt, und sonst niemand. Ihre Antwort auf eine Frage zählt nur, "
        "wenn mindestens {least} aus Ihrer Gruppe sie beantwortet haben; sonst steht sie in keiner Zahl und in keinem "
        "Satz eines Dokuments. Was Sie in eigenen Worten schreiben, wird nur zitiert, wenn Sie es unten erlauben."
    ),
    "Answers are shown by role and never by name. Should you be the only one who answers for this role, readers can "
    "recognise you: what the role says is then what you say, and your own words are quoted only if you allow it "
    "below.": (
        "Antworten werden nach Rollen gezeigt und nie mit Namen. Sollte außer Ihnen niemand für diese Rolle antworten, "
        "so sind Sie zu erkennen: Was die Rolle sagt, ist dann, was Sie sagen, und Ihre eigenen Worte werden nur "
        "zitiert, wenn Sie es unten erlauben."
    ),
    "Where lines build on each other, take the one that is closest to what you have seen yourself.": (
        "Wo Zeilen aufeinander aufbauen, nehmen Sie die, die dem am nächsten kommt, was Sie selbst gesehen haben."
    ),
    "Where lines build on each other, start at the bottom and go up while the next one is true as well.": (
        "Wo Zeilen aufeinander aufbauen, beginnen Sie unten und gehen Sie hinauf, solange auch die nächste stimmt."
    ),
    "Write each answer behind its question, or leave the line as it is. Short and long form:": (
        "Schreiben Sie jede Antwort hinter ihre Frage, oder lassen Sie die Zeile, wie sie ist. Kurze und lange Form:"
    ),
    "question: key or number": "frage: Schlüssel oder Nummer",
    "question:": "frage:",
    "value: key": "value: Schlüssel",
    "note: In which place or team this holds.": "note: An welchem Ort oder in welchem Team das gilt.",
    "evidence: [{{title: Name of the paper, kind: document, dated: {day}, file: where it lies}}]": (
        "evidence: [{{title: Name des Papiers, kind: document, dated: {day}, file: wo es liegt}}]"
    ),
    "kind: document, record, customer (a customer's word) or third_party (somebody else outside)": (
        "kind: document (Dokument), record (Register), customer (Wort eines Kunden) oder third_party (jemand anders "
        "von außen)"
    ),
    "question: {{na: true, why: the reason}}  does not apply": "frage: {{na: true, why: der Grund}}  trifft nicht zu",
    "question: {{unknown: true}}  you do not know": "frage: {{unknown: true}}  Sie wissen es nicht",
    "question: {{declined: true}}  you would rather not say": (
        "frage: {{declined: true}}  Sie möchten es lieber nicht sagen"
    ),
    "true: may count and be shown even where fewer than {least} answered, though I may be recognised": (
        "true: darf auch dann zählen und gezeigt werden, wenn weniger als {least} geantwortet haben, obwohl man mich "
        "erkennen kann"
    ),
    "true: what I write in my own words may be quoted, by role and never by name": (
        "true: was ich in eigenen Worten schreibe, darf zitiert werden, nach Rolle und nie mit Namen"
    ),
    "promised: from so many answers on this group counts": "zugesagt: ab so vielen Antworten zählt diese Gruppe",
    "add this line when you have finished; until then the file is a draft": (
        "diese Zeile ergänzen, wenn Sie fertig sind; bis dahin ist die Datei ein Entwurf"
    ),
    "Yes": "Ja",
    "No": "Nein",
    "yes or no": "yes (ja) oder no (nein)",
    "Several are possible: [first_key, second_key]": "Mehrere sind möglich: [ein_schluessel, noch_einer]",
    "A date, such as 2026-06-30": "Ein Datum, etwa 2026-06-30",
    "A whole number": "Eine ganze Zahl",
    "A number": "Eine Zahl",
    "from {end}": "von {end}",
    "to {end}": "bis {end}",
    "Only when {condition}": "Nur wenn {condition}",
    "Name dated evidence.": "Nennen Sie einen datierten Beleg.",
    "Name dated evidence; without it the answer counts as stated only.": (
        "Nennen Sie einen datierten Beleg; ohne ihn zählt die Antwort nur als Aussage."
    ),
    "From {start} on, name dated evidence.": "Nennen Sie ab {start} einen datierten Beleg.",
    "From {start} on, name dated evidence; without it the answer counts as stated only.": (
        "Nennen Sie ab {start} einen datierten Beleg; ohne ihn zählt die Antwort nur als Aussage."
    ),
    "Add a note.": "Ergänzen Sie eine Bemerkung (note).",
    "{{na: true, why: the reason}} is possible.": "{{na: true, why: der Grund}} ist möglich.",
}
CATALOGUES: Mapping[str, Mapping[str, str]] = {"de": GERMAN}
OWN = "en"


def has_phrases(language: str) -> bool:
    """Whether the program's own phrases are there in a language; a region, as in `de-AT`, does not matter."""
    return _main(language) in (OWN, *CATALOGUES)


def phrases_in(language: str) -> Say:
    """What says a phrase in a language, given its parts by name; in English where there is none."""
    catalogue = CATALOGUES.get(_main(language), {})

    def say(phrase: str, **parts: object) -> str:
        return catalogue.get(phrase, phrase).format(**parts)

    return say


def _main(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


in_english = phrases_in(OWN)
