"""Class Act's server: it reads the mailbox, judges, logs, and writes the letters that the seeker sends."""

__version__ = "0.1.0"
