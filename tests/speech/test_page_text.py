"""A page in reading order: what a person would read aloud, and nothing that is hidden, silent or typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.speech.page_text import NoSuchPassage, page_text


def said(inside: str, element_id: str = "", **options: object) -> str:
    return page_text(f"<html><body><main>{inside}</main></body></html>", element_id, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Vos <em>revenus</em></h1><p>Une\n phrase</p>", "Vos revenus. Une phrase."),
        ("<p>Un<br>deux</p>", "Un. deux."),
        ("<p>Une question ?</p><p>Un choix :</p>", "Une question ? Un choix :"),
        ("<ul><li>un<li>deux</ul>", "un. deux."),
        ("<dl><dt>Nom</dt><dd>Martin</dd></dl>", "Nom, Martin."),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a, b, 1, 2."),
        ("<label for=a>Nom</label><input id=a value=Secret><textarea>Secret</textarea>", "Nom."),
        ("<p>Bonjour <a data-silent href=x>Écouter</a></p>", "Bonjour."),
        ("<p hidden>Secret</p><div aria-hidden=true>Secret</div><div inert>Secret</div>Dit", "Dit."),
        ("<nav>x</nav><header>x</header><footer>x</footer><script>x</script><style>x</style>Dit", "Dit."),
        ("<details><summary>Aide</summary><p>Secret</p></details>", "Aide."),
        ("<details open><summary>Aide</summary><p>Dit</p></details>", "Aide. Dit."),
        ("<img alt='Un plan' src=x><img alt='' src=x><img src=x>", "Un plan."),
        (
            "<button>Continuer</button><input type=submit value=Envoyer><input type=hidden value=x>",
            "Continuer. Envoyer.",
        ),
        (
            "<button>Aide<span class=visually-hidden> : nom</span></button><p><i class=visually-hidden>Erreur</i></p>",
            "Aide. Erreur.",
        ),
        ("<svg><title>non</title><text>non</text></svg>Dit", "Dit."),
        ("A &amp; B &eacute;t&eacute;&nbsp;!", "A & B été !"),
    ],
)
def test_it_reads(html: str, text: str) -> None:
    assert said(html) == text


def test_choices_are_introduced_once_a_group() -> None:
    group = "<fieldset><legend>Êtes-vous seul ?</legend>{}</fieldset>".format(
        "".join(f"<label><input type=radio name=a>{word}</label>" for word in ("Oui", "Non"))
    )
    assert said(group, choices_intro="Réponses :") == "Êtes-vous seul ? Réponses : Oui. Non."


def test_a_short_list_is_read_and_a_long_one_is_not() -> None:
    short = "<label for=s>Pays</label><select id=s><option>France<option>Italie</select>"
    assert said(short, choices_intro="Réponses :") == "Pays. Réponses : France ; Italie."
    long = "<label for=s>Pays</label><select id=s>{}</select>".format("<option>Pays</option>" * 200)
    assert said(long) == "Pays."


def test_one_element_is_read_alone_even_where_the_page_would_skip_it() -> None:
    page = "<p>avant</p><div id=q data-silent><p>Dit</p><p data-silent>non</p></div><p>après</p>"
    assert said(page, "q") == "Dit."
    assert said("<details id=d><summary>Aide</summary><p id=inside>Dit</p></details>", "inside") == "Dit."


def test_several_elements_are_read_in_the_order_of_the_page_each_once() -> None:
    page = "<h1 id=a>Titre</h1><p>avant</p><p id=b>Texte</p><p id=a>encore</p><p id=c>Fin</p>"
    assert said(page, "b,a") == "Titre. Texte."
    assert said(page, "a,,d,b") == "Titre. Texte."


def test_page_means_the_whole_page() -> None:
    assert said("Dit", "page") == said("Dit") == "Dit."


def test_an_element_outside_main_can_be_read() -> None:
    assert page_text("<body><div id=offer>Une aide</div><main>x</main></body>", "offer") == "Une aide."


@pytest.mark.parametrize(("html", "element_id"), [("<p>x</p>", "q"), ("<div id=q></div>", "q"), ("", ""), ("…", "")])
def test_what_is_not_there_is_said_to_be_missing(html: str, element_id: str) -> None:
    with pytest.raises(NoSuchPassage):
        said(html, element_id)


def test_a_long_page_is_cut_between_blocks() -> None:
    text = said("<p>Une phrase de vingt mots.</p>" * 500, longest=1000)
    assert 900 < len(text) <= 1000
    assert text.endswith("mots.")


@given(st.text(alphabet=st.sampled_from("<>/pdivmain id='\"=qé&;x!-"), max_size=200))
def test_broken_html_never_fails_otherwise(html: str) -> None:
    try:
        assert isinstance(page_text(html, "q"), str)
    except NoSuchPassage:
        return
