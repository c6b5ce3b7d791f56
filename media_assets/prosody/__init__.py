"""The form adviser: what a senjang's lines look like as verse, and what might be better. Pure; advice, never a bar."""
