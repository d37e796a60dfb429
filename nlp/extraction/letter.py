"""How letters begin and end in seven languages: greetings and closings."""

from __future__ import annotations

import re

# "Dear Mr Okafor," - group 1 holds whom it greets.
GREETING = re.compile(
    r"""
    ^(?: dear | hi | hello | hey | hiya | morning | good\ \w+
       | liebe[rs]? | hallo | guten\ tag | sehr\ geehrte[rs]?
       | bonjour | ch[eè]re? | salut
       | hola | estimad[oa] | querid[oa]
       | buongiorno | ciao | gentile | car[oa] | egregi[oa]
       | beste | geachte | dag
       | ol[aá] | oi | prezad[oa] | bom\ dia | boa\ tarde
    )\b ([^\n,!:.]{0,40})
    """,
    re.VERBOSE | re.IGNORECASE,
)

# A short line that closes a letter: "Kind regards,", "Viele Grüße", "Un saludo,".
CLOSING = re.compile(
    r"""
    ^(?: (?:very\ )?(?:best|kind|kindest|warm|warmest|many|with|yours|all|cheers|regards|sincerely|respectfully)
       | cordially | thanks | thank\ you | love | take\ care
       | mit | viele | beste | liebe | freundliche | herzliche | hochachtungsvoll
       | bien | cordialement | amicalement | salutations | meilleures | à\ bientôt
       | un\ (?:saludo|abrazo|cordial|saluto|abbraccio) | saludos | atentamente | cordialmente | abrazos?
       | cordiali | distinti | saluti | a\ presto
       | met | vriendelijke | hartelijke | groeten? | groetjes | hoogachtend
       | com\ os | atenciosamente | abraços? | cumprimentos | um\ (?:abraço|beijinho)
    )\b [^.!?]{0,45} [,!.]?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
