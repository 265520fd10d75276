// What a careful reader finds in the report and the comment on a strike (www/samples/): for the comparison.

export const claims = [
  { sentence: "Larkspur condemned", holder: "Larkspur", target: "the walkout", cue: "condemned", polarity: "oppose" },
  { sentence: "He praised the drivers", holder: "Desmond Abara", target: "the drivers", cue: "praised", polarity: "support" },
  { sentence: "Analysts at Pennant", holder: "Analysts at Pennant Bank", target: "Helena Voss", cue: "support", polarity: "support" },
  { sentence: "The opposition backs", holder: "The opposition", target: "the drivers", cue: "backs", polarity: "support" },
  { sentence: "Most shopkeepers in this", holder: "Most shopkeepers", target: "Ms. Voss", cue: "support", polarity: "support" },
  { sentence: "They admire her", holder: "Most shopkeepers", target: "Helena Voss", cue: "admire", polarity: "support" },
  { sentence: "Even so, Ms. Voss", holder: "Helena Voss", target: "the drivers", cue: "thanked", polarity: "support" },
  { sentence: "The strike is reckless", holder: "author", target: "the strike", cue: "reckless", polarity: "oppose", basis: "author" },
  { sentence: "On Wednesday 2,600", holder: "author", target: "the drivers", cue: "left their vans", polarity: "oppose", basis: "author" },
];
