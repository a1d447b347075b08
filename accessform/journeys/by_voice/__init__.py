"""A step answered in words: said, dictated or typed, understood, read back, confirmed, then saved as any answer.

The page holds one card (templates/journeys/voice.html) in the step's own form:

- `data-voice` on the card: what the words answer to (« asking », « confirming », « stopped »);
- `data-voice-question` on the card: the name of the field that is asked about;
- `data-voice-text` on the box for words (name `voice-words`), `data-voice-answer` on the button that gives them;
- `data-voice-said` on what was understood; the hidden field `voice-state` carries the dialogue, encrypted.

The words of a request come from one function, `heard.heard_words`: the box, or the sound that came in the same form and
was recognised once (`sound.sound_of`). A sound that could not be heard is told and changes nothing of the dialogue. A
turn becomes an ordinary action of the step (`turns.take_turn`): a value that was confirmed is typed into the question's
own fields, and goes the way of every answer.
"""
