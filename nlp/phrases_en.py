"""English ways of saying no to an application, and of putting a role on hold."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re

from nlp.phrases import phrase
from nlp.verdict import Reason

_ADV = r"(?:(?:now|already|since|just|recently|ultimately|therefore|regretfully|unfortunately|sadly|also|currently|only|indeed|in the end|at this (?:time|stage|point)|on this occasion|this time),? )*"
_NOT = r"(?:will not|won't|are not|aren't|is not|isn't|shall not|cannot|can't|can not|could not|couldn't|do not|don't|did not|didn't|not|'re not|'m not|am not|no longer|was not|wasn't|were not|weren't|has not|hasn't|have not|haven't|'ll not|never)"
_JOB = r"(?:role|position|job|vacancy|vacancies|post|opening|opportunity|spot|requisition|req|roles|positions|placement|internship|traineeship|apprenticeship|seat|slot|studentship|fellowship|residency|contract|shift|shifts)"
_PERSON = r"(?:candidates?|applicants?|person|people|individuals?|finalists?|someone(?: else)?|somebody(?: else)?|colleagues?|contenders?|applications?|profiles?|hire)"
_OTHER = r"(?:(?:an? |the |some |a few |two |three |several )?(?:other|another|different|alternative|fellow|internal|external|stronger|existing|more \w+|better[- ]\w+|closer|preferred|successful)(?: \w+){0,2} )"
_STEP = r"(?:next|further|following|second|final|interview|later|shortlist|short-list|assessment|selection|in-person|onsite)"
_MORE = r"(?:forward|forwards|ahead|further|any further|onwards?|on with|onto|on to|through|along)"
_GO = r"(?:mov(?:e|ing)|go(?:ing)?|proceed(?:ing)?|progress(?:ing)?|continu(?:e|ing)|advanc(?:e|ing)|tak(?:e|ing)|push(?:ing)?|bring(?:ing)?|carry(?:ing)?|pursu(?:e|ing)|put(?:ting)?|invit(?:e|ing)|mak(?:e|ing)|offer(?:ing)?|consider(?:ing)?|interview(?:ing)?|shortlist(?:ing)?|select(?:ing)?|extend(?:ing)?|hir(?:e|ing)|appoint(?:ing)?)"
_YOU = r"(?:you|your (?:application|candidacy|candidature|profile|cv|resume|résumé|submission|interest))"
_DECIDED = r"(?:decided|chosen|elected|opted|agreed|concluded|determined|made the (?:difficult |hard |tough )?decision|taken the decision|had to decide|come to the (?:decision|conclusion))"

ENGLISH = (
    phrase(
        "decided_other",
        rf"\b{_DECIDED} (?:that we (?:will|would|are going to) )?(?:to |on |upon )?(?:\w+ ){{0,4}}?(?:with |for |in favou?r of |to )(?:\w+ ){{0,2}}?{_OTHER}?{_PERSON}\b",
        ours=True,
        unless=r"\b(?:invite you|offer you the|delighted|pleased to offer)\b|with your?\b",
    ),
    phrase(
        "decided_not",
        rf"\b{_DECIDED} (?:not|that (?:it|we|you|this)[^,;]{{0,40}}(?:not|won't|n't)|against) (?:to )?(?:be )?(?:{_GO}|accept|fill|recruit|renew|make)",
        ours=True,
    ),
    phrase(
        "decided_not_you",
        r"\b(?:decision|decided|chosen|resolved|voted) (?:is |was |has been )?(?:made )?not to (?!charge|bill|fine|bother|keep|rush|wake)\w+ (?:\w+ )?(?:with )?(?:you|your)\b",
        ours=True,
    ),
    phrase(
        "not_forward",
        rf"\b{_NOT} {_ADV}(?:be |been |going to (?:be )?|able to |in a position to |looking to |planning to )?{_ADV}{_GO} (?:with )?(?:{_YOU} |this |the |it |things |an? )?(?:\w+ ){{0,3}}?(?:{_MORE}\b|(?:to|for|in|into|at) (?:the |a |an |our )?{_STEP}\b)",
        unless=r"\b(?:before|until|without|them|they)\b|\b(?:interviews?|meetings?|sessions?|calls?|events?|stalls?|visits?|trips?|class(?:es)?|matches)"
        r" (?:\w+ ){0,3}?(?:cannot|can't|could not|couldn't|will not|won't|not) (?:be )?go|forward with (?:the|our) \w+ (?:redesign|project|migration|launch)",
    ),
    phrase(
        "not_forward_you",
        rf"\b{_NOT} {_ADV}(?:be |been |going to (?:be )?|able to |in a position to )?{_ADV}(?:mov(?:e|ing)|proceed(?:ing)?|progress(?:ing)?|continu(?:e|ing)|advanc(?:e|ing)|pursu(?:e|ing)|go(?:ing)?)(?: (?:forward|ahead|on|further))? (?:with )?(?:{_YOU})\b",
    ),
    phrase(
        "not_progressed",
        rf"\b(?:you|your (?:application|candidacy|profile|cv|resume)) (?:\w+ ){{0,2}}?{_NOT} {_ADV}(?:be |been |being )?{_ADV}(?:progress(?:ed|ing)|tak(?:en|ing) (?:any )?(?:further|forward)|considered(?: (?:any )?further| for)?|move[d]? (?:forward|on|to)|moving (?:forward|on|to)|advanc(?:ed|ing|e)|going (?:forward|further|through)|go (?:forward|further|through)|pursued|put forward|shortlisted|short-listed|selected|chosen|successful|accepted|invited|hired|appointed|proceed(?:ing)?|continu(?:e|ing) )\b",
        unless=r"\bnot yet\b|\bhas not been (?:submitted|completed)\b",
    ),
    phrase(
        "not_selected",
        rf"\b(?:not|n't|neither) {_ADV}(?:been |be |being )?{_ADV}(?:selected|shortlisted|short-listed|chosen|successful|one of (?:those|the (?:candidates|applicants|people))|among (?:those|the (?:candidates|applicants)))\b(?! yet)",
        strong=True,
        unless=r"\b(?:payment|file|item|option|seat|upload)\b",
    ),
    phrase(
        "unsuccessful",
        r"\b(?:your (?:application|candidacy|interview|bid|submission)|you|it|application|candidature)\b[^.;]{0,60}\b(?:unsuccessful|not successful|rejected|declined|turned down|not accepted)\b",
        unless=r"\b(?:you (?:have )?(?:declined|rejected|turned)|delivery|payment|card|photo|file|upload\w*|ballot|draw|penalty|appeal|permit|coursework)\b|not been (?:rejected|declined|turned down)",
    ),
    phrase(
        "unsuccessful_bare",
        r"\b(?:has|have|was|were|is|are|been) (?:\w+ ){0,2}?unsuccessful\b(?: (?:on|this|at|in|for)\b)?",
        unless=r"\b(?:attempt|delivery|payment|login)s?\b",
    ),
    phrase(
        "unable_offer",
        rf"\b(?:unable|not able|not in a position|no longer able|regret(?:fully)? (?:that )?(?:we )?(?:cannot|can't)|cannot|can't|can not|couldn't|could not|won't be able|not be able|not (?:be )?going) (?:\w+ ){{0,2}}?(?:to )?(?:\w+ly )?(?:{_GO}|give|accept|accommodate|place|employ|sponsor|fit) {_YOU}\b",
        unless=r"\b(?:sooner|earlier|on (?:that|this) (?:date|day)|monday|tuesday|wednesday|thursday|friday|relocation|remote|offer you the (?:full|same)|reimburse|attach|open|find your|link|but (?:we|i)(?:'d| would) like|would like to offer|instead)\b",
    ),
    phrase(
        "unable_forward",
        rf"\b(?:unable|not able|not in a position|no longer able|won't be able|not be able) (?:\w+ )?to {_ADV}(?:offer (?:you )?(?:a|an|the|this) (?:\w+ ){{0,2}}?(?:{_JOB}|interview|place)|take you (?:any )?(?:further|forward|on)|(?:move|go|proceed|progress|continue|advance|take|carry)\b(?: \w+){{0,4}}? (?:{_MORE}|with)\b|proceed\b|progress\b)",
        unless=r"\b(?:without|until|submit|complete (?:your|the)|verif|but (?:we|i) (?:would|have|can|do)|but there)\b",
    ),
    phrase(
        "filled",
        rf"\b(?:{_JOB}|it)\b(?: [^,;.!?]{{0,60}})?\b(?:has|have|is|was|are|were|'s|been)(?: now| already| since| just| recently| subsequently| unfortunately)* (?:been )?(?:\w+ly )?(?:filled|taken|snapped up|gone to)\b(?! in\b| out\b)",
        reason=Reason.FILLED,
        unless=r"\bnot (?:yet )?(?:been )?filled\b|\b(?:once|until|when|before) |unfilled|taken (?:us|me|you|a|so|too|longer|some|this long|until|\w+ (?:days|weeks|months))\b",
    ),
    phrase(
        "we_filled",
        rf"\b(?:we|i)(?:'ve| have)? {_ADV}(?:filled|managed to fill|been able to fill) (?:\w+ ){{0,3}}?{_JOB}",
        reason=Reason.FILLED,
        ours=True,
    ),
    phrase(
        "closed",
        rf"\b(?:{_JOB}|req|search|recruitment|campaign|process|team)\b[^,;.!?]{{0,50}}\b(?:has|have|is|was|are|been)(?: now| already| since| just| unfortunately)* (?:been )?(?:closed|concluded|cancel?led|withdrawn|scrapped|discontinued|pulled|axed|dropped|abandoned|eliminated|removed)\b",
        reason=Reason.CANCELLED,
        strong=False,
        unless=r"\b(?:applications? (?:close|closed)|closed to (?:new )?applica|closing date|once|until|when|reopen|not (?:been )?closed)\b",
    ),
    phrase(
        "no_longer_role",
        rf"\b(?:{_JOB}|team|we|company)\b[^,;.!?]{{0,40}}\b(?:no longer|not) (?:be )?(?:available|exists?|open|hiring|recruiting|going ahead|needed|required|looking (?:to fill|for)|filling|proceeding with (?:this|the)|moving ahead with (?:this|the)|have (?:the |a )?(?:budget|headcount|funding))\b",
        reason=Reason.CANCELLED,
        strong=False,
        unless=r"\bwe (?:are|'re) not (?:looking for|open)\b|not available (?:on|at|until)|not (?:open|required) (?:the|to)",
    ),
    phrase(
        "cancel_role",
        rf"\b(?:we|i|they|management|board|finance|hq|office|company|client|council|school)\b[^,;.!?]{{0,40}}\b(?:decided|had|have|chosen|opted|forced|voted)\b[^,;.!?]{{0,20}}\b(?:to )?(?:cancel|close|withdraw|scrap|pull|drop|not fill|stop|cut|cancelled|closed|withdrawn|pulled|scrapped|cut)\b (?:\w+ ){{0,3}}?(?:{_JOB}|search|recruitment|hiring|vacancy|headcount)",
        reason=Reason.CANCELLED,
        ours=True,
    ),
    phrase(
        "chose_other",
        rf"\b(?:we|i|they|the (?:team|panel|committee|client|board|hiring manager|manager|department|school|company|hiring team)|who)(?:'ve|'re|'ll| have| has| are| were| will| will be)? {_ADV}(?:decided to |chosen to |going to |be )?(?:selected|chosen|chose|hired|appointed|picked|found|identified|accepted|going with|gone with|went with|go with|going for|gone for|went for|offered (?:the|this|it)(?: \w+){{0,2}} to|moving forward with|moving ahead with|moved forward with|move forward with|proceeding with|proceed with|proceeded with|pursuing|pursue|progressing with|progressing|taking forward|offering (?:the|this|it)(?: \w+){{0,2}} to|given (?:the|this|it)(?: \w+){{0,2}} to|gave (?:the|this|it)(?: \w+){{0,2}} to|settled on|ended up (?:hiring|choosing|picking|going with|taking)|made an offer to|extended an offer to|taken on|took on) (?:\w+ ){{0,2}}?(?:{_OTHER}(?:\w+ ){{0,2}}?{_PERSON}|someone|somebody|one of the others?\b|an? (?:\w+ )?(?:candidate|applicant)|candidates?|applicants?|others\b|(?:the|our) (?:successful )?candidate)\b",
        ours=True,
        unless=r"\b(?:with you|you as|you to|invite you|once we|until we|to find (?:a|the) candidate|offer(?:ed)? you)\b",
    ),
    phrase(
        "offer_accepted",
        r"\b(?:another|other|different|the (?:successful|preferred|chosen)|internal) (?:candidate|applicant|person)s? (?:has|have|had)? ?(?:now |already |since )?(?:been )?(?:accepted|selected|chosen|hired|appointed|offered|accepting|signed|started|joined)\b",
    ),
    phrase(
        "given_to_other",
        rf"\b(?:{_JOB}|it)\b[^,;.!?]{{0,20}}\b(?:has|have|was|is|'s|had)(?: now| since| already| unfortunately)* (?:been )?(?:given|offered|awarded) to(?:,? and (?:been )?accepted by,?)? (?:{_OTHER}|someone|somebody|one of)",
        unless=r"\b(?:once|until|when|before|not (?:yet )?been)\b",
    ),
    phrase(
        "with_other",
        rf"\b(?:will be|are|'re|'ll be|will|to) (?:now )?(?:continu(?:e|ing)|mov(?:e|ing) (?:on|ahead|forward)|proceed(?:ing)?|go(?:ing)? (?:ahead|forward)) (?:our |the |this )?(?:search |process |recruitment |conversations? )?with (?:the )?(?:other|another|different|a different|some other) (?:\w+ )?{_PERSON}\b",
        unless=r"\bas well as\b|\bwith you\b",
    ),
    phrase(
        "profile_no_match",
        r"\byour (?:profile|experience|background|skills|skill ?set|cv|resume|qualifications)\b[^.;!?]{0,30}\b(?:does|do|did)(?:n't| not) (?:\w+ ){0,2}?(?:match|fit|meet|align|suit)\b[^.;!?]{0,20}\b(?:need|require|looking|after|role|position|criteria|team|job)\w*",
        unless=r"\b(?:name|file|record|format|upload)\b",
    ),
    phrase(
        "closing_yours",
        r"\b(?:closing|closed|close) (?:out )?your (?:application|file|candidacy)\b|\byour (?:application|candidacy|file)\b (?:for [^,;.!?]{0,50})?(?:is|has been|was) (?:now )?closed\b",
        unless=r"\b(?:silence|request|asked|withdr\w+|incomplete|unless|complete (?:the|your)|respond|hear from you|as you wish)\b",
    ),
    phrase("in_favour", rf"\bin favou?r of {_OTHER}?(?:\w+ ){{0,2}}?{_PERSON}"),
    phrase(
        "better_match",
        rf"\b(?:{_PERSON}|others|those|applicants|experience|background|skills|qualifications|profiles?)\b[^.;!?]{{0,60}}\b(?:more closely|closer|better|more directly|more fully|stronger|most closely|best)\b[^.;!?]{{0,20}}\b(?:match\w*|fit\w*|align\w*|suit\w*|meet\w*|reflect\w*|correspond\w*)\b",
        strong=False,
        unless=r"\b(?:to find|help us|you (?:may|might)|jobs? that|roles? that|opportunit)",
    ),
    phrase(
        "not_fit",
        r"\b(?:not|n't|no longer) (?:\w+ ){0,2}?(?:(?:a|an|the|quite|exactly|really|be) )*(?:(?:right|good|strong|best|ideal|perfect|suitable|close|great|strongest|exact) )?(?:fit|match)\b(?! in\b)",
        strong=False,
        unless=r"\b(?:password|if (?:this|it)|not sure|may not|might not|clothes|size)\b",
    ),
    phrase(
        "not_what",
        r"\b(?:not|n't) (?:\w+ )?(?:what|who|the profile|the experience|the person) we(?:'re| are| were) (?:\w+ )?(?:looking for|after|seeking)\b",
        strong=False,
    ),
    phrase(
        "no_longer_considered",
        r"\b(?:no longer|not) (?:be |being |going to be |currently )?(?:under (?:active )?consideration|(?:being |be )?(?:actively )?considered|in consideration|in the running|in contention|active|a candidate|considering (?:you|your)|an active candidate)\b(?! (?:late|complete|if|until|unless))",
        unless=r"\b(?:late|incomplete)\b|\bnot be considered (?:complete|an?)\b|\baccount\b|\bwithout\b",
    ),
    phrase(
        "removed_from",
        r"\b(?:removed|withdrawn|released|dropped) (?:you(?:r application)? )?from (?:further )?(?:consideration|the (?:process|running|shortlist))\b",
        strong=False,
        unless=r"\b(?:request|asked|you (?:have )?with|wish)\w*",
    ),
    phrase(
        "pass_on",
        rf"\b(?:we|i|the team|they)(?:'ve|'re|'ll| have| are| will| will be)? {_ADV}(?:decided to |chosen to |going to |had to |have to |be )?(?:pass(?:ing|ed)?|passed) (?:on (?:{_YOU}|this|moving|the|it)|this time|for now|at this time|at the moment)\b",
        ours=True,
        unless=r"\bpass(?:ed|ing)? on (?:your|the|this)[^.;]{0,40} to\b",
    ),
    phrase(
        "its_a_no",
        r"\b(?:it's|its|it is|this is|that's|answer is|decision is|going to be|have to be|was|we're|we are) (?:sadly |unfortunately |afraid |a firm |an? )*(?:a no|no)\b(?: (?:from|for|this|on|at|today|i'm|unfortunately)|[.,!]|$)",
        unless=r"\b(?:there is|no (?:problem|worries|rush|need|longer|deadline|obligation|pressure|cost|fee|charge|action))",
    ),
    phrase(
        "different_direction",
        r"\b(?:in|take|taking|took|gone|going|go) (?:a |another |an? (?:slightly |very )?)(?:different|another|other|alternative|new) (?:direction|route|way)\b",
        unless=r"\bcareer in\b",
    ),
    phrase(
        "will_not_be",
        r"\b(?:we|i)(?:'ll| will| shall)? (?:not|won't|will not) (?:\w+ )?(?:be )?(?:offering|inviting|hiring|taking|asking|calling|needing|requiring|shortlisting|interviewing|appointing) (?:you|your|an? offer)\b",
        ours=True,
        unless=r"\b(?:to pay|for (?:any )?(?:money|payment|bank)|until|again until)\b",
    ),
    phrase(
        "wont_you",
        r"\b(?:we|i)(?:'ll| will| shall| are| am|'re|'m)? ?(?:not|won't|aren't) (?:\w+ )?(?:to )?(?:invite|offer|hire|select|shortlist|interview|consider|pursue|make you|extend) (?:you|your|an offer to you|this further|it further)\b",
        ours=True,
        unless=r"\b(?:until|unless|without|before)\b",
    ),
    phrase(
        "did_not_make",
        r"\b(?:you|your (?:application|cv|profile|name)) (?:have |has )?(?:did not|didn't|not|haven't|hasn't) (?:quite )?(?:make|made|get|got|reach|reached|pass|passed|progress|progressed|advance|advanced) (?:it |the |to |our |this |into |onto |through |past )*(?:final |next |last )?(?:cut|shortlist|list|round|stage|threshold|through|interview|grade|bar|selection)\b",
    ),
    phrase(
        "stronger_field",
        r"\b(?:stronger|more (?:qualified|experienced|suitable|suited|relevant|closely matched|competitive)|better (?:qualified|suited|matched)) (?:\w+ )?(?:candidates?|applicants?|applications?|cvs|profiles|contenders)\b",
        strong=False,
        unless=r"\b(?:become|be|make you|making you) (?:a |an )?(?:stronger|more|better)\b",
    ),
    phrase(
        "status",
        r"^(?:[\w ]{0,40}(?:status|outcome|result|update|decision)[\w ]{0,30}[:\-] ?)(?:not (?:selected|successful|progressed|progressing|moving forward|shortlisted|retained|hired|taken forward)|no longer (?:under consideration|in consideration|considered|available)|rejected|declined|unsuccessful|regret(?:ted)?|(?:position|role|job) (?:filled|closed|cancelled))\b",
    ),
    phrase(
        "status_bare",
        r"^(?:not selected|application (?:unsuccessful|rejected|declined|not successful)|unsuccessful(?: application)?|no longer under consideration|(?:position|role|vacancy) (?:filled|cancelled)|not progressing|not moving forward|candidate (?:rejected|declined))[.!]?$",
    ),
    phrase(
        "reject_you",
        r"\b(?:we|i|the \w+|they)(?:'ve| have| has|'re| are| must| had to| need to)? (?:\w+ )?(?:reject(?:ed|ing)?|declin(?:e|ed|ing)|turn(?:ed|ing)? down) (?:you\b|your (?:application|candidacy|submission|candidature))",
        ours=True,
    ),
    phrase(
        "regret_not",
        r"\b(?:regret|sorry|sad|disappointed|afraid|unfortunately)\b[^.;!?]{0,60}\b(?:you (?:have|were|are|will) not|you(?:'ve| haven't|'re not| weren't| won't)|your application (?:has|was|is|will) (?:not|been unsuccessful)|we (?:will not|won't|cannot|can't|are unable|are not able|'re unable|have not|haven't|did not|didn't) (?:be )?(?:select|offer|invit|tak|mov|proceed|progress|continu|hir|appoint|pursu|go))",
        strong=True,
        unless=r"\b(?:receiv|document|attachment|hear|date|time|slot|interview (?:on|at|tomorrow|today)|reschedul|meet (?:on|at))",
    ),
    phrase(
        "no_suitable",
        rf"\b(?:no|not (?:have )?(?:an?|any)|don't have (?:an?|any)|do not (?:currently )?have (?:an?|any)|haven't got (?:an?|any)) (?:\w+ ){{0,3}}?(?:{_JOB}|openings?|vacanc(?:y|ies)) (?:\w+ ){{0,5}}?(?:for you|to offer you|that (?:match|fit|suit)\w*|suitable|matching|available)\b",
        strong=False,
    ),
)

HOLDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_JOB}|hiring|recruiting|recruitment|search|process|requisition|headcount|hire|everything|it|interviews|this one|things)\b[^.;!?]{{0,60}}\b(?:on hold|on ice|on pause|paused|frozen|suspended|in limbo|put back|pushed back|parked|shelved for now|held up)\b",
        r"\b(?:put|placed|placing|putting|have|has|had|going)\b[^.;!?]{0,40}\b(?:on hold|on pause|on ice)\b",
        r"\b(?:hiring|recruitment|headcount|budget|recruiting) (?:freeze|pause|hold|moratorium)\b",
        r"\b(?:paus(?:e|ed|ing)|freez(?:e|ing)|froze|suspend(?:ed|ing)?|postpon(?:e|ed|ing)|delay(?:ed|ing)?) (?:\w+ ){0,4}?(?:hiring|recruitment|recruiting|the search|the (?:role|position|process|vacancy)|this (?:role|position|process|vacancy|search)|all (?:hiring|external)|headcount)\b",
    )
)
