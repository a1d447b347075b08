"""Messages that leave: e-mails, text messages and letters, kept in an outbox until sent, withdrawn or given up."""
