"""What French administrative text sounds like: every figure, sign and abbreviation in words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accessform.plain_language.glossary import acronyms
from accessform.speech.normalising import numbers
from accessform.speech.normalising.lexicon import lexicon
from accessform.speech.normalising.text import normalise, rules_version

DATES = {
    "Né le 12/03/1948 à Rennes.": "Né le douze mars mille neuf cent quarante-huit à Rennes.",
    "le 01/02/2026": "le premier février deux mille vingt-six",
    "1er janvier 2027": "premier janvier deux mille vingt-sept",
    "2026-11-21": "vingt et un novembre deux mille vingt-six",
    "2026-11-21T14:30": "vingt et un novembre deux mille vingt-six à quatorze heures trente",
    "Format : JJ/MM/AAAA": "Format : jour, mois, année",
    "depuis 03/2026": "depuis mars deux mille vingt-six",
    "le 24/12": "le vingt-quatre décembre",
    "le 3 janv. 2027": "le trois janvier deux mille vingt-sept",
    "lun. 3 nov. 2026": "lundi trois novembre deux mille vingt-six",
    "12.03.1948": "douze mars mille neuf cent quarante-huit",
    "12 03 1948": "douze mars mille neuf cent quarante-huit",
    "12/03/48": "douze mars quarante-huit",
    "le 32/13/2024": "le trente-deux, treize, deux mille vingt-quatre",
    "du 1er au 31 mars": "du premier au trente et un mars",
    "1999-2000": "mille neuf cent quatre-vingt-dix-neuf deux mille",
    "de janv. à sept. 2026": "de janvier à septembre deux mille vingt-six",
    "le 1er/03/2027": "le premier mars deux mille vingt-sept",
    "entre janv. et févr. 2027": "entre janvier et février deux mille vingt-sept",
    "avant le 31/12/2026 inclus": "avant le trente et un décembre deux mille vingt-six inclus",
    "le mardi 2 février 2027 à 10h": "le mardi deux février deux mille vingt-sept à dix heures",
    "du 05/01/2027 au 09/01/2027": "du cinq janvier deux mille vingt-sept au neuf janvier deux mille vingt-sept",
    "Par exemple : 12 mars 1941.": "Par exemple : douze mars mille neuf cent quarante et un.",
    "C'est l'âge au 1er janvier.": "C'est l'âge au premier janvier.",
    "Par exemple, en 2026, prenez l'avis reçu en 2025.": "Par exemple, en deux mille vingt-six, prenez l'avis reçu en deux mille vingt-cinq.",  # noqa: E501
    "Exemple : 31 janvier 2027.": "Exemple : trente et un janvier deux mille vingt-sept.",
}
HOURS = {
    "de 9 h à 12 h 30": "de neuf heures à douze heures trente",
    "14h05": "quatorze heures zéro cinq",
    "à 1 h": "à une heure",
    "21 h": "vingt et une heures",
    "09:30": "neuf heures trente",
    "À 00:30": "À zéro heure trente",
    "24h/24 et 7j/7": "vingt-quatre heures sur vingt-quatre et sept jours sur sept",
    "lun-ven 9h-12h": "lundi à vendredi neuf heures à douze heures",
    "1 h 30 min": "une heure trente",
    "en 48 h": "en quarante-huit heures",
    "72h": "soixante-douze heures",
    "35 h par semaine": "trente-cinq heures par semaine",
    "20 h/semaine": "vingt heures par semaine",
    "151,67 heures": "cent cinquante et un virgule soixante-sept heures",
    "9h30-12h00": "neuf heures trente à douze heures",
    "0 h 45": "zéro heure quarante-cinq",
    "du lundi au vendredi, 9h-17h": "du lundi au vendredi, neuf heures à dix-sept heures",
}
AMOUNTS = {
    "1 234,50 €": "mille deux cent trente-quatre euros et cinquante centimes",
    "1\u202f234,50\xa0\u20ac": "mille deux cent trente-quatre euros et cinquante centimes",
    "0,50 €": "cinquante centimes",
    "1 €": "un euro",
    "12€50": "douze euros et cinquante centimes",
    "850 €/mois": "huit cent cinquante euros par mois",
    "20 €/h": "vingt euros par heure",
    "-5 €": "moins cinq euros",
    "1 000 000 €": "un million d'euros",
    "2 k€": "deux mille euros",
    "12 M€": "douze millions d'euros",
    "Tranche 1 : 0-500 €": "Tranche un : zéro à cinq cents euros",
    "1.234,56 €": "mille deux cent trente-quatre euros et cinquante-six centimes",
    "12.500 €": "douze mille cinq cents euros",
    "200 EUR": "deux cents euros",
    "12 000 €/an": "douze mille euros par an",
    "entre 500 € et 800 €": "entre cinq cents euros et huit cents euros",
    "500-800 €": "cinq cents à huit cents euros",
    "9,90€": "neuf euros et quatre-vingt-dix centimes",
    "15 €/personne": "quinze euros par personne",
    "La peine est de 2 ans de prison et de 30 000 € d'amende.": "La peine est de deux ans de prison et de trente mille euros d'amende.",  # noqa: E501
}
NUMBERS = {
    "12,5 %": "douze virgule cinq pour cent",
    "50 % à 80 %": "cinquante pour cent à quatre-vingts pour cent",
    "3,14": "trois virgule quatorze",
    "2,05": "deux virgule zéro cinq",
    "12 345 678": "douze millions trois cent quarante-cinq mille six cent soixante-dix-huit",
    "10 000 habitants": "dix mille habitants",
    "1 000 000 000": "un milliard",
    "007": "zéro zéro sept",
    "80 ans, 81, 200, 280 000, 71, 91": "quatre-vingts ans, quatre-vingt-un, deux cents, deux cent quatre-vingt mille, soixante et onze, quatre-vingt-onze",  # noqa: E501
    "1 pièce, 21 personnes, 31 jours, 31 pièces": "une pièce, vingt et une personnes, trente et un jours, trente et une pièces",  # noqa: E501
    "de 18-25 ans": "de dix-huit à vingt-cinq ans",
    "Étape 2/5": "Étape deux sur cinq",
    "½ journée": "demi journée",
    "Question 3.2": "Question trois point deux",
    "Question 2.1.3": "Question deux point un point trois",
    "+ 5 %": "plus cinq pour cent",
    "100 %": "cent pour cent",
    "Par exemple : 4 260.": "Par exemple : quatre mille deux cent soixante.",
    "Les 4 premières questions disent qui peut vous aider.": "Les quatre premières questions disent qui peut vous aider.",  # noqa: E501
    "13 chiffres, inscrits sur l'avis d'imposition.": "treize chiffres, inscrits sur l'avis d'imposition.",
    "Par exemple : 1,5.": "Par exemple : un virgule cinq.",
    "p. 12": "page douze",
    "pp. 3-4": "pages trois à quatre",
}
UNITS = {
    "60 m²": "soixante mètres carrés",
    "60m²": "soixante mètres carrés",
    "5 km/h": "cinq kilomètres à l'heure",
    "15 Mo": "quinze mégaoctets",
    "37 °C": "trente-sept degrés",
    "1,5 kg": "un virgule cinq kilogramme",
    "20 min": "vingt minutes",
    "1 s": "une seconde",
    "2 l": "deux litres",
}
ORDINALS = {
    "1re étape": "première étape",
    "2e étage": "deuxième étage",
    "2ème": "deuxième",
    "2nd": "second",
    "2nde": "seconde",
    "le 21e": "le vingt et unième",
    "3es rencontres": "troisièmes rencontres",
    "1res": "premières",
    "XXe siècle": "vingtième siècle",
    "Louis XIV": "Louis quatorze",
    "François Ier": "François premier",
    "Ve République": "cinquième République",
    "Chapitre IV": "Chapitre quatre",
    "Annexe III": "Annexe trois",
    "2è étage": "deuxième étage",
    "1er, 2e et 3e enfants": "premier, deuxième et troisième enfants",
    "XVIe arrondissement": "seizième arrondissement",
    "II. Vos ressources": "deux. Vos ressources",
    "article 1er": "article premier",
    "IIIe trimestre": "troisième trimestre",
}
TITLES = {
    "M. Martin": "monsieur Martin",
    "M.Martin": "monsieur Martin",
    "MM. Martin et Durand": "messieurs Martin et Durand",
    "Mme Dupont": "madame Dupont",
    "M. ou Mme Martin": "monsieur ou madame Martin",
    "M./Mme": "monsieur ou madame",
    "M/Mme X": "monsieur ou madame X",
    "Me Durand": "maître Durand",
    "Dr Petit": "docteur Petit",
    "Dr. Petit": "docteur Petit",
    "J.-P. Martin": "ji pé Martin",
    "La salle M": "La salle M",
    "Mme ou M.": "madame ou monsieur",
    "Mme/M.": "madame ou monsieur",
    "Mmes et MM.": "mesdames et messieurs",
    "M. et Mme Durand": "monsieur et madame Durand",
    "Mlle Petit": "mademoiselle Petit",
    "Mme la maire": "madame la maire",
}
CODES = {
    "05 42 00 13 07": "zéro cinq, quarante-deux, zéro zéro, treize, zéro sept",
    "0542001307": "zéro cinq, quarante-deux, zéro zéro, treize, zéro sept",
    "06.12.34.56.78": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "06-12-34-56-78": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "+33 6 12 34 56 78": "plus trente-trois, six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "+33 (0)1 40 20 50 50": "plus trente-trois, un, quarante, vingt, cinquante, cinquante",
    "0 800 123 456": "zéro, huit cents, cent vingt-trois, quatre cent cinquante-six",
    "0 806 00 12 34": "zéro, huit cent six, zéro zéro, douze, trente-quatre",
    "Appelez le 39 39": "Appelez le trente-neuf trente-neuf",
    "FR76 3000 6000 0112 3456 7890 189": "effe erre sept six, trois zéro zéro zéro, six zéro zéro zéro, zéro un un deux, trois quatre cinq six, sept huit neuf zéro, un huit neuf",  # noqa: E501
    "2 69 05 49 588 157 80": "deux, six neuf, zéro cinq, quatre neuf, cinq huit huit, un cinq sept, huit zéro",
    "269054958815780": "deux, six neuf, zéro cinq, quatre neuf, cinq huit huit, un cinq sept, huit zéro",
    "123 456 789 00012": "un deux trois, quatre cinq six, sept huit neuf, zéro zéro zéro un deux",
    "12345678900012": "un deux trois, quatre cinq six, sept huit neuf, zéro zéro zéro un deux",
    "AF-7K3P-92QX": "a effe, sept ka trois pé, neuf deux ku ixe",
    "CERFA n° 13747*02": "cerfa numéro treize mille sept cent quarante-sept étoile zéro deux",
    "A4": "a quatre",
    "département 2B": "département deux bé",
    "GIR 4": "gire quatre",
    "Les femmes victimes de violences et leurs proches peuvent appeler le 3919.": "Les femmes victimes de violences et leurs proches peuvent appeler le trente-neuf dix-neuf.",  # noqa: E501
    "Composez le 3646.": "Composez le trente-six quarante-six.",
    "+32 2 123 45 67": "plus trente-deux, deux, cent vingt-trois, quarante-cinq, soixante-sept",
    "FR1420041010050500013M02606": "effe erre un quatre, deux zéro zéro quatre, un zéro un zéro, zéro cinq zéro cinq, zéro zéro zéro un, trois emme zéro deux, six zéro six",  # noqa: E501
    "n° fiscal : 1234567890123": "numéro fiscal : un deux, trois quatre, cinq six, sept huit, neuf zéro, un deux, trois",  # noqa: E501
    "Exemple : 2 85 05 78 006 084 41.": "Exemple : deux, huit cinq, zéro cinq, sept huit, zéro zéro six, zéro huit quatre, quatre un.",  # noqa: E501
    "Par exemple : 06 39 98 45 67.": "Par exemple : zéro six, trente-neuf, quatre-vingt-dix-huit, quarante-cinq, soixante-sept.",  # noqa: E501
    "n° 2A": "numéro deux a",
}
ADDRESSES = {
    "marie.dupont-2@exemple.fr": "marie point dupont tiret deux arobase exemple point effe erre",
    "jean_paul+test@free.fr": "jean tiret bas paul plus test arobase free point effe erre",
    "https://www.service-public.fr/particuliers": "service tiret public point effe erre barre oblique particuliers",
    "www.caf.fr.": "caf point effe erre.",
    "https://www.exemple.fr/a/b?c=1": "exemple point effe erre, suite de l'adresse à l'écran",
    "75008 Paris": "soixante-quinze mille huit Paris",
    "35000 Rennes": "trente-cinq mille Rennes",
    "05100 Briançon": "zéro cinq mille cent Briançon",
    "01000 Bourg-en-Bresse": "zéro un mille Bourg-en-Bresse",
    "12 av. Jean-Jaurès, bât. B, apt. 12": "douze avenue Jean-Jaurès, bâtiment B, appartement douze",
    "12 bd de la République": "douze boulevard de la République",
    "12, av. du Gal de Gaulle": "douze, avenue du général de Gaulle",
    "St-Étienne et Ste-Anne": "Saint-Étienne et Sainte-Anne",
    "BP 123, 35000 Rennes Cedex": "boîte postale cent vingt-trois, trente-cinq mille Rennes Cedex",
    "av zéro": "av zéro",
    "all. demain": "all. demain",
    "3, all. des Tilleuls": "trois, allée des Tilleuls",
    "97400 Saint-Denis": "quatre-vingt-dix-sept mille quatre cents Saint-Denis",
    "20090 Ajaccio": "vingt mille quatre-vingt-dix Ajaccio",
}
LAW = {
    "n° 12": "numéro douze",
    "n°s 1 et 2": "numéro un et deux",
    "loi n° 2016-1321 du 7 octobre 2016": "loi numéro deux mille seize tiret mille trois cent vingt et un du sept octobre deux mille seize",  # noqa: E501
    "art. L. 123-4 du code": "article elle cent vingt-trois tiret quatre du code",
    "article R. 112-11-1": "article erre cent douze tiret onze tiret un",
    "L232-1": "elle deux cent trente-deux tiret un",
    "art. 4 al. 2": "article quatre alinéa deux",
    "§ 3": "paragraphe trois",
}
ACRONYMS = {
    "La CAF, l'APA, la MDPH et le CCAS": "La caf, l'apa, la emme dé pé hache et le cé cé a esse",
    "S.N.C.F.": "esse enne cé effe",
    "CRPA, RGPD, LSF, TVA": "cé erre pé a, erre gé pé dé, elle esse effe, té vé a",
    "votre RIB": "votre ribe",
    "NOM DE FAMILLE": "nom de famille",
    "ÉTAT CIVIL": "état civil",
    "Votre NOM et PRÉNOM": "Votre nom et prénom",
    "un DVD et 2 CD": "un dé vé dé et deux cé dé",
    "ONU": "onu",
    "COVID-19": "covide-dix-neuf",
    "La C2S est alors possible.": "La cé deux esse est alors possible.",
    "La Caf ou la MSA vous la paie.": "La Caf ou la emme esse a vous la paie.",
    "l'EPCI et l'EPLE": "l'e pé cé i et l'e pé elle e",
    "le CNED, le DALO et la SEGPA": "le cnède, le dalo et la segpa",
    "la CPAM, l'URSSAF et la DREETS": "la cépame, l'urssaf et la dritse",
    "RQTH ou AEEH": "erre ku té hache ou a e e hache",
    "une ALD": "une a elle dé",
    "les AESH": "les a e esse hache",
    "la DGFiP": "la dé gé fipe",
    "PUMa et PreParE": "puma et prépare",
    "le BAFA": "le bafa",
    "Caisse primaire (CPAM) ou caisse générale (CGSS)": "Caisse primaire, cépame, ou caisse générale, cé gé esse esse",
    "Certaines personnes qui reçoivent l'ASI ou l'AAH": "Certaines personnes qui reçoivent l'a esse i ou l'a a hache",
    "C.C.A.S.": "cé cé a esse",
}
ABBREVIATIONS = {
    "etc.": "et cetera.",
    "ex. : Martin": "exemple : Martin",
    "p. ex. un loyer": "par exemple un loyer",
    "c.-à-d. demain": "c'est-à-dire demain",
    "Tél. : 01 23 45 67 89": "Téléphone : zéro un, vingt-trois, quarante-cinq, soixante-sept, quatre-vingt-neuf",
    "svp, RDV à 9h": "s'il vous plaît, rendez-vous à neuf heures",
    "N.B. : lisez": "notez bien : lisez",
}
SIGNS = {
    "et/ou": "et ou",
    "oui/non": "oui ou non",
    "père (ou mère)": "père, ou mère",
    "[facultatif]": "facultatif",
    "« Bonjour » : ça va ?": "Bonjour : ça va ?",
    "né(e) le": "né ou née le",
    "pièce(s)": "pièces",
    "demandeur·euse": "demandeur ou demandeuse",
    "né·e·s": "nés ou nées",
    "directeur(rice)": "directeur ou directrice",
    "3 + 4 = 7": "trois plus quatre égale sept",
    "A & B": "A et B",
    "<b>gras</b> < 5": "gras inférieur à cinq",
    "Oui → continuez": "Oui, continuez",
    "un…deux": "un.deux",
    "l’année": "l'année",
    "Vraiment ?!": "Vraiment ?",
    "Attention...": "Attention.",
    "😀 日本": "",
    "": "",
    "et / ou": "et ou",
    "époux(se)": "époux ou épouse",
    "veuf(ve)": "veuf ou veuve",
    "tous·tes": "tous ou toutes",
    "marié(e)(s)": "mariés ou mariées",
    "le(s) parent(s)": "les parents",
    "Monsieur/Madame": "Monsieur ou Madame",
    "parent 1 / parent 2": "parent un ou parent deux",
    "CDI / CDD": "cé dé i ou cé dé dé",
    "1) Nom": "un, Nom",
    "Avis d'imposition (facultatif).": "Avis d'imposition, facultatif.",
    "L'IBAN de votre compte – vous pouvez laisser vide.": "L'ibane de votre compte, vous pouvez laisser vide.",
}
TABLES = (
    DATES, HOURS, AMOUNTS, NUMBERS, UNITS, ORDINALS, TITLES, CODES, ADDRESSES, LAW, ACRONYMS, ABBREVIATIONS, SIGNS,
)  # fmt: skip


@pytest.mark.parametrize(("written", "said"), [case for table in TABLES for case in table.items()])
def test_it_says(written: str, said: str) -> None:
    assert normalise(written) == said


WRITTEN = st.text(alphabet=st.sampled_from("aeE MPLn°0123456789.,;:/-+€%&<>()[]«»'’hmkgXVI·@é\u00a0\n"), max_size=60)


@given(WRITTEN | st.text(max_size=60))
def test_whatever_is_written_becomes_words_and_pauses_only(text: str) -> None:
    said = normalise(text)
    assert not any(character.isdigit() or character in "<>&€%@/()[]{}|\\" for character in said)
    assert said == said.strip()
    assert "  " not in said


@given(WRITTEN)
@example("aV0")
@example("12 che 4")
def test_what_is_said_stays_the_same_when_it_is_read_again(text: str) -> None:
    """Plain words pass through; capital letters alone may be read as initials, so they are left out here."""
    said = normalise(text.lower())
    assert normalise(said).split() == said.split()


def test_every_kind_of_writing_is_tried_often() -> None:
    assert sum(len(table) for table in TABLES) >= 250


def test_an_acronym_of_the_glossary_is_spelled_unless_the_lexicon_says_how_it_sounds() -> None:
    for short in acronyms():
        if short.isascii() and short.isupper() and short.isalpha() and short not in {*lexicon().said, "TER"}:
            assert normalise(f"le {short} ici") == f"le {numbers.spell(short)} ici"


@given(st.integers(0, 10**12 - 1))
def test_every_number_has_one_name_without_figures(number: int) -> None:
    words = numbers.cardinal(number)
    assert words == words.lower()
    assert not any(character.isdigit() for character in words)
    assert numbers.cardinal(-number - 1).startswith("moins ")


def test_no_two_numbers_below_ten_thousand_sound_the_same() -> None:
    assert len({numbers.cardinal(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (16, "seize"),
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (180_000, "cent quatre-vingt mille"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1_000, "mille"),
        (1_948, "mille neuf cent quarante-huit"),
        (300_000, "trois cent mille"),
        (80_000_000, "quatre-vingts millions"),
        (10**12, "un zéro zéro zéro zéro zéro zéro zéro zéro zéro zéro zéro zéro"),
    ],
)
def test_a_number_is_named(number: int, words: str) -> None:
    assert numbers.cardinal(number) == words


@given(st.integers(1, 3999))
def test_roman_numerals_are_read_back(number: int) -> None:
    assert numbers.roman(numbers._as_roman(number)) == number


@pytest.mark.parametrize("written", ["IIII", "VX", "IC", "ABC", "", "iv"])
def test_what_is_no_roman_numeral_is_left_alone(written: str) -> None:
    assert numbers.roman(written) is None


def test_the_version_follows_the_rules_and_the_lexicon() -> None:
    assert rules_version().endswith(lexicon().version)


def test_a_long_hostile_text_is_read_in_time() -> None:
    for hostile in (
        "a" * 5000,
        "1" * 5000,
        "(" * 5000,
        "M. " * 1500,
        "1 " * 2500,
        "a@" * 2500,
        "<" * 5000,
        "·é" * 2500,
    ):
        assert isinstance(normalise(hostile), str)
