"""Words that carry grammar, not subject. Left out of queries, unless a query has nothing else."""

from .folding import fold

_DANISH = """
af alle alt anden at blev blive bliver bør da de dem den denne der deres det dette dig din dine
disse dit du efter eller en end er et for fra få får ham han hans har have havde hende hendes her
hos hun hvad hvem hver hvilke hvilken hvis hvor hvordan hvorfor i ikke ind ja jeg jer jeres kan kom
kunne lige man mange med men mere mig min mine mit må ned nej nogen noget nogle nok nu når og også
om op os over på sig sin sine sit skal skulle som så til ud under var ved vi vil ville vor vores
være været brug finde finder får føler gerne går leder synes søger vores
"""
_GERMAN = """
aber alle allem allen aller alles als also am an andere auch auf aus bei bin bis bist da damit dann
das dass dein deine dem den der des dich die dies diese diesem diesen dieser dieses dir doch dort du
durch ein eine einem einen einer eines er es euch euer für gegen habe haben hat hatte hier hin ich
ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jeder jedes kann kein keine können
könnte machen man mein meine meinem meinen meiner mich mir mit muss nach nein nicht noch nun nur ob
oder ohne sehr sein seine sich sie sind so soll über um und uns unser unsere unter viel vom von vor
wann war waren warum was weil welche welcher wenn wer werde werden wie wieder will wir wird wo wurde
zu zum zur zwischen brauche bekomme finde finden fühle fühlen gern gerne gibt möchte möchten suche suchen
wem wen
"""
_ENGLISH = """
a about after all also am an and any are as at be because been before being but by can could did do
does for from get had has have he her here hers him his how i if in into is it its just me more my
no not of on or our out over own she should so some such than that the their them then there these
they this those to too under up us very was we were what when where which who why will with would
you your feel find looking need want
"""


def _folded(words: str, language: str) -> frozenset[str]:
    return frozenset(fold(word, language) for word in words.split())


#: Language -> folded words.
STOP_WORDS: dict[str, frozenset[str]] = {
    "da": _folded(_DANISH, "da"),
    "de": _folded(_GERMAN, "de"),
    "en": _folded(_ENGLISH, "en"),
}
