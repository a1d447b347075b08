"""Encryption, retention, erasure, throttling: what people may rely on."""
