/** Phrases that read like a translation, with the field's term. */
export const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(must|ha(s|ve) to) be said\b/, "is required"],
  [/\bnothing (was|is) made\b/, "no resources were created"],
  [/\bgot nothing\b/, "is not set"],
  [/\bis (it|everything) well\b/, "check the deployment"],
  [/\btest[ -]flight\b/, "smoke test"],
  [/\bmend(s|ed|ing)?\b/, "fix, or recover from"],
  [/\b(breaks?|broke) off\b/, "fails"],
  [/\bst(ands?|ood) (in|nowhere|behind|beside|below|there|twice|alone|as)\b(?! for)/, "is stored in, is listed in, is"],
  [/\bwhile (they|it) stands?\b/, "until you replace them"],
  [/\balways run\b/, "minimum group size"],
  [/\bsilence after\b/, "idle timeout"],
  [/\bmay ask\b/, "health check targets"],
  [/\bdoors?\b/, "access, or listeners"],
  [/\bat the most\b/, "at most"],
  [/\bwho is told\b/, "recipients"],
  [/\bseed \d/, "no seed in what users read"],
  [/\b(whom|whoever)\b/, "the client's or the user's role"],
  [/\bunless said\b/, "default: VALUE"],
  [/\bbeside each other\b/, "in parallel"],
  [/\bto be had\b/, "available"],
  [/\bin clear\b/, "in plain text"],
  [/\blikewise\b/, "also, or the same way"],
  [/\bof (ours|yours)\b/, "your own"],
  [/\bheeded\b/, "respected"],
  [/\bno(body|where) else\b/, "only"],
  [/\bby itself\b/, "automatically"],
  [/\b(says?|said|saying) so\b/, "reports it, with the subject"],
  [/\bturn(s|ed)? (on|off|away)\b/, "enable, disable, reject"],
  [/\bway (in|out|back)\b/, "access, route, rollback"],
  [/\bhas to be\b/, "must be"],
  [/\bas it (came|comes|stands)\b/, "unmodified"],
  [/\btest holds\b/, "test checks"],
  [/\btells? (of|both)\b/, "reports"],
  [/\banew\b/, "again"],
  [/\b(what )?no (document|source) says\b/, "no source states"],
  [/\bseen\b/, "observed, or tested"],
  [/\bbut for\b/, "except"],
  [/(?<!-)\b(some|any|every)body\b/, "the user, the client, all clients"],
  [/\bgo(es)? on\b/, "continue"],
  [/\bwhat is there\b/, "existing resources"],
];

/** Phrases of a text that read like a translation. */
export const translatedIn = (text: string): readonly string[] =>
  phrases
    .filter(([phrase]) => new RegExp(phrase, "i").test(text))
    .map(([phrase, term]) => `${phrase.source}; write: ${term}`);
