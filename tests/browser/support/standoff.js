// What a careful reader finds in www/samples/standoff.html: the script of the element's tests.

const oppose = "oppose";
const support = "support";

export const claims = [
  { sentence: "President Orsa Velin praised", holder: "Orsa Velin", target: "the engineers", cue: "praised", polarity: support, confidence: 0.9 },
  { sentence: "Tarvia's prime minister, Mira Halden", holder: "Mira Halden", target: "the blast", cue: "condemned", polarity: oppose, confidence: 0.91 },
  { sentence: "The minister, Jonas Pell, accused", holder: "Jonas Pell", target: "Orsa Velin", cue: "accused Mr. Velin of gambling", polarity: oppose },
  { sentence: "“He has turned a river", holder: "Jonas Pell", target: "Orsa Velin", cue: "turned a river into a fuse", polarity: oppose, confidence: 0.55 },
  { sentence: "It said the test had been", holder: "Karsk", target: "Tarvia", cue: "blamed", polarity: oppose },
  { sentence: "Ms. Halden backed the draft", holder: "Mira Halden", target: "the draft", cue: "backed", polarity: support },
  { sentence: "Ruta Amsel, who leads", holder: "Ruta Amsel", target: "the briefing", cue: "welcomed", polarity: support },
  { sentence: "Ruta Amsel, who leads", holder: "Ruta Amsel", target: "the cabinet", cue: "slept through two winters of warnings", polarity: oppose },
  { sentence: "The Civic Union nevertheless", holder: "The Civic Union", target: "the emergency budget", cue: "voted for", polarity: support, basis: "does" },
  { sentence: "The Fishermen's League, whose", holder: "The Fishermen's League", target: "a fuel ban", cue: "opposes", polarity: oppose },
  { sentence: "Its chairman, Pavel Rusk, called", holder: "Pavel Rusk", target: "a fuel ban", cue: "a punishment addressed to the wrong door", polarity: oppose },
  { sentence: "Mr. Rusk said he trusted", holder: "Pavel Rusk", target: "the Karsk coast guard", cue: "thanked", polarity: support },
  { sentence: "Its director criticised", holder: "The UN nuclear agency", target: "Karsk", cue: "criticised the expulsion", polarity: oppose },
  { sentence: "One of them called the ambassador's speech", holder: "One of them", target: "Teo Maran", cue: "shameless", polarity: oppose },
  { sentence: "It is a pitiful end", holder: "author", target: "Tarvia", cue: "pitiful end", polarity: oppose, basis: "author", confidence: 0.5 },
  { sentence: "They support Ms. Halden's", holder: "Two former envoys", target: "Mira Halden", cue: "support", polarity: support },
  { sentence: "Ms. Halden's office called", holder: "Mira Halden", target: "the offer", cue: "interesting", polarity: support, confidence: 0.55 },
  { sentence: "Vera Tamm, a retired", holder: "Vera Tamm", target: "Mira Halden", cue: "admired", polarity: support },
];

const politics = { id: "medtop:11000000", label: "politics" };
const conflict = { id: "medtop:16000000", label: "conflict, war and peace" };
const economy = { id: "medtop:04000000", label: "economy, business and finance" };
const science = { id: "medtop:13000000", label: "science and technology" };
const society = { id: "medtop:14000000", label: "society" };

/** A sentence's beginning, and the topic from there on. */
export const topics = {
  "After the test": politics, "Karsk says its new warhead": conflict, "President Orsa Velin": politics,
  "The minister, Jonas Pell": conflict, "Sanctions, again": politics, "Diplomats said a draft": economy,
  "Not everyone in her": politics, "The Fishermen's League": economy, "What the instruments say": science,
  "The UN nuclear agency": conflict, "Sundria's ambassador": politics, "The hotline between": conflict,
  "Two former envoys": politics, "On the river bank": society,
};
