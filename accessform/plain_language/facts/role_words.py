"""Words and labels of the parse by which roles are read."""

CLAUSES = frozenset("advcl ccomp conj acl acl:relcl parataxis".split())  # noqa: SIM905
SUBJECTS = frozenset("nsubj nsubj:pass nsubj:caus expl:subj csubj".split())  # noqa: SIM905
BEFORE_A_VERB = frozenset(
    "a ont le la les l' l en y est sont été sera seront avait pas plus t -t -t-il -t-elle -il -elle".split()  # noqa: SIM905
)
ASKING = frozenset("demander permettre ordonner interdire proposer imposer enjoindre conseiller".split())  # noqa: SIM905
"""Verbs of « demander à quelqu'un de faire », where who is asked is who does."""
HOLDING = frozenset("avoir disposer bénéficier détenir conserver garder".split())  # noqa: SIM905
"""Verbs of « avoir le droit de faire », where who has is who does."""
LIGHT = frozenset("pouvoir devoir falloir être avoir vouloir aller savoir tenir".split())  # noqa: SIM905
IMPERSONAL = frozenset("rester reste falloir faut exister agir manquer suffire convenir appartenir résulter".split())  # noqa: SIM905
"""Verbs whose « il » is nobody."""
TOUCHING = frozenset("à au aux auprès envers contre devant chez".split())  # noqa: SIM905
RECEIVING = frozenset({"receive", "obtain"})
PART_OF = frozenset("un une chacun chacune aucun aucune plusieurs certains certaines".split())  # noqa: SIM905
"""Words of « l'un des parents », which name whom the noun behind them names."""
CLITICS = frozenset("le la l' lui les leur".split())  # noqa: SIM905
"""Pronouns that stand for somebody already named: whom « il » means after them is not sure."""
ORDERS = frozenset({"dites", "faites"})
NOT_ORDERS = frozenset("chez assez nez rez".split())  # noqa: SIM905
