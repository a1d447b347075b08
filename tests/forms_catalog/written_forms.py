"""Small form files for tests, as a designer would write them."""

SMALL = """\
accessform: 1
slug: petite-demarche
title: {standard: "Petite démarche", plain: "Une petite démarche", easy: "Petite démarche"}
summary:
  standard: "Cette démarche permet de demander un essai."
  plain: "Vous demandez un essai."
  easy: "Vous demandez un essai."
service:
  name: Service d'essai
  phone: "01 99 00 00 00"
  hours: "Mo-Fr 09:00-12:00"
  address: 1 rue d'Essai, 75001 Paris
legal_basis: "Code de l'essai, article 1"
retention_days: 90
after:
  delay: Deux mois
  silence_means: Le silence vaut accord
  appeal: Vous pouvez contester
  acknowledgement: Un accusé de réception
variants: {origin: author, status: approved, by: Léa, on: 2026-11-01}
steps:
  - id: vous
    title: Vous
    questions:
      - {id: nom, type: text, label: Nom, autocomplete: family-name}
      - {id: majeur, type: yes_no, label: Majeur}
  - id: suite
    title: La suite
    show_when: {question: majeur, is: true}
    questions:
      - id: motif
        type: single_choice
        label: Motif
        choices:
          - {key: un, label: Un}
          - {key: deux, label: Deux}
      - {id: precision, type: long_text, label: Précision, show_when: {question: motif, is: deux}}
"""


def small_form(*changes: tuple[str, str]) -> bytes:
    """Return the small form with each first text replaced by the second; raises where the first is not in it."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()
