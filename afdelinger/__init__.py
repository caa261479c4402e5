"""The ground floor: who, where, with what right, and what can be learnt there."""
