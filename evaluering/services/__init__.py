"""Every change to evaluations: one module for each thing that can be done."""
