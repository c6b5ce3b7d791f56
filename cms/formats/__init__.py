"""How dates and times are typed, by language; everything else is as Django has it."""
