"""How well what people say is understood: utterances labelled by hand, in two halves, and the figures."""
