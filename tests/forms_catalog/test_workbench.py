"""The workbench: who gets in, what is refused and where, preview, re-reading, publishing."""

import re
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms_catalog.models import FormVersion, VersionStatus
from forms_catalog.versioning import publish_source, register_form
from forms_catalog.workbench import previewing
from forms_catalog.workbench.rereading import rereading_token
from tests.forms_catalog.written_forms import SMALL, small_form
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

RENAMED = ("label: Motif", "label: Raison")
PAGES = ["", "nouveau", "petite-demarche/", "petite-demarche/modifier"] + [
    f"petite-demarche/1/{page}" for page in ("apercu", "textes", "comparer", "export.yaml")
]
ACTIONS = [f"petite-demarche/{action}" for action in ("publier", "retirer", "oublier", "1/relecture")]


@pytest.fixture
def designer() -> User:
    user = User.objects.create_user("lea")
    user.groups.add(Group.objects.create(name="designers"))
    return user


@pytest.fixture
def workbench(client: Client, designer: User) -> Client:
    return sign_in(client, designer)


def draft(*changes: tuple[str, str]) -> FormVersion:
    return register_form(source=small_form(*changes), file="petite.yaml").version


def published(*changes: tuple[str, str]) -> FormVersion:
    return publish_source(source=small_form(*changes), file="petite.yaml").version


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_to_sign_in(client, page):
    draft()
    response = client.get(f"/catalogue/{page}")
    assert response.status_code == 303
    assert response["Location"].startswith("/equipe/connexion?next=/catalogue/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_refuse_who_is_no_designer(client, page):
    draft()
    sign_in(client, User.objects.create_user("agent"))
    assert client.get(f"/catalogue/{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_to_designers_and_are_not_kept_by_browsers(workbench, page):
    draft()
    response = workbench.get(f"/catalogue/{page}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("action", ACTIONS)
def test_actions_refuse_strangers_reading_and_forged_posts(client, designer, action):
    draft()
    address = f"/catalogue/{action}"
    assert client.post(address).status_code == 303
    sign_in(client, User.objects.create_user("agent"))
    assert client.post(address).status_code == 403
    sign_in(client, designer)
    assert client.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, designer)
    assert strict.post(address).status_code == 403
    assert FormVersion.objects.get().status == VersionStatus.DRAFT


def test_staff_get_in_and_closed_accounts_do_not(client):
    staff = User.objects.create_user("chef", is_staff=True)
    sign_in(client, staff)
    assert client.get("/catalogue/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/catalogue/").status_code == 303


def test_no_account_exists_until_someone_makes_one():
    assert not User.objects.exists()


def test_an_uploaded_file_becomes_a_draft(workbench):
    file = SimpleUploadedFile("petite.yaml", small_form())
    response = workbench.post("/catalogue/nouveau", {"file": file, "action": "register"})
    assert (response.status_code, response["Location"]) == (303, "/catalogue/petite-demarche/")
    assert FormVersion.objects.get().source == SMALL
    assert "brouillon est enregistré" in workbench.get(response["Location"]).content.decode()


def test_a_pasted_text_becomes_a_draft_with_plain_line_ends(workbench):
    workbench.post("/catalogue/nouveau", {"source": SMALL.replace("\n", "\r\n")})
    assert FormVersion.objects.get().source == SMALL


def test_checking_writes_nothing(workbench):
    response = workbench.post("/catalogue/nouveau", {"source": SMALL, "action": "check"})
    assert response.status_code == 200
    assert not FormVersion.objects.exists()


def test_errors_stand_beside_their_lines_and_the_text_is_kept(workbench):
    wrong = SMALL.replace("type: yes_no", "type: oui_non")
    line = next(n for n, text in enumerate(wrong.split("\n"), start=1) if "oui_non" in text)
    response = workbench.post("/catalogue/nouveau", {"source": wrong})
    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="#ligne-{line}"' in html
    assert re.search(rf'<li id="ligne-{line}" value="{line}" class="found">.*?oui_non.*?Erreur', html, re.DOTALL)
    assert "La suite" in re.search(r"<textarea.*?</textarea>", html, re.DOTALL)[0]
    assert not FormVersion.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00binary", b"\0" * 1000, b"a: &a [*a]", b"[" * 100_000, b"!!python/object:os.system x", b"x" * 10**7],
    ids=["encoding", "nul", "alias", "deep", "tag", "10 MB"],
)
def test_hostile_uploads_get_a_page_with_findings(workbench, content):
    file = SimpleUploadedFile("<script>.yaml", content)
    response = workbench.post("/catalogue/nouveau", {"file": file})
    assert response.status_code == 422
    assert "Erreur" in response.content.decode()
    assert "<script>.yaml" not in response.content.decode()


def test_a_pasted_text_that_is_too_long_is_refused_with_a_page(workbench):
    response = workbench.post("/catalogue/nouveau", {"source": "x" * 2_000_000})
    assert response.status_code == 422
    assert "512 ko" in response.content.decode()
    assert workbench.post("/catalogue/nouveau", {"source": "x" * 6_000_000}).status_code == 413


def test_nothing_given_says_so(workbench):
    response = workbench.post("/catalogue/nouveau", {"source": "  "})
    assert response.status_code == 422
    assert "Choisissez un fichier" in response.content.decode()


def test_a_source_is_never_markup(workbench):
    draft(("title: Vous", "title: <b>Vous</b>"))
    for page in PAGES[1:-1]:
        assert "<b>Vous</b>" not in workbench.get(f"/catalogue/{page}").content.decode()


def test_the_draft_is_published_from_its_page(workbench):
    version = draft()
    html = workbench.get("/catalogue/petite-demarche/").content.decode()
    assert version.digest in html
    response = workbench.post("/catalogue/petite-demarche/publier", {"digest": version.digest})
    assert response.status_code == 303
    version.refresh_from_db()
    assert version.status == VersionStatus.PUBLISHED


def test_a_draft_that_a_colleague_changed_meanwhile_is_not_published(workbench):
    seen = draft().digest
    draft(RENAMED)
    response = workbench.post("/catalogue/petite-demarche/publier", {"digest": seen}, follow=True)
    assert "a changé" in response.content.decode()
    assert FormVersion.objects.get().status == VersionStatus.DRAFT


def test_a_draft_that_lacks_what_the_law_asks_shows_no_publish_button_and_is_refused(workbench):
    version = draft(("retention_days: 90\n", ""))
    html = workbench.get("/catalogue/petite-demarche/").content.decode()
    assert "/publier" not in html
    assert "retention_days" in html
    workbench.post("/catalogue/petite-demarche/publier", {"digest": version.digest})
    assert FormVersion.objects.get().status == VersionStatus.DRAFT


def test_publishing_twice_leaves_one_published_version(workbench):
    digest = draft().digest
    for _ in range(2):
        response = workbench.post("/catalogue/petite-demarche/publier", {"digest": digest})
        assert response.status_code == 303
    assert FormVersion.objects.published().count() == 1


def test_retiring_and_discarding(workbench):
    published()
    draft(RENAMED)
    workbench.post("/catalogue/petite-demarche/oublier")
    assert FormVersion.objects.count() == 1
    workbench.post("/catalogue/petite-demarche/retirer")
    assert FormVersion.objects.get().status == VersionStatus.RETIRED


def test_a_form_whose_only_draft_was_discarded_still_has_its_pages(workbench):
    draft()
    workbench.post("/catalogue/petite-demarche/oublier")
    for page in ("", "petite-demarche/", "petite-demarche/modifier"):
        assert workbench.get(f"/catalogue/{page}").status_code == 200


def test_comparing_shows_what_changes_from_the_published_version(workbench):
    published()
    draft(RENAMED)
    html = workbench.get("/catalogue/petite-demarche/2/comparer").content.decode()
    assert "<del>Motif</del>" in html
    assert "<ins>Raison</ins>" in html


def test_export_gives_back_the_file(workbench):
    published()
    response = workbench.get("/catalogue/petite-demarche/1/export.yaml")
    assert response.content.decode() == SMALL
    assert response["Content-Disposition"] == 'attachment; filename="petite-demarche-1.yaml"'


@pytest.mark.parametrize("page", ["inconnue/", "petite-demarche/9/apercu", "petite-demarche/99999999999/apercu"])
def test_what_does_not_exist_is_not_found(workbench, page):
    draft()
    assert workbench.get(f"/catalogue/{page}").status_code == 404


def test_the_preview_follows_level_size_and_mode(workbench):
    draft(("title: La suite", 'title: {standard: "La suite", plain: "Ensuite"}'))
    html = workbench.get(
        "/catalogue/petite-demarche/1/apercu?etape=suite&niveau=easy&taille=200&mode=voice"
    ).content.decode()
    assert 'data-text-size="200"' in html
    assert 'data-reading-level="easy"' in html
    assert 'data-modality="voice"' in html
    assert "<h1>Ensuite</h1>" in html
    assert (
        "<h1>La suite</h1>"
        in workbench.get("/catalogue/petite-demarche/1/apercu?etape=suite&niveau=standard").content.decode()
    )


@pytest.mark.parametrize("query", ["niveau=x", "taille=9999", "taille=-1", "mode=%00", "niveau=easy&niveau=<b>"])
def test_the_preview_ignores_what_it_does_not_offer(workbench, query):
    draft()
    response = workbench.get(f"/catalogue/petite-demarche/1/apercu?{query}")
    assert response.status_code == 200
    assert 'data-text-size="100"' in response.content.decode()


def test_the_preview_of_an_unknown_step_is_not_found(workbench):
    draft()
    assert workbench.get("/catalogue/petite-demarche/1/apercu?etape=nulle").status_code == 404


def test_the_preview_changes_nobody_s_settings(workbench):
    draft()
    workbench.get("/catalogue/petite-demarche/1/apercu?taille=250")
    assert 'data-text-size="100"' in workbench.get("/catalogue/").content.decode()


def test_the_preview_draws_steps_as_registered(workbench, monkeypatch):
    monkeypatch.setattr(previewing, "_registered", [lambda _request, _version, step: f"étape {step.id}"])
    draft()
    assert "étape suite" in workbench.get("/catalogue/petite-demarche/1/apercu?etape=suite").content.decode()


def test_a_re_reading_link_shows_three_levels_without_an_account(workbench):
    draft()
    html = workbench.post("/catalogue/petite-demarche/1/relecture").content.decode()
    link = re.search(r'value="http://testserver(/catalogue/relecture/[^"]+)"', html)[1]
    response = Client().get(link)
    text = response.content.decode()
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    for words in ("Cette démarche permet de demander un essai.", "Vous demandez un essai.", "Précision"):
        assert words in text
    assert "/publier" not in text
    assert "<form" not in text


def test_a_re_reading_link_says_that_the_text_changed_since(client):
    link = f"/catalogue/relecture/{rereading_token(draft())}"
    draft(RENAMED)
    html = client.get(link).content.decode()
    assert "a changé depuis" in html
    assert "Raison" in html


def test_a_re_reading_link_ends_after_a_fortnight(client):
    with time_machine.travel("2026-11-01 10:00:00+00:00", tick=False) as clock:
        link = f"/catalogue/relecture/{rereading_token(draft())}"
        clock.shift(13 * 86_400)
        assert client.get(link).status_code == 200
        clock.shift(2 * 86_400)
        assert client.get(link).status_code == 410


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "%00"])
def test_a_forged_re_reading_link_is_not_found(client, token):
    assert client.get(f"/catalogue/relecture/{token}").status_code == 404


def test_a_re_reading_link_to_a_deleted_draft_is_not_found(client):
    version = draft()
    link = f"/catalogue/relecture/{rereading_token(version)}"
    version.delete()
    assert client.get(link).status_code == 404


SHIPPED = Path(__file__).parents[2] / "forms_catalog/fr"


@pytest.mark.parametrize("slug", sorted(path.parent.name for path in SHIPPED.glob("*/form.yaml")))
def test_every_step_of_the_shipped_forms_is_previewed_whole_at_every_level(workbench, slug):
    version = register_form(source=(SHIPPED / slug / "form.yaml").read_bytes(), file=slug).version
    for step in version.definition.steps:
        for level in previewing.LEVELS:
            address = f"/catalogue/{slug}/1/apercu?etape={step.id}&niveau={level}&mode=voice"
            html = workbench.get(address).content.decode()
            for question in step.questions:
                assert f'id="question-{question.id}"' in html


def test_the_preview_has_no_form_that_could_send_answers(workbench):
    draft()
    html = workbench.get("/catalogue/petite-demarche/1/apercu?etape=suite").content.decode()
    assert 'id="question-precision"' in html
    assert [method for method in re.findall(r'<form method="(\w+)"', html) if method != "get"] == ["post"]
    assert 'id="step-form"' not in html


def test_the_page_of_a_form_is_headed_by_its_title(workbench):
    title = draft().definition.title.standard
    assert f"<h1>{title}</h1>" in workbench.get("/catalogue/petite-demarche/").content.decode()
