"""What is said into a microphone becomes words, on this machine."""
