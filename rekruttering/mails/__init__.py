"""The letters of the wing. E-mail is not confidential: no answers, no files, nothing of what a hearing is about, and
a subject about nobody. A refusal is the exception that applicants expect: its words stand in the mail."""

from . import ansoeger, historie, proces, udvalg  # noqa: F401 - each enters its letters
