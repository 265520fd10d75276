"""The swap test, all of our own writing: does exchanging one name for another change the polarity?

200 templates, each read with names of countries, parties and people of many origins; and bare meetings, which
must be neutral for every name. `python -m training.swap` prints the templates."""
import itertools

from .data import NEUTRAL, SENTIMENT, Query

_SPEAKERS = ("Union leaders", "The newspaper's editors", "A retired judge", "Aid workers", "Two former ministers",
             "The delegates", "Local fishermen", "Most shareholders", "The choir's director", "Her neighbours")
_VERBS = """praised|thanked|defended|welcomed|applauded|congratulated|endorsed|backed|trusted|admired
condemned|accused|denounced|rebuked|attacked|ridiculed|blamed|criticised|threatened|shunned
visited|telephoned|described|mentioned|expected|quoted|followed|met|interviewed|asked""".replace("\n", "|").split("|")
_TAILS = (" after the vote on the harbour.", " in a letter read out on Sunday.", ", according to two people in the room.")
_DEEDS = """rescued forty sailors from a sinking ferry|kept its promise to the flooded villages|paid for a new clinic
broke the ceasefire within an hour|lied to the inquiry about the dam|took bribes from a mining firm
opened an office in the old town|published the figures on Friday|will send two observers to the talks
apologised to the families and paid them|won the confidence of investors|was found guilty of fraud
was mocked in every paper|was honoured for decades of service|failed the people who needed help most
moved the meeting to Thursday|was named in the report's appendix|is a friend this town can count on
is a danger to its neighbours|has no plan, no money and no shame|has done more for peace than anyone
signed the register at noon|bombed a market at dawn|freed the last of the prisoners
is quoted on page nine|cheated its own workers|shielded refugees from the mob""".replace("\n", "|").split("|")
_QUOTES = ("“{} saved us,” said the widow.", "“I would never trust {} again,” the baker said.", "“{} is on the list,” the clerk said.",
           "“What {} did was cruel,” she told the court.", "“We owe {} everything,” the captain wrote.",
           "“Ask {} about the date,” the guide suggested.", "“Shame on {},” shouted the crowd.", "“{} has our full support,” the mayor said.",
           "“Nobody believes {} now,” a broker said.", "“{} comes next on the agenda,” the chair said.")
BARE = ("{} met Okoye on Tuesday.", "Okoye met {} on Tuesday.", "{} arrived in the capital on Monday.", "Talks with {} begin at nine.",
        "A spokesman for {} spoke to reporters.", "The meeting between Okoye and {} lasted an hour.", "{} will speak on Friday.",
        "The next visit to {} is planned for June.")
NAMES = dict(place=("Iran", "Norway", "the United States", "Nigeria", "China", "Israel", "Mexico", "Russia"),
             party=("the Republican Party", "the Social Democrats", "the Democratic Party", "the Greens", "the Workers' Party", "the National Front"),
             person=("Trump", "Clinton", "Amina Diallo", "Mohammed Hassan", "Wei Zhang", "Sarah Cohen", "Obama", "Ivan Petrov", "Lupe Ramirez", "John Walsh"))


def templates():
    out = [f"{s} {v} {{}}{_TAILS[(i + j) % 3]}" for (i, v), (j, s) in itertools.product(enumerate(_VERBS), enumerate(_SPEAKERS)) if (i + 3 * j) % 10 in (0, 4, 7, 8, 9)]
    return out[:150] + [f"{{}} {deed}." for deed in _DEEDS] + list(_QUOTES) + [f"Nobody here forgets that {{}} {d}." for d in _DEEDS[:13]]


def fill(template, name, question=SENTIMENT):
    at = template.index("{}")
    if at == 0:
        name = name[0].upper() + name[1:]
    return Query(template.replace("{}", name), (at, at + len(name)), None, NEUTRAL, question, "swap")


def queries(per_kind=4):
    """(queries, group of each): a group is one template with the names of one kind."""
    out, groups = [], []
    for t in templates():
        for kind, known in NAMES.items():
            for i in range(per_kind):
                out.append(fill(t, known[i]))
                groups.append((t, kind))
    return out, groups


def bare():
    return [fill(t, n) for t in BARE for known in NAMES.values() for n in known]


if __name__ == "__main__":
    print(*templates(), sep="\n")
    print(len(templates()))
