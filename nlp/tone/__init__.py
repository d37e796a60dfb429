"""How the sentences of a seeker's own letter may sound to its reader: bitter, arguing, pleading, or fine."""
