"""Names in a mail: stretches of words are proposed and weighed, and the best is taken if it is sure enough."""
