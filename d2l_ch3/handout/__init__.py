"""What a teacher gives to students: chapters, problem sets, the package, and what starts it all. No answers."""
