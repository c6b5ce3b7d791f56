"""Takes of voices and bands made by arithmetic, each with its truth; three kinds of making that share no sound."""
