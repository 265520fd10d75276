"""Training of Standpoint's models; see README.md."""
