"""From what a mail holds to the text the classifier reads: markup, quoted history and odd characters gone."""

from nlp.text.clean import mail_text, normalise, split_address
from nlp.text.html import html_to_text
from nlp.text.quoting import newest_part

__all__ = ["html_to_text", "mail_text", "newest_part", "normalise", "split_address"]
