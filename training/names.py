"""Exchanging names, so that a polarity never hangs on whose name it is.

A target (or holder) that is a capitalised name is replaced, wherever it stands in the sentence, by another
name of the same kind, and its label stays. The lists are our own: many origins, any gender, no ranking.
"""
import re
from dataclasses import replace

GIVEN = """Amina Anders Ahmed Aisha Alejandro Ana Andrej Anjali Anna Astrid Ayumi Bartosz Beatriz Benjamin Bilal
Bogdan Brigitte Camila Carlos Chang Chen Chidi Chloe Claire Dalia Daniel David Deepak Diego Dmitri Ebele Elena
Elif Emeka Emma Eva Fatima Farid Felix Fernando Francesca Grace Gustavo Hana Hannah Hassan Helga Hiroshi Hugo
Ibrahim Igor Ines Ingrid Isabel Ivan Jamal James Jan Javier Jin Joao Jomo Jorge Juan Julia Kamala Karim Katarina
Keiko Kenji Kofi Kwame Lars Laura Layla Leila Li Lin Lucia Lupe Magnus Malik Marek Maria Marta Mary Mei Mercy
Michael Miguel Minh Mohammed Nadia Naomi Natalia Ngozi Niamh Nikhil Nina Noor Olga Oluwaseun Omar Oscar Pablo
Park Patrick Paulo Pedro Petra Priya Rachel Rafael Rajesh Ravi Rosa Ruth Samira Sanjay Sarah Sergei Siti Sofia
Somchai Sven Tamar Tariq Thabo Thandiwe Tomas Tuan Ursula Valentina Viktor Wanjiru Wei Xavier Yasmin Yuki Yusuf
Zainab Zeynep Zofia""".split()
FAMILY = """Abdi Adeyemi Aguilar Ahmadi Akhtar Almeida Andersen Araujo Bakker Banerjee Barros Bauer Becker Bello
Benitez Berg Bianchi Boateng Bondarenko Botha Brennan Castillo Cermak Chaudhry Chen Cohen Costa Dahl Darwish Das
Delgado Demir Diallo Diaz Dlamini Dubois Duarte Eriksen Estrada Farouk Fernandes Ferrari Fischer Flores Fofana
Fontaine Garcia Ghosh Gomez Gruber Gupta Haddad Hakimi Halloran Hansen Haruna Hashimi Herrera Hoang Horvat Huang
Ibarra Iyer Jansen Jimenez Johansson Juarez Kamau Kaplan Kariuki Kaya Keller Khalil Khan Kimura Kovac Kowalski
Kumar Larsen Laurent Levy Lindqvist Lopez Machado Mahmoud Makoni Malik Mbeki Mehta Mendoza Meyer Mitchell Molina
Moreau Morales Mutasa Nakamura Nasser Ndiaye Nguyen Nkosi Novak Nwosu Okafor Olsen Ortega Osei Ozturk Paredes
Park Patel Pereira Petrov Pham Popescu Qureshi Rahman Ramirez Rao Reyes Ricci Romero Rossi Saleh Salim Santos
Sato Schmidt Sharma Silva Singh Sithole Soares Sokolov Stewart Suarez Suzuki Takahashi Tanaka Tran Traore Usman
Vargas Vasquez Volkov Wagner Walsh Weber Wong Yamada Yilmaz Zhang Ziegler Zulu""".split()
PLACES = """Albania Algeria Angola Argentina Armenia Australia Austria Bahrain Bangladesh Belarus Belgium Bolivia
Botswana Brazil Bulgaria Cambodia Cameroon Canada Chad Chile China Colombia Croatia Cuba Cyprus Denmark Ecuador
Egypt Eritrea Estonia Ethiopia Fiji Finland France Gabon Georgia Germany Ghana Greece Guatemala Guinea Haiti
Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya
Kosovo Kuwait Laos Latvia Lebanon Liberia Libya Lithuania Malawi Malaysia Mali Malta Mexico Moldova Mongolia
Morocco Mozambique Myanmar Namibia Nepal Niger Nigeria Norway Oman Pakistan Panama Paraguay Peru Poland Portugal
Qatar Romania Russia Rwanda Senegal Serbia Singapore Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland
Syria Taiwan Tajikistan Tanzania Thailand Togo Tunisia Turkey Uganda Ukraine Uruguay Venezuela Vietnam Yemen
Zambia Zimbabwe""".split() + ["North Korea", "South Korea", "Saudi Arabia", "South Africa", "New Zealand",
                               "Sri Lanka", "Costa Rica", "the United States", "the United Kingdom"]
PARTIES = """Labour|the Conservatives|the Greens|the Liberal Democrats|the Social Democrats|the Christian Democrats
the National Front|the Republican Party|the Democratic Party|the People's Party|the Workers' Party|the Congress party
the Reform Party|the Socialist Party|the Liberal Party|the Centre Party|the Left Party|the Unity Party
the Freedom Party|the Justice Party|the Alliance|the Civic Platform|the Patriotic Union|the Farmers' Party""".replace("\n", "|").split("|")

_PLACE = {p.removeprefix("the ") for p in PLACES} | {"U.S.", "US", "UK", "EU", "Britain", "America", "Moscow", "Beijing", "Washington"}
_PARTY = re.compile(r"(party|democrats|republicans|conservatives|gop|labour|liberals|tories)$", re.I)
_SKIP = re.compile(r"^(the|a|an|he|she|they|we|i|it|his|her|their|you|who|this|that|mr|mrs|ms|dr|our|its|my)\b", re.I)
_WORD = re.compile(r"^[A-Z][\w’'-]+( [A-Z][\w.’'-]*)*$")


def kind(name):
    """place, party, person or None: None is never exchanged."""
    if name.removeprefix("the ") in _PLACE:
        return "place"
    if _PARTY.search(name):
        return "party"
    if _SKIP.match(name) or not _WORD.match(name) or name.isupper():
        return None
    return "person" if len(name.split()) <= 3 else None


def draw(rng, which, words=2):
    if which == "place":
        return rng.choice(PLACES)
    if which == "party":
        return rng.choice(PARTIES)
    return rng.choice(FAMILY) if words == 1 else f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def exchange(query, rng, span=None):
    """The query with its target's name exchanged (or the name at `span`), wherever it stands in the text; the query itself if it is no plain name."""
    a, b = span or query.target
    old = query.text[a:b]
    which = kind(old)
    if which is None:
        return query
    new = draw(rng, which, len(old.split()))
    if a == 0:
        new = new[0].upper() + new[1:]
    elif new.startswith("the ") and query.text[:a].lower().rstrip().endswith((" the", "the")):
        new = new[4:]
    if a >= len(old) and query.text[a - 1] not in " (\"“‘'":
        return query
    text, at, places = [], 0, {}
    for m in re.finditer(r"(?<!\w)" + re.escape(old) + r"(?!\w)", query.text):
        text.append(query.text[at:m.start()])
        start = sum(map(len, text))
        places[m.span()] = (start, start + len(new))
        text.append(new)
        at = m.end()
    text.append(query.text[at:])
    known = [s for s in (query.target, query.holder, query.cue, *query.whose) if isinstance(s, tuple)]
    if (a, b) not in places or any(s < k[1] and k[0] < e for s, e in places for k in known if k not in places):
        return query

    def moved(span):
        if not isinstance(span, tuple):
            return span
        shift = (len(new) - len(old)) * sum(s < span[0] for s, _ in places)
        return places.get(span, (span[0] + shift, span[1] + shift))
    return replace(query, text="".join(text), target=moved(query.target), holder=moved(query.holder), cue=moved(query.cue), whose=tuple(map(moved, query.whose)))
