"""The second reader: a small transformer that looks at the mails the fast part is unsure of."""
