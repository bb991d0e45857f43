"""Forums of the demonstration: a small lively one, and large ones of a stated size to measure."""
