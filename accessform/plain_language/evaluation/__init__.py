"""How well score, draft and verify do on form texts written for it: a corpus in two halves, and the figures."""
