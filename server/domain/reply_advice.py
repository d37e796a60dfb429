"""What advice, reasons and the refusal of both look like in a sentence, in seven languages."""

from __future__ import annotations

from server.domain.reply_cues import any_of

_WORK_ON = (
    r"(?:try|work|practi[sc]e|focus|improve|strengthen|show|prepare|read|learn|lead|start|bring|add|shorten|cut|spend|"
    r"mention|talk|explain|quantify|ask|give|slow|speak|rehearse|research|be more|do more|take more|have more)"
)
# Concrete advice and reasons. A sentence that only names feedback ("thank you for asking for feedback") holds none.
FEEDBACK = any_of(
    # English
    r"(?:would|could|might) (?:really |also |have )+(?:helped|liked to see|wanted|loved to see|been (?:stronger|"
    r"better|"
    r"clearer|more)|benefited|strengthened|shown|given|made|said more|gone|asked|used|explained|prepared|structured)",
    rf"(?:you|i['’]?d|i would) (?:could|might want to|may want to|might|should|would)(?: also| perhaps)? {_WORK_ON}",
    r"(?:my|our|one|a (?:small|little)|the only|some) (?:\w+ )?(?:advice|tip|suggestion|recommendation)s?",
    r"i(?:['’]d| would|['’]ll| can only)? (?:also )?(?:suggest|recommend|advise)",
    r"(?:work|brush up) on (?:your|the|how)|next time,? (?:\w+ ){0,2}(?:prepare|try|bring|show|start|lead|ask|be|"
    r"give)",
    r"(?:lack(?:ed|ing|s)?|missing) (?:a |an |some |the |more |enough )?\w+|fell short|struggled with",
    r"(?:biggest|main|only|one|real) (?:\w+ )?(?:gap|weakness|weak spot|concern|reservation|doubt|issue|reason)",
    r"(?:not|n['’]t) (?:quite |really )?(?:\w+ )?enough|(?:a little|a bit|slightly|rather|far|too) (?:too )?"
    r"(?:long|short|general|vague|brief|technical|theoretical|fast|quiet|detailed|high-level|nervous|generic)",
    r"came down to|tipped the (?:balance|scales?)|made the difference|deciding factor|what decided it",
    r"(?:had|has|with|have|brought|brings|showed|needed|wanted) (?:\w+ ){0,2}?(?:more|stronger|deeper|longer|broader|"
    r"better) (?:\w+[ -]){0,3}?(?:experience|knowledge|background|skills?|track record|depth|understanding|command)",
    r"(?:we hired|they hired|we chose|we picked|we went with|got the job)\b[^.!?\n]{0,40}\b(?:has|had|have|who|"
    r"because)",
    r"(?:areas?|room|points?) (?:for|to|of) (?:improve|improvement|development|growth|work)",
    r"could be (?:clearer|stronger|sharper|shorter|better|more \w+)|go a long way|if you can show",
    # German
    r"(?:hätte[nst]*|könnte[nst]*|sollte[nst]*) (?:\w+ ){0,8}?(?:können|geholfen|dürfen|üben|vorbereiten|verbessern|"
    r"arbeiten|zeigen|lesen|kürzen|gewünscht|nennen|erwähnen)",
    r"(?:mein|unser|ein|kleiner) (?:\w+ )?(?:tipp|rat|ratschlag|vorschlag|hinweis)",
    r"würde (?:ich )?(?:dir|ihnen|euch) (?:\w+ )?(?:raten|empfehlen|vorschlagen)|rate (?:ich )?(?:dir|ihnen)",
    r"(?:empfehle|rate) (?:ich )?(?:dir|ihnen)|gefehlt|fehlten?|vermisst|ausschlaggebend|entscheidend war|"
    r"den ausschlag|knackpunkt|schwachpunkt|schwächen?",
    r"mehr(?:ere)? (?:jahre|erfahrung|berufserfahrung|praxis|routine|vorkenntnisse)",
    r"(?:zu|etwas zu|ein wenig zu|recht) (?:allgemein|lang|kurz|knapp|vage|theoretisch|technisch|schnell|leise|"
    r"oberflächlich)",
    r"(?:nicht|noch nicht) (?:genug|genügend|ausreichend|konkret genug|tief genug)",
    r"an \w+(?: \w+)? (?:noch )?(?:arbeiten|feilen)|ausbaufähig|verbesserungsbedarf|luft nach oben",
    # French
    r"(?:a|ont|avait|il vous a|il nous a) (?:un peu )?manqué|manquai(?:t|ent)|un manque d[e'’]|il manquait",
    r"(?:conseill|recommand|suggér|suggèr)(?:e|er|erais|erai|ons|erions)|(?:mon|notre|un) (?:petit )?conseil",
    r"(?:auri(?:ez|ons)|aurais|aurait) (?:\w+ )?(?:pu|dû|gagné|aimé (?:voir|entendre)|mérité)",
    r"(?:pourri(?:ez|ons)|pourrais|devri(?:ez|ons)|devrais) (?:\w+ )?(?:travailler|préparer|améliorer|renforcer|"
    r"approfondir|insister|montrer|pratiquer|poser|lire|raccourcir|mettre)",
    r"(?:un peu )?trop (?:long|longue|longs|longues|court|courte|courtes|général|générale|générales|vagues?|"
    r"techniques?|"
    r"théoriques?|rapides?)|pas assez|point(?:s)? (?:faibles?|à (?:travailler|améliorer))|axes? d['’]amélioration",
    r"(?:davantage|plus) d['’]expérience|(?:a fait|fait) la différence|ce qui a (?:pesé|compté|fait pencher)",
    # Spanish
    r"(?:nos |te |le )?falt(?:ó|aba|aban|aron|aría)|(?:te |le |os )?(?:recomiendo|recomendaría|recomendamos|aconsejo|"
    r"aconsejaría|sugiero|sugeriría)|mi consejo|nuestro consejo|un consejo",
    r"(?:podrías|podría|deberías|debería) (?:haber|practicar|trabajar|mejorar|preparar|mostrar|explicar|reforzar|"
    r"leer)",
    r"trabajaría|(?:tenía|tiene|contaba con|con) (?:\w+ )?(?:más|mayor) (?:\w+ )?(?:años|experiencia|conocimientos?)",
    r"(?:demasiado|muy) (?:largas?|largos?|cort[ao]s?|generales?|genéric[ao]s?|vag[ao]s?|técnic[ao]s?|teóric[ao]s?|"
    r"rápid[ao]s?)",
    r"lo que (?:más )?(?:pesó|decidió|inclinó)|marcó la diferencia|fue decisiv[ao]|punto (?:más )?débil|"
    r"puntos? a mejorar",
    # Italian
    r"(?:è|sono|ci è|era|erano) mancat[aoei]|mancava(?:no)?|(?:le |ti |vi )?(?:consigli(?:o|erei|amo)|sugger(?:isco|"
    r"irei|iamo))",
    r"(?:raccomando|mio consiglio|nostro consiglio|un consiglio)|(?:avresti|avrebbe) (?:\w+ )?(?:potuto|dovuto)",
    r"(?:potresti|potrebbe|dovresti|dovrebbe) (?:\w+ )?(?:lavorare|preparare|migliorare|mostrare|esercitarsi|"
    r"esercitarti|leggere)",
    r"(?:aveva|ha|con) (?:\w+ )?(?:più|maggiore) (?:\w+ )?(?:esperienza|anni|competenze|conoscenz[ae])",
    r"(?:troppo|un po['’] troppo) (?:lung[ahio]+|brev[ei]|cort[aoei]|generic[aohei]+|general[ei]|vag[aohei]+|"
    r"tecnic[aohei]+|teoric[aohei]+)",
    r"punt[oi] debol[ei]|ha fatto la differenza|(?:è stat[ao]|fattore) decisiv[ao]|ha pesato|da migliorare",
    # Dutch
    r"(?:we|wij|ik|er) (?:mist(?:en)?|misten vooral)|ontbrak(?:en)?|(?:mijn|ons|een) (?:\w+ )?(?:advies|tip)",
    r"(?:zou(?:den)? (?:ik )?(?:je|u|jou) (?:\w+ )?(?:aanraden|adviseren)|raad (?:ik )?(?:je|u) aan|adviseer)",
    r"(?:had|zou|kun|kunt|kon) (?:\w+ ){0,5}(?:kunnen|oefenen|werken aan|verbeteren|voorbereiden)",
    r"(?:had|heeft|met) (?:\w+ ){0,2}?(?:meer|langere|bredere) (?:\w+ )?(?:ervaring|kennis|jaren)",
    r"(?:te|iets te|wat te) (?:lang|kort|algemeen|vaag|technisch|theoretisch|snel|zacht|oppervlakkig)",
    r"(?:de )?doorslag|verbeterpunt(?:en)?|zwak(?:ke|ste)? punt|niet (?:genoeg|voldoende)|beter voorbereid",
    # Portuguese
    r"falt(?:ou|aram|ava)|(?:recomend|aconselh|sug)(?:o|aria|iro|eria|amos|erimos)|sugiro|recomendo|(?:meu|o meu|"
    r"um) conselho",
    r"(?:poderia|podia|deveria|devia|poderias|podias)s? (?:ter|praticar|trabalhar|melhorar|preparar|mostrar|explicar)",
    r"(?:tinha|tem|com) (?:\w+ )?(?:mais|maior) (?:\w+ )?(?:anos|experiência|conhecimentos?)",
    r"(?:demasiado|muito|um pouco) (?:long[ao]s?|curt[ao]s?|gerais|genéric[ao]s?|vag[ao]s?|técnic[ao]s?|teóric[ao]s?)",
    r"ponto (?:mais )?fraco|fez a diferença|foi decisiv[ao]|o que (?:mais )?pesou|pontos? a melhorar",
    # What they looked for and what decided, in all of them
    r"(?:we|they|the (?:panel|team|committee|board|client)) (?:were|was|had been)? ?(?:really |"
    r"actually )?(?:looking for|after|"
    r"wanted|needed|preferred|hoped for|expected) (?:somebody|someone|a |an |more|to see|candidates?|people|those)",
    r"(?:two|one|some|several|most|all|both|a few) of us (?:thought|felt|found|missed|wondered|had)|undersold|"
    r"oversold|"
    r"(?:first|top|front|last) page of your|(?:came across|come across|seemed|sounded|felt|"
    r"looked) (?:as )?(?:a (?:bit|little) )?"
    r"(?:hesitant|unsure|nervous|unprepared|rushed|vague|thin|long|short|generic|distant)",
    r"(?:such(?:t|t?e|t?en)) (?:wir |sie )?(?:eher |vor allem )?(?:jemand|eine person|leute)\w*|nicht \w+ genug|"
    r"im vergleich|"
    r"(?:bewerber|bewerberin|person|kandidat|kandidatin) (?:hatte|hat|brachte|bringt) (?:bereits|schon|mehr)|"
    r"wirkte[nst]* (?:etwas|ein|sehr|zu)|"
    r"überzeugte[n]? (?:uns )?(?:nicht|weniger)|(?:üben|zeigen|nennen|kürzen|bereiten|arbeiten|bringen|erklären) sie|"
    r"(?:üb|übe|zeig|zeige|nenn|nenne|kürz|kürze|erklär|erkläre) (?:ruhig|mal|noch|lieber|beim|deine|vor|mehr)",
    r"(?:cherchi(?:ons|ez|t)|cherchait|attendait|attendions|souhaitait|souhaitions|privilégié|préféré|"
    r"préférait) (?:quelqu|une?|des|plus|"
    r"un profil|celui|celle|davantage)|gagnerai(?:t|ent) à|(?:mettez|montrez|préparez|travaillez|raccourcissez|"
    r"entraînez|"
    r"mets|montre|prépare|travaille|entraîne)(?:-vous|-toi)? (?:en avant|vos|votre|tes|ton|ta|plus|davantage|à|des|"
    r"deux)",
    r"(?:buscaba|buscábamos|buscaban|quería|queríamos|necesitábamos|esperábamos|prefirió|prefirieron|"
    r"preferimos) (?:a )?(?:alguien|una? persona|"
    r"un perfil|más|quien)|se quedó cort[ao]|(?:practica|practique|prepara|prepare|mejora|mejore|trabaja|trabaje|"
    r"explica|explique|muestra|"
    r"muestre|acorta|acorte) (?:con|más|mejor|tu|tus|su|sus|el|la|los|las|en|un|una)",
    r"(?:cercavamo|cercava|cercavano|volevamo|serviva|ci aspettavamo|ha preferito|abbiamo preferito) (?:qualcuno|"
    r"una? (?:persona|profilo)|chi|più)|"
    r"un po['’] (?!di)\w+|(?:si eserciti|eserc[ií]tati|prepari|prepara|migliori|migliora|metti(?:lo|la)?|mostri|"
    r"mostra|accorci|accorcia) (?=\w)",
    r"(?:we|wij|ze) (?:zochten|wilden|verwachtten|kozen) (?:vooral |liever )?(?:iemand|een|meer|voor iemand)|(?:was|"
    r"waren|is) (?:erg|nogal|wat|iets) "
    r"(?:algemeen|lang|kort|vaag|onduidelijk|technisch)|(?:oefen|werk|laat|bereid|vertel|maak) (?:nog|eens|meer|aan|"
    r"je|uw|vooral|zien)",
    r"(?:procurávamos|procurava|procuravam|queríamos|precisávamos|esperávamos|preferimos|preferiu) (?:alguém|"
    r"uma? (?:pessoa|perfil)|quem|mais)|"
    r"(?:pratique|pratica|prepare|prepara|melhore|melhora|trabalhe|trabalha|explique|mostre|encurte) (?:um|mais|"
    r"melhor|o|a|os|as|seu|sua|com)",
    # What they thought of it, and what to do another time
    r"(?:we|i|they|the panel|some|others) (?:all |both |also )?(?:found|thought|felt) (?:that )?(?:your|you|the)|"
    r"next time|"
    r"another time|i['’]d (?:\w+ )?(?:rehearse|add|drop|use|keep|cut|put|leave|start|update)|(?:had|"
    r"gave \w+) the edge|"
    r"rattled|put (?:us|the others) off|was the sticking point",
    r"(?:wir fanden|fanden wir|uns (?:schien|erschien))|beim nächsten mal|nächstes mal|"
    r"(?:blieb|war|waren|blieben|wirkte) (?:jedoch |aber |etwas |eher )?(?:oberflächlich|dünn|unklar|knapp|blass|"
    r"vage)",
    r"(?:nous avons|on a|j['’]ai|le jury a) trouvé (?:que|vos|votre|tes|ton|ta)|la prochaine fois|"
    r"(?:avant|pour) (?:vos|ton|votre|tes) prochains? entretiens?",
    r"(?:nos|me) pareci(?:ó|eron)|la próxima vez|(?:yo )?(?:actualizaría|prepararía|cambiaría|quitaría|añadiría)",
    r"(?:ci|mi) (?:è|sono) (?:sembrat|pars)[aoei]|la prossima volta|prossim[oi] colloqui[o]?",
    r"(?:we|wij) vonden|vonden (?:we|wij)|(?:de )?volgende keer|een volgend gesprek",
    r"(?:achámos|achamos|pareceu-nos|nos pareceu)|da próxima vez|(?:numa|na) próxima entrevista",
    r"demasiado (?!amable)\w+|troppo \w+|trop (?!aimable|gentil|de )\w+",
)
# What sounds like a reason and is none: what they would have liked to do, what they will do, what they refuse.
NO_FEEDBACK = any_of(
    r"(?:liked|loved|wanted) to (?:offer|hire|have you|meet|invite|take you|work with)|wish i could|"
    r"(?:not|n['’]t) (?:receive|get|hear)\w* enough",
    r"(?:you|sie|du|vous|tu|usted|lei|je|u|você)(?:['’]ve| have| had| hatten| hattest)? (?:asked|gefragt|demand\w+|"
    r"preguntó|preguntaste|chiede\w*|chiesto|vroeg|perguntou)",
    r"thank(?:s| you)? (?:very much |so much )?for (?:your |the )?(?:suggestions?|advice|recommendations?|tips?|"
    r"feedback)",
    r"(?:will|['’]ll|shall|let me|going to)\b[^.!?\n]{0,50}\b(?:get back|come back|ask|check|collect|send|"
    r"be in touch)",
    r"(?:danke|dank) (?:\w+ ){0,3}(?:für|voor) (?:\w+ ){0,3}(?:feedback|rückmeldung|tipps?|rat|hinweise?|advies)",
    r"merci (?:\w+ )?(?:pour|de) (?:votre|ton|vos|tes|ce) (?:conseil|retour|suggestion)s?",
    r"(?:gracias|obrigad[ao]|grazie) (?:por|pelo|pela|del|della|per|pelas|pelos) (?:\w+ )?(?:consejos?|conselhos?|"
    r"consigl[io]+|sugerencias?|suggeriment[io]|feedback)",
    r"ne nous manquez|tu vas nous manquer|te echaremos|zullen (?:je|u) missen|nicht entmutigen|"
    r"laisse\w* pas décourager",
)
# They give none.
DECLINES = any_of(
    r"(?:cannot|can['’]t|unable to|not able to|do(?: not|n['’]t)|policy not to) (?:\w+ )?(?:offer|give|provide|share|"
    r"comment|go into)\b[^.!?\n]{0,40}\b(?:feedback|details?|reasons?|comments?)",
    r"(?:kein(?:e|en)?|nicht)\b[^.!?\n]{0,40}\b(?:feedback|rückmeldung|gründe|auskunft)\b[^.!?\n]{0,30}\b(?:geben|"
    r"nennen|"
    r"möglich|mitteilen)",
    r"(?:pas|aucun)\b[^.!?\n]{0,50}\b(?:retours?|explications?|commentaires?)",
    r"(?:no|nunca)\b[^.!?\n]{0,40}\b(?:damos|dar|ofrecer|facilitar)\b[^.!?\n]{0,30}\b(?:comentarios|feedback|"
    r"detalles|motivos)",
    r"non\b[^.!?\n]{0,40}\b(?:fornire|dare|diamo|forniamo|condividere)\b[^.!?\n]{0,30}\b(?:riscontr[oi]|feedback|"
    r"commenti|dettagli)",
    r"(?:geen|niet)\b[^.!?\n]{0,40}\b(?:feedback|terugkoppeling|toelichting)",
    r"não\b[^.!?\n]{0,40}\b(?:dar|damos|fornecer|fornecemos|partilhar)\b[^.!?\n]{0,30}\b(?:feedback|comentários|"
    r"detalhes|retorno)",
)
